// The sessions that wait on this phone, in the order in which they were logged. An item:
//   key, owner, seq, state, until, at   in the clear
//   content                             sealed: fields, photos, what the server answered
// States: stored, sending, waiting (the server was busy), sent, refused, conflict.
import { all, change, get, remove } from "./store.js";
import { openBytes, seal, sealBytes, unseal } from "./seal.js";

const SEVEN_DAYS = 7 * 24 * 3600 * 1000;
const OF_A_PAGE = ["csrf_token", "idempotency_key", "client_key", "version", "action", "language", "resume"];
const channel = new BroadcastChannel("phone");
const listeners = [];
channel.onmessage = () => listeners.forEach((listen) => listen());

// Tell every tab, this one included, that the queue has changed.
export function changed() {
  channel.postMessage("changed");
  listeners.forEach((listen) => listen());
}
export const onChange = (listen) => listeners.push(listen);

// The fields of a form as they are sent, without what only its page needed.
export const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OF_A_PAGE.includes(name));

// Store a session with its photographs, all or nothing: an item never names one that is not there,
// and none lies here that no item names. Rejects when the phone is full.
export async function store(account, fields, { title, photos = [], key = crypto.randomUUID() }) {
  const [rows, kept] = [[], []];
  for (const photo of photos) {
    const sealed = await sealBytes(account.key, await photo.arrayBuffer());
    const row = { key: crypto.randomUUID(), owner: account.owner, session: key, sealed };
    rows.push(["photos", row]);
    kept.push({ key: row.key, size: photo.size, state: "stored" });
  }
  const before = await get("queue", key);
  const content = before ? await unseal(account.key, before.content) : { loggedAt: new Date().toISOString() };
  Object.assign(content, { fields, title, answer: undefined, photos: [...(content.photos ?? []), ...kept] });
  const seq = before?.seq ?? Date.now();
  const row = { key, owner: account.owner, seq, state: "stored", at: Date.now() };
  await change([...rows, ["queue", { ...row, content: await seal(account.key, content) }]]);
  changed();
  return key;
}

// All items of the account, opened, the oldest first; those sent long ago are forgotten.
export async function itemsOf(account) {
  const own = (await all("queue")).filter((item) => item.owner === account?.owner);
  const old = own.filter((item) => item.state === "sent" && Date.now() - item.at > SEVEN_DAYS);
  for (const item of old) await remove("queue", item.key);
  const opened = own.filter((item) => !old.includes(item)).map(async (item) => (
    { ...item, ...await unseal(account.key, item.content) }
  ));
  return (await Promise.all(opened)).sort((one, other) => one.seq - other.seq);
}

const photosOf = (keys) => keys.map((key) => ["photos", key]);

// Change an item's state, and with it what of its content is named; what is `gone` of its photographs
// goes from the phone in the same breath. One that was deleted meanwhile stays deleted.
export async function mark(account, key, state, { until, gone = [], ...more } = {}) {
  const row = await get("queue", key);
  if (!row) return;
  const content = { ...await unseal(account.key, row.content), ...more };
  const marked = { ...row, state, until, at: Date.now(), content: await seal(account.key, content) };
  await change([["queue", marked]], photosOf(gone));
  changed();
}

export async function discard(item) {
  const photos = (item.photos ?? []).map((photo) => photo.key);
  await change([], [["queue", item.key], ...photosOf(photos)]);
  changed();
}

export async function photoBlob(account, key) {
  const row = await get("photos", key);
  return row ? new Blob([await openBytes(account.key, row.sealed)], { type: "image/jpeg" }) : null;
}

// How many of other accounts wait here: that there are some is all that is known.
export async function hasOthers(owner) {
  return (await all("queue")).some((item) => item.owner !== owner && item.state !== "sent");
}

// The sessions that wait on this phone, in the order in which they were logged. An item:
//   key, owner, seq, state, until, at   in the clear
//   content                             sealed: fields, photos, what the server answered
// States: stored, sending, waiting (the server was busy), sent, refused, conflict.
import { all, get, put, remove } from "./store.js";
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

// Store a session, photographs first: an item never names one that is not there. Rejects when the
// phone is full, and then nothing of it is left behind.
export async function store(account, fields, { title, photos = [], key = crypto.randomUUID() }) {
  const kept = [];
  try {
    for (const photo of photos) {
      const sealed = await sealBytes(account.key, await photo.arrayBuffer());
      const row = { key: crypto.randomUUID(), owner: account.owner, session: key, sealed };
      await put("photos", row);
      kept.push({ key: row.key, size: photo.size, state: "stored" });
    }
    const before = await get("queue", key);
    const content = before ? await unseal(account.key, before.content) : { loggedAt: new Date().toISOString() };
    Object.assign(content, { fields, title, answer: undefined, photos: [...(content.photos ?? []), ...kept] });
    const seq = before?.seq ?? Date.now();
    const row = { key, owner: account.owner, seq, state: "stored", at: Date.now() };
    await put("queue", { ...row, content: await seal(account.key, content) });
  } catch (error) {
    for (const photo of kept) await remove("photos", photo.key);
    throw error;
  }
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

// Change an item's state, and with it what of its content is named; one that was deleted meanwhile
// stays deleted.
export async function mark(account, key, state, { until, ...more } = {}) {
  const row = await get("queue", key);
  if (!row) return;
  const content = { ...await unseal(account.key, row.content), ...more };
  await put("queue", { ...row, state, until, at: Date.now(), content: await seal(account.key, content) });
  changed();
}

export async function discard(item) {
  for (const photo of item.photos ?? []) await remove("photos", photo.key);
  await remove("queue", item.key);
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

// Sending what waits: one after the other, in the order of logging, by one tab or worker at a time.
// Nothing is called sent before the server has said that it has it; whatever cuts the way to that
// answer leaves the item waiting, and its key makes it one row however often it is sent.
import { ask, currentAccount, noteStopped } from "./account.js";
import { itemsOf, mark, photoBlob } from "./queue.js";

const SENDABLE = ["stored", "sending", "waiting"];
const LONGEST_WAIT_S = 300;

export const isDue = (item) => SENDABLE.includes(item.state) && !(item.until > Date.now());

// Refused because its month is closed: another day the same may be taken.
export const isShut = (item) => item.state === "refused" && Boolean(item.answer?.asks_at);

// Send what is due; with `now`, what waits for a busy server or for a month to be opened as well.
export function flush({ now = false } = {}) {
  return navigator.locks.request("phone", { ifAvailable: true }, (lock) => (lock ? run(now) : null));
}

async function run(now) {
  const account = await currentAccount();
  if (!account) return;
  // Whoever holds the lock sends alone: what was cut off while it was sent is only stored now.
  for (const item of await itemsOf(account)) if (item.state === "sending") await mark(account, item.key, "stored");
  const due = (await itemsOf(account)).filter((item) => isDue(item) || (now && (item.state === "waiting" || isShut(item))));
  if (!due.length) return;
  const { status, told } = await ask("/phone/account");
  if (status === 401) return noteStopped(account, told.outcome ?? "signed_out");
  if (status !== 200 || told.owner !== account.owner) return;
  for (const item of due) if (!await sendItem(account, item, told.token)) return;
}

// Whether to go on with the next one: not without signal, nor while the server is busy.
async function sendItem(account, item, token) {
  try {
    if (!item.sent && !await sendSession(account, item, token)) return false;
    const [fresh] = (await itemsOf(account)).filter((one) => one.key === item.key);
    return fresh?.sent ? await sendPhotos(account, fresh, token) : true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch tells a cut line by a TypeError
    await mark(account, item.key, "stored");
    return false;
  }
}

async function sendSession(account, item, token) {
  await mark(account, item.key, "sending");
  const body = new URLSearchParams(item.fields);
  body.append("client_key", item.key);
  body.append("device_logged_at", item.loggedAt);
  body.append("device_sent_at", new Date().toISOString());
  if (item.replaces) body.append("replaces", item.replaces);
  const answer = await post(account, "/phone/sessions", body, token);
  if (!answer.told) return putOff(account, item, answer);
  const told = answer.told;
  if (told.outcome === "accepted") await mark(account, item.key, "sending", { sent: told, answer: undefined });
  else if (["conflict", "refused"].includes(told.outcome)) await mark(account, item.key, told.outcome, { answer: told });
  else return stop(account, item, told);
  return true;
}

// The photographs follow the session, each under its own key. One that is refused holds up nothing.
async function sendPhotos(account, item, token) {
  const photos = item.photos ?? [];
  for (const photo of photos.filter((one) => one.state === "stored")) {
    const blob = await photoBlob(account, photo.key);
    const body = new FormData();
    body.append("session", item.key);
    body.append("photograph_key", photo.key);
    if (blob) body.append("file", blob, "photograph.jpg");
    const answer = await post(account, "/phone/photographs", body, token);
    if (!answer.told) return putOff(account, item, answer);
    if (!["accepted", "refused"].includes(answer.told.outcome)) return stop(account, item, answer.told);
    photo.state = answer.told.outcome === "accepted" ? "sent" : "refused";
    photo.message = answer.told.fields?.[0]?.message;
    await mark(account, item.key, "sending", { photos, gone: photo.state === "sent" ? [photo.key] : [] });
  }
  const isRefused = photos.some((photo) => photo.state === "refused");
  await mark(account, item.key, isRefused ? "refused" : "sent");
  return true;
}

// By now nobody, or somebody else, is signed in: nothing was looked at, and all of it stays here.
async function stop(account, item, { outcome }) {
  if (outcome !== "not_mine") await noteStopped(account, outcome);
  await mark(account, item.key, "stored");
  return false;
}

async function post(account, path, body, token) {
  body.append("owner", account.owner);
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(path, { method: "POST", body, headers, redirect: "manual" });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { told: isJson ? await answer.json() : null, retryAfter: Number(answer.headers.get("Retry-After")) };
}

// The server could not take it now: when to try again, later each time, not all phones at once.
async function putOff(account, item, { retryAfter }) {
  const tries = (item.tries ?? 0) + 1;
  const seconds = Math.max(retryAfter || 0, Math.min(LONGEST_WAIT_S, 15 * 2 ** tries));
  const until = Date.now() + 1000 * seconds * (1 + Math.random() / 5);
  await mark(account, item.key, "waiting", { until, tries });
  return false;
}

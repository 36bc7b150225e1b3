// Who is signed in on this phone. At most one account has its key here: that of the others is
// taken away as soon as a page shows that somebody else, or nobody, is signed in.
import { all, get, put, remove } from "./store.js";
import { keyFrom, seal, unseal } from "./seal.js";

const ASKING = { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual" };

export async function currentAccount() {
  return (await all("accounts")).find((account) => account.key);
}

// Take the keys and snapshots of all but one account away; what they wait to send stays, sealed.
export async function keepOnly(owner) {
  for (const account of await all("accounts")) {
    if (account.owner !== owner) await remove("accounts", account.owner);
  }
}

export async function ask(path) {
  const answer = await fetch(path, ASKING);
  if (answer.type === "opaqueredirect") return { status: 401, told: {} };
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, told: isJson ? await answer.json() : {} };
}

// Ask the server who is signed in, and keep the key and what the form needs; null without signal.
// Who logs no more is told no snapshot, and still has to send what they logged.
export async function refreshAccount() {
  const found = await ask("/phone/snapshot");
  const { status, told } = found.status === 403 ? await ask("/phone/account") : found;
  if (status !== 200) return null;
  const { key: raw, token: _token, ...snapshot } = told;
  await keepOnly(told.owner);
  const [key, before] = [await keyFrom(raw), await get("accounts", told.owner)];
  await put("accounts", {
    owner: told.owner, key, renewed: Date.now(), seen: Date.parse(told.now),
    snapshot: found.status === 200 ? await seal(key, snapshot) : before?.snapshot,
  });
  return currentAccount();
}

export async function snapshotOf(account) {
  return account?.snapshot ? unseal(account.key, account.snapshot) : null;
}

// Why sending has stopped: "signed_out" or "closed"; undefined once somebody is signed in again. An
// account whose key was taken away meanwhile does not get it back.
export async function noteStopped(account, stopped) {
  if (await get("accounts", account.owner)) await put("accounts", { ...account, stopped });
}

// A phone whose clock stands before the moment the server last told is wrong: its "today" is none.
export const isClockWrong = (account) => Date.now() < (account?.seen ?? 0) - 24 * 3600 * 1000;

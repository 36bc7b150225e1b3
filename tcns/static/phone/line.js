// The line under the band: one state, the worst, on every page. Its words come with the page.
import { currentAccount } from "./account.js";
import { hasOthers, itemsOf, onChange } from "./queue.js";

const line = document.getElementById("phone-line");
let isPhoneFull = false;
let isUpdateThere = false;

const clock = (moment) => new Date(moment).toTimeString().slice(0, 5);

// Sessions, or only photographs of sessions whose figures have arrived; how many.
function lyingHere(stored) {
  if (stored.some((item) => !item.sent)) return ["stored", stored.length];
  return ["photos", stored.flatMap((item) => item.photos ?? []).filter((photo) => photo.state !== "sent").length];
}

// What to say, from the worst to the best; the first that holds is said.
function stateOf({ items, others, account }) {
  const of = (...states) => items.filter((item) => states.includes(item.state));
  const [refused, conflicts, waiting] = [of("refused"), of("conflict"), of("waiting")];
  const [stored, sending, sent] = [of("stored"), of("sending"), of("sent")];
  if (isPhoneFull) return ["full", "bad"];
  if (refused.length) return ["refused", "bad", { count: refused.length }];
  if (conflicts.length) return ["conflict", "warn", { count: conflicts.length }];
  if (account?.stopped && stored.length) return [account.stopped, "warn"];
  const [what, count] = lyingHere(stored);
  if (!navigator.onLine) return stored.length ? [`offline_${what}`, "warn", { count }] : ["offline", "warn"];
  if (waiting.length) return ["busy", "still", { time: clock(waiting[0].until) }];
  if (sending.length) return ["sending", "go", { count: sending.length, all: sending.length + stored.length }];
  if (isUpdateThere && !others) return ["update", "still"];
  if (stored.length) return [what, "warn", { count }];
  if (others) return ["others", "still"];
  return sent.length ? ["all_sent", "ok", { time: clock(Math.max(...sent.map((item) => item.at))) }] : null;
}

export async function drawLine() {
  const account = await currentAccount();
  const items = account ? await itemsOf(account) : [];
  const state = stateOf({ items, others: await hasOthers(account?.owner), account });
  line.hidden = !state;
  if (!state) return;
  const [name, tone, values = {}] = state;
  const words = JSON.parse(line.dataset.words)[name];
  line.className = `phone-line phone-line-${tone}`;
  line.dataset.state = name;
  line.firstElementChild.textContent = Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value), words,
  );
}

export function sayFull(isFull) { isPhoneFull = isFull; drawLine(); }
export function sayUpdate() { isUpdateThere = true; drawLine(); }
export const isUpdating = () => line.dataset.state === "update";

// Draw the line now, and whenever something changes.
export function watchLine() {
  onChange(drawLine);
  addEventListener("online", drawLine);
  addEventListener("offline", drawLine);
  return drawLine();
}

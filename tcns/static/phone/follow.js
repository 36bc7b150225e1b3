// What a page does for the phone it is shown on: keep the worker, know who is signed in, draw the
// line, send what waits. A page that nobody is signed in to takes the keys of all accounts away.
import { keepOnly, refreshAccount, currentAccount } from "./account.js";
import { drawLine, isUpdating, sayFull, sayUpdate, watchLine } from "./line.js";
import { dropDraft, draftOf, fill, keepDraft } from "./draft.js";
import { fieldsOf, itemsOf, store } from "./queue.js";
import { flush, isDue } from "./send.js";
import { isFull } from "./store.js";

// Absent in the shell, which is the same for everybody; empty where nobody is signed in.
const visitor = document.querySelector("meta[name=phone-owner]");
const RENEWING = ["/", "/activities/log", "/phone"];
const isPhone = matchMedia("(any-pointer: coarse)").matches;
// Signal is dear: what was fetched a moment ago is not fetched again.
const FRESH_MS = 10 * 60 * 1000;
let timer;

// Browsers ask for a worker without cookies: its address says the language. The shell, which may be
// older than the choice of it, leaves the worker that is there alone.
async function workerOfPage() {
  const known = visitor ? null : await navigator.serviceWorker.getRegistration();
  if (known) {
    known.update().catch(() => {});
    return known;
  }
  const address = `/sw.js?language=${document.documentElement.lang}`;
  return navigator.serviceWorker.register(address, { type: "module", updateViaCache: "none" });
}

async function keepWorker() {
  const worker = await workerOfPage();
  const isNew = () => worker.waiting && navigator.serviceWorker.controller && sayUpdate();
  isNew();
  worker.addEventListener("updatefound", () => worker.installing?.addEventListener("statechange", isNew));
  document.getElementById("phone-line")?.addEventListener("click", (event) => {
    if (!isUpdating()) return;
    event.preventDefault();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    worker.waiting.postMessage("take over");
  });
  return worker;
}

// Send now, and again when the server said; in the background as well where the browser does that.
export async function sendAll(options) {
  await flush(options).catch(() => {});
  await drawLine();
  const account = await currentAccount();
  const left = account ? (await itemsOf(account)).filter((item) => item.until || isDue(item)) : [];
  clearTimeout(timer);
  if (!left.length) return;
  const next = Math.min(...left.map((item) => item.until ?? Date.now() + 60_000));
  timer = setTimeout(sendAll, Math.max(1000, next - Date.now()));
  const worker = await navigator.serviceWorker?.ready;
  await worker?.sync?.register("phone").catch(() => {});
}

// "Submit" on the page that shows a session before it is sent: into the queue first, then away.
async function submitByQueue(account, form, event) {
  const isToSend = event.submitter?.value === "send" && !form.querySelector("[name=twin], [name=is_confirmed]");
  if (!isToSend) return;
  event.preventDefault();
  const fields = [...fieldsOf(form), ["team", form.dataset.team]];
  const key = form.elements.client_key.value;
  try {
    await store(account, fields, { key });
  } catch (error) {
    sayFull(isFull(error));
    form.submit();
    return;
  }
  await dropDraft(account);
  location.replace(`/phone#item=${key}`);
}

async function followForm(account, form) {
  const draft = form.dataset.phone === "log" ? await draftOf(account) : null;
  if (form.dataset.phone === "log") {
    if (draft && !form.querySelector(".error-summary")) fill(form, draft);
    keepDraft(account, form);
  }
  form.addEventListener("submit", (event) => submitByQueue(account, form, event));
}

async function renew() {
  if (visitor?.content === "") return keepOnly("");
  if (visitor) await keepOnly(visitor.content);
  const known = await currentAccount();
  const isFresh = known && Math.abs(Date.now() - known.renewed) < FRESH_MS;
  if (!navigator.onLine || (known && !known.stopped && (isFresh || !RENEWING.includes(location.pathname)))) return known;
  if (visitor && !visitor.dataset.logs) return known;
  return refreshAccount().catch(() => known);
}

export async function begin() {
  watchLine();
  keepWorker().catch(() => {});
  await renew();
  const account = await currentAccount();
  if (account) localStorage.setItem("phone", "1"); // later pages look here before they load this
  const form = document.querySelector("form[data-phone]");
  if (account && form && isPhone) await followForm(account, form);
  await drawLine();
  addEventListener("online", () => sendAll());
  if (account) await sendAll();
  return account;
}

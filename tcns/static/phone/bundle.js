// Made by `flask phone bundle` of the modules beside it: one request instead of nine.
// What lies on this phone, in IndexedDB. Content lies sealed (seal.js): in the clear are only the
// keys, whose it is (a name that says nothing), the order and the state, which every page may ask.
//   queue    sessions to be sent, and those sent in the last days
//   photos   their photographs, each until the server has it
//   accounts who is signed in: the key that seals, and what the form needs without signal
//   drafts   what is being typed, one for each account
const NAME = "tcns";
const STORES = { queue: "key", photos: "key", accounts: "owner", drafts: "owner" };
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => { opened = undefined; reject(request.error); };
  });
  return opened;
}

// One transaction; resolves once it is on the disk, so that nobody is told "saved" before it is.
async function within(names, mode, ask) {
  const database = await open();
  return new Promise((resolve, reject) => {
    let request;
    const transaction = database.transaction(names, mode, { durability: "strict" });
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request?.error);
    try {
      request = ask((name) => transaction.objectStore(name));
    } catch (error) {
      reject(error);
      transaction.abort();
    }
  });
}

const get = (name, key) => within(name, "readonly", (store) => store(name).get(key));
const all = (name) => within(name, "readonly", (store) => store(name).getAll());
const put = (name, value) => change([[name, value]]);
const remove = (name, key) => change([], [[name, key]]);

// All of it or nothing, wherever it is cut off: what to put, as [store, value], and what to take
// away, as [store, key].
function change(puts, removals = []) {
  const names = new Set([...puts, ...removals].map(([name]) => name));
  return within([...names], "readwrite", (store) => {
    for (const [name, value] of puts) store(name).put(value);
    for (const [name, key] of removals) store(name).delete(key);
  });
}

// Whether the phone has no room left for what was to be put.
const isFull = (error) => error?.name === "QuotaExceededError";

// What one account keeps is unreadable to the next on the same phone: sealed with AES-GCM under a
// key that the server gives to whoever is signed in. Scripts cannot read that key out again.
async function keyFrom(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function sealBytes(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

const openBytes = (key, sealed) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.bytes);

const seal = (key, value) => sealBytes(key, new TextEncoder().encode(JSON.stringify(value)));

async function unseal(key, sealed) {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, sealed)));
}

// Who is signed in on this phone. At most one account has its key here: that of the others is
// taken away as soon as a page shows that somebody else, or nobody, is signed in.

const ASKING = { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual" };

async function currentAccount() {
  return (await all("accounts")).find((account) => account.key);
}

// Take the keys and snapshots of all but one account away; what they wait to send stays, sealed.
async function keepOnly(owner) {
  for (const account of await all("accounts")) {
    if (account.owner !== owner) await remove("accounts", account.owner);
  }
}

async function ask(path) {
  const answer = await fetch(path, ASKING);
  if (answer.type === "opaqueredirect") return { status: 401, told: {} };
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, told: isJson ? await answer.json() : {} };
}

// Ask the server who is signed in, and keep the key and what the form needs; null without signal.
// Who logs no more is told no snapshot, and still has to send what they logged.
async function refreshAccount() {
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

async function snapshotOf(account) {
  return account?.snapshot ? unseal(account.key, account.snapshot) : null;
}

// Why sending has stopped: "signed_out" or "closed"; undefined once somebody is signed in again. An
// account whose key was taken away meanwhile does not get it back.
async function noteStopped(account, stopped) {
  if (await get("accounts", account.owner)) await put("accounts", { ...account, stopped });
}

// A phone whose clock stands before the moment the server last told is wrong: its "today" is none.
const isClockWrong = (account) => Date.now() < (account?.seen ?? 0) - 24 * 3600 * 1000;

// The sessions that wait on this phone, in the order in which they were logged. An item:
//   key, owner, seq, state, until, at   in the clear
//   content                             sealed: fields, photos, what the server answered
// States: stored, sending, waiting (the server was busy), sent, refused, conflict.

const SEVEN_DAYS = 7 * 24 * 3600 * 1000;
const OF_A_PAGE = ["csrf_token", "idempotency_key", "client_key", "version", "action", "language", "resume"];
const channel = new BroadcastChannel("phone");
const listeners = [];
channel.onmessage = () => listeners.forEach((listen) => listen());

// Tell every tab, this one included, that the queue has changed.
function changed() {
  channel.postMessage("changed");
  listeners.forEach((listen) => listen());
}
const onChange = (listen) => listeners.push(listen);

// The fields of a form as they are sent, without what only its page needed.
const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OF_A_PAGE.includes(name));

// Store a session with its photographs, all or nothing: an item never names one that is not there,
// and none lies here that no item names. Rejects when the phone is full.
async function store(account, fields, { title, photos = [], key = crypto.randomUUID() }) {
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
async function itemsOf(account) {
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
async function mark(account, key, state, { until, gone = [], ...more } = {}) {
  const row = await get("queue", key);
  if (!row) return;
  const content = { ...await unseal(account.key, row.content), ...more };
  const marked = { ...row, state, until, at: Date.now(), content: await seal(account.key, content) };
  await change([["queue", marked]], photosOf(gone));
  changed();
}

async function discard(item) {
  const photos = (item.photos ?? []).map((photo) => photo.key);
  await change([], [["queue", item.key], ...photosOf(photos)]);
  changed();
}

async function photoBlob(account, key) {
  const row = await get("photos", key);
  return row ? new Blob([await openBytes(account.key, row.sealed)], { type: "image/jpeg" }) : null;
}

// How many of other accounts wait here: that there are some is all that is known.
async function hasOthers(owner) {
  return (await all("queue")).some((item) => item.owner !== owner && item.state !== "sent");
}

// Sending what waits: one after the other, in the order of logging, by one tab or worker at a time.
// Nothing is called sent before the server has said that it has it; whatever cuts the way to that
// answer leaves the item waiting, and its key makes it one row however often it is sent.

const SENDABLE = ["stored", "sending", "waiting"];
const LONGEST_WAIT_S = 300;

const isDue = (item) => SENDABLE.includes(item.state) && !(item.until > Date.now());

// Refused because its month is closed: another day the same may be taken.
const isShut = (item) => item.state === "refused" && Boolean(item.answer?.asks_at);

// Send what is due; with `now`, what waits for a busy server or for a month to be opened as well.
function flush({ now = false } = {}) {
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

// The line under the band: one state, the worst, on every page. Its words come with the page.

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

async function drawLine() {
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

function sayFull(isFull) { isPhoneFull = isFull; drawLine(); }
function sayUpdate() { isUpdateThere = true; drawLine(); }
const isUpdating = () => line.dataset.state === "update";

// Draw the line now, and whenever something changes.
function watchLine() {
  onChange(drawLine);
  addEventListener("online", drawLine);
  addEventListener("offline", drawLine);
  return drawLine();
}

// What is being typed is kept as one types, sealed like the rest: a closed tab loses a second.

const PAUSE_MS = 1000;
// Of the one form that is typed into on a page: what is yet to be kept, and what is being kept.
let draftTimer;
let draftSaving;

async function saveDraft(account, fields) {
  await put("drafts", { owner: account.owner, content: await seal(account.key, fields) });
}

async function draftOf(account) {
  const row = await get("drafts", account.owner);
  return row ? unseal(account.key, row.content) : null;
}

// Forget it, and what was yet to be kept of it: what was sent does not come back as a draft.
async function dropDraft(account) {
  clearTimeout(draftTimer);
  draftTimer = undefined;
  await draftSaving;
  await remove("drafts", account.owner);
}

// Keep what is typed into a form: after a pause, and at once when the page is left.
function keepDraft(account, form, isDraft = () => true) {
  const keep = () => {
    clearTimeout(draftTimer);
    draftTimer = undefined;
    draftSaving = saveDraft(account, fieldsOf(form)).catch(() => {});
  };
  form.addEventListener("input", () => { if (isDraft()) draftTimer ??= setTimeout(keep, PAUSE_MS); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && draftTimer) keep(); });
}

// Put fields back where they were typed.
function fill(form, fields) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "file") continue;
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.tagName !== "BUTTON") control.value = values[0] ?? "";
    if (values[0]) control.closest("details")?.setAttribute("open", "");
  }
}

// What a page does for the phone it is shown on: keep the worker, know who is signed in, draw the
// line, send what waits. A page that nobody is signed in to takes the keys of all accounts away.

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
async function sendAll(options) {
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

async function begin() {
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

// On every page, where somebody logs sessions or the phone keeps some. Pages load it with the modules
// it stands on as one script, bundle.js; the shell, which the worker keeps, loads them one by one.

const whose = document.querySelector("meta[name=phone-owner]");
const isAble = globalThis.indexedDB && navigator.serviceWorker && globalThis.crypto?.subtle && navigator.locks;

// Back from a session that was sent, the empty form comes, not the browser's question whether to
// send it again.
if (document.querySelector("form[data-phone=check]")) history.replaceState(null, "", location.href);

if (isAble && whose && (whose.dataset.logs || localStorage.getItem("phone"))) begin();

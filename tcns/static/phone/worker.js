// The worker keeps the shell: one page without anybody's data, its scripts, styles and icons, all of
// one version. Everything else is the network's: a private page is never kept.
import { currentAccount } from "./account.js";
import { saveDraft } from "./draft.js";
import { flush } from "./send.js";

const LOG = "/activities/log";
const NO_FIELD = ["csrf_token", "idempotency_key", "client_key", "version", "action"];

export function start({ version, shell, files }) {
  const name = `shell-${version}`;
  const kept = (request) => caches.open(name).then((cache) => cache.match(request));
  const isOurs = (url) => files.includes(url.pathname + url.search);

  addEventListener("install", (event) => {
    const keep = async () => (await caches.open(name)).addAll([shell, ...files]);
    event.waitUntil(keep());
  });
  addEventListener("activate", (event) => {
    const forget = async () => {
      const old = (await caches.keys()).filter((one) => one.startsWith("shell-") && one !== name);
      await Promise.all(old.map((one) => caches.delete(one)));
      await clients.claim();
    };
    event.waitUntil(forget());
  });
  addEventListener("message", (event) => { if (event.data === "take over") skipWaiting(); });
  addEventListener("sync", (event) => { if (event.tag === "phone") event.waitUntil(flush()); });
  addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.mode === "navigate" && request.method === "GET") event.respondWith(open(request, url));
    else if (request.mode === "navigate" && url.pathname === LOG) event.respondWith(rescue(request));
    else if (request.method === "GET" && isOurs(url)) event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  });

  // The shell at once at its own address, and for any page that does not come.
  async function open(request, url) {
    if (url.pathname === shell) return (await kept(shell)) ?? fetch(request);
    try {
      return await fetch(request);
    } catch {
      return (await kept(shell)) ?? Response.error();
    }
  }

  // A form to log a session that did not get through goes on in the shell, with all that was typed.
  async function rescue(request) {
    const copy = request.clone();
    try {
      return await fetch(request);
    } catch {
      const account = await currentAccount();
      if (!account) return Response.error();
      const typed = [...await copy.formData()];
      const team = new URL(request.url).searchParams.get("team");
      const fields = typed.filter(([field, value]) => typeof value === "string" && !NO_FIELD.includes(field));
      await saveDraft(account, team ? [...fields, ["team", team]] : fields);
      return Response.redirect(`${shell}#log`, 303);
    }
  }
}

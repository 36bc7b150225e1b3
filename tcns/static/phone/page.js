// On every page, where somebody logs sessions or the phone keeps some. Pages load it with the modules
// it stands on as one script, bundle.js; the shell, which the worker keeps, loads them one by one.
import { begin } from "./follow.js";

const whose = document.querySelector("meta[name=phone-owner]");
const isAble = globalThis.indexedDB && navigator.serviceWorker && globalThis.crypto?.subtle && navigator.locks;

// Back from a session that was sent, the empty form comes, not the browser's question whether to
// send it again.
if (document.querySelector("form[data-phone=check]")) history.replaceState(null, "", location.href);

if (isAble && whose && (whose.dataset.logs || localStorage.getItem("phone"))) begin();

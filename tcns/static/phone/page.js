// On every page, and small: the rest comes once the page is there, and only where somebody logs
// sessions or a phone keeps some.
const visitor = document.querySelector("meta[name=phone-owner]");
const isAble = globalThis.indexedDB && navigator.serviceWorker && globalThis.crypto?.subtle && navigator.locks;
const isNeeded = () => visitor.dataset.logs || localStorage.getItem("phone");

if (isAble && visitor && isNeeded()) {
  import("./follow.js").then(({ begin }) => begin());
}

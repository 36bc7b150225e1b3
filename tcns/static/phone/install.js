// A modest word on the list, that the site can be put beside the other applications: with a button
// where the browser offers one, else with how it is done; not before the first session was sent from
// this phone, and not once it is there, or was put off.
const hint = document.querySelector("[data-part=install]");
const [put, how] = ["put", "how"].map((name) => hint.querySelector(`[data-part=install-${name}]`));
const isThere = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
let offer;

function hide() { hint.hidden = true; }

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  [put.hidden, how.hidden] = [false, true];
});
addEventListener("appinstalled", hide);
// An offer can be taken up once; the browser makes another one when it likes to.
put.addEventListener("click", async () => {
  [put.hidden, how.hidden] = [true, false];
  const { outcome } = await offer.prompt();
  if (outcome === "accepted") hide();
});
hint.querySelector("[data-act=not-now]").addEventListener("click", () => {
  localStorage.setItem("install", "not now");
  hide();
});

// Not while something waits: that comes first.
export function offerInstall(isTime, hasSent) {
  if (hasSent) localStorage.setItem("has-sent", "yes");
  const [putOff, isUsed] = ["install", "has-sent"].map((name) => localStorage.getItem(name));
  hint.hidden = Boolean(!isTime || !isUsed || isThere || putOff);
}

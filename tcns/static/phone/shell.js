// The notebook on the phone: one page of views, told apart by what stands behind # in the address.
//   #log   the form, empty or as the draft has it     #edit=KEY  the form of one that waits
//   #item=KEY  one session and how far it has come    #both=KEY  two versions, side by side
//   else   all that wait, and what was sent in the last days
import { begin, sendAll } from "./follow.js";
import { currentAccount, snapshotOf } from "./account.js";
import { showForm } from "./form.js";
import { showItem, showList } from "./list.js";
import { showBoth } from "./conflict.js";
import { itemsOf, onChange } from "./queue.js";

const views = [...document.querySelectorAll("main > [data-view]")];
let shown = "";

function turnTo(name) {
  const isNew = shown !== `${name}${location.hash}`;
  shown = `${name}${location.hash}`;
  for (const view of views) view.hidden = view.dataset.view !== name;
  const view = views.find((one) => one.dataset.view === name);
  document.querySelector("h1").textContent = view.dataset.heading;
  if (isNew) { scrollTo(0, 0); document.getElementById("main").focus({ preventScroll: true }); }
}

// The view that the address asks for, and the item it is about.
function wanted() {
  const [name, key] = location.hash.slice(1).split("=");
  if (!name && location.pathname === "/activities/log") return ["log"];
  return [name || "list", key];
}

async function show() {
  const account = await currentAccount();
  const [name, key] = wanted();
  const items = account ? await itemsOf(account) : [];
  const item = items.find((one) => one.key === key);
  if (account && ["log", "edit"].includes(name) && (item || !key)) {
    turnTo("form");
    if (document.querySelector("main").dataset.form === location.hash) return; // it is being typed in
    document.querySelector("main").dataset.form = location.hash;
    await showForm({ account, snapshot: await snapshotOf(account), item });
    return;
  }
  delete document.querySelector("main").dataset.form;
  turnTo(item ? { item: "item", both: "both" }[name] ?? "list" : "list");
  if (item && name === "item") showItem(account, item);
  else if (item && name === "both") showBoth(account, item);
  else await showList(account, items);
}

document.querySelector("[data-part=needs-script]").remove();
addEventListener("hashchange", show);
onChange(() => { if (!["log", "edit"].includes(wanted()[0])) show(); });
document.querySelector("[data-act=send]").addEventListener("click", () => sendAll({ now: true }));
await show(); // at once, with what lies here
await begin();
await show();

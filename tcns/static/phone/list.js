// What waits on this phone, in the order of sending, and one of it large: state, why, what to do.
import { currentAccount, isClockWrong } from "./account.js";
import { sendAll } from "./follow.js";
import { offerInstall } from "./install.js";
import { discard, hasOthers, mark } from "./queue.js";
import { isShut } from "./send.js";
import { answerOf, blank, clock, countsOf, titleOf, word } from "./words.js";

const MOST_SAID = 2; // of what differs in two versions; the rest stands side by side
const part = (name) => document.querySelector(`[data-part=${name}]`);

// The figures have arrived, and photographs are still to follow them.
const isFollowed = (item) => Boolean(item.sent) && ["stored", "sending", "waiting"].includes(item.state);

function stateWord(item) {
  if (isFollowed(item) && item.state === "stored") return word("badge_photos");
  return item.state === "waiting" ? word("badge_waiting", { time: clock(item.until) }) : word(`badge_${item.state}`);
}

// Why it stands as it does, one sentence each.
function reasons(account, item) {
  const said = (item.answer?.fields ?? []).filter(() => item.state === "refused").map(({ message }) => message);
  for (const [index, photo] of (item.photos ?? []).entries()) {
    if (photo.state === "refused") said.push(word("photo_refused", { number: index + 1, message: photo.message ?? "" }));
  }
  if (item.state === "conflict") {
    const differing = item.answer.fields.filter(({ differs }) => differs).slice(0, MOST_SAID);
    const side = (text) => text || word("not_recorded");
    for (const { label, saved, sent } of differing) said.push(word("differs", { label, saved: side(saved), sent: side(sent) }));
  }
  if (item.sent && item.state !== "sent") said.push(word("photos_left", { count: item.photos.filter((photo) => photo.state !== "sent").length }));
  if (isShut(item)) said.push(word("closed_month"));
  if (item.state === "waiting") said.push(word("busy"));
  if (account.stopped && item.state !== "sent") said.push(word(account.stopped));
  if (isClockWrong(account) && item.state !== "sent") said.push(word("clock", { day: new Date().toLocaleDateString("vi-VN") }));
  return said;
}

const isOnly = (item, name) => item.answer?.fields?.every(({ field }) => field === name);

// What can be done, each a word and what it does; a link where it leads to a view.
function acts(account, item) {
  const withoutPhotos = async () => {
    const [photos, gone] = [true, false].map((stays) => item.photos.filter((photo) => (photo.state !== "refused") === stays));
    await mark(account, item.key, "sent", { photos, gone: gone.map((photo) => photo.key) });
  };
  const confirmed = async () => {
    await mark(account, item.key, "stored", { fields: [...item.fields, ["is_confirmed", "y"]], answer: undefined });
    await sendAll();
  };
  const found = [];
  if (item.state === "conflict") found.push(["choose", `#both=${item.key}`]);
  else if (item.sent && item.state === "refused") found.push(["drop_photo", withoutPhotos], ["open", item.sent.address]);
  else if (item.sent) found.push(["open", item.sent.address]);
  else if (item.state !== "sending") {
    if (item.state === "refused" && isOnly(item, "is_confirmed")) found.push(["confirm", confirmed]);
    if (isShut(item)) found.push(["ask", item.answer.asks_at]);
    if (!item.replaces) found.push([isOnly(item, "held_on") ? "edit_day" : "edit", `#edit=${item.key}`]);
    found.push(["delete", () => remove(item)]);
  }
  if (account.stopped && (!item.sent || isFollowed(item))) found.push(["sign_in", "/sign-in"]);
  return found;
}

async function remove(item) {
  const dialog = document.getElementById("ask-delete");
  dialog.querySelector("[data-part=what]").textContent = `${titleOf(item)} · ${countsOf(item)}`;
  if (await answerOf(dialog) !== "delete") return;
  await discard(item);
  location.hash = "";
}

function act([name, does]) {
  const isLink = typeof does === "string";
  const element = document.createElement(isLink ? "a" : "button");
  element.className = `btn ${name === "delete" ? "btn-outline-danger" : "btn-outline-primary"}`;
  element.textContent = word(`act_${name}`);
  if (isLink) element.href = does;
  else element.addEventListener("click", does);
  return element;
}

// Alone on its page the words above it say when it was received.
function card(account, item, isAlone = false) {
  const holder = blank("item");
  holder.dataset.state = item.state;
  holder.querySelector("a").textContent = titleOf(item);
  holder.querySelector("a").href = `#item=${item.key}`;
  holder.querySelector("[data-part=badge]").textContent = stateWord(item);
  holder.querySelector("[data-part=counts]").textContent = countsOf(item);
  const received = item.state === "sent" && !isAlone ? [word("received", { moment: item.sent.moment })] : [];
  holder.querySelector("[data-part=reasons]").replaceChildren(...[...received, ...reasons(account, item)].map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }));
  holder.querySelector("[data-part=acts]").replaceChildren(...acts(account, item).map(act));
  return holder;
}

export async function showList(account, items) {
  const [waiting, sent] = [items.filter((item) => item.state !== "sent"), items.filter((item) => item.state === "sent")];
  part("waiting").replaceChildren(...waiting.map((item) => card(account, item)));
  part("sent").replaceChildren(...sent.reverse().map((item) => card(account, item)));
  part("nothing").hidden = waiting.length > 0 || !account;
  part("sent-title").hidden = !sent.length;
  part("send").hidden = !waiting.length;
  part("log").hidden = !account;
  part("nobody").hidden = Boolean(account);
  offerInstall(account && !waiting.length, sent.length > 0);
  part("others").hidden = !await hasOthers((await currentAccount())?.owner);
}

export function showItem(account, item) {
  const large = part("state");
  const name = ["stored", "sending", "waiting", "sent", "refused", "conflict"].find((one) => one === item.state);
  large.dataset.state = name;
  const said = isFollowed(item) ? "photos" : name;
  large.querySelector("h2").textContent = word(`state_${said}`);
  large.querySelector("p").textContent = word(`about_${said}`, { moment: item.sent?.moment, time: clock(item.until) });
  part("one").replaceChildren(card(account, item, true));
  part("keep").hidden = item.state === "sent";
}

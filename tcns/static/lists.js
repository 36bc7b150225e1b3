// Working with a list from the keyboard: / looks for something, arrows or j and k move along the
// rows, Enter opens the row's main link, x ticks it, Esc leaves, ? says all this. Without this
// file everything works by links and boxes.
"use strict";

const listed = document.querySelector(".pager") ? "main .table tbody tr" : ".found li";
const links = [...document.querySelectorAll(listed)].map((row) => row.querySelector("th a, a")).filter(Boolean);
const boxes = [...document.querySelectorAll("input.tick")];
const keys = document.getElementById("keys");
const keysButton = document.getElementById("keys-button");

const rowOf = (element) => element.closest("tr, .found li");
const here = () => links.findIndex((link) => rowOf(link).contains(document.activeElement));
const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select");

function move(step) {
  const place = here();
  const next = place < 0 ? 0 : place + step;
  if (links[next]) links[next].focus();
}

function tick() {
  const box = here() < 0 ? null : rowOf(links[here()]).querySelector("input.tick");
  if (box) box.click();
}

function search() {
  const field = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
  if (field) field.select();
}

const ACTIONS = {
  "/": search,
  "?": () => keys.showModal(),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  j: () => move(1),
  k: () => move(-1),
  x: tick,
};

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keys.open) return;
  if (event.key === "Escape") event.target.blur();
  const act = ACTIONS[event.key];
  if (!act || isTyping(event.target)) return;
  // Where there is no list, arrows scroll the page.
  if (event.key.startsWith("Arrow") && !links.length) return;
  event.preventDefault();
  act();
}

// Ticking says that the ticked rows are meant, and how many these are.
function count() {
  document.getElementById("which-ticked").checked = true;
  document.getElementById("ticked-count").textContent = boxes.filter((box) => box.checked).length;
}

if (keys) {
  keysButton.hidden = false;
  keysButton.addEventListener("click", () => keys.showModal());
  keys.querySelector("button").addEventListener("click", () => keys.close());
  document.addEventListener("keydown", press);
}
if (document.getElementById("which-ticked")) for (const box of boxes) box.addEventListener("change", count);

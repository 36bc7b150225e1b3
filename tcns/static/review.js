// Working a queue from the keyboard. Every act is a button or a link of the page: a key presses it.
// The letters are none that a Vietnamese typing program doubles or takes for a tone.
const queue = document.getElementById("queue");
const dialog = document.getElementById("queue-keys");
const rows = [...queue.children];
const boxes = [...queue.querySelectorAll("input.tick")];

const here = () => rows.find((row) => row.contains(document.activeElement));
const part = (row, act) => row && row.querySelector(`[data-act=${act}]`);
const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select");

function move(step) {
  const next = rows[here() ? rows.indexOf(here()) + step : 0];
  if (next) next.focus();
}

function unfold(row) {
  const details = part(row, "open");
  if (details) details.open = !details.open;
}

function approve(row) {
  const details = part(row, "open");
  if (row && "flagged" in row.dataset && details && !details.open) details.open = true;
  else if (part(row, "approve")) part(row, "approve").click();
}

function giveBack(row) {
  const details = part(row, "return");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

function cancel(row) {
  if (!row) return;
  for (const details of row.querySelectorAll("details")) details.open = false;
  row.focus();
}

// What was decided last, wherever the focus is; in a row that was decided, that one.
function undo(row) {
  const decided = rows.filter((one) => one.dataset.decided);
  decided.sort((one, other) => (one.dataset.decided < other.dataset.decided ? 1 : -1));
  const button = part(row, "undo") || part(decided[0], "undo");
  if (button) button.click();
}

function mark(row) {
  const box = row && row.querySelector("input.tick");
  if (box) box.click();
}

const search = () => document.querySelector("input[type=search]")?.select();
const LETTERS = { y: approve, t: giveBack, m: mark, h: undo, "/": search, "?": () => dialog.showModal() };
const OTHERS = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };

function press(event) {
  if (event.isComposing || event.altKey || event.metaKey || dialog.open) return;
  const row = here();
  if (event.key === "Escape" && row) return void cancel(row);
  if (event.ctrlKey) return event.key === "Enter" ? send(event, row) : undefined;
  if (isTyping(event.target)) return;
  if (event.key === "Enter") return event.target === row ? act(event, unfold, row) : undefined;
  const letter = "letters" in queue.dataset ? LETTERS[event.key.toLowerCase()] : undefined;
  const chosen = letter || OTHERS[event.key];
  if (chosen) act(event, chosen, row);
}

function act(event, what, row) {
  event.preventDefault();
  event.stopPropagation();  // the keys of lists
  what(row);
}

function send(event, row) {
  const details = part(row, "return");
  event.preventDefault();
  if (details && details.open) details.querySelector("form").requestSubmit();
  else if (boxes.some((box) => box.checked)) document.querySelector("[data-act=bulk]").click();
}

function count() {
  document.getElementById("marked-count").textContent = boxes.filter((box) => box.checked).length || "";
}

function write(event) {
  const sentence = event.target.dataset.sentence;
  if (!sentence) return;
  const field = event.target.closest("form").querySelector("textarea");
  field.value = field.value.trim() ? `${field.value.trim()} ${sentence}` : sentence;
  field.focus();
}

// After a decision the page comes back to its row: the next one that waits is meant then.
function begin() {
  const last = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const after = rows.slice(last ? rows.indexOf(last) : 0);
  const next = [...after, ...rows].find((row) => !row.dataset.decided);
  if (next) next.focus({ preventScroll: Boolean(last) });
}

for (const box of boxes) box.addEventListener("change", count);
for (const one of queue.querySelectorAll(".queue-reasons, [data-act=cancel]")) one.hidden = false;
for (const one of queue.querySelectorAll("[data-act=cancel]")) one.addEventListener("click", () => cancel(here()));
queue.addEventListener("click", write);
document.getElementById("queue-keys-button").hidden = false;
document.getElementById("queue-keys-button").addEventListener("click", () => dialog.showModal());
dialog.querySelector("button").addEventListener("click", () => dialog.close());
document.addEventListener("keydown", press, true);
// The browser itself goes to the row that the address names, as late as this.
addEventListener("load", () => setTimeout(() => {
  if (matchMedia("(min-width: 992px)").matches) begin();
  queue.dataset.ready = "";
}));

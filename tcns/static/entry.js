// What is filled in as last time is cleared in place, and the mark goes once something else is
// chosen. Without this file the same buttons send the form, which comes back cleared.
const form = document.querySelector("form.entry");
const markOf = (name) => form.querySelector(`.as-before-mark[data-clears="${name}"]`);
const boxesOf = (name) => [...form.querySelectorAll(`[name="${name}"]`)];

function unmark(name) {
  markOf(name)?.remove();
  if (!form.querySelector(".as-before-mark")) {
    for (const left of form.querySelectorAll('[data-clears="all"]')) left.remove();
    form.querySelector(".as-before")?.classList.remove("as-before");
  }
}

function clear(name) {
  for (const box of boxesOf(name)) box.checked = false;
  const first = boxesOf(name)[0];
  unmark(name);
  first.closest("details")?.setAttribute("open", "");
  first.focus();
  first.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const button of form.querySelectorAll("[data-clears]")) {
  const press = (event) => {
    event.preventDefault();
    const marks = [...form.querySelectorAll(".as-before-mark")].map((mark) => mark.dataset.clears);
    const names = button.dataset.clears === "all" ? marks.reverse() : [button.dataset.clears];
    names.forEach(clear);
  };
  (button.matches("button") ? button : button.querySelector("button")).addEventListener("click", press);
}
form.addEventListener("change", (event) => { if (event.target.name) unmark(event.target.name); });

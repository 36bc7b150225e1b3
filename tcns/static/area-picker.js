// An area by typing part of its name: a box of the pattern "combobox with list" of the ARIA
// practices. The areas come from the site, within what the visitor may see. Without this file the
// box takes a name or a code, and the page asks back where several are meant.
"use strict";

const WAIT = 150; // ms without a key before the site is asked

function enhance(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "area-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(name, value);

  let timer = 0;
  let asked = "";

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    input.value = option.dataset.value;
    close();
    if (input.form && input.hasAttribute("data-sends")) input.form.requestSubmit();
  }

  function activate(option) {
    for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    list.replaceChildren(
      ...found.map((area, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = `${area.name} (${area.code})`;
        option.textContent = area.place ? `${area.name}, ${area.place}` : area.name;
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
        return option;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    asked = input.value.trim();
    if (!asked) return close();
    const address = new URL(input.dataset.areas, location);
    address.searchParams.set("q", asked);
    const wanted = asked;
    const answer = await fetch(address).catch(() => null);
    if (answer && answer.ok && wanted === asked) show(await answer.json());
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const options = [...list.children];
    if (list.hidden || !options.length) return;
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") activate(options[(place + 1) % options.length]);
    else if (event.key === "ArrowUp") activate(options[(place <= 0 ? options.length : place) - 1]);
    else if (event.key === "Enter" && place >= 0) choose(options[place]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

for (const input of document.querySelectorAll("input[data-areas]")) enhance(input);

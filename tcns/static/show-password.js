// A box marked data-shows="id" shows what is typed into the password field with that id.
"use strict";

for (const box of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(box.dataset.shows);
  const tick = box.querySelector("input");
  const follow = () => { field.type = tick.checked ? "text" : "password"; };
  box.hidden = false;
  tick.addEventListener("change", follow);
  // What is sent must be a password field again, or browsers offer to keep it as plain text.
  field.form.addEventListener("submit", () => { field.type = "password"; });
}

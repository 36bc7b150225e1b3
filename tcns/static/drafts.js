// Keeps what was typed into a long form in this tab of the browser, for who is signed in alone, and
// warns whoever leaves it half-filled. A page without a form to keep, shown to nobody signed in,
// forgets all drafts: signing out leads there.
const PREFIX = "draft:";
const OWN = ["csrf_token", "idempotency_key", "version", "listed"];
const owner = document.querySelector("meta[name=phone-owner]")?.content ?? "";

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

function typedIn(form) {
  const fields = [...new FormData(form)].filter(([name]) => !OWN.includes(name));
  return JSON.stringify(fields);
}

function keep(form) {
  const key = `${PREFIX}${owner}:${location.pathname}`;
  // Of a record that was changed since, a draft is worth nothing.
  const record = form.elements.listed?.value ?? form.elements.version?.value ?? "";
  const first = typedIn(form);
  let isSent = false;
  const isHalfFilled = () => !isSent && typedIn(form) !== first;
  offer(form, key, record);
  form.addEventListener("input", () => {
    sessionStorage.setItem(key, JSON.stringify({ record, typed: typedIn(form) }));
  });
  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => { if (isHalfFilled()) event.preventDefault(); });
}

function offer(form, key, record) {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept && kept.record !== record) sessionStorage.removeItem(key);
  if (!kept || kept.record !== record || kept.typed === typedIn(form)) return;
  const note = form.querySelector("[data-draft-note]");
  note.hidden = false;
  note.querySelector("[data-draft-take]").addEventListener("click", () => {
    fill(form, JSON.parse(kept.typed));
    note.hidden = true;
  });
  note.querySelector("[data-draft-drop]").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    note.hidden = true;
  });
}

function fill(form, fields) {
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  let isWider = false;
  for (const [name, value] of fields) {
    const control = form.elements[name];
    if (!control) {
      const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(hidden);
      isWider = true;
    } else if (control.type === "checkbox") control.checked = true;
    else control.value = value;
  }
  // Rows that this page does not have are shown by the server, as by its own button.
  if (isWider) form.requestSubmit(form.querySelector("button[name=more]"));
}

const form = document.querySelector("form[data-draft]");
if (form && owner) keep(form);
else if (!owner) forgetAll();

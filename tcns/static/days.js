// Days are typed and read as dd/mm/yyyy, whatever language the browser speaks. Beside a day that is
// typed stands how it was understood, and a button that opens the browser's calendar; without this
// file days are typed alone. What reads days on the server is tcns/web/days.py.
"use strict";

const words = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC",
});
const FORMS = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, ([, year, month, day]) => [year, month, day]],
  [/^(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})$/, ([, day, , month, year]) => [year, month, day]],
  [/^(\d{2})(\d{2})(\d{4})$/, ([, day, month, year]) => [year, month, day]],
];

// The day that a text means, in ISO form; empty where it means none.
function isoOf(text) {
  const plain = text.trim().replace(/\s+/g, " ");
  for (const [form, parts] of FORMS) {
    const found = form.exec(plain);
    if (!found) continue;
    const [year, month, day] = parts(found);
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const moment = new Date(`${iso}T00:00:00Z`);
    return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : "";
  }
  return "";
}

function sayHow(field, after) {
  const said = document.createElement("output");
  const follow = () => {
    const iso = isoOf(field.value);
    said.value = iso && Number(iso.slice(0, 4)) > 999 ? words.format(new Date(`${iso}T00:00:00Z`)) : "";
  };
  said.className = "day-said";
  said.htmlFor = field.id;
  after.after(said);
  field.addEventListener("input", follow);
  follow();
}

// The browser's own control, unseen, behind a button: it gives only the calendar.
function offerCalendar(field) {
  const box = document.createElement("span");
  const button = document.createElement("button");
  const calendar = document.createElement("input");
  box.className = "day-box";
  button.type = "button";
  button.className = "day-button";
  const name = field.labels[0]?.textContent.trim();
  button.setAttribute("aria-label", [field.dataset.calendar, name].filter(Boolean).join(": "));
  calendar.type = "date";
  calendar.className = "day-calendar";
  calendar.tabIndex = -1;
  calendar.setAttribute("aria-hidden", "true");
  button.addEventListener("click", () => {
    calendar.value = isoOf(field.value);
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    field.value = calendar.value.split("-").reverse().join("/");
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    field.focus();
  });
  field.replaceWith(box);
  box.append(field, button, calendar);
  return box;
}

for (const field of document.querySelectorAll("input[data-calendar], :is(form[method=post], form.entry) input[type=date]")) {
  const isTyped = "calendar" in field.dataset;
  const canOffer = isTyped && !field.closest("td") && "showPicker" in HTMLInputElement.prototype;
  const whole = canOffer ? offerCalendar(field) : field;
  if (field.form?.matches("[method=post], .entry") && !field.closest("td")) sayHow(field, whole);
}

// Addresses have days in ISO form.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.querySelectorAll("input[data-calendar]")) {
    const iso = isoOf(field.value);
    if (iso) event.formData.set(field.name, iso);
  }
});

// What is printed says how fresh its figures are: they are those of the moment the page was loaded.
for (const said of document.querySelectorAll("[data-figures-at]")) {
  const loaded = new Date(performance.timeOrigin);
  const [time, day] = [{ hour: "2-digit", minute: "2-digit" }, { day: "2-digit", month: "2-digit", year: "numeric" }]
    .map((parts) => new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "Asia/Ho_Chi_Minh" }).format(loaded));
  said.textContent = said.dataset.figuresAt.replace("{time}", time).replace("{day}", day);
}

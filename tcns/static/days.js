// Beside each day that is typed stands how it was understood: browsers show days in the order of
// their own language, the site in that of its page.
"use strict";

const words = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC",
});

for (const field of document.querySelectorAll("form[method=post] input[type=date]")) {
  const said = document.createElement("output");
  const follow = () => {
    const day = field.valueAsDate;
    said.value = day && day.getUTCFullYear() > 999 ? words.format(day) : "";
  };
  said.className = "day-said";
  said.htmlFor = field.id;
  field.after(said);
  field.addEventListener("input", follow);
  follow();
}

// What is printed says how fresh its figures are: they are those of the moment the page was loaded.
for (const said of document.querySelectorAll("[data-figures-at]")) {
  const loaded = new Date(performance.timeOrigin);
  const [time, day] = [{ hour: "2-digit", minute: "2-digit" }, { day: "2-digit", month: "2-digit", year: "numeric" }]
    .map((parts) => new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "Asia/Ho_Chi_Minh" }).format(loaded));
  said.textContent = said.dataset.figuresAt.replace("{time}", time).replace("{day}", day);
}

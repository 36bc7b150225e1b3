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

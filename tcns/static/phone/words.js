// The words that scripts say, in the language of the page, which brings them along.
const said = JSON.parse(document.getElementById("phone-words").dataset.words);

export const word = (name, values = {}) =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), said[name]);

const form = document.getElementById("log-form");
const valueOf = (item, name) => item.fields.find(([field]) => field === name)?.[1];

// The day of a session, as the person chose it.
export function dayOf(item) {
  const chosen = valueOf(item, "held_on");
  const day = chosen === "other" ? valueOf(item, "other_day") : chosen;
  return day ? day.split("-").reverse().join("/") : "";
}

export function titleOf(item) {
  const kind = valueOf(item, "kind") ?? "";
  const box = form.querySelector(`[name=kind][value="${CSS.escape(kind)}"]`);
  return `${box?.labels[0].textContent.trim() ?? kind}, ${dayOf(item)}`;
}

export function countsOf(item) {
  const counts = [["participant_count", "participants"], ["household_count", "households"]];
  const said = counts.filter(([name]) => valueOf(item, name)).map(([name, key]) => word(key, { count: valueOf(item, name) }));
  return [...said, item.photos?.length ? word("photos", { count: item.photos.length }) : word("no_photos")].join(" · ");
}

export const clock = (moment) => new Date(moment).toTimeString().slice(0, 5);

// A copy of a piece that the page holds ready.
export const blank = (id) => document.getElementById(id).firstElementChild.cloneNode(true);

// Ask in a dialogue; resolves to the value of the button that closed it, empty for none.
export function answerOf(dialog) {
  for (const button of dialog.querySelectorAll("button")) button.onclick = () => dialog.close(button.value);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

// What will be sent, to look over before it is: the labels and words of the form itself.
import { answerOf, countsOf, dayOf } from "./words.js";
import { fieldsOf } from "./queue.js";

const dialog = document.getElementById("check");

// What a group of fields says, in the words of its labels.
function lines(form) {
  const found = new Map();
  for (const [name, value] of fieldsOf(form).filter(([name, value]) => value && !["held_on", "other_day"].includes(name))) {
    const control = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].find((one) => one.type === "radio" || one.type === "checkbox" ? one.value === value : true);
    const isChoice = ["radio", "checkbox"].includes(control.type);
    const label = isChoice ? control.closest("fieldset").querySelector("legend") : control.labels[0];
    const text = isChoice ? control.labels[0].textContent.trim() : value;
    const key = label.firstChild.textContent.trim();
    found.set(key, found.has(key) ? `${found.get(key)}; ${text}` : text);
  }
  return found;
}

// Whether it is to be sent as it stands.
export async function summarise(form, photoCount) {
  const day = form.querySelector("[data-part=days] legend").firstChild.textContent.trim();
  const item = { fields: fieldsOf(form), photos: Array.from({ length: photoCount }) };
  const facts = [[day, dayOf(item)], ...lines(form)];
  dialog.querySelector("dl").replaceChildren(...facts.map(([label, text]) => {
    const line = document.createElement("div");
    line.append(document.createElement("dt"), document.createElement("dd"));
    [line.firstChild.textContent, line.lastChild.textContent] = [label, text];
    return line;
  }));
  dialog.querySelector("[data-part=counts]").textContent = countsOf(item);
  return await answerOf(dialog) === "send";
}

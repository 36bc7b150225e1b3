// The form without signal: what is asked is in the page, whom and what it offers is in the snapshot.
import { sendAll } from "./follow.js";
import { isClockWrong } from "./account.js";
import { dropDraft, draftOf, fill, keepDraft } from "./draft.js";
import { sayFull } from "./line.js";
import { fieldsOf, store } from "./queue.js";
import { isFull } from "./store.js";
import { offerPhotos } from "./photo-choice.js";
import { summarise } from "./summary.js";
import { blank } from "./words.js";

const form = document.getElementById("log-form");
const part = (name) => form.querySelector(`[data-part=${name}]`);
const iso = (day) => `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
let kept; // the account whose draft is kept: listeners are added once
let current; // what the form is about: account, item, photos

// One tile for each of what is offered, under the name the server knows.
function tiles(holder, name, type, offered) {
  holder.replaceChildren(...offered.map(({ id, label }) => {
    const tile = blank("tile");
    const box = tile.querySelector("input");
    Object.assign(box, { type, name, value: id, id: `${name}-${id}` });
    tile.querySelector("label").htmlFor = box.id;
    tile.querySelector("label").textContent = label;
    return tile;
  }));
}

function offerDays(isWrong) {
  const days = [new Date(), new Date(Date.now() - 24 * 3600 * 1000)];
  for (const [index, radio] of [...part("days").querySelectorAll("[data-days-ago]")].entries()) {
    radio.value = iso(days[index]);
    radio.closest("[data-day]").hidden = isWrong;
    const date = radio.parentElement.querySelector("[data-date]");
    date.textContent = `${radio.value.slice(8)}/${radio.value.slice(5, 7)}`;
    radio.checked = index === 0 && !isWrong;
  }
  const other = form.querySelector("[name=held_on][value=other]");
  if (isWrong) other.checked = true;
  part("clock").hidden = !isWrong;
}

function offerAmounts(indicators) {
  part("amounts").replaceChildren(...indicators.map(({ id, label }) => {
    const line = blank("amount");
    const box = line.querySelector("input");
    Object.assign(box, { name: `amount_${id}`, id: `amount_${id}` });
    line.querySelector("label").htmlFor = box.id;
    line.querySelector("label").textContent = label;
    return line;
  }));
}

function asLastTime(usual) {
  const fields = [["kind", usual.kind], ["form", usual.form]];
  for (const name of ["topics", "helpers"]) for (const one of usual[name] ?? []) fields.push([name, String(one)]);
  for (const [name, value] of fields) {
    const box = form.querySelector(`[name="${name}"][value="${CSS.escape(value ?? "")}"]`);
    if (box) box.checked = true;
  }
  part("usual").hidden = !usual.kind;
}

function clearUsual() {
  for (const box of form.querySelectorAll("[name=kind], [name=form], [name=topics], [name=helpers]")) box.checked = false;
  part("usual").hidden = true;
}

function chooseTeam(snapshot, id) {
  const team = snapshot.teams.find((one) => String(one.id) === String(id)) ?? snapshot.teams[0];
  tiles(part("helpers"), "helpers", "checkbox", team?.members ?? []);
  return team;
}

export async function showForm({ account, snapshot, item }) {
  const teams = snapshot?.teams ?? [];
  document.querySelector("[data-part=no-team]").hidden = teams.length > 0;
  form.hidden = !teams.length;
  if (!teams.length) return;
  const draft = item ? item.fields : await draftOf(account);
  const chosen = draft?.find(([name]) => name === "team")?.[1];
  form.reset();
  tiles(part("teams"), "team", "radio", teams.map(({ id, name }) => ({ id, label: name })));
  part("teams").closest(".field").hidden = teams.length === 1;
  const team = chooseTeam(snapshot, chosen);
  form.querySelector(`[name=team][value="${team.id}"]`).checked = true;
  offerAmounts(snapshot.indicators);
  offerDays(isClockWrong(account));
  current = { account, snapshot, item, photos: offerPhotos(form, item?.photos?.length ?? 0) };
  part("usual").hidden = true;
  if (draft) restore(draft);
  else asLastTime(team.usual);
  showReasons(item?.answer?.fields ?? []);
  if (kept !== account.owner) keepDraft(account, form, () => !current.item);
  kept = account.owner;
}

// A day that is offered no more stands as another day.
function restore(fields) {
  const day = fields.find(([name]) => name === "held_on")?.[1];
  const isOffered = [...form.querySelectorAll("[name=held_on]")].some((radio) => radio.value === day && !radio.closest("[hidden]"));
  const other = fields.filter(([name]) => !["held_on", "other_day"].includes(name));
  fill(form, isOffered ? fields : [...other, ["held_on", "other"], ["other_day", fields.find(([name, value]) => name === "other_day" && value)?.[1] ?? day]]);
  form.elements.other_day.dispatchEvent(new Event("input")); // how it was understood is said beside it
}

// Why the server did not take it stands on top of the form that is mended, and beside each field.
function showReasons(reasons) {
  for (const old of form.querySelectorAll("[data-part=reason]")) old.remove();
  for (const wrong of form.querySelectorAll(".field-wrong")) wrong.classList.remove("field-wrong");
  for (const { field, message } of reasons) {
    const control = field ? form.elements[field] : null;
    const holder = (control?.[0] ?? control)?.closest(".field");
    if (!holder) continue;
    const said = document.createElement("p");
    said.className = "field-error";
    said.dataset.part = "reason";
    said.textContent = message;
    holder.classList.add("field-wrong");
    holder.querySelector(".tiles, .form-control").before(said);
    holder.closest("details")?.setAttribute("open", "");
  }
  part("reasons").hidden = !reasons.length;
  part("reasons").querySelector("ul").replaceChildren(...reasons.map(({ label, message }) => {
    const line = document.createElement("li");
    line.textContent = label && label !== message ? `${label}: ${message}` : message;
    return line;
  }));
}

async function keep() {
  const { account, item, photos } = current;
  const day = form.elements.held_on.value; // the date of another day stays behind, out of sight
  const fields = fieldsOf(form).filter(([name, value]) => value !== "" && (name !== "other_day" || day === "other"));
  const isConfirmed = item?.answer?.fields?.some(({ field }) => field === "is_confirmed");
  try {
    return await store(account, isConfirmed ? [...fields, ["is_confirmed", "y"]] : fields, { key: item?.key, photos: photos.chosen() });
  } catch (error) {
    if (!isFull(error)) throw error;
    sayFull(true);
    return null;
  }
}

form.addEventListener("change", (event) => {
  if (event.target.name === "team") asLastTime(chooseTeam(current.snapshot, event.target.value).usual);
});
form.querySelector("[data-act=clear]").addEventListener("click", clearUsual);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!await summarise(form, current.photos.chosen().length + (current.item?.photos?.length ?? 0))) return;
  const key = await keep();
  if (!key) return;
  sayFull(false);
  if (!current.item) await dropDraft(current.account);
  location.hash = `item=${key}`;
  await sendAll();
});

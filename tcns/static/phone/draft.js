// What is being typed is kept as one types, sealed like the rest: a closed tab loses a second.
import { get, put, remove } from "./store.js";
import { seal, unseal } from "./seal.js";
import { fieldsOf } from "./queue.js";

const PAUSE_MS = 1000;
// Of the one form that is typed into on a page: what is yet to be kept, and what is being kept.
let draftTimer;
let draftSaving;

export async function saveDraft(account, fields) {
  await put("drafts", { owner: account.owner, content: await seal(account.key, fields) });
}

export async function draftOf(account) {
  const row = await get("drafts", account.owner);
  return row ? unseal(account.key, row.content) : null;
}

// Forget it, and what was yet to be kept of it: what was sent does not come back as a draft.
export async function dropDraft(account) {
  clearTimeout(draftTimer);
  draftTimer = undefined;
  await draftSaving;
  await remove("drafts", account.owner);
}

// Keep what is typed into a form: after a pause, and at once when the page is left.
export function keepDraft(account, form, isDraft = () => true) {
  const keep = () => {
    clearTimeout(draftTimer);
    draftTimer = undefined;
    draftSaving = saveDraft(account, fieldsOf(form)).catch(() => {});
  };
  form.addEventListener("input", () => { if (isDraft()) draftTimer ??= setTimeout(keep, PAUSE_MS); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && draftTimer) keep(); });
}

// Put fields back where they were typed.
export function fill(form, fields) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "file") continue;
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.tagName !== "BUTTON") control.value = values[0] ?? "";
    if (values[0]) control.closest("details")?.setAttribute("open", "");
  }
}

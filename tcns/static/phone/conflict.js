// Two versions of one session: both are kept until a person says which stands. Nothing is chosen
// beforehand, and only what differs is tinted.
import { sendAll } from "./follow.js";
import { discard, mark, store } from "./queue.js";
import { titleOf, word } from "./words.js";

const view = document.querySelector("[data-view=both]");
const form = view.querySelector("form");
let current;

export function showBoth(account, item) {
  if (item.state !== "conflict") { location.hash = `item=${item.key}`; return; }
  current = { account, item };
  const fields = item.answer.fields;
  const differing = fields.filter(({ differs }) => differs);
  view.querySelector("[data-part=said]").textContent = word("both_said", { title: titleOf(item), count: differing.length });
  view.querySelector("tbody").replaceChildren(...[...differing, ...fields.filter(({ differs }) => !differs)].map((field) => {
    const row = document.createElement("tr");
    row.className = field.differs ? "differs" : "";
    const cells = [["th", field.label], ["td", field.saved || word("not_recorded")], ["td", field.sent || word("not_recorded")]];
    row.append(...cells.map(([name, text]) => {
      const cell = document.createElement(name);
      if (name === "th") cell.scope = "row";
      cell.textContent = text;
      return cell;
    }));
    return row;
  }));
  form.reset();
}

const DECISIONS = {
  // The version on file is named: changed once more meanwhile, it is shown again instead of lost.
  mine: ({ account, item }) => mark(account, item.key, "stored", { replaces: item.answer.version, answer: undefined }),
  theirs: ({ item }) => discard(item),
  // First the new one is stored, then the old one goes: cut off in between, both are there.
  another: async ({ account, item }) => {
    const again = await store(account, item.fields, {});
    await mark(account, again, "stored", { photos: item.photos ?? [], loggedAt: item.loggedAt });
    await discard({ ...item, photos: [] });
  },
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await DECISIONS[new FormData(form).get("keep")](current);
  location.hash = "";
  await sendAll();
});

// A block of cells copied from a spreadsheet is spread over the rows, from the cell it is pasted
// into. What no choice of a list is meant by is said and left empty. Without this file the rows
// are typed.
const table = document.querySelector(".paper-rows");
const said = document.querySelector(".paste-said");
const cellsOf = (row) => [...row.querySelectorAll("td input, td select")];
const rows = () => [...table.querySelectorAll("tbody > tr:not(.paper-question)")];
const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim().replace(/\s+/g, " ");

function choose(select, text) {
  const wanted = folded(text);
  const offered = [...select.options].filter((option) => option.value);
  const named = (fits) => offered.filter((option) => fits(folded(option.text)));
  const same = named((name) => name === wanted);
  const found = same.length ? same : named((name) => ` ${name} `.endsWith(` ${wanted} `));
  select.value = found.length === 1 ? found[0].value : "";
  return found.length === 1;
}

function fill(cell, text) {
  if (cell.matches("select") && text) return choose(cell, text);
  cell.value = text;
  return true;
}

// The lines of what a spreadsheet copies: a cell with breaks or tabs stands in quotes.
function linesOf(text) {
  const lines = [[""]];
  let isQuoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const cells = lines.at(-1);
    if (sign === '"' && isQuoted && text[place + 1] === '"') {
      cells[cells.length - 1] += '"';
      place += 1;
    } else if (sign === '"' && (isQuoted || cells.at(-1) === "")) isQuoted = !isQuoted;
    else if (sign === "\t" && !isQuoted) cells.push("");
    else if (sign === "\n" && !isQuoted) lines.push([""]);
    else if (sign !== "\r") cells[cells.length - 1] += sign === "\n" ? " " : sign;
  }
  return lines.filter((cells) => cells.some((cell) => cell.trim()));
}

table.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const first = rows().indexOf(event.target.closest("tr"));
  const column = cellsOf(rows()[first]).indexOf(event.target);
  const lines = linesOf(text);
  const unknown = [];
  lines.slice(0, rows().length - first).forEach((cells, line) => {
    const targets = cellsOf(rows()[first + line]).slice(column);
    cells.slice(0, targets.length).forEach((cell, place) => {
      if (!fill(targets[place], cell.trim())) unknown.push(`${first + line + 1}: ${cell.trim()}`);
    });
  });
  const fitted = Math.min(lines.length, rows().length - first);
  const parts = [`${table.dataset.pasted} ${fitted}.`];
  if (unknown.length) parts.push(`${table.dataset.unknown} ${unknown.join("; ")}.`);
  if (lines.length > fitted) parts.push(`${table.dataset.left} ${lines.length - fitted}.`);
  said.textContent = parts.join(" ");
});

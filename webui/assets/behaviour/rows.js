// Grids: a row is added from its template, removed, and cells copied from a spreadsheet are spread from the focused cell on.
const SLOT = /__n__/g;

export function addRow(grid) {
  const body = grid.querySelector("tbody"), n = Number(grid.dataset.next ?? body.rows.length);
  grid.dataset.next = n + 1;
  body.insertAdjacentHTML("beforeend", grid.querySelector("template").innerHTML.replace(SLOT, n));
  renumber(grid);
  return body.rows[body.rows.length - 1];
}

function renumber(grid) {
  grid.querySelectorAll("tbody tr").forEach((row, index) => (row.cells[0].firstElementChild.textContent = index + 1));
}

function moveRow(grid, button) {
  const row = button.closest("tr"), up = button.dataset.moveRow < 0;
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  up ? other.before(row) : other.after(row);
  renumber(grid);
  button.focus();
  changed(grid);
}

function changed(grid) {
  grid.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const grid = event.target.closest("[data-rows]");
  if (!grid) return;
  if (event.target.closest("[data-add-row]")) addRow(grid).querySelector("input, select, textarea")?.focus(), changed(grid);
  if (event.target.closest("[data-remove-row]")) event.target.closest("tr").remove(), renumber(grid), changed(grid);
  if (event.target.closest("[data-move-row]")) moveRow(grid, event.target.closest("[data-move-row]"));
});

// In a sheet, Enter and the arrow keys go from row to row; the last row's Enter begins a new one.
document.addEventListener("keydown", (event) => {
  const grid = event.target.closest("[data-sheet]"), cell = event.target.closest("td");
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!grid || !cell || !step || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  const row = cell.parentElement, next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  const reached = next ?? (event.key === "Enter" && step > 0 && grid.querySelector("template") && addRow(grid));
  reached?.cells?.[cell.cellIndex].querySelector("input, select")?.focus();
});

// A form that was changed is not left by mistake.
document.querySelectorAll("form[data-guard]").forEach((form) => {
  let dirty = false;
  form.addEventListener("input", () => (dirty = true));
  form.addEventListener("submit", () => (dirty = false));
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
});

document.addEventListener("paste", (event) => {
  const grid = event.target.closest("[data-rows]"), text = event.clipboardData.getData("text/plain");
  if (!grid || !/[\t\n]/.test(text.trim()) || !grid.querySelector("template")) return;
  event.preventDefault();
  spread(grid, event.target.closest("tr"), event.target.closest("td").cellIndex, text.replace(/\r/g, "").replace(/\n$/, ""));
  changed(grid);
});

function spread(grid, row, column, text) {
  for (const line of text.split("\n")) {
    row ??= addRow(grid);
    line.split("\t").forEach((value, offset) => put(row.cells[column + offset], value.trim()));
    row = row.nextElementSibling;
  }
}

function put(cell, value) {
  const control = cell?.querySelector("input:not([type=hidden]), select, textarea");
  if (!control) return;
  const option = control.options && [...control.options].find((one) => one.value === value || one.text === value);
  control.value = option ? option.value : value;
  control.title = value;
}

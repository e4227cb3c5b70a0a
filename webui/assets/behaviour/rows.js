// Grids: a row is added from its template, removed, and cells copied from a spreadsheet are spread from the focused cell on.
const SLOT = /__n__/g;

function addRow(grid) {
  const body = grid.querySelector("tbody"), n = Number(grid.dataset.next ?? body.rows.length);
  grid.dataset.next = n + 1;
  body.insertAdjacentHTML("beforeend", grid.querySelector("template").innerHTML.replace(SLOT, n));
  renumber(grid);
  return body.rows[body.rows.length - 1];
}

function renumber(grid) {
  grid.querySelectorAll("tbody tr").forEach((row, index) => (row.cells[0].firstElementChild.textContent = index + 1));
}

function changed(grid) {
  grid.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const grid = event.target.closest("[data-rows]");
  if (!grid) return;
  if (event.target.closest("[data-add-row]")) addRow(grid).querySelector("input, select, textarea")?.focus(), changed(grid);
  if (event.target.closest("[data-remove-row]")) event.target.closest("tr").remove(), renumber(grid), changed(grid);
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

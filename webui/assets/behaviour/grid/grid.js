// A list that is typed into where it stands: the cursor, its keys, and what is pasted at it. On a phone each row opens as a form instead.
import { Editor } from "./editor.js";
import { Rows } from "./rows.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class Grid {
  constructor(root) {
    this.root = root;
    this.rows = new Rows(root);
    this.rows.number();
    this.first()?.setAttribute("tabindex", "0");
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("input", (event) => event.stopPropagation());
    root.addEventListener("paste", (event) => this.paste(event));
    root.addEventListener("copy", (event) => this.copy(event));
    root.addEventListener("focusin", (event) => this.enter(event.target.closest("td")));
    root.addEventListener("focusout", (event) => this.leave(event));
    addEventListener("beforeunload", (event) => this.rows.all.some((row) => this.rows.unsaved(row)) && event.preventDefault());
  }

  first() {
    return this.root.querySelector("td[data-edit]") ?? this.root.querySelector("tbody td");
  }

  get cursor() {
    return document.activeElement.closest?.("[data-grid] td");
  }

  enter(cell) {
    if (!cell) return;
    this.root.querySelectorAll("td[tabindex='0']").forEach((other) => (other.tabIndex = -1));
    cell.tabIndex = 0;
  }

  click(event) {
    if (event.target.closest("[data-grid-undo]")) return this.rows.undo();
    if (event.target.closest("[data-grid-more]")) return this.more();
    const cell = event.target.closest("td");
    if (!cell || event.target.closest("a, .cell-editor")) return;
    cell.dataset.edit && !("closed" in cell.parentElement.dataset) ? this.edit(cell) : cell.focus();
  }

  key(event) {
    const cell = event.target.closest("td");
    if (!cell || event.isComposing) return;
    if (this.editor) return this.keyInside(event);
    if (event.target.closest("a") && event.key === "Enter") return;
    if (event.key in ARROWS) this.move(event, cell, ...ARROWS[event.key]);
    else if (event.key === "Home" || event.key === "End") this.jump(event, cell);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") event.preventDefault(), this.rows.undo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "Enter" || event.key === "F2") event.preventDefault(), this.edit(cell);
    else if (event.key === "Delete" || event.key === "Backspace") event.preventDefault(), this.clear(cell);
    else if (event.key.length === 1) event.preventDefault(), this.edit(cell, event.key);
    else if (event.key === "Process" || event.key === "Unidentified") this.edit(cell, "");
  }

  keyInside(event) {
    const { cell } = this.editor, lines = event.target.tagName === "TEXTAREA" && event.shiftKey;
    if (event.key === "Escape") event.preventDefault(), this.cancel();
    else if (event.key === "Tab") event.preventDefault(), this.commit(), this.next(cell, event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && !lines) event.preventDefault(), this.commit(), this.move(event, cell, 1, 0);
    event.stopPropagation();
  }

  move(event, cell, down, right) {
    event.preventDefault();
    const all = this.rows.all, row = all[all.indexOf(cell.parentElement) + down];
    (row?.cells[cell.cellIndex + right] ?? cell).focus();
  }

  jump(event, cell) {
    event.preventDefault();
    const cells = cell.parentElement.cells;
    cells[event.key === "Home" ? 0 : cells.length - 1].focus();
  }

  // From a cell that was typed into, Tab opens the next one that can be; after the last one a new row begins.
  next(cell, step) {
    const all = [...this.root.querySelectorAll("tr:not([data-closed]) > td[data-edit]")];
    const place = all.indexOf(cell) + step;
    if (place >= all.length) return this.more();
    this.edit(all[Math.max(place, 0)]);
  }

  more() {
    this.edit(this.rows.add().querySelector("td[data-edit]"));
  }

  async edit(cell, first) {
    this.commit();
    cell.focus();
    if ("closed" in cell.parentElement.dataset) return this.rows.say(this.root.dataset.saidClosed);
    if (!cell.dataset.edit) return this.rows.say(this.root.dataset.saidFixed);
    const editor = (this.editor = new Editor(cell));
    await editor.open(() => this.control(cell), first);
  }

  async control(cell) {
    const row = cell.parentElement, body = new FormData();
    for (const [name, texts] of Object.entries(row.pending ?? {})) for (const text of texts) body.append(name, text);
    body.set("_row", row.dataset.row);
    body.set("_column", cell.dataset.column);
    const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
    const response = await fetch(this.root.dataset.cell, { method: "POST", body, headers });
    return response.ok ? response.text() : "";
  }

  commit() {
    const editor = this.editor;
    if (!editor) return;
    this.editor = undefined;
    if (editor.isChanged) {
      const raw = editor.cell.dataset.edit === "control" ? undefined : Object.values(editor.values)[0][0];
      this.rows.type(editor.cell, editor.values, editor.shown, raw);
      this.rows.save(editor.cell.parentElement);
    }
    editor.close();
  }

  cancel() {
    const editor = this.editor;
    this.editor = undefined;
    editor.close();
  }

  clear(cell) {
    if (!cell.dataset.edit || "closed" in cell.parentElement.dataset) return this.rows.say(this.root.dataset.saidFixed);
    this.rows.type(cell, { [cell.dataset.column]: [""] }, "", "");
    this.rows.save(cell.parentElement);
  }

  leave(event) {
    const from = event.target.closest("td"), to = event.relatedTarget?.closest?.("td");
    if (!from || from === to) return;
    if (this.editor?.cell === from && from.contains(event.target) && event.target !== from) this.commit();
    const row = from.parentElement;
    if (row === to?.parentElement) return;
    row.left = this.rows.unsaved(row) || row.left;
    if (row.left) this.rows.mark(row), this.rows.save(row);
  }

  paste(event) {
    const cell = event.target.closest("td"), text = event.clipboardData.getData("text/plain");
    if (!cell || (this.editor && (!/[\t\n]/.test(text.trim()) || this.editor.takesLines))) return;
    event.preventDefault();
    if (this.editor) this.cancel();
    this.rows.put(cell, text);
  }

  copy(event) {
    if (this.editor || !this.cursor || String(getSelection())) return;
    const place = this.cursor.querySelector(".clip, a"); // the title is the cell as it is stored, days in figures too
    event.clipboardData.setData("text/plain", place?.title || (place?.textContent ?? ""));
    event.preventDefault();
  }
}

if (!matchMedia("(max-width: 767px)").matches) document.querySelectorAll("[data-grid]").forEach((root) => new Grid(root));

// The rows of a grid: what is typed but not saved yet, what the server says of it, blocks put in, the last change taken back.
export class Rows {
  constructor(root) {
    this.root = root;
    this.body = root.querySelector("tbody");
    this.undoable = [];
  }

  get all() {
    return [...this.body.rows];
  }

  cell(row, column) {
    return [...row.cells].find((cell) => cell.dataset.column === column);
  }

  add() {
    this.body.append(this.root.querySelector("[data-new-row]").content.cloneNode(true));
    const row = this.body.lastElementChild;
    this.number();
    return row;
  }

  number() {
    this.all.forEach((row, index) => {
      const cell = this.cell(row, "seq");
      if (!row.dataset.line) row.dataset.line = index ? Number(this.all[index - 1].dataset.line) + 1 : cell?.innerText.trim() || 1;
      if (cell) cell.querySelector(".clip").textContent = row.dataset.line;
    });
  }

  type(cell, names, text, raw) {
    const row = cell.parentElement;
    row.pending = { ...row.pending, ...names };
    cell.dataset.typed = "";
    if (raw !== undefined) cell.dataset.raw = raw;
    this.show(cell, text);
  }

  show(cell, text) {
    const place = cell.querySelector(".clip") ?? cell.querySelector("a");
    place.textContent = place.title = text;
  }

  unsaved(row) {
    return Object.keys(row.pending ?? {}).length > 0;
  }

  save(row) {
    return (row.saving = (row.saving ?? Promise.resolve()).then(() => this.unsaved(row) && this.send(row)));
  }

  async send(row) {
    const pending = row.pending;
    row.pending = {};
    const answer = await this.post(this.root.dataset.save, form(pending, { _row: row.dataset.row, _revision: row.dataset.revision }));
    if (!answer) return (row.pending = { ...pending, ...row.pending });
    this.remember(answer.undo);
    this.settle(row, answer.rows[0]);
    if (!row.faults.length) this.say(this.root.dataset.saidSaved.replace("{row}", row.dataset.line));
  }

  settle(row, told) {
    row.faults = told.faults ?? [];
    if (told.html) this.refresh(row, told.html);
    else row.pending = { ...told.pending, ...row.pending };
    this.mark(row);
  }

  refresh(row, html) {
    const fresh = parsed(html);
    Object.assign(row.dataset, { row: fresh.dataset.row, revision: fresh.dataset.revision });
    for (const cell of [...fresh.cells]) {
      const old = this.cell(row, cell.dataset.column);
      if (old.classList.contains("editing") || (row.pending && cell.dataset.column in row.pending)) continue;
      old.innerHTML = cell.innerHTML;
      if (cell.dataset.raw !== undefined) old.dataset.raw = cell.dataset.raw;
      delete old.dataset.typed;
    }
    this.number();
  }

  // In a new row only what was typed is found fault with, until the row is left.
  mark(row) {
    for (const cell of row.cells) {
      cell.classList.remove("wrong");
      cell.removeAttribute("aria-invalid");
      cell.removeAttribute("aria-describedby");
      cell.querySelector(".cell-fault")?.remove();
    }
    row.classList.toggle("unsaved", this.unsaved(row));
    for (const fault of this.visible(row)) this.accuse(this.cell(row, fault.column) ?? row.cells[0], fault);
    this.list();
  }

  visible(row) {
    const typed = (fault) => this.cell(row, fault.column)?.dataset.typed !== undefined;
    return (row.faults ?? []).filter((fault) => row.dataset.row || row.left || typed(fault));
  }

  accuse(cell, fault) {
    const note = document.createElement("small");
    note.className = "cell-fault";
    note.id = `fault-${cell.parentElement.dataset.line}-${cell.dataset.column}`;
    note.textContent = fault.message;
    cell.append(note);
    cell.classList.add("wrong");
    cell.setAttribute("aria-invalid", "true");
    cell.setAttribute("aria-describedby", note.id);
  }

  list() {
    const box = this.root.querySelector("[data-grid-faults]"), items = box.querySelector("ul");
    const found = this.all.flatMap((row) => (row.left ? this.visible(row).map((fault) => [row, fault]) : []));
    items.replaceChildren(...found.map(([row, fault]) => this.item(row, fault)));
    box.hidden = !found.length;
  }

  item(row, fault) {
    const item = document.createElement("li"), link = document.createElement("a");
    const words = fault.label ? this.root.dataset.saidFault : this.root.dataset.saidWhole;
    link.href = "#ledger";
    link.textContent = words.replace("{row}", row.dataset.line).replace("{column}", fault.label).replace("{message}", fault.message);
    link.addEventListener("click", (event) => (event.preventDefault(), (this.cell(row, fault.column) ?? row.cells[0]).focus()));
    item.append(link);
    return item;
  }

  async put(cell, text) {
    const rows = this.all.slice(this.all.indexOf(cell.parentElement));
    const marks = rows.map((row) => (row.dataset.row ? `${row.dataset.row}:${row.dataset.revision}` : ""));
    const answer = await this.post(this.root.dataset.block, form({ _row: marks }, { text, _column: cell.dataset.column }));
    if (!answer) return;
    this.remember(answer.undo);
    answer.rows.forEach((told, index) => told && this.place(rows[index] ?? this.add(), told));
    this.say(answer.said);
  }

  place(row, told) {
    row.left = true;
    if (told.html) row.pending = {};
    for (const [column, text] of told.html ? [] : Object.entries(told.texts)) {
      const cell = this.cell(row, column);
      if (cell?.dataset.edit) this.type(cell, {}, text, text);
    }
    this.settle(row, told);
  }

  async undo() {
    const last = this.undoable.pop();
    this.offer();
    if (!last) return this.say(this.root.dataset.saidNothing);
    const answer = await this.post(this.root.dataset.undo, JSON.stringify(last), "application/json");
    if (!answer) return;
    for (const told of answer.rows) this.settle(this.all.find((row) => row.dataset.row === told.id) ?? this.add(), told);
    for (const id of answer.removed) this.all.find((row) => row.dataset.row === id)?.remove();
    this.all.forEach((row) => delete row.dataset.line);
    this.number();
    this.list();
    this.say(answer.said);
  }

  remember(changes) {
    if (changes.length) this.undoable.push(changes);
    this.offer();
  }

  offer() {
    this.root.querySelector("[data-grid-undo]").disabled = !this.undoable.length;
  }

  say(words) {
    this.root.querySelector("[data-grid-say]").textContent = words;
  }

  async post(address, body, type) {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const headers = { Accept: "application/json", "X-CSRFToken": token, ...(type && { "Content-Type": type }) };
    try {
      const response = await fetch(address, { method: "POST", body, headers });
      const answer = await response.json();
      if (response.ok) return answer;
      this.say(answer.message);
    } catch {
      this.say(this.root.dataset.saidOffline);
    }
  }
}

function form(lists, single) {
  const body = new FormData();
  for (const [name, texts] of Object.entries(lists)) for (const text of texts) body.append(name, text);
  for (const [name, text] of Object.entries(single)) body.set(name, text);
  return body;
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = `<table>${html}</table>`;
  return holder.content.querySelector("tr");
}

// One cell being typed into: plain kinds get their input at once, the others the control that the row's form has for them.
const INPUTS = { textfield: "text", number: "text", date: "date" };

function plain(cell) {
  const input = document.createElement(cell.dataset.edit === "textarea" ? "textarea" : "input");
  if (input.type !== "textarea") input.type = INPUTS[cell.dataset.edit];
  if (cell.dataset.edit === "number") input.inputMode = "decimal";
  input.name = cell.dataset.column;
  input.className = "form-control";
  input.value = cell.dataset.raw;
  return input;
}

// A control belongs to no form, so that the page around the grid neither sends nor saves it.
function free(box) {
  for (const control of box.querySelectorAll("input, select, textarea")) {
    control.setAttribute("form", "none");
    control.removeAttribute("id");
    control.setAttribute("aria-label", box.closest("td").dataset.label);
  }
}

export class Editor {
  constructor(cell) {
    this.cell = cell;
    this.box = document.createElement("div");
    this.box.className = "cell-editor";
  }

  async open(fetchControl, first) {
    const { cell, box } = this;
    cell.classList.add("editing");
    cell.append(box);
    if (cell.dataset.edit === "control") {
      box.innerHTML = await fetchControl();
      if (!box.isConnected) return;
    } else box.append(plain(cell));
    free(box);
    const [control] = this.controls;
    this.before = JSON.stringify(this.values);
    if (first !== undefined && control.value !== undefined && !control.options && control.type !== "date") control.value = first;
    control.focus();
    if (first === undefined) control.select?.();
  }

  get controls() {
    return [...this.box.querySelectorAll("input, select, textarea")];
  }

  get names() {
    return [...new Set(this.controls.map((control) => control.name))];
  }

  get values() {
    const chosen = this.controls.filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked);
    return Object.fromEntries(this.names.map((name) => {
      const texts = chosen.filter((control) => control.name === name).map((control) => control.value);
      return [name, texts.length ? texts : [""]];
    }));
  }

  get shown() {
    const word = (control) => (control.options ? (control.value && control.selectedOptions[0].text) : control.closest("label")?.textContent.trim() ?? control.value);
    return this.controls.filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked).map(word).join("、");
  }

  get isChanged() {
    return this.before !== undefined && JSON.stringify(this.values) !== this.before;
  }

  get takesLines() {
    return this.isChanged && this.controls[0]?.tagName === "TEXTAREA";
  }

  close() {
    if (this.box.contains(document.activeElement)) this.cell.focus();
    this.cell.classList.remove("editing");
    this.box.remove();
  }
}

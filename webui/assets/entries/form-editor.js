// A form in form-js' editor; below it the form as the server shows it, drawn anew while it changes.
import { FormEditor } from "@bpmn-io/form-js-editor";
import { Desk } from "../behaviour/desk.js";
import { speak } from "../behaviour/speak.js";
import chinese, { PATTERNS } from "../words/forms.zh.js";

const CANVAS = ".fjs-form-container .fjs-form-field, .cm-line, textarea";
const INDENT = 2;

async function edit(element) {
  if (element.dataset.language === "zh_CN") speak(document.body, chinese, PATTERNS, `${CANVAS}, #preview, .top, .nav-side`);
  const editor = new FormEditor({ container: element });
  const desk = new Desk(element, {
    content: () => JSON.stringify(editor.saveSchema(), null, INDENT),
    changed: () => show(desk),
    checked: (lines) => lines.forEach((line) => line.addEventListener("click", () => select(editor, line.dataset.element))),
  });

  await editor.importSchema(JSON.parse(await desk.load()));
  if (element.dataset.language === "zh_CN") editor.on("formField.add", ({ formField }) => (formField.label = chinese[formField.label] ?? formField.label));
  editor.on("changed", () => desk.touch());
  desk.check();
  element.dataset.drawn = "true";
}

// A complaint names a field by its key, or a component by its id.
function select(editor, name) {
  const fields = editor.get("formFieldRegistry").getAll();
  const found = fields.find((field) => [field.key, field.path, field.id].includes(name?.split(".").pop()));
  if (found) editor.get("selection").set(found);
}

async function show(desk) {
  const response = await desk.post(desk.element.dataset.preview);
  if (response) document.getElementById("preview").innerHTML = await response.text();
}

document.querySelectorAll("[data-form-editor]").forEach(edit);

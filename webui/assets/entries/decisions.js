// Decision tables, their graph and expressions in dmn-js; the engine's complaints and the rules that a trial hit are marked at the rows.
import DmnModeler from "dmn-js/lib/Modeler";
import { Desk } from "../behaviour/desk.js";
import chinese from "../words/decisions.zh.js";

const inChinese = document.documentElement.lang === "zh-CN";
const translate = (text, facts = {}) => ((inChinese && chinese[text]) || text).replace(/{\s?(\w+)\s?}/g, (whole, name) => facts[name] ?? whole);
const speaking = { additionalModules: [{ translate: ["value", translate] }] };
const VIEWS = { drd: speaking, decisionTable: speaking, literalExpression: speaking, boxedExpression: speaking };

// Marks are rules of a style sheet, not classes: the table draws its cells anew whenever it likes.
class Marks {
  constructor() {
    this.sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
    this.wrong = this.hit = "";
  }

  set(name, ids, style) {
    this[name] = ids.map((id) => `[data-element-id="${CSS.escape(id)}"], tr:has(> [data-row-id="${CSS.escape(id)}"]) > td { ${style} }`).join("\n");
    this.sheet.replaceSync(`${this.hit}\n${this.wrong}`);
  }
}

async function edit(element) {
  const modeler = new DmnModeler({ container: element, ...VIEWS });
  const marks = new Marks(), trial = document.getElementById("trial");
  const desk = new Desk(element, {
    content: () => written(modeler),
    changed: () => attempt(desk, trial, marks),
    checked: (lines) => marks.set("wrong", lines.map((line) => line.dataset.element), "background: var(--red-wash) !important; box-shadow: inset 0 0 0 1px var(--red);"),
  });

  modeler.on("views.changed", ({ views, activeView }) => tabs(modeler, element, views, activeView));
  await modeler.importXML(await desk.load(), { open: false });
  rules(modeler).forEach(showNote);
  await open(modeler);
  watch(modeler, () => desk.touch());
  modeler.on("views.changed", () => watch(modeler, () => desk.touch()));
  desk.check();

  trial.addEventListener("submit", (event) => (event.preventDefault(), attempt(desk, trial, marks, true)));
  document.getElementById("trial-decision").addEventListener("change", () => attempt(desk, trial, marks));
  element.dataset.drawn = "true";
}

const rules = (modeler) => modeler.getDefinitions().drgElement
  .filter((part) => part.decisionLogic?.$type === "dmn:DecisionTable")
  .flatMap(({ decisionLogic }) => (decisionLogic.rule ?? []).map((rule) => ({ rule, named: decisionLogic.annotation?.length === 1 })));

// DMN keeps the note of a rule as an annotation entry; the editor edits the rule's description, which is shown in that column.
function showNote({ rule, named }) {
  if (named && rule.annotationEntry?.length === 1 && !rule.description) rule.description = rule.annotationEntry[0].text;
}

async function written(modeler) {
  const noted = rules(modeler).filter(({ named }) => named), moddle = modeler._moddle;
  const before = noted.map(({ rule }) => rule.description);
  noted.forEach(({ rule }) => {
    const entry = rule.annotationEntry?.[0] ?? moddle.create("dmn:RuleAnnotation");
    entry.text = rule.description ?? "";
    entry.$parent = rule;
    rule.annotationEntry = [entry];
    rule.description = undefined;
  });
  try {
    return (await modeler.saveXML({ format: true })).xml;
  } finally {
    noted.forEach(({ rule }, number) => (rule.description = before[number]));
  }
}

// A file with one table opens that table; with several it opens their graph.
function open(modeler) {
  const views = modeler.getViews(), tables = views.filter((view) => view.type !== "drd");
  return modeler.open(tables.length === 1 ? tables[0] : views[0]);
}

function tabs(modeler, element, views, active) {
  const bar = document.getElementById("views");
  bar.replaceChildren(...views.map((view) => {
    const tab = Object.assign(document.createElement("a"), { href: "#", textContent: view.type === "drd" ? element.dataset.drd : view.name || view.id });
    if (view === active || view.element === active?.element) tab.setAttribute("aria-current", "true");
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", (event) => (event.preventDefault(), modeler.open(view)));
    return tab;
  }));
}

const watched = new WeakSet();

function watch(modeler, touched) {
  const viewer = modeler.getActiveViewer();
  if (!viewer || watched.has(viewer)) return;
  watched.add(viewer);
  viewer.on("commandStack.changed", touched);
}

async function attempt(desk, trial, marks, go = false) {
  const values = new FormData(trial);
  values.set("decision", document.getElementById("trial-decision").value);
  if (go) values.set("go", "1");
  const response = await desk.post(desk.element.dataset.try, values);
  if (!response) return;
  document.getElementById("trial-panel").innerHTML = await response.text();
  const hits = [...trial.querySelectorAll("[data-hits]")].flatMap((step) => step.dataset.hits.split(" ").filter(Boolean));
  marks.set("hit", hits, "background: var(--green-wash) !important;");
}

document.querySelectorAll("[data-decisions]").forEach(edit);

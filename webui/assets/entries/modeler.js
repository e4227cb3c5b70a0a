// The editor of a process file: bpmn-js with its properties panel, the pack's own fields, and the engine's check while one draws.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import behaviors from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import minimap from "diagram-js-minimap";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import { Desk } from "../modeler/desk.js";
import { Findings } from "../modeler/findings.js";
import packProperties from "../modeler/provider.js";
import { translating, unknown } from "../modeler/translate.js";

const PALETTE = 124, MARGIN = 24, MARK = 56, WIDE = 1500, PHONE = "(max-width: 767px)";

async function open(page) {
  const container = page.querySelector("[data-canvas]"), drawing = page.dataset.editable && !matchMedia(PHONE).matches;
  const modeler = drawing ? editor(page, container) : new NavigatedViewer({ container, moddleExtensions: { zeebe } });
  await modeler.importXML(await (await fetch(page.dataset.source)).text());
  const fit = () => whole(modeler.get("canvas"), drawing ? PALETTE : MARGIN);
  fit();
  new ResizeObserver(() => modeler.get("canvas").resized()).observe(container);
  const desk = new Desk(page, modeler, new Findings(modeler, page.querySelector("[data-findings]"), page.querySelector("[data-summary]")));
  page.querySelector("[data-fit]").addEventListener("click", fit);
  if (drawing) commands(page, modeler);
  await desk.check();
  fit();
  page.dataset.drawn = "true";
  Object.assign(page, { modeler, unknown });
}

function editor(page, container) {
  const pack = JSON.parse(page.dataset.pack);
  return new Modeler({
    container,
    propertiesPanel: { parent: page.querySelector("[data-properties]"), feelPopupContainer: page },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule, behaviors, minimap, packProperties, translating(page.dataset.language, pack.words)],
    moddleExtensions: { zeebe },
    pack,
  });
}

// Shows the whole diagram beside the palette and above the maker's mark, under neither.
function whole(canvas, left) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - left - MARGIN) / inner.width, (outer.height - MARGIN - MARK) / inner.height, 1);
  canvas.viewbox({ x: inner.x - left / scale, y: inner.y - MARGIN / scale, width: outer.width / scale, height: outer.height / scale });
}

function commands(page, modeler) {
  if (page.clientWidth > WIDE) modeler.get("minimap").open();
  const actions = modeler.get("editorActions"), stack = modeler.get("commandStack");
  page.querySelectorAll("[data-action]").forEach((button) => button.addEventListener("click", () => actions.trigger(button.dataset.action)));
  const enable = () => {
    page.querySelector("[data-action=undo]").disabled = !stack.canUndo();
    page.querySelector("[data-action=redo]").disabled = !stack.canRedo();
  };
  modeler.on("commandStack.changed", enable);
  enable();
  page.querySelector("[data-fold]").addEventListener("click", () => page.classList.toggle("without-panel"));
}

document.querySelectorAll("[data-modeler]").forEach(open);

// The editor of a process file: bpmn-js with its properties panel, the pack's own fields, and the engine's check while one draws.
import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import behaviors from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import minimap from "diagram-js-minimap";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import { Desk } from "../modeler/desk.js";
import { Findings } from "../modeler/findings.js";
import packProperties from "../modeler/provider.js";
import { translating, unknown } from "../modeler/translate.js";

const PALETTE = 124, MARGIN = 24, WIDE = 1500;

async function open(page) {
  const { source, language } = page.dataset, pack = JSON.parse(page.dataset.pack);
  const modeler = new Modeler({
    container: page.querySelector("[data-canvas]"),
    propertiesPanel: { parent: page.querySelector("[data-properties]"), feelPopupContainer: page },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule, behaviors, minimap, packProperties, translating(language, pack.words)],
    moddleExtensions: { zeebe },
    pack,
  });
  await modeler.importXML(await (await fetch(source)).text());
  whole(modeler.get("canvas"));
  if (page.clientWidth > WIDE) modeler.get("minimap").open();
  new ResizeObserver(() => modeler.get("canvas").resized()).observe(page.querySelector("[data-canvas]"));
  const desk = new Desk(page, modeler, new Findings(modeler, page.querySelector("[data-findings]"), page.querySelector("[data-summary]")));
  commands(page, modeler);
  await desk.check();
  page.dataset.drawn = "true";
  Object.assign(page, { modeler, unknown });
}

// Shows the whole diagram beside the palette, not under it.
function whole(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - PALETTE - MARGIN) / inner.width, (outer.height - 2 * MARGIN) / inner.height, 1);
  canvas.viewbox({ x: inner.x - PALETTE / scale, y: inner.y - MARGIN / scale, width: outer.width / scale, height: outer.height / scale });
}

function commands(page, modeler) {
  const actions = modeler.get("editorActions"), stack = modeler.get("commandStack");
  page.querySelectorAll("[data-action]").forEach((button) => button.addEventListener("click", () => actions.trigger(button.dataset.action, { value: button.dataset.value && Number(button.dataset.value) })));
  page.querySelector("[data-fit]").addEventListener("click", () => whole(modeler.get("canvas")));
  const enable = () => {
    page.querySelector("[data-action=undo]").disabled = !stack.canUndo();
    page.querySelector("[data-action=redo]").disabled = !stack.canRedo();
  };
  modeler.on("commandStack.changed", enable);
  enable();
  page.querySelector("[data-fold]").addEventListener("click", () => page.classList.toggle("without-panel"));
}

document.querySelectorAll("[data-modeler]").forEach(open);

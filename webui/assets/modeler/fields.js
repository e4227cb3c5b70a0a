// The bpm: properties of an element, read and written as one command each, so that undo takes back one field.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

const holderOf = (element) => {
  const object = getBusinessObject(element);
  return is(object, "bpmn:Participant") ? object.get("processRef") : object;
};

const extension = (object, type) => object?.get("extensionElements")?.get("values").find((value) => is(value, type));

export const listed = (element) => extension(holderOf(element), "zeebe:Properties")?.get("properties") ?? [];

export const read = (element, name) => listed(element).find((property) => property.get("name") === name)?.get("value") ?? "";

export function write(element, name, value, { bpmnFactory, commandStack }) {
  const object = holderOf(element), commands = [];
  const update = (moddleElement, properties) => commands.push({ cmd: "element.updateModdleProperties", context: { element, moddleElement, properties } });
  const made = (type, properties, parent) => Object.assign(bpmnFactory.create(type, properties), { $parent: parent });

  let extensions = object.get("extensionElements");
  if (!extensions) {
    extensions = made("bpmn:ExtensionElements", { values: [] }, object);
    update(object, { extensionElements: extensions });
  }
  let properties = extension(object, "zeebe:Properties");
  if (!properties) {
    properties = made("zeebe:Properties", { properties: [] }, extensions);
    update(extensions, { values: [...extensions.get("values"), properties] });
  }
  const others = properties.get("properties").filter((property) => property.get("name") !== name);
  const kept = value === "" || value === undefined ? others : [...others, made("zeebe:Property", { name, value }, properties)];
  if (kept.length) update(properties, { properties: kept });
  else update(extensions, { values: extensions.get("values").filter((each) => each !== properties) });
  commandStack.execute("properties-panel.multi-command-executor", commands);
}

export function readAssignment(element, name) {
  return extension(holderOf(element), "zeebe:AssignmentDefinition")?.get(name) ?? "";
}

export function writeAssignment(element, name, value, { bpmnFactory, commandStack }) {
  const object = getBusinessObject(element), commands = [];
  const update = (moddleElement, properties) => commands.push({ cmd: "element.updateModdleProperties", context: { element, moddleElement, properties } });
  let extensions = object.get("extensionElements");
  if (!extensions) {
    extensions = Object.assign(bpmnFactory.create("bpmn:ExtensionElements", { values: [] }), { $parent: object });
    update(object, { extensionElements: extensions });
  }
  const assignment = extension(object, "zeebe:AssignmentDefinition");
  if (assignment) update(assignment, { [name]: value || undefined });
  else update(extensions, { values: [...extensions.get("values"), Object.assign(bpmnFactory.create("zeebe:AssignmentDefinition", { [name]: value }), { $parent: extensions })] });
  commandStack.execute("properties-panel.multi-command-executor", commands);
}

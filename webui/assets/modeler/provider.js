// The properties panel's own groups: who does a task, its deadline, its actions, its ledger, the states and milestones it stands for.
import { CheckboxEntry, SelectEntry, TextFieldEntry, TextAreaEntry, isCheckboxEntryEdited, isSelectEntryEdited, isTextFieldEntryEdited, isTextAreaEntryEdited } from "@bpmn-io/properties-panel";
import { useService } from "bpmn-js-properties-panel";
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { isEventSubProcess } from "bpmn-js/lib/util/DiUtil";
import { listed, read, readAssignment, write, writeAssignment } from "./fields.js";

const AFTER_ZEEBE = 400;
const HIDDEN = new Set(["Zeebe__ExecutionListeners", "Zeebe__TaskListeners", "Zeebe__ExtensionProperties"]);
const OPEN = new Set(["who", "handling", "progress", "start", "thrown"]);
const text = (name) => ({ name, kind: "text" });
const area = (name) => ({ name, kind: "area" });
const flag = (name) => ({ name, kind: "flag" });
const pick = (name, choices) => ({ name, kind: "pick", choices });
const ACTIONS = ["return", "hand_over", "withdraw", "claim"];

const PROCESS = [
  ["start", [pick("bpm:startableBy", "roles"), area("bpm:title"), text("bpm:businessKey"), text("bpm:unit"), pick("bpm:sla", "slas")]],
  ["ledger", [pick("bpm:ledgerRow", "ledgers"), text("bpm:ledgerKey")]],
  ["kept out", [area("bpm:excludedUsers"), area("bpm:excludedUnits"), pick("bpm:pool", "pools")]],
  ["basis", [text("bpm:source")]],
];
const TASK = [
  ["who", [{ name: "role", kind: "role" }, area("bpm:excludedUsers"), text("bpm:notDoneBy"), text("bpm:recusalTo")]],
  ["handling", [pick("bpm:sla", "slas"), ...ACTIONS.map((action) => ({ name: `bpm:actions.${action}`, kind: "action", action })), flag("bpm:signFor"), flag("bpm:opinionRequired"), flag("bpm:bulk")]],
  ["progress", [text("bpm:state"), pick("bpm:milestone", "milestones")]],
  ["ledger", [pick("bpm:ledger", "ledgers"), text("bpm:ledgerView"), area("bpm:ledgerFilter"), pick("bpm:ledgerMode", "ledgerModes"), area("bpm:fieldAccess")]],
  ["papers", [text("bpm:document"), text("bpm:issuer")]],
  ["basis", [text("bpm:source")]],
];
const THROWN = ["thrown", [text("bpm:correlationKey"), text("bpm:timeToLive"), area("bpm:payload")]];
const PLAIN = [["progress", [text("bpm:state"), pick("bpm:milestone", "milestones")]], ["basis", [text("bpm:source")]]];

function groupsOf(element) {
  if (isAny(element, ["bpmn:Process", "bpmn:Participant"])) return PROCESS;
  if (is(element, "bpmn:UserTask")) return TASK;
  if (!is(element, "bpmn:FlowNode") || isEventSubProcess(element)) return [];
  const throws = isAny(element, ["bpmn:IntermediateThrowEvent", "bpmn:EndEvent", "bpmn:SendTask"]);
  return throws ? [THROWN, ...PLAIN] : PLAIN;
}

// Fields a pack has named itself stay visible too.
function others(element, groups) {
  const known = new Set(groups.flatMap(([, fields]) => fields.map(({ name }) => name.split(".")[0])));
  return listed(element).map((property) => property.get("name")).filter((name) => name && !known.has(name)).map(text);
}

class Provider {
  static $inject = ["propertiesPanel", "translate", "config.pack"];

  constructor(propertiesPanel, translate, pack) {
    Object.assign(this, { translate, pack });
    propertiesPanel.registerProvider(AFTER_ZEEBE, this);
  }

  getGroups(element) {
    return (groups) => {
      const ours = groupsOf(element), more = others(element, ours);
      const drawn = [...ours, ...(more.length ? [["others", more]] : [])].map(([id, fields]) => this.group(element, id, fields));
      const general = groups.findIndex(({ id }) => id === "general") + 1, kept = groups.filter(({ id }) => !HIDDEN.has(id));
      return [...kept.slice(0, general), ...drawn, ...kept.slice(general)];
    };
  }

  group(element, id, fields) {
    const entries = fields.map((field) => ({ id: field.name, element, field, pack: this.pack, ...KINDS[field.kind] }));
    return { id: `bpm-${id}`, label: this.translate(`group ${id}`), shouldOpen: OPEN.has(id), entries };
  }
}

const services = () => ({ bpmnFactory: useService("bpmnFactory"), commandStack: useService("commandStack") });

function common({ element, field, id }) {
  const translate = useService("translate"), debounce = useService("debounceInput"), used = services();
  return {
    element, id, debounce, label: translate(field.name), description: translate(`help ${field.name}`) || undefined,
    getValue: () => read(element, field.name), setValue: (value) => write(element, field.name, value, used),
  };
}

const Text = (props) => TextFieldEntry(common(props));
const Area = (props) => TextAreaEntry({ ...common(props), rows: 2, autoResize: true, monospace: true });
const Flag = (props) => {
  const { setValue, ...rest } = common(props), used = services();
  return CheckboxEntry({ ...rest, getValue: () => read(props.element, props.field.name) === "true", setValue: (value) => write(props.element, props.field.name, value ? "true" : "", used) });
};
const Action = (props) => {
  const { element, field } = props, used = services();
  const chosen = () => read(element, "bpm:actions").split(",").map((word) => word.trim()).filter(Boolean);
  const setValue = (value) => write(element, "bpm:actions", ACTIONS.filter((each) => (each === field.action ? value : chosen().includes(each))).join(","), used);
  return CheckboxEntry({ ...common(props), getValue: () => chosen().includes(field.action), setValue });
};
const Pick = (props) => {
  const base = common(props), translate = useService("translate"), current = base.getValue();
  const choices = props.pack[props.field.choices] ?? [];
  const strange = current && !choices.some(({ value }) => value === current) ? [{ value: current, label: current }] : [];
  return SelectEntry({ ...base, getOptions: () => [{ value: "", label: translate("none") }, ...choices, ...strange] });
};
const Role = (props) => {
  const { element, pack } = props, used = services(), translate = useService("translate");
  const current = readAssignment(element, "candidateGroups");
  const known = pack.groups.some(({ value }) => value === current);
  const strange = current && !known ? [{ value: current, label: translate("by expression") }] : [];
  const setValue = (value) => writeAssignment(element, "candidateGroups", value, used);
  return SelectEntry({ ...common(props), getValue: () => current, setValue, getOptions: () => [{ value: "", label: translate("none") }, ...pack.groups, ...strange] });
};

const KINDS = {
  text: { component: Text, isEdited: isTextFieldEntryEdited }, area: { component: Area, isEdited: isTextAreaEntryEdited },
  flag: { component: Flag, isEdited: isCheckboxEntryEdited }, action: { component: Action, isEdited: isCheckboxEntryEdited },
  pick: { component: Pick, isEdited: isSelectEntryEdited }, role: { component: Role, isEdited: isSelectEntryEdited },
};

export default { __init__: ["packProperties"], packProperties: ["type", Provider] };

// What the engine says of the diagram: a mark on each element it speaks of, and a list whose lines lead there.
const TAGS = { problem: "tag-over", warning: "tag-near" };
const PLACE = { top: -10, right: 10 };

export class Findings {
  constructor(modeler, list, summary) {
    Object.assign(this, { modeler, list, summary, marks: [] });
    list.addEventListener("click", (event) => this.select(event.target.closest("[data-element]")?.dataset.element));
  }

  show({ findings, summary, state }) {
    const overlays = this.modeler.get("overlays"), canvas = this.modeler.get("canvas"), registry = this.modeler.get("elementRegistry");
    for (const { id, overlay, kind } of this.marks) {
      overlays.remove(overlay);
      if (registry.get(id)) canvas.removeMarker(id, `finding-${kind}`);
    }
    this.marks = [...Map.groupBy(findings.filter(({ element, kind }) => kind !== "note" && registry.get(element)?.parent), ({ element }) => element)].map(([id, found]) => this.mark(overlays, canvas, id, found));
    this.list.replaceChildren(...findings.map((finding) => this.line(finding, registry.get(finding.element))));
    this.summary.textContent = summary;
    this.summary.dataset.state = state;
  }

  mark(overlays, canvas, id, found) {
    const kind = found.some((each) => each.kind === "problem") ? "problem" : "warning";
    const html = document.createElement("span");
    html.className = `finding-mark finding-mark-${kind}`;
    html.textContent = found.length > 1 ? found.length : "!";
    html.title = found.map(({ sentence }) => sentence).join("\n");
    canvas.addMarker(id, `finding-${kind}`);
    return { id, kind, overlay: overlays.add(id, "findings", { position: PLACE, html, show: { minZoom: 0.2 } }) };
  }

  line({ kind, element, name, line, word, sentence }, drawn) {
    const item = document.createElement("li"), button = document.createElement(drawn ? "button" : "span");
    if (drawn) Object.assign(button, { type: "button" }).dataset.element = element;
    const tag = Object.assign(document.createElement("span"), { className: `tag ${TAGS[kind] ?? ""}`, textContent: word });
    const where = Object.assign(document.createElement("b"), { textContent: name ?? "" });
    button.append(tag, where, document.createTextNode(sentence));
    if (line) button.append(Object.assign(document.createElement("small"), { textContent: line }));
    item.append(button);
    return item;
  }

  select(id) {
    const element = id && this.modeler.get("elementRegistry").get(id);
    if (!element) return;
    this.modeler.get("canvas").scrollToElement(element, 120);
    this.modeler.get("selection", false)?.select(element);
  }
}

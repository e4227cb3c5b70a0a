// Draws the diagram of a process instance and marks what is done, what it waits at and what may come next.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const PAPER = { width: "180mm", height: "90mm" };

async function draw(element) {
  const { diagram, done = "", current = "", next = "", taken = "", step = "" } = element.dataset;
  const viewer = new NavigatedViewer({ container: element });
  const response = await fetch(diagram);
  if (!response.ok) return;

  await viewer.importXML(await response.text());
  const canvas = viewer.get("canvas"), registry = viewer.get("elementRegistry");
  const mark = (ids, name) => ids.split(" ").filter((id) => registry.get(id)).forEach((id) => canvas.addMarker(id, name));
  mark(done, "done"), mark(current, "current"), mark(next, "next"), mark(taken, "taken");
  show(canvas, registry, current);
  if (step) viewer.get("eventBus").on("element.click", ({ element: { id } }) => reveal(step, id));
  element.dataset.drawn = "true";
  addEventListener("beforeprint", () => fit(element, canvas, PAPER));
  addEventListener("afterprint", () => fit(element, canvas, { width: "", height: "" }));
}

function fit(element, canvas, size) {
  Object.assign(element.style, size);
  canvas.resized();
  canvas.zoom("fit-viewport", "auto");
}

function show(canvas, registry, current) {
  canvas.zoom("fit-viewport", "auto");
  const first = current.split(" ").map((id) => registry.get(id)).find(Boolean);
  if (!first || canvas.zoom() >= 0.55) return;
  canvas.zoom(0.6, { x: first.x + first.width / 2, y: first.y + first.height / 2 });
  canvas.scrollToElement(first, 60);
}

function reveal(prefix, id) {
  const target = document.getElementById(prefix + id);
  target?.scrollIntoView({ block: "center" });
  target?.focus?.();
}

// Drawn a little before it is scrolled to, so that nobody meets an empty frame, on the screen or on paper.
const whenNear = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      whenNear.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "1500px" },
);
document.querySelectorAll("[data-diagram]").forEach((element) => whenNear.observe(element));

// Two contents of a process file side by side: what came, went and changed is coloured, and both are moved together.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

async function compare(page) {
  const [before, after] = await Promise.all(["old", "new"].map((side) => draw(page.querySelector(`[data-side=${side}]`), page.dataset[side])));
  const shown = [before, after].filter(Boolean);
  page.querySelectorAll(".differences > li").forEach((line) => {
    const { element } = line.querySelector("button").dataset;
    shown.forEach((viewer) => viewer.get("elementRegistry").get(element)?.parent && viewer.get("canvas").addMarker(element, `difference-${line.dataset.kind}`));
    line.querySelector("button").addEventListener("click", () => shown.forEach((viewer) => reveal(viewer, element)));
  });
  if (shown.length === 2) together(before, after), together(after, before);
  page.dataset.drawn = "true";
}

async function draw(container, url) {
  const xml = await (await fetch(url)).text();
  if (!xml) return null;
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(xml);
  viewer.get("canvas").zoom("fit-viewport", "auto");
  return viewer;
}

function together(one, other) {
  one.on("canvas.viewbox.changed", ({ viewbox }) => {
    const { x, y, width, height } = other.get("canvas").viewbox();
    if (Math.abs(x - viewbox.x) + Math.abs(y - viewbox.y) + Math.abs(width - viewbox.width) + Math.abs(height - viewbox.height) > 2) other.get("canvas").viewbox({ x: viewbox.x, y: viewbox.y, width: viewbox.width, height: viewbox.height });
  });
}

function reveal(viewer, id) {
  const element = viewer.get("elementRegistry").get(id), canvas = viewer.get("canvas");
  if (!element?.parent) return;
  if (canvas.zoom() < 0.5) canvas.zoom(0.7);
  canvas.scrollToElement(element, 120);
}

document.querySelectorAll("[data-compare][data-old]").forEach(compare);

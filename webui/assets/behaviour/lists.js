// In a list: j and k move, Enter opens, / searches; the box in the head ticks every row; a filter applies when it changes.
const rows = () => [...document.querySelectorAll("[data-list] tbody tr[data-href]")];
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function move(step) {
  const all = rows();
  const now = all.findIndex((row) => row.classList.contains("selected"));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  all[now]?.classList.remove("selected");
  next?.classList.add("selected");
  next?.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  Enter: () => location.assign(document.querySelector("[data-list] tr.selected").dataset.href),
  m: () => {
    const menu = document.querySelector("[data-list] tr.selected details.in-row");
    menu?.setAttribute("open", "");
    menu?.querySelector("a")?.focus({ preventScroll: true });
  },
  "/": () => (document.querySelector("[data-search]") ?? document.querySelector(".top .search"))?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "Enter" && (event.target.closest("a, button, summary") || !document.querySelector("[data-list] tr.selected"))) return;
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) {
    const boxes = event.target.closest("table").querySelectorAll("tbody input[type=checkbox]");
    boxes.forEach((box) => (box.checked = event.target.checked));
  }
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

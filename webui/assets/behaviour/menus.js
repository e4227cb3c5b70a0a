// A menu closes when the pointer or the Escape key leaves it.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  open().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });
});
// The menu of a row hangs over the list, which may scroll and would cut it off.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("details.in-row[open]")) return;
  const items = target.querySelector(".menu-items"), { right, top, bottom } = target.getBoundingClientRect();
  const below = bottom + items.offsetHeight + 32 < innerHeight;
  Object.assign(items.style, { position: "fixed", right: `${document.documentElement.clientWidth - right}px`, top: `${below ? bottom + 2 : top - items.offsetHeight - 2}px` });
}, true);
document.addEventListener("scroll", () => document.querySelectorAll("details.in-row[open]").forEach((menu) => menu.removeAttribute("open")), true);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

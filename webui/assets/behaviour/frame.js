// The frame: the menu stays as it was left, at the entry of this page; a list that fits into the page moves with it.
const keep = (name, value) => (document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`);
const wide = matchMedia("(min-width: 768px)");

document.getElementById("nav-open")?.addEventListener("change", ({ target }) => {
  if (wide.matches) keep("menu_off", Number(target.checked !== document.body.classList.contains("menu-off")));
});

const side = document.querySelector(".nav-side");
// Written at the press itself, not at the fold that follows it: a page left at once remembers too.
side?.addEventListener("click", ({ target }) => {
  const pressed = target.closest("summary")?.parentElement;
  if (!pressed) return;
  const folded = [...side.querySelectorAll(".nav-group")].filter((group) => group.open === (group === pressed));
  keep("menu_folded", folded.map(({ dataset }) => encodeURIComponent(dataset.group)).join(","));
});

const here = side?.querySelector("[aria-current]");
if (here && here.offsetTop + here.offsetHeight > side.clientHeight) side.scrollTop = here.offsetTop - side.clientHeight / 2;

const measure = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const table = target.firstElementChild;
    if (!table) continue;
    const fits = target.classList.toggle("fits", table.scrollWidth <= target.clientWidth);
    fits ? target.removeAttribute("tabindex") : (target.tabIndex = 0); // what scrolls can be scrolled with keys
  }
});
const watch = (root) => root.querySelectorAll(".list-wrap:not(.boxed)").forEach((wrap) => measure.observe(wrap));
watch(document);
document.addEventListener("htmx:afterSettle", ({ target }) => watch(target));

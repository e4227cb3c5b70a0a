// A part that refreshes itself: asked for again every so many seconds while the page is seen. Focus, opened details and scrolled tables stay.
const kept = (part) => ({
  open: [...part.querySelectorAll("details[open][id]")].map(({ id }) => id),
  scrolled: [...part.querySelectorAll(".list-wrap")].map(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]),
});
let before = null;

function refresh() {
  document.querySelectorAll("[data-refresh]").forEach((part) => {
    const due = Number(part.dataset.asked ?? performance.now()) + Number(part.dataset.refresh) * 1000;
    part.dataset.asked ??= performance.now();
    if (document.hidden || performance.now() < due) return;
    part.dataset.asked = performance.now();
    window.htmx.trigger(part, "refresh");
  });
}

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target.matches("[data-refresh]")) before = kept(target);
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const part = before && document.getElementById(target.id);
  if (!part?.matches("[data-refresh]")) return;
  before.open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  part.querySelectorAll(".list-wrap").forEach((wrap, place) => wrap.scrollTo(...(before.scrolled[place] ?? [0, 0])));
  before = null;
});
document.addEventListener("visibilitychange", refresh);
setInterval(refresh, 1000);

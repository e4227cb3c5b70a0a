// The public pages: print, and a button that is pressed once.
document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-once]")) return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

document.querySelector("#errors")?.focus();

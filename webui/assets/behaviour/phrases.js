// A phrase chip is written into the opinion it belongs to, at the end.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-phrase]");
  if (!chip) return;
  const box = document.getElementById(chip.dataset.phrase);
  box.value = box.value.trim() ? `${box.value.trimEnd()} ${chip.textContent.trim()}` : chip.textContent.trim();
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});

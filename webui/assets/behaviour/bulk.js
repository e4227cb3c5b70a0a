// Lists handled in bulk: what is ticked is counted, the first tick sets the kind and holds the others back, x ticks the row under the keyboard.
function settle(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const ticked = boxes.filter((box) => box.checked), kind = ticked[0]?.dataset.kind;
  boxes.forEach((box) => {
    box.disabled = Boolean(kind) && box.dataset.kind !== kind;
    box.closest("tr").classList.toggle("ticked", box.checked);
  });
  form.querySelectorAll("[data-bulk-count]").forEach((count) => (count.textContent = ticked.length));
  form.classList.toggle("some", ticked.length > 0);
  form.querySelector(".actions .btn-primary")?.toggleAttribute("disabled", !ticked.length);
}

function tickKind(head) {
  const boxes = [...head.form.querySelectorAll("[data-kind]")];
  const kind = (boxes.find((box) => box.checked) ?? boxes[0])?.dataset.kind;
  boxes.forEach((box) => (box.checked = head.checked && box.dataset.kind === kind));
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-bulk]");
  if (!form) return;
  if (event.target.matches("[data-tick-kind]")) tickKind(event.target);
  settle(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  document.querySelector("form[data-bulk] tr.selected input[type=checkbox]:enabled")?.click();
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-bulk]").forEach(settle));

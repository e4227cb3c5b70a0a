// A file dropped on, or chosen in, a drop zone is sent at once and its line appears in the list above.
document.addEventListener("dragover", (event) => mark(event, true));
document.addEventListener("dragleave", (event) => mark(event, false));
document.addEventListener("drop", (event) => mark(event, false));

function mark(event, over) {
  event.target.closest?.(".dropzone")?.classList.toggle("over", over);
}

document.addEventListener("change", async (event) => {
  const zone = event.target.closest(".dropzone[data-upload]");
  if (!zone) return;
  const input = event.target, say = zone.querySelector("[data-say]");
  for (const file of input.files) {
    say.textContent = `${file.name} …`;
    await send(zone, input.name, file, say);
  }
  input.value = "";
});

async function send(zone, name, file, say) {
  const body = new FormData();
  body.append("file", file);
  body.append("field", name);
  if (zone.dataset.check) body.append("check", zone.dataset.check);
  body.append("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  const response = await fetch(zone.dataset.upload, { method: "POST", body, headers: { Accept: "application/json" } });
  const text = await response.text();
  if (!response.ok) return (say.textContent = JSON.parse(text).message);
  const lines = document.getElementById(zone.dataset.into);
  lines.insertAdjacentHTML("beforeend", text);
  window.htmx.process(lines.lastElementChild);
  say.textContent = zone.dataset.hint;
  zone.closest("form")?.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove-line]");
  if (!button) return;
  const form = button.closest("form");
  button.closest("[data-line]").remove();
  form?.dispatchEvent(new Event("input", { bubbles: true }));
});

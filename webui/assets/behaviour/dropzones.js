// A file dropped on, or chosen in, a drop zone is sent at once and its line appears in the list above; without a line to the server it waits on this device.
import { drop, filesOf, keep } from "./keeping.js";

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
  const form = zone.closest("form"), place = { upload: zone.dataset.upload, into: zone.dataset.into, check: zone.dataset.check, name, file };
  let response;
  try {
    response = await post(place);
  } catch {
    return wait(form, place, say, zone);
  }
  const text = await response.text();
  if (!response.ok) return (say.textContent = JSON.parse(text).message);
  const lines = document.getElementById(place.into);
  lines.insertAdjacentHTML("beforeend", text);
  window.htmx.process(lines.lastElementChild);
  say.textContent = zone.dataset.hint;
  changed(form);
}

function post({ upload, name, file, check }) {
  const body = new FormData();
  body.append("file", file);
  body.append("field", name);
  if (check) body.append("check", check);
  body.append("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  return fetch(upload, { method: "POST", body, headers: { Accept: "application/json" } });
}

async function wait(form, place, say, zone) {
  if (!form?.dataset.keep) return (say.textContent = zone.dataset.lost);
  try {
    show({ ...place, id: await keep("files", { ...place, owner: form.dataset.keep }) }, zone.dataset.lost);
    say.textContent = zone.dataset.hint;
    changed(form);
  } catch {
    say.textContent = zone.dataset.lost;
  }
}

// The line of a file that waits for the server.
function show({ id, into, file }, words) {
  const list = document.getElementById(into);
  if (!list || list.querySelector(`[data-waiting="${id}"], [data-kept="${id}"]`)) return;
  const line = list.insertRow();
  line.dataset.waiting = id;
  line.insertCell().textContent = file.name;
  Object.assign(line.insertCell(), { colSpan: 3, textContent: words, className: "lost" });
}

// Sends what waits for a form; tells whether all of it arrived. What arrived stays noted until the form that names it is saved.
export async function sendKept(form) {
  const words = form.querySelector(".dropzone")?.dataset.lost;
  for (const kept of await filesOf(form.dataset.keep)) {
    show(kept, words);
    const line = document.querySelector(`[data-waiting="${kept.id}"]`);
    if (!kept.line && !(await arrived(kept, line))) return false;
    if (kept.line && line) replace(line, kept.line);
  }
  return true;
}

async function arrived(kept, line) {
  let response;
  try {
    response = await post(kept);
  } catch {
    return false;
  }
  const text = await response.text();
  if (response.ok) return await keep("files", Object.assign(kept, { line: text })), true;
  if (line) line.cells[1].textContent = JSON.parse(text).message;
  return await drop("files", kept.id), true;
}

function replace(line, text) {
  line.insertAdjacentHTML("afterend", text);
  line.nextElementSibling.dataset.kept = line.dataset.waiting;
  window.htmx.process(line.nextElementSibling);
  line.remove();
}

function changed(form) {
  form?.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove-line]");
  if (!button) return;
  const form = button.closest("form");
  button.closest("[data-line]").remove();
  changed(form);
});

// Saves a form as it is typed, says when, shows what comes next and the fields whose conditions changed, and asks before unsaved text is left.
// Without a line to the server everything stays on this device, is put back when the page opens again, and is sent when the line is back.
import { drop, filesOf, find, keep } from "./keeping.js";
import { sendKept } from "./dropzones.js";
import { addRow } from "./rows.js";

const WAIT = 900, AGAIN = 15_000;
const OWN = ["csrf_token", "_revision"];

function track(form) {
  const note = document.querySelector(form.dataset.saved), owner = form.dataset.keep;
  let timer, running, dirty = false, unsent = false;

  async function save() {
    clearTimeout(timer);
    const named = owner ? (await filesOf(owner).catch(() => [])).filter(({ line }) => line) : [];
    const body = typedIn(form);
    let response;
    try {
      response = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
    } catch {
      return hold(body);
    }
    const answer = await response.json();
    say(answer.message);
    if (!response.ok) return false;
    dirty = answer.unsaved ?? false;
    await settle(answer, named);
    return true;
  }

  async function settle(answer, named) {
    reveal(form, answer.hidden ?? []);
    const next = document.querySelector(".actions [data-next]");
    if (next && answer.next !== undefined) next.textContent = answer.next;
    if (answer.base !== undefined) form.dataset.base = answer.base;
    if (owner) await drop("typed", owner).catch(() => {});
    for (const { id } of named) await drop("files", id);
    unsent = false;
  }

  async function hold(body) {
    unsent = true;
    timer = setTimeout(flush, AGAIN);
    if (!owner) return say(note.dataset.offline, true), false;
    const entries = [...body].filter(([name]) => !OWN.includes(name));
    try {
      await keep("typed", { id: owner, base: form.dataset.base, entries });
      dirty = false;
      say(note.dataset.kept, true);
    } catch {
      say(note.dataset.offline, true);
    }
    return false;
  }

  function flush() {
    return (running ??= sendAll().finally(() => (running = undefined)));
  }

  async function sendAll() {
    if (owner && !(await sendKept(form))) return hold(typedIn(form));
    return save();
  }

  async function restore() {
    const kept = await find("typed", owner);
    if (kept && kept.base !== form.dataset.base) return offer(kept);
    if (kept) fill(form, kept.entries);
    const waited = (await filesOf(owner)).length;
    if (!kept && !waited) return;
    if (await flush()) say(note.dataset.restored);
  }

  function offer(kept) {
    say(note.dataset.other, true);
    const take = document.createElement("button");
    take.type = "button";
    take.className = "btn btn-plain btn-sm";
    take.textContent = note.dataset.take;
    take.addEventListener("click", () => (fill(form, kept.entries), save()));
    note.append(" ", take);
  }

  function say(words, lost = false) {
    note.textContent = words ?? "";
    note.classList.toggle("lost", lost);
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    dirty = false;
    if (!owner || (!unsent && navigator.onLine)) return;
    event.preventDefault();
    if (await flush()) form.requestSubmit(event.submitter);
    else say(note.dataset.unsent, true);
  });
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
  addEventListener("online", () => unsent && flush());
  if (owner) restore().catch(() => {});
}

// What is typed and the names of files that arrived, without the files themselves.
function typedIn(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (!(value instanceof File)) body.append(name, value);
  return body;
}

function reveal(form, hidden) {
  form.querySelectorAll("[data-field]").forEach((field) => (field.hidden = hidden.includes(field.dataset.field)));
}

// Puts typed values back; rows that were added by hand are added again.
function fill(form, entries) {
  entries.forEach(([name]) => make(form, name));
  const typed = new Map();
  entries.forEach(([name, value]) => typed.set(name, [...(typed.get(name) ?? []), value]));
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file" || OWN.includes(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = typed.get(field.name)?.includes(field.value) ?? false;
    else if (typed.has(field.name)) field.value = typed.get(field.name)[0];
  }
}

function make(form, name) {
  const [, list, number] = name.match(/^(.*?)\.(\d+)\./) ?? [];
  const grid = list && form.querySelector(`[data-rows][data-field="${list}"]:has(template)`);
  while (grid && !form.elements[name] && Number(grid.dataset.next) <= Number(number)) addRow(grid);
}

document.querySelectorAll("form[data-draft]").forEach(track);

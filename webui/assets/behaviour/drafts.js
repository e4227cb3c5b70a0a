// Saves a form as it is typed, says when, shows what comes next and the fields whose conditions changed, and asks before unsaved text is left.
const WAIT = 900;

function track(form) {
  const note = document.querySelector(form.dataset.saved);
  let timer, dirty = false;

  async function save() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const response = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await response.json();
      note.textContent = answer.message;
      if (!response.ok) return;
      dirty = answer.unsaved ?? false;
      reveal(form, answer.hidden ?? []);
      const next = document.querySelector("[data-next]");
      if (next && answer.next !== undefined) next.textContent = answer.next;
    } catch {
      note.textContent = note.dataset.offline;
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => ((dirty = false), clearTimeout(timer)));
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
}

function reveal(form, hidden) {
  form.querySelectorAll("[data-field]").forEach((field) => (field.hidden = hidden.includes(field.dataset.field)));
}

document.querySelectorAll("form[data-draft]").forEach(track);

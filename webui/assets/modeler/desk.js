// The page around the diagram: posts what is drawn for its check, keeps the draft, and says when what is on the screen is not kept.
const WAIT = 700;

export class Desk {
  constructor(page, modeler, findings) {
    Object.assign(this, { page, modeler, findings, revision: Number(page.dataset.revision), base: page.dataset.base, dirty: false, asked: 0 });
    this.note = page.querySelector("[data-saved]");
    modeler.on("commandStack.changed", () => this.changed());
    page.querySelector("[data-save]")?.addEventListener("click", () => this.save());
    page.querySelectorAll("[data-needs-saving]").forEach((button) => button.addEventListener("click", (event) => this.first(event, button)));
    addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (page.dataset.editable && (event.ctrlKey || event.metaKey) && event.key === "s") event.preventDefault(), this.save();
    });
  }

  changed() {
    this.dirty = true;
    this.note.textContent = this.note.dataset.unsaved;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), WAIT);
  }

  async post(url, body) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return { ok: response.ok, status: response.status, answer: await response.json() };
  }

  async check() {
    const turn = ++this.asked, { xml } = await this.modeler.saveXML({ format: true });
    try {
      const { ok, answer } = await this.post(this.page.dataset.check, { xml });
      if (turn !== this.asked) return;
      if (ok) this.findings.show(answer);
      else this.findings.summary.textContent = answer.message;
    } catch {
      this.findings.summary.textContent = this.note.dataset.offline;
    }
  }

  async save() {
    const { xml } = await this.modeler.saveXML({ format: true });
    try {
      const { ok, status, answer } = await this.post(this.page.dataset.keep, { xml, base: this.base, revision: this.revision });
      this.note.textContent = answer.message;
      if (status === 409) this.clash(answer.message);
      if (!ok) return false;
      this.revision = answer.revision;
      this.dirty = false;
      document.querySelectorAll("[data-with-draft]").forEach((element) => (element.hidden = false));
      return true;
    } catch {
      this.note.textContent = this.note.dataset.offline;
      return false;
    }
  }

  async first(event, button) {
    if (!this.dirty) return;
    event.preventDefault();
    if (!(await this.save())) return;
    if (button.tagName === "A") location.assign(button.href);
    else button.form.requestSubmit(button);
  }

  // Somebody (or the same person in another window) was faster: both states stay reachable.
  clash(message) {
    const dialog = this.page.querySelector("[data-clash]");
    dialog.querySelector("[data-message]").textContent = message;
    dialog.querySelector("[data-mine]").onclick = async () => {
      const { xml } = await this.modeler.saveXML({ format: true });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([xml], { type: "application/xml" })), download: this.page.dataset.file });
      link.click();
    };
    dialog.querySelector("[data-newer]").onclick = () => ((this.dirty = false), location.reload());
    dialog.showModal();
  }
}

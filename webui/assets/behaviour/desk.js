// A file that is edited in the browser: loaded, checked by the engine while it changes, kept as a draft, and not left unsaved by mistake.
const WAIT = 800;

export class Desk {
  constructor(element, { content, changed = () => {}, checked = () => {} }) {
    Object.assign(this, { element, content, changed, checked, dirty: false });
    this.complaints = document.getElementById("complaints");
    this.told = document.getElementById("told");
    this.revision = element.dataset.revision;
    document.getElementById("save")?.addEventListener("click", () => this.save());
    addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.save();
    });
  }

  async load() {
    return (await fetch(this.element.dataset.file)).text();
  }

  // What is on the screen has changed: it is unsaved, and the engine looks at it once the hand rests.
  touch() {
    this.dirty = true;
    this.told.textContent = this.told.dataset.unsaved;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), WAIT);
  }

  async check() {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const response = await this.post(this.element.dataset.check);
    const words = response && (await response.text());
    if (!words || asked !== this.asked) return; // what was asked later is what counts
    this.show(words);
    this.changed();
  }

  async save() {
    if (this.element.dataset.locked || !this.dirty) return;
    const response = await this.post(this.element.dataset.save);
    if (!response) return (this.told.textContent = this.told.dataset.failed);
    this.show(await response.text());
    if (!response.ok) return;
    this.revision = response.headers.get("X-Revision");
    this.dirty = false;
    this.told.textContent = this.told.dataset.kept;
    document.querySelector("[data-drafted]").hidden = false;
  }

  show(html) {
    this.complaints.innerHTML = html;
    this.checked([...this.complaints.querySelectorAll("[data-element]")]);
  }

  async post(address, values = {}) {
    const body = values instanceof FormData ? values : new FormData();
    body.set("csrf_token", document.querySelector("meta[name=csrf-token]").content);
    body.set("content", await this.content());
    body.set("revision", this.revision);
    return fetch(address, { method: "POST", body }).catch(() => null);
  }
}

// A phrase chip is written into the opinion it belongs to, at the end.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-phrase]");
  if (!chip) return;
  const box = document.getElementById(chip.dataset.phrase);
  box.value = box.value.trim() ? `${box.value.trimEnd()} ${chip.textContent.trim()}` : chip.textContent.trim();
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});

// What stands in an opinion is kept among one's own phrases and offered at once.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-keep-phrase]");
  if (!button) return;
  const body = new FormData(), told = button.parentElement.querySelector("[data-kept]");
  body.append("text", document.getElementById(button.dataset.keepPhrase).value);
  body.append("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  const response = await fetch(button.dataset.to, { method: "POST", body, headers: { Accept: "application/json" } });
  const answer = await response.json();
  told.textContent = answer.message;
  if (response.ok) button.before(chip(answer.text, button.dataset.keepPhrase));
});

function chip(text, box) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.dataset.phrase = box;
  return made;
}

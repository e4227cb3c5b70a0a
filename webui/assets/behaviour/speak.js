// Puts translated words in the place of those a library shows, for libraries that have no hook of their own.
const NAMES = ["title", "placeholder", "aria-label", "data-placeholder"];

export function speak(root, words, patterns, except) {
  const apart = (node) => except && node.parentElement?.closest(except);
  const say = (text) => words[text.trim()] ?? matched(text.trim()) ?? text;

  function matched(text) {
    for (const [pattern, told] of patterns) {
      const found = pattern.exec(text);
      if (found) return told(say(found[1]));
    }
  }

  function visit(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const said = say(node.data);
      if (said !== node.data && !apart(node)) node.data = said;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || (except && node.closest(except))) return;
    for (const name of NAMES) {
      const text = node.getAttribute(name), said = text && say(text);
      if (said && said !== text) node.setAttribute(name, said);
    }
    node.childNodes.forEach(visit);
  }

  visit(root);
  new MutationObserver((changes) => changes.forEach(({ type, target, addedNodes }) => (type === "childList" ? addedNodes.forEach(visit) : visit(target))))
    .observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: NAMES });
}

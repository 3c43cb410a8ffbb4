/**
 * Keeps a page that the browser translates up to date. A translator puts a `<font>` in the place of each text node,
 * while Solid goes on with the node it has made: whatever changed after that would be written where nobody sees it.
 * A node that is written to, moved or removed returns to its place first, and the translator finds it there again.
 */
export function keepTranslatedTextAlive(root: Node): void {
  const originals = new WeakMap<Element, Text>();
  new MutationObserver((changes) => {
    for (const { removedNodes, addedNodes, previousSibling, nextSibling } of changes) {
      for (const text of removedNodes) {
        if (!(text instanceof Text) || text.isConnected) continue;
        const font = [...addedNodes, previousSibling, nextSibling].find(
          (node) => node instanceof HTMLFontElement && node.isConnected && !originals.has(node),
        );
        if (!(font instanceof HTMLFontElement)) continue;
        originals.set(font, text);
        returnWhenUsed(text, font);
      }
    }
  }).observe(root, { childList: true, subtree: true });

  // Of a single text Solid knows only that it is the first child, which by now is the `<font>`.
  Object.defineProperty(HTMLFontElement.prototype, 'data', {
    configurable: true,
    get(this: HTMLFontElement) {
      return originals.get(this)?.data;
    },
    set(this: HTMLFontElement, value: string) {
      const text = originals.get(this);
      if (text !== undefined) text.data = value;
    },
  });
}

/** What Solid does to a text node that it has made. */
const uses = ['data', 'parentNode', 'nextSibling', 'remove'] as const;

/** Puts `text` back into the place of `font` as soon as something of `uses` is asked of it. */
function returnWhenUsed(text: Text, font: HTMLFontElement): void {
  const back = () => {
    for (const use of uses) Reflect.deleteProperty(text, use);
    if (font.isConnected) font.replaceWith(text);
    return text;
  };
  for (const use of uses) {
    Object.defineProperty(text, use, {
      configurable: true,
      get: () => {
        const value: unknown = Reflect.get(back(), use);
        return typeof value === 'function' ? value.bind(text) : value;
      },
      set: (value) => {
        Reflect.set(back(), use, value);
      },
    });
  }
}

/** What `boot.js` has noticed until the page listens. */
type Early = { sent: HTMLFormElement | null; isTouched: boolean; isComposing: boolean };

declare global {
  interface Window {
    early?: Early;
  }
}

/** A page whose question is not answered by then listens all the same. */
const longestMs = 3_000;

/** Shows the page that the script has made instead of the one that came painted with the document. */
export function changePlaces(painted: HTMLElement, made: HTMLElement): void {
  painted.remove();
  made.hidden = false;
  delete document.documentElement.dataset['secret'];
}

/** Makes a page beside the painted one, with `draw`, and shows it once that says that it stands as it will. */
export function makeBeside(
  painted: HTMLElement,
  draw: (made: HTMLElement, onShown: () => void) => void,
): void {
  // First in the document, so that a search for an id finds the new page's.
  const made = document.createElement('div');
  made.id = painted.id;
  made.hidden = true;
  painted.before(made);
  let isShown = false;
  const show = async () => {
    if (isShown) return;
    isShown = true;
    // Most people have not done anything by then.
    const how =
      window.early?.isTouched === true
        ? await import('./take-over.ts').catch(() => undefined)
        : undefined;
    (how?.takeOver ?? changePlaces)(painted, made);
  };
  draw(made, () => void show());
  setTimeout(() => void show(), longestMs);
}

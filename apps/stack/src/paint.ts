import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { JSDOM } from 'jsdom';

/** What a thread of this module is to paint. */
export interface PaintOrder {
  /** The file of the built entry. */
  readonly entry: string;
  /** The document that it runs in. */
  readonly template: string;
  readonly language: string;
  /** Below which path the portal stands. */
  readonly prefix: string;
  readonly isSignedIn: boolean;
  /** The page itself is to wait for its answer. */
  readonly isFrame: boolean;
  readonly paths: readonly string[];
}

export interface Painted {
  readonly html: string;
  readonly title: string;
}

const port = parentPort;
if (port === null) throw new Error('paint.ts runs in a thread.');
const { entry, template, language, prefix, isSignedIn, isFrame, paths }: PaintOrder = workerData;

const { window } = new JSDOM(template, { url: `https://localhost${prefix}${paths[0] ?? '/'}` });
const { document } = window;
document.documentElement.lang = language;

/** What the API says to somebody who comes for the first time; other questions wait for their answer for ever. */
const answers: Record<string, unknown> = {
  [`${prefix}/trpc/session.current`]: isSignedIn
    ? {
        maskedName: '',
        level: 2,
        missing: [],
        endsAtMs: Date.now() + 1_800_000,
        unread: 0,
      }
    : null,
  [`${prefix}/trpc/registration.current`]: null,
};

const overrides: Record<string, unknown> = {
  window,
  fetch: (path: string) =>
    path in answers
      ? Promise.resolve(Response.json({ result: { data: answers[path] } }))
      : new Promise(() => {}),
  addEventListener: window.addEventListener.bind(window),
  removeEventListener: window.removeEventListener.bind(window),
  dispatchEvent: window.dispatchEvent.bind(window),
  // jsdom lays nothing out.
  scrollTo: () => {},
};

// The page's own names, as far as Node has none or another one by it.
for (const name of Object.getOwnPropertyNames(window)) {
  const isNodes =
    name in globalThis && !/^(?:(?:Custom)?Event|EventTarget|navigator|.*Storage)$/.test(name);
  if (isNodes || name in overrides) continue;
  const value: unknown = (window as unknown as Record<string, unknown>)[name];
  const isFunction = typeof value === 'function' && /^[a-z]/.test(name);
  Object.defineProperty(globalThis, name, {
    configurable: true,
    writable: true,
    value: isFunction ? value.bind(window) : value,
  });
}
for (const [name, value] of Object.entries(overrides)) {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
}

const calmMs = 100;
const patienceMs = 30_000;

/** Resolves when `isThere` holds and nothing on the page has changed for a moment. */
function whenCalm(isThere: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout;
    const observer = new window.MutationObserver(() => wait());
    const end = (settle: () => void) => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(limit);
      settle();
    };
    const limit = setTimeout(
      () => end(() => reject(new Error(`${window.location.pathname} does not come.`))),
      patienceMs,
    );
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (isThere() ? end(resolve) : wait()), calmMs);
    };
    observer.observe(document, { attributes: true, childList: true, subtree: true });
    wait();
  });
}

/** What a browser would have to paint: HTML says what stands in a field only where an attribute does. */
function paintedOn(root: Element): string {
  for (const input of root.querySelectorAll('input')) {
    if (/^(?:checkbox|radio)$/.test(input.type)) input.toggleAttribute('checked', input.checked);
    else input.setAttribute('value', input.value);
  }
  for (const option of root.querySelectorAll('option')) {
    option.toggleAttribute('selected', option.selected);
  }
  // Pressed before the script listens, a form may not put its fields into the address.
  for (const form of root.querySelectorAll('form')) form.setAttribute('method', 'post');
  // The policy of the pages forbids these.
  for (const styled of root.querySelectorAll('[style]')) styled.removeAttribute('style');
  return root.innerHTML;
}

const painted: Painted[] = [];
for (const path of paths) {
  const before = document.title;
  window.history.replaceState(null, '', prefix + path);
  // The first time the script starts; after that its router hears of another address.
  if (painted.length === 0) await import(pathToFileURL(entry).href);
  else window.dispatchEvent(new window.PopStateEvent('popstate', { state: null }));
  await whenCalm(() =>
    isFrame ? document.querySelector('main .loading') !== null : document.title !== before,
  );
  const root = document.getElementById('app');
  if (root === null) throw new Error('The document has no #app.');
  painted.push({ html: paintedOn(root), title: document.title });
}
port.postMessage(painted);

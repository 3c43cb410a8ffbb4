import { onCleanup } from 'solid-js';

type Values = Record<string, unknown>;

const valuesKey = 'typed';
const reloadedKey = 'outdated-at-ms';
const keptMs = 300_000;
const reloadEveryMs = 60_000;

/** The forms of the page, and what is typed in them. */
const forms = new Set<() => Values>();

/** What is never kept: passwords, codes, tickets and secrets. */
const isSecret = (name: string): boolean => /password|current|code|ticket|secret/i.test(name);

const keepable = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !isSecret(name)));

/**
 * Loads the page again after a release, and keeps what is typed over that, in this tab alone; once a minute at most.
 * `false` where it does not, since it would not help or nothing could be kept.
 */
export function reloadOutdated(): boolean {
  try {
    const nowMs = Date.now();
    if (nowMs - Number(sessionStorage.getItem(reloadedKey)) < reloadEveryMs) return false;
    sessionStorage.setItem(reloadedKey, String(nowMs));
    const typed = [...forms].map((read) => keepable(read()));
    const kept = { path: location.pathname, atMs: nowMs, typed };
    sessionStorage.setItem(valuesKey, JSON.stringify(kept));
  } catch {
    return false;
  }
  location.reload();
  return true;
}

/** What was typed in a form with these fields before the page loaded again, once. */
function takeKept(names: readonly string[]): Values | undefined {
  try {
    const text = sessionStorage.getItem(valuesKey);
    if (text === null) return undefined;
    const { path, atMs, typed } = JSON.parse(text) as {
      path: string;
      atMs: number;
      typed: Values[];
    };
    const isOver = path !== location.pathname || Date.now() - atMs > keptMs;
    const own = names.filter((name) => !isSecret(name)).join();
    const at = typed.findIndex((values) => own !== '' && Object.keys(values).join() === own);
    const [found] = isOver || at === -1 ? [] : typed.splice(at, 1);
    if (isOver || typed.length === 0) sessionStorage.removeItem(valuesKey);
    else if (found !== undefined)
      sessionStorage.setItem(valuesKey, JSON.stringify({ path, atMs, typed }));
    return found;
  } catch {
    return undefined;
  }
}

/** Has the values of a form kept if the page loads again, and returns those that were. */
export function keptForm(names: readonly string[], read: () => Values): Values | undefined {
  const kept = takeKept(names);
  forms.add(read);
  onCleanup(() => forms.delete(read));
  return kept;
}

import { createEffect, createMemo, on, onCleanup } from 'solid-js';
import { createReader, type Read } from '../ui/read.tsx';
import { useStaff } from './session/staff.tsx';

/** What was shown a while ago is shown at once when its page is back, and asked for again. In memory only. */
const keptMs = 300_000;
const freshMs = 5_000;
const kept = new Map<string, { answer: unknown; atMs: number }>();

/** What the pages that are open have asked. */
const shown = new Set<{ key: () => readonly unknown[]; again: () => Promise<void> }>();

const isSeen = () => document.visibilityState === 'visible';

/** Asks again for whatever is shown whose key begins with `part`, as after a change. */
export async function askAgain(part: string): Promise<void> {
  await Promise.all([...shown].filter(({ key }) => key()[0] === part).map(({ again }) => again()));
}

/**
 * What a page of the console reads, by `key`: asked when the key changes and when somebody comes back to the window, and
 * every `pollMs` while it is seen. `staysShown`: the last answer stays until that to the next key is here. `isRecorded`:
 * each look is on record, so that nothing is kept or asked for by itself.
 */
export function useAsked<T>(
  key: () => readonly unknown[],
  load: () => Promise<T>,
  how: { pollMs?: number; staysShown?: boolean; isRecorded?: boolean } = {},
): Read<T> & { answeredAtMs: () => number } {
  const staff = useStaff();
  const id = createMemo(() => JSON.stringify(key()));
  let answeredAtMs = 0;
  const read = createReader<T>(async () => {
    const asked = id();
    const loaded = await load();
    const answer: T = sharing(read.data(), loaded);
    answeredAtMs = Date.now();
    for (const [each, { atMs }] of kept) if (atMs < answeredAtMs - keptMs) kept.delete(each);
    if (!how.isRecorded) kept.set(asked, { answer, atMs: answeredAtMs });
    return answer;
  }, staff.on);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  onCleanup(() => {
    isOver = true;
    clearTimeout(timer);
  });
  /** The next question by itself is as long after an answer, whatever was asked for in between. */
  const later = () => {
    clearTimeout(timer);
    if (how.pollMs === undefined || isOver) return;
    timer = setTimeout(() => (isSeen() ? void again() : later()), how.pollMs);
  };
  const again = async () => {
    await read.again();
    later();
  };
  createEffect(
    on(id, (now) => {
      const known = kept.get(now);
      if (known !== undefined && known.atMs > Date.now() - keptMs) read.show(known.answer as T);
      else if (!how.staysShown) read.show(undefined);
      void again();
    }),
  );
  const comeBack = () => {
    if (isSeen() && answeredAtMs < Date.now() - freshMs) void again();
  };
  if (!how.isRecorded) {
    document.addEventListener('visibilitychange', comeBack);
    addEventListener('online', comeBack);
    onCleanup(() => {
      document.removeEventListener('visibilitychange', comeBack);
      removeEventListener('online', comeBack);
    });
  }
  const entry = { key, again };
  shown.add(entry);
  onCleanup(() => shown.delete(entry));
  return { ...read, again, answeredAtMs: () => answeredAtMs };
}

/** `now`, with what is the same in `before` taken from there: only what has changed is drawn again. */
export function sharing<T>(before: unknown, now: T): T {
  if (!isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now)) {
    return now;
  }
  const shared = (Array.isArray(now) ? [] : {}) as Record<string, unknown>;
  const names = Object.keys(now);
  let isSame = Object.keys(before).length === names.length;
  for (const name of names) {
    shared[name] = sharing(before[name], now[name]);
    isSame &&= name in before && shared[name] === before[name];
  }
  return (isSame ? before : shared) as T;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

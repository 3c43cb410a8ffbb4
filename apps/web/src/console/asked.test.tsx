import { cleanup, render } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askAgain, sharing, useAsked } from './asked.ts';
import { StaffProvider } from './session/staff.tsx';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ result: { data: null } })));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type How = Parameters<typeof useAsked>[2];

/** A page that reads `load` by a key that can change. */
function open(load: (key: string) => Promise<unknown>, how?: How) {
  const [key, setKey] = createSignal('one');
  let asked: ReturnType<typeof useAsked> | undefined;
  const Reader = () => {
    asked = useAsked(
      () => [how?.isRecorded ? 'recorded' : 'part', key()],
      () => load(key()),
      how,
    );
    return null;
  };
  const { unmount } = render(() => (
    <StaffProvider>
      <Reader />
    </StaffProvider>
  ));
  return { data: () => asked?.data(), setKey, unmount };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

test('T-CON-02: asks every so often after the last answer, and after a change, as long as the page is open', async () => {
  const load = vi.fn<(key: string) => Promise<unknown>>((key) => Promise.resolve({ key }));
  const { unmount } = open(load, { pollMs: 10_000 });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(load).toHaveBeenCalledTimes(1);
  await askAgain('another');
  await askAgain('part');
  expect(load).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(load).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(load).toHaveBeenCalledTimes(3);
  unmount();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(3);
});

test('a look that is on record is kept nowhere and not taken by itself; of two answers the later question’s counts', async () => {
  const answers: ((answer: string) => void)[] = [];
  const load = () => new Promise<string>((resolve) => answers.push(resolve));
  const page = open(load, { isRecorded: true });
  await settle();
  page.setKey('two');
  await settle();
  answers[1]?.('second');
  answers[0]?.('first');
  await settle();
  expect(page.data()).toBe('second');
  dispatchEvent(new Event('online'));
  page.setKey('one');
  await settle();
  expect([page.data(), answers.length]).toEqual([undefined, 3]);
});

test('what has not changed stays the same object, so that a row with the focus is not drawn again', () => {
  const before = [
    { id: 1, of: { name: 'a' } },
    { id: 2, of: { name: 'b' } },
  ];
  const now = sharing(before, [
    { id: 1, of: { name: 'a' } },
    { id: 2, of: { name: 'c' } },
  ]);
  expect(now[0]).toBe(before[0]);
  expect(now[1]).toEqual({ id: 2, of: { name: 'c' } });
  expect(sharing(before, structuredClone(before))).toBe(before);
  expect(sharing([1, 2], [1])).toEqual([1]);
});

import { createRoot, createMemo } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { learnServerTime, serverNow } from './clock.ts';

const learn = (atMs: number) => learnServerTime(new Headers({ 'x-server-time': String(atMs) }));

afterEach(() => {
  vi.useRealTimers();
  learn(Date.now());
});

test('a phone ten minutes fast counts by the server, and what was drawn before is drawn again', () => {
  const serverMs = Date.UTC(2026, 10, 29, 4);
  vi.useFakeTimers({ now: serverMs + 600_000 });
  createRoot((dispose) => {
    let draws = 0;
    const isOver = createMemo(() => {
      draws += 1;
      return serverNow() > serverMs + 300_000;
    });
    expect(isOver()).toBe(true);
    learn(serverMs);
    expect(isOver()).toBe(false);
    expect(serverNow()).toBe(serverMs);
    learn(serverMs + 300);
    expect(draws).toBe(2);
    dispose();
  });
});

test('an answer without the server’s time teaches nothing', () => {
  vi.useFakeTimers();
  const before = serverNow() - Date.now();
  learnServerTime(new Headers());
  learnServerTime(new Headers({ 'x-server-time': 'soon' }));
  expect(serverNow() - Date.now()).toBe(before);
});

import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchErrors, fetchProblems } from '../copy/failures.ts';
import { Saying } from './saying.tsx';

beforeEach(async () => {
  await Promise.all([fetchErrors(), fetchProblems()]);
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('T-LOG-01: the seconds of a lock count down for the eye, and its end is said', async () => {
  const problem = { code: 'login.locked', retryAtMs: Date.now() + 20_000 } as const;
  const { container } = render(() => <Saying problem={problem} />);
  const seen = () => container.querySelector('[aria-hidden]')?.textContent;
  const heard = () => container.querySelector('.seen-by-readers')?.textContent;
  expect(seen()).toContain('20 秒');
  await vi.advanceTimersByTimeAsync(8_000);
  expect(seen()).toContain('12 秒');
  expect(heard()).toContain('20 秒');
  await vi.advanceTimersByTimeAsync(12_000);
  expect(container.textContent).toBe('现在可以再试了');
});

test('what names no wait is one sentence', () => {
  const { container } = render(() => <Saying problem="password.missing" />);
  expect(container.children).toHaveLength(0);
  expect(container.textContent).not.toBe('');
});

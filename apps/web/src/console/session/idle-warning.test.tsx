import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdleWarning } from './idle-warning.tsx';
import { StaffProvider } from './staff.tsx';

const minuteMs = 60_000;
let endsAtMs = 0;
let asked: string[] = [];
let isEndFixed = false;

/** The server's side of a session that ends after 15 minutes without a change. */
function answer(url: string): Response {
  asked.push(url);
  const isExtended = url.includes('staff.extend') && !isEndFixed;
  if (isExtended) endsAtMs = Date.now() + 15 * minuteMs;
  const staff = { id: 's', name: '测', role: 'reviewer', endsAtMs, ways: {} };
  return Response.json({ result: { data: url.includes('staff.current') ? staff : { endsAtMs } } });
}

beforeEach(() => {
  vi.useFakeTimers();
  endsAtMs = Date.now() + 15 * minuteMs;
  asked = [];
  isEndFixed = false;
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(answer(url)));
  render(() => (
    <StaffProvider>
      <IdleWarning />
    </StaffProvider>
  ));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const extensions = () => asked.filter((url) => url.includes('staff.extend')).length;

test('T-CON-01: 150 s before an idle session ends there is a warning, and one press goes on', async () => {
  await vi.advanceTimersByTimeAsync(12 * minuteMs);
  expect(screen.queryByRole('alertdialog')).toBeNull();
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(screen.getByRole('alertdialog').textContent).toContain('快要自动退出了');
  expect(extensions()).toBe(0);
  fireEvent.click(screen.getByRole('button', { name: '继续使用' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('T-CON-01: whoever works is not warned, and tells the server once a minute', async () => {
  for (let minute = 0; minute < 14; minute += 1) {
    await vi.advanceTimersByTimeAsync(minuteMs + 1000);
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'j' });
  }
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(extensions()).toBe(14);
});

test('T-CON-01: an end that nothing puts off is said to be one', async () => {
  isEndFixed = true;
  await vi.advanceTimersByTimeAsync(13 * minuteMs);
  fireEvent.click(screen.getByRole('button', { name: '继续使用' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.getByRole('alertdialog').textContent).toContain('一次登录最长 10 小时');
  fireEvent.click(screen.getByRole('button', { name: '知道了' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

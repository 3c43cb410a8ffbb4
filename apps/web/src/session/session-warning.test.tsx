import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionWarning } from './session-warning.tsx';
import { SessionProvider } from './session.tsx';

const minuteMs = 60_000;

/** The server's side of a session that ends after 30 idle minutes. */
function answer(url: string): Response {
  const endsAtMs = Date.now() + 30 * minuteMs;
  const session = { maskedName: '*测', level: 2, missing: [], endsAtMs };
  const data = url.includes('session.current') ? session : { endsAtMs };
  return Response.json({ result: { data } });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(answer(url)));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('UX-28: 150 s before the end the person is warned, and one press goes on', async () => {
  render(() => (
    <SessionProvider>
      <SessionWarning />
    </SessionProvider>
  ));
  await vi.advanceTimersByTimeAsync(27 * minuteMs);
  expect(screen.queryByRole('alertdialog')).toBeNull();
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect((await screen.findByRole('alertdialog')).textContent).toContain('快要自动退出了');
  fireEvent.click(screen.getByRole('button', { name: '继续使用' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.queryByRole('alertdialog')).toBeNull();
  await vi.advanceTimersByTimeAsync(28 * minuteMs);
  expect(await screen.findByRole('alertdialog')).toBeTruthy();
});

test('a device whose clock is ahead of the server’s is not warned without end', async () => {
  vi.stubGlobal('fetch', (url: string) => {
    const now = vi.spyOn(Date, 'now').mockReturnValueOnce(Date.now() - 60 * minuteMs);
    const response = answer(url);
    now.mockRestore();
    return Promise.resolve(response);
  });
  render(() => (
    <SessionProvider>
      <SessionWarning />
    </SessionProvider>
  ));
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

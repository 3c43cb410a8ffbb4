import { cleanup, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Scene, ScenePanel } from './scene-panel.tsx';

vi.mock('../shared/qr-image.ts', () => ({ qrImage: (text: string) => `data:image/png,${text}` }));

const minuteMs = 60_000;
const drawn = (): Scene => ({
  url: 'weixin/q/1',
  expiresAtMs: Date.now() + 10 * minuteMs,
  isScanned: false,
  isAnswered: false,
});

let isHidden = false;
beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
});
afterEach(() => {
  cleanup();
  isHidden = false;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The panel over a server that has `scene`; `tell` changes it there, and the page learns of it when it looks. */
function open(scene: Scene) {
  let there = scene;
  const [shown, setShown] = createSignal(scene);
  const look = vi.fn<() => Promise<void>>(() => {
    setShown(there);
    return Promise.resolve();
  });
  render(() => (
    <ScenePanel purpose="registration" scene={shown()} look={look} renew={() => <p>再画一张</p>}>
      <input aria-label="验证码" />
    </ScenePanel>
  ));
  return { look, tell: (change: Partial<Scene>) => (there = { ...there, ...change }) };
}

const said = () => screen.getAllByRole('status').at(-1)?.textContent;
const doneSteps = () => document.querySelectorAll('.steps .met').length;

test('T-REG-13: waiting, scanned, code sent: the page follows what is done in WeChat', async () => {
  const { tell } = open(drawn());
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByRole('img', { name: /中国教师资格/ }).getAttribute('src')).toContain(
    'weixin/q/1',
  );
  expect(said()).toContain('等您扫码');
  tell({ isScanned: true });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said()).toContain('已扫码');
  expect(screen.queryByRole('img')).toBeNull();
  expect(doneSteps()).toBe(1);
  tell({ isAnswered: true });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said()).toContain('验证码已发到您的微信');
  expect(doneSteps()).toBe(2);
});

test('T-REG-13: an expired QR code asks nothing more and offers another one', async () => {
  const { look } = open(drawn());
  await vi.advanceTimersByTimeAsync(10 * minuteMs + 2_000);
  expect(said()).toContain('二维码已过期');
  expect(screen.getByText('再画一张')).toBeTruthy();
  expect(screen.queryByLabelText('验证码')).toBeNull();
  const asked = look.mock.calls.length;
  expect(asked).toBeLessThan(205);
  await vi.advanceTimersByTimeAsync(10 * minuteMs);
  expect(look.mock.calls.length).toBe(asked);
});

test('T-REG-13: a page nobody sees asks nothing; who comes back late finds the code that came meanwhile', async () => {
  const { look, tell } = open(drawn());
  isHidden = true;
  await vi.advanceTimersByTimeAsync(11 * minuteMs);
  expect(look).not.toHaveBeenCalled();
  tell({ isScanned: true, isAnswered: true });
  isHidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toContain('验证码已发到您的微信');
  expect(screen.getByLabelText('验证码')).toBeTruthy();
});

test('a look that fails says so and is made again', async () => {
  const { look } = open(drawn());
  look.mockRejectedValueOnce(new Error('offline'));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said()).toContain('暂时看不到进度');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said()).not.toContain('暂时看不到进度');
});

import type { Locator, Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { listens, onDesktop, onPhone, scriptOf } from '../harness.ts';

/** The elements within what is only painted. */
const painted = (page: Page, selector: string): Locator =>
  page.mainFrame().locator(`[data-painted] ${selector}`);

/** Opens a page whose script comes when `release` is called. */
async function openPainted(page: Page, path: string): Promise<{ release(): Promise<void> }> {
  const held: Route[] = [];
  let isHeld = true;
  await page.route(scriptOf('index.html'), (route) =>
    isHeld ? void held.push(route) : route.continue(),
  );
  await page.evaluate((to) => location.assign(to), path);
  await painted(page, 'h1').waitFor();
  return {
    async release() {
      isHeld = false;
      await Promise.all(held.map((route) => route.continue()));
    },
  };
}

describe('a page that is painted before its script has come', () => {
  test('keeps what is typed and sent until then, and puts no password into the address', () =>
    onPhone(async (phone) => {
      await phone.goto('/help');
      const script = await openPainted(phone, '/login');
      const focus = (id: string) =>
        phone.evaluate((of) => document.getElementById(of)?.focus(), `field-${id}`);
      await focus('name');
      await phone.keyboard.type('110199199508150127');
      await focus('password');
      await phone.keyboard.type('Ab3#56789');
      await phone.keyboard.press('Enter');
      expect(new URL(phone.url()).search).toBe('');
      await expect.poll(() => painted(phone, 'form').getAttribute('method')).toBe('post');
      await script.release();
      await listens(phone);
      await expect
        .poll(() => phone.getByLabel('身份证件号码').inputValue())
        .toBe('110199 19950815 0127');
      await expect
        .poll(() => phone.getByLabel('密码', { exact: true }).inputValue())
        .toBe('Ab3#56789');
      // What was sent has been sent: the puzzle is asked for.
      await phone.locator('.summary').getByRole('link', { name: '请先完成拼图验证' }).waitFor();
      expect(phone.url()).not.toContain('?');
    }));

  test('leaves an input method alone, and the focus where it was', () =>
    onDesktop(async (desktop) => {
      await desktop.goto('/help');
      const script = await openPainted(desktop, '/register/document');
      await desktop.evaluate(() => document.getElementById('field-name')?.focus());
      const keyboard = await desktop.context().newCDPSession(desktop);
      const compose = (text: string) =>
        keyboard.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
      await compose('wang');
      const answered = desktop.waitForResponse('**/trpc/registration.current');
      await script.release();
      await answered;
      await desktop.mainFrame().locator('#app[hidden] h1').waitFor({ state: 'attached' });
      await compose('wangxiao');
      await expect.poll(() => desktop.mainFrame().locator('[data-painted]').count()).toBe(1);
      await keyboard.send('Input.insertText', { text: '王晓' });
      await listens(desktop);
      const name = desktop.getByLabel('姓名', { exact: true });
      await expect.poll(() => name.inputValue()).toBe('王晓');
      await expect
        .poll(() => desktop.evaluate(() => document.activeElement?.id))
        .toBe('field-name');
      await desktop.keyboard.type('y');
      await expect.poll(() => name.inputValue()).toBe('王晓y');
    }));

  test('is in the language that was chosen before', () =>
    onDesktop(async (desktop) => {
      await desktop.goto('/');
      await desktop.getByRole('button', { name: 'English' }).click();
      await desktop.getByRole('button', { name: 'Large text' }).waitFor();
      const script = await openPainted(desktop, '/login');
      await expect.poll(() => painted(desktop, 'h1').textContent()).toBe('Sign in');
      await expect.poll(() => desktop.mainFrame().locator('html').getAttribute('lang')).toBe('en');
      await script.release();
      await listens(desktop);
      await expect
        .poll(() => desktop.getByRole('heading', { level: 1 }).textContent())
        .toBe('Sign in');
    }));
});

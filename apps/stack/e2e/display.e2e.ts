import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe, onDesktop, onPhone, picture } from './harness.ts';

const open = [
  '/',
  '/login',
  '/recovery',
  '/register',
  '/help',
  '/privacy',
  '/agreement',
  '/accessibility',
];

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function visitAll(page: Page, name: string): Promise<void> {
  for (const path of open) {
    await page.goto(path);
    await page.locator('h1').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, `${name}${path.replaceAll('/', '-')}`);
  }
}

test('X-04: open pages in the largest text at 320 px, dark, reflow and pass axe', () =>
  onPhone(
    async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: '大字版' }).click();
      await page.getByRole('button', { name: '再大些' }).click();
      await visitAll(page, 'larger-dark');
    },
    { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  ));

test('X-04: open pages in English on a desktop pass axe', () =>
  onDesktop(async (page) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'English' }).click();
    await visitAll(page, 'english');
  }));

test('X-04: an empty sign-in is refused with a summary that takes the focus and leads to the field', () =>
  onDesktop(async (page) => {
    await page.goto('/login');
    await page.locator('h1').waitFor();
    await page.locator('form').getByRole('button', { name: '登录', exact: true }).click();
    await expect.poll(() => page.locator('.summary:focus').count()).toBe(1);
    expect(await page.title()).toMatch(/^错误：/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-number');
    expect(await axe(page)).toEqual([]);
    await picture(page, 'login-refused');
  }));

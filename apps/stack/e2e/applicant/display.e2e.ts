import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  faultsOf,
  longAfterSigningIn,
  onDesktop,
  onPhone,
  picture,
  withPagesKept,
} from '../harness.ts';
import { type Language, openMenu, solveByComputing } from '../pages.ts';
import { newPerson, password, registered } from '../people.ts';

const open = [
  '/',
  '/login',
  '/recovery',
  '/register',
  '/help',
  '/tickets',
  '/tickets/new',
  '/privacy',
  '/agreement',
  '/accessibility',
];

const own = [
  '/account',
  '/account/security',
  '/account/notices',
  '/account/proof',
  '/account/mobile',
  '/account/email',
  '/undo',
];

async function visitAll(page: Page, name: string, paths = open): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await page.locator('h1').waitFor();
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    await picture(page, `${name}${path.replaceAll('/', '-')}`);
    expect([path, await faultsOf(page)]).toEqual([path, []]);
  }
}

test('X-04: open pages in the largest text at 320 px, dark, have no fault', () =>
  onPhone(
    async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: '大字版' }).click();
      await page.getByRole('button', { name: '再大些' }).click();
      await visitAll(page, 'larger-dark');
    },
    { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  ));

/** Puts a `<font>` around every text, as the translator of a browser does. */
const translate = (page: Page) =>
  page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walk.nextNode()) if (walk.currentNode instanceof Text) texts.push(walk.currentNode);
    for (const text of texts) {
      const font = document.createElement('font');
      font.textContent = text.data;
      text.replaceWith(font);
    }
  });

test('X-04: open pages in English on a desktop have no fault, though the browser had translated the first', () =>
  onDesktop(async (page) => {
    await page.goto('/');
    await page.locator('h1').waitFor();
    await translate(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Online services' }).waitFor();
    await expect.poll(() => faultsOf(page)).toEqual([]);
    await visitAll(page, 'english');
  }));

/** Fills a field as some password managers do, which fire `change` alone. */
const autofill = (page: Page, label: string, value: string) =>
  page.getByLabel(label, { exact: true }).evaluate((field: HTMLInputElement, text) => {
    field.value = text;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }, value);

/** A browser in which somebody new is signed in, by a password manager. */
async function signInAnew(page: Page): Promise<void> {
  const person = newPerson();
  await registered(person);
  await page.goto('/login');
  await autofill(page, '身份证件号码', person.document.number);
  await autofill(page, '密码', password);
  await solveByComputing(page, 'zh');
  await page.locator('form').getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '网上办事' }).waitFor();
  // The page that takes a proof shows itself only where there is none.
  await longAfterSigningIn();
}

test('X-04: the pages of the account in the largest text at 320 px, dark, have no fault', () =>
  onPhone(
    async (page) => {
      await signInAnew(page);
      await page.getByRole('button', { name: '大字版' }).click();
      await page.getByRole('button', { name: '再大些' }).click();
      await visitAll(page, 'own-larger-dark', own);
      await openMenu(page, 'zh');
      await expect.poll(() => faultsOf(page)).toEqual([]);
      await picture(page, 'own-larger-dark-menu');
    },
    { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  ));

test('X-04: the pages of the account on a phone: the header is one row; in English they have no fault', () =>
  onPhone(async (page) => {
    await signInAnew(page);
    await page.getByRole('button', { name: /^菜单.*1 条未读$/ }).waitFor();
    expect((await page.locator('header.top').boundingBox())?.height).toBeLessThan(64);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: /^Menu/ }).waitFor();
    expect((await page.locator('header.top').boundingBox())?.height).toBeLessThan(64);
    await visitAll(page, 'own-english', own);
  }));

test('T-LOG-01: with its puzzle, the button of the login page is above the fold on a phone and on a desktop', () =>
  onDesktop(async (page) => {
    const foldOf = async (language: Language, width: number, height: number) => {
      await page.setViewportSize({ width, height });
      await page.locator('.puzzle .piece').waitFor();
      await picture(page, `login-${language}-${width}`);
      const submit = page.locator('form button[type=submit]');
      const box = await submit.boundingBox();
      expect(box && Math.round(box.y + box.height)).toBeLessThanOrEqual(height);
    };
    for (const language of ['zh', 'en'] as const) {
      // Where a page has sent the person here, a note says so.
      await page.goto('/login?next=/account');
      if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
      await foldOf(language, 1280, 800);
      await foldOf(language, 390, 844);
    }
  }));

test('X-04: an empty sign-in is refused with a summary that takes the focus and leads to the field', () =>
  onDesktop(async (page) => {
    await page.goto('/login');
    await page.locator('h1').waitFor();
    await page.locator('form').getByRole('button', { name: '登录', exact: true }).click();
    await expect.poll(() => page.locator('.summary:focus').count()).toBe(1);
    await expect.poll(() => page.title()).toMatch(/^错误：/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-name');
    await expect.poll(() => faultsOf(page)).toEqual([]);
    await picture(page, 'login-refused');
  }));

test('X-01: after signing out, "back" shows nothing of the person, though the browser has kept the page', () =>
  withPagesKept(async (page) => {
    await signInAnew(page);
    await page.goto('/account');
    await page.getByRole('heading', { level: 1, name: '个人信息中心' }).waitFor();
    await openMenu(page, 'zh');
    await page.getByRole('button', { name: '退出' }).first().click();
    await page.getByRole('link', { name: '登录', exact: true }).waitFor();
    await page.evaluate(() => history.back());
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    expect(await page.getByText('个人信息中心').count()).toBe(0);
  }));

import { describe, expect, test } from 'vitest';
import {
  faultsOf,
  onDesktop,
  onPhone,
  phoneUrl,
  picture,
  tolerate,
  webUrl,
  withoutDatabase,
} from '../harness.ts';
import { arrive } from '../pages.ts';

const health = async (): Promise<number> => (await fetch(`${webUrl}/healthz`)).status;

describe('the started stack', () => {
  test('opens in Chinese on a phone, accessible, and asks nothing of anybody else', () =>
    onPhone(async (phone) => {
      await phone.goto('/');
      await phone.locator('h1').first().waitFor();
      expect(await phone.locator('html').getAttribute('lang')).toBe('zh-CN');
      expect(await faultsOf(phone)).toEqual([]);
      await picture(phone, 'home-phone');
    }));

  test('opens on a desktop', () =>
    onDesktop(async (desktop) => {
      await desktop.goto('/');
      await desktop.locator('h1').first().waitFor();
      expect(await faultsOf(desktop)).toEqual([]);
      await picture(desktop, 'home-desktop');
    }));

  test('shows the phone of the sandbox', () =>
    onDesktop(async (desktop) => {
      await desktop.goto(phoneUrl);
      await desktop.locator('h1').first().waitFor();
      expect(await faultsOf(desktop)).toEqual([]);
    }));

  test('serves hashed files without the Worker, to be kept for ever, but never that one is missing', async () => {
    const page = await (await fetch(webUrl)).text();
    const script = /\/assets\/[\w-]+\.js/.exec(page)?.[0];
    const response = await fetch(new URL(script ?? 'no script', webUrl));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const missing = await fetch(new URL('/assets/gone.js', webUrl));
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  test('documents are the pages’ alone', async () => {
    for (const path of [
      '/pages/shell.html',
      '/pages/console.html',
      '/index.html',
      '/console.html',
    ]) {
      const answer = await fetch(new URL(path, webUrl));
      expect([path, answer.headers.get('content-security-policy') !== null]).toEqual([path, true]);
    }
  });

  test('a page that does not arrive is fetched anew once; then it says so, and leads on', () =>
    onPhone(async (phone) => {
      await phone.goto('/');
      tolerate(phone, /net::ERR_FAILED/);
      const missing = '**/assets/help-*.js';
      await phone.route(missing, (route) => route.abort());
      let reloads = 0;
      phone.on('load', () => (reloads += 1));
      await phone.getByRole('link', { name: '常见问题' }).click();
      await arrive(phone, '页面没有打开', 'page-failed');
      expect(reloads).toBe(1);
      await phone.unroute(missing);
      await phone.getByRole('button', { name: '再试一次' }).click();
      await arrive(phone, '常见问题', 'help-after-all');
    }));

  test('without a connection a page that did not arrive leads back, and comes when there is one again', () =>
    onPhone(async (phone) => {
      await phone.goto('/');
      tolerate(phone, /net::ERR_(?:FAILED|INTERNET_DISCONNECTED)/);
      await phone.route('**/assets/help-*.js', (route) => route.abort());
      await phone.context().setOffline(true);
      await phone.getByRole('link', { name: '常见问题' }).click();
      await arrive(phone, '页面没有打开', 'page-failed-offline');
      await phone.getByRole('button', { name: '再试一次' }).click();
      await arrive(phone, '页面没有打开', 'page-failed-again');
      await phone.goBack();
      await arrive(phone, '网上办事', 'home-offline');
      await phone.unroute('**/assets/help-*.js');
      await phone.context().setOffline(false);
      await phone.getByRole('link', { name: '常见问题' }).click();
      await arrive(phone, '常见问题', 'help-online-again');
    }));

  test('says that it is not well while the database is away, and is well again after', async () => {
    expect(await health()).toBe(200);
    await withoutDatabase(async () => {
      expect(await health()).toBeGreaterThanOrEqual(500);
    });
    expect(await health()).toBe(200);
  });
});

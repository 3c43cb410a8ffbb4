import { describe, expect, test } from 'vitest';
import {
  faultsOf,
  looksRight,
  onDesktop,
  onPhone,
  phoneUrl,
  picture,
  scriptOf,
  tolerate,
  webUrl,
  withoutDatabase,
} from '../harness.ts';
import { arrive, fillDocument } from '../pages.ts';
import { citizens, password } from '../people.ts';

const health = async (): Promise<number> => (await fetch(`${webUrl}/healthz`)).status;

describe('the started stack', () => {
  test('opens in Chinese on a phone, accessible, and asks nothing of anybody else', () =>
    onPhone(async (phone) => {
      await phone.goto('/');
      await phone.locator('h1').first().waitFor();
      await expect.poll(() => phone.mainFrame().locator('html').getAttribute('lang')).toBe('zh-CN');
      await expect.poll(() => faultsOf(phone)).toEqual([]);
      await picture(phone, 'home-phone');
    }));

  test('opens on a desktop', () =>
    onDesktop(async (desktop) => {
      await desktop.goto('/');
      await desktop.locator('h1').first().waitFor();
      await expect.poll(() => faultsOf(desktop)).toEqual([]);
      await picture(desktop, 'home-desktop');
    }));

  test('shows the phone of the sandbox', () =>
    onDesktop(async (desktop) => {
      await desktop.goto(phoneUrl);
      await desktop.locator('h1').first().waitFor();
      await expect.poll(() => faultsOf(desktop)).toEqual([]);
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
      const missing = scriptOf('src/about/help.tsx');
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
      await phone.route(scriptOf('src/about/help.tsx'), (route) => route.abort());
      await phone.context().setOffline(true);
      await phone.getByRole('link', { name: '常见问题' }).click();
      await arrive(phone, '页面没有打开', 'page-failed-offline');
      await phone.getByRole('button', { name: '再试一次' }).click();
      await arrive(phone, '页面没有打开', 'page-failed-again');
      await phone.goBack();
      await arrive(phone, '网上办事', 'home-offline');
      await phone.unroute(scriptOf('src/about/help.tsx'));
      await phone.context().setOffline(false);
      await phone.getByRole('link', { name: '常见问题' }).click();
      await arrive(phone, '常见问题', 'help-online-again');
    }));

  test('a page that was open over a release loads again, and keeps what was typed', () =>
    onPhone(async (phone) => {
      const [citizen] = await citizens();
      if (citizen === undefined) throw new Error('The sandbox has no citizens.');
      await phone.goto('/register/document');
      await fillDocument(phone, citizen, 'zh');
      await phone.route(
        '**/trpc/registration.saveDocument',
        (route) =>
          route.continue({ headers: { ...route.request().headers(), 'x-page-version': '1' } }),
        { times: 1 },
      );
      const reloaded = phone.waitForEvent('load');
      await phone.getByRole('button', { name: '继续' }).click();
      await reloaded;
      await phone.getByRole('alert').getByText('本站更新过').waitFor();
      await expect
        .poll(() => phone.getByLabel('证件号码', { exact: true }).inputValue())
        .toContain(citizen.number.slice(-4));
      await looksRight(phone, 'kept-over-a-release');
      await phone.getByRole('button', { name: '继续' }).click();
      await arrive(phone, '设置密码', 'after-a-release');
    }));

  test('a browser that keeps no cookies is told so, and what was typed stays', () =>
    onPhone(async (phone) => {
      const [citizen] = await citizens();
      if (citizen === undefined) throw new Error('The sandbox has no citizens.');
      // The answers come without their cookies, as to a browser that keeps none.
      await phone.route(/\/trpc\//, async (route) => {
        const { cookie: _, ...headers } = await route.request().allHeaders();
        const method = route.request().method();
        const body = route.request().postData();
        const answer = await fetch(route.request().url(), { method, body, headers });
        await route.fulfill({
          status: answer.status,
          headers: { 'content-type': 'application/json' },
          body: await answer.text(),
        });
      });
      await phone.goto('/register/document');
      await fillDocument(phone, citizen, 'zh');
      await phone.getByRole('button', { name: '继续' }).click();
      await phone.getByLabel('再输入一次密码').fill(password);
      await phone.getByLabel('密码', { exact: true }).fill(password);
      await phone.getByRole('button', { name: '继续' }).click();
      await phone.getByRole('alert').getByText('没有保存本网站的 Cookie').waitFor();
      await expect
        .poll(() => phone.getByLabel('密码', { exact: true }).inputValue())
        .toBe(password);
      await looksRight(phone, 'no-cookies');
    }));

  test('says that it is not well while the database is away, and is well again after', async () => {
    await expect.poll(() => health()).toBe(200);
    await withoutDatabase(async () => {
      await expect.poll(() => health()).toBeGreaterThanOrEqual(500);
    });
    await expect.poll(() => health()).toBe(200);
  });
});

import { describe, expect, test } from 'vitest';
import { axe, onDesktop, onPhone, phoneUrl, picture, webUrl, withoutDatabase } from '../harness.ts';

const health = async (): Promise<number> => (await fetch(`${webUrl}/healthz`)).status;

describe('the started stack', () => {
  test('opens in Chinese on a phone, accessible, and asks nothing of anybody else', () =>
    onPhone(async (phone) => {
      await phone.goto('/');
      await phone.locator('h1').first().waitFor();
      expect(await phone.locator('html').getAttribute('lang')).toBe('zh-CN');
      expect(await axe(phone)).toEqual([]);
      await picture(phone, 'home-phone');
    }));

  test('opens on a desktop', () =>
    onDesktop(async (desktop) => {
      await desktop.goto('/');
      await desktop.locator('h1').first().waitFor();
      expect(await axe(desktop)).toEqual([]);
      await picture(desktop, 'home-desktop');
    }));

  test('shows the phone of the sandbox', () =>
    onDesktop(async (desktop) => {
      await desktop.goto(phoneUrl);
      await desktop.locator('h1').first().waitFor();
      expect(await axe(desktop)).toEqual([]);
    }));

  test('serves hashed files without the Worker, to be kept for ever', async () => {
    const page = await (await fetch(webUrl)).text();
    const script = /\/assets\/[\w-]+\.js/.exec(page)?.[0];
    const response = await fetch(new URL(script ?? 'no script', webUrl));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(new URL('/assets/gone.js', webUrl))).status).toBe(404);
  });

  test('says that it is not well while the database is away, and is well again after', async () => {
    expect(await health()).toBe(200);
    await withoutDatabase(async () => {
      expect(await health()).toBeGreaterThanOrEqual(500);
    });
    expect(await health()).toBe(200);
  });
});

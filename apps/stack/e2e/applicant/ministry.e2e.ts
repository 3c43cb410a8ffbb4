import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { looksRight, onDesktop, onPhone, phoneUrl, tolerate } from '../harness.ts';
import { arrive, registerOnPages, signInOnPage } from '../pages.ts';
import { citizenAs, citizens, password, registered } from '../people.ts';

const setMinistry = (mode: string) =>
  fetch(`${phoneUrl}/control/ministry`, { method: 'POST', body: JSON.stringify({ mode }) });

/** From our page to the ministry, where one chooses who one is. */
async function goToMinistry(page: Page, name: string): Promise<void> {
  // What the ministry's page loads is not ours.
  tolerate(page, new RegExp(`127\\.0\\.0\\.1:${new URL(phoneUrl).port}`));
  await page.getByRole('button', { name: '前往教育部登录' }).click();
  await page.getByRole('heading', { name: '教育部统一身份认证（沙箱）' }).waitFor();
  await page.getByRole('button', { name }).click();
}

test('T-REG-15: a person finds the ministry down, comes from it, registers, and is signed in by it the next time', () =>
  onPhone(async (page) => {
    const citizen = (await citizens()).find(({ name }) => name === '林知远');
    if (citizen === undefined) throw new Error('there is no such citizen');
    await page.goto('/login');
    await page.getByRole('link', { name: '教育部账号登录' }).click();
    await arrive(page, '教育部账号登录', 'ministry');
    tolerate(page, /status of 503/);
    await setMinistry('down');
    await page.getByRole('button', { name: '前往教育部登录' }).click();
    await page.getByText('教育部账号登录暂时无法使用').waitFor();
    await looksRight(page, 'ministry-down');
    await setMinistry('working');
    await goToMinistry(page, '取消');
    await page.getByText('没有在教育部账号那里完成登录').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await goToMinistry(page, citizen.name);
    await arrive(page, '关联账号', 'ministry-arrived');
    await page.getByRole('link', { name: '我没有账号，去注册' }).click();
    await page.getByRole('link', { name: '开始注册' }).click();
    await page.getByText('已填好教育部账号提供的信息').waitFor();
    await expect
      .poll(() => page.getByLabel('姓名', { exact: true }).inputValue())
      .toBe(citizen.name);
    await looksRight(page, 'ministry-registers');
    await registerOnPages(page, citizen, 'zh');

    await page.context().clearCookies({ name: '__Host-session' });
    await page.goto('/login/ministry');
    // The ministry still knows them.
    await page.getByRole('button', { name: '前往教育部登录' }).click();
    await page.waitForURL('**/account/profile');
  }));

test('T-REG-15: somebody with an account links it, and proves who they are to unlink it', () =>
  onDesktop(async (page) => {
    const person = await citizenAs('许静姝');
    await registered(person);
    await page.goto('/login/ministry');
    await goToMinistry(page, person.document.name);
    await page.getByRole('link', { name: '我有账号，登录后关联' }).click();
    await page.getByRole('heading', { level: 1, name: '登录', exact: true }).waitFor();
    await signInOnPage(page, person.document.number, 'zh');
    await page.getByText('关联到现在登录的账号').waitFor();
    await looksRight(page, 'ministry-link');
    await page.getByRole('button', { name: '关联', exact: true }).click();
    await page.getByText('可以用教育部账号登录这个账号').waitFor();
    await arrive(page, '教育部账号', 'ministry-linked');

    await page.context().clearCookies({ name: '__Host-session' });
    await page.goto('/login/ministry');
    await page.getByRole('button', { name: '前往教育部登录' }).click();
    await page.waitForURL(({ pathname }) => pathname === '/');
    await page.goto('/account/ministry');
    await page.getByRole('button', { name: '解除关联' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '解除关联' }).click();
    // Who was signed in by the ministry has proved nothing here.
    await page.getByLabel('登录密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByText('已解除关联').waitFor();
    await looksRight(page, 'ministry-unlinked');
  }));

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import { looksRightInBoth, looksRightOnBoth, onDesktop, onPhone, picture } from '../harness.ts';
import { fillDate, solveByComputing, termOf } from '../pages.ts';
import { citizens, password } from '../people.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test(
  'S-REG-09: an agency prints a first password; the person opens an account with it, signs in with the number, and comes back by another',
  { timeout: 480_000 },
  async () => {
    const citizen = (await citizens()).find(({ name }) => name === '林知远');
    if (citizen === undefined) throw new Error('there is no such citizen');
    const { name, number } = citizen;
    const slips: string[] = [];
    const hand = () =>
      onDesktop(async (page) => {
        await signInStaff(page, 'agency', '兵役一', '110199');
        await page.goto('/console');
        await page.getByRole('heading', { level: 1, name: '初始密码' }).waitFor();
        const isFirst = slips.length === 0;
        if (isFirst) {
          await page.getByText('本机关还没有办理过').waitFor();
          await button(page, '生成密码单').click();
          await page.getByText('请当面核对本人的居民身份证').first().waitFor();
          await looksRightOnBoth(page, 'agency-new');
        }
        await page.getByLabel('姓名', { exact: true }).fill(name);
        await page.getByLabel('居民身份证号码', { exact: true }).fill(number);
        await page.getByRole('checkbox', { name: /本人到场/ }).check();
        await button(page, '生成密码单').click();
        await page.getByText('打印时才显示').waitFor();
        const secret = page.locator('.slip .print-only');
        expect(await secret.isVisible()).toBe(false);
        if (isFirst) await looksRightInBoth(page, 'agency-slip');
        await page.emulateMedia({ media: 'print' });
        await expect.poll(() => secret.isVisible()).toBe(true);
        if (isFirst) await picture(page, 'agency-slip-printed');
        slips.push((await secret.textContent()) ?? '');
        await page.emulateMedia({ media: 'screen' });
        await button(page, '已交给本人').click();
        await page.getByLabel('居民身份证号码或姓名').fill(number);
        await button(page, '查找').click();
        await page
          .getByRole('cell', { name: /等待本人使用/ })
          .last()
          .waitFor();
        if (isFirst) await looksRightInBoth(page, 'agency-list');
      });
    const take = async (page: Page, own: string, isFirst = false) => {
      await page.goto('/student/login');
      await page.getByRole('link', { name: '用征兵机关的密码单首次登录' }).click();
      await page.getByRole('heading', { level: 1, name: '首次登录' }).waitFor();
      await page.getByLabel('姓名', { exact: true }).fill(name);
      await page.getByLabel('居民身份证号码').fill(number);
      await fillDate(page, 'zh', citizen.validity.start);
      await page.getByLabel(`${termOf(citizen)} 年`, { exact: false }).check();
      await page.getByLabel('初始密码').fill(slips.at(-1) ?? '');
      await page.getByRole('checkbox').check();
      if (isFirst) await looksRightInBoth(page, 'first-sign-in');
      await button(page, '继续').click();
      await page.getByRole('heading', { level: 1, name: '设置自己的密码' }).waitFor();
      await page.getByLabel('自己的密码').fill(own);
      await page.getByLabel('再输入一次').fill(own);
      await page.getByRole('checkbox').check();
      await solveByComputing(page, 'zh');
      if (isFirst) await looksRightInBoth(page, 'own-password');
      await button(page, '设置密码并登录').click();
      await page.getByRole('alertdialog').getByText(name).waitFor();
      await button(page, '是').click();
    };
    await hand();
    await onPhone(async (page) => {
      await take(page, password, true);
      await page.getByRole('heading', { level: 1, name: '个人信息中心' }).waitFor();
      await button(page, '退出').click();
      await page.waitForURL('**/student/');
      // It works once.
      await take(page, password);
      await page.getByText('初始密码已经用过').first().waitFor();
      await page.goto('/student/login');
      await page.getByLabel('邮箱或者手机号码').fill(number);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await solveByComputing(page, 'zh');
      await page.locator('form').getByRole('button', { name: '登录', exact: true }).click();
      await page.waitForURL((url) => !url.pathname.endsWith('/login'));
      await button(page, '退出').waitFor();
    });
    await hand();
    await onPhone(async (page) => {
      await take(page, 'Kranich#47-ufer');
      await page.getByRole('heading', { level: 1, name: '个人信息中心' }).waitFor();
    });
  },
);

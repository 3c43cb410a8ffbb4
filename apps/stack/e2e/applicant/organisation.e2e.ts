import '../two-portals.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import {
  looksRightInBoth,
  looksRightOnBoth,
  mailsTo,
  onDesktop,
  onPhone,
  runScheduled,
} from '../harness.ts';
import { solveByComputing } from '../pages.ts';
import { drawJpeg } from '../photos.ts';

const path = '/student/organisation';
const code = '12110199PDY00001XT';
const email = 'office@example.org';
const password = 'Kranich#47-ufer';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test(
  'S-USR-03: an organisation sends a letter, which is approved by its look, sets a password and signs in',
  { timeout: 240_000 },
  async () => {
    let key: string[] = [];
    await onPhone(async (page) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: '单位用户登录' }).waitFor();
      await looksRightOnBoth(page, 'organisation-sign-in');
      await page.getByRole('link', { name: '注册单位用户' }).click();
      await button(page, '提交').click();
      await page.getByText('请输入统一社会信用代码').first().waitFor();
      await page.getByLabel('单位名称').fill('县第一中学');
      await page.getByLabel('统一社会信用代码').fill(code);
      await page.getByLabel('联系人姓名').fill('林知远');
      await page.getByLabel('联系人手机号码').fill('19900000031');
      await page.getByLabel('联系人邮箱').fill(email);
      await page.getByLabel('申请事项').fill('申请开通单位用户。');
      await page.getByRole('checkbox', { name: /^联系人知道并同意/ }).check();
      await page.getByRole('checkbox', { name: /^我同意/ }).check();
      const photo = await drawJpeg(page, { width: 800, height: 500, words: 'letter', grain: 0 });
      await page
        .getByLabel('选择照片')
        .setInputFiles({ name: 'letter.jpg', mimeType: 'image/jpeg', buffer: photo });
      await page.getByText('letter.jpg').waitFor();
      await solveByComputing(page, 'zh');
      await looksRightInBoth(page, 'organisation-letter');
      await button(page, '提交').click();
      await page.getByRole('heading', { level: 1, name: '申请函已提交' }).waitFor();
      key = await page.locator('dd .num').allTextContents();
    });
    await runScheduled();
    await expect.poll(async () => (await mailsTo(email)).length).toBeGreaterThan(0);
    const link = (await mailsTo(email)).at(-1)?.links.find((each) => each.includes('/tickets#'));
    await onPhone(async (page) => {
      await page.goto(link ?? '');
      await page.getByText('邮箱已确认').waitFor();
    });
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '客服五');
      await page.goto('/console/help-desk');
      await page.getByRole('link', { name: key[0] ?? '' }).click();
      await button(page, '领取这一件').click();
      await button(page, '查看完整信息和照片').click();
      await page.getByRole('img', { name: '申请函' }).waitFor();
      await page.getByText('县第一中学').waitFor();
      await looksRightOnBoth(page, 'organisation-letter-desk');
      await page.getByRole('radio', { name: '已办理' }).check();
      await page.getByLabel('给本人的答复').fill('已核对公章，请设置密码。');
      await button(page, '提交答复').click();
      await page.getByRole('heading', { level: 1, name: '帮助台' }).waitFor();
    });
    await expect
      .poll(
        async () => {
          await runScheduled();
          return (await mailsTo(email)).length;
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(1);
    await onPhone(async (page) => {
      await page.goto(`${path}/password`);
      await page.getByLabel('编号').fill(key[0] ?? '');
      await page.getByLabel('查询码').fill(key[1] ?? '');
      await page.getByLabel('密码', { exact: true }).fill(password);
      await page.getByLabel('再输入一次密码').fill(password);
      await looksRightOnBoth(page, 'organisation-password');
      await button(page, '设置密码').click();
      await page.getByText('密码已设置，请登录').waitFor();
      await page.getByLabel('统一社会信用代码').fill(code);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await solveByComputing(page, 'zh');
      await button(page, '登录').click();
      await page.getByRole('heading', { level: 1, name: '单位用户' }).waitFor();
      await looksRightInBoth(page, 'organisation-home');
      await button(page, '退出').click();
      await page.getByRole('heading', { level: 1, name: '单位用户登录' }).waitFor();
    });
  },
);

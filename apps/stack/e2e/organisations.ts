import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { mailsTo, runScheduled } from './harness.ts';
import { solveByComputing } from './pages.ts';
import { drawJpeg } from './photos.ts';

/** An organisation of the student portal, and how its account is signed in to. */
export const organisation = {
  code: '12110199PDY00001XT',
  email: 'office@example.org',
  password: 'Kranich#47-ufer',
};

/** By keyboard: a button moves under a click where the list of what was refused goes away. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).press('Enter');

/** Fills in the letter of the organisation on its page, all but sending it. */
export async function fillLetter(page: Page): Promise<void> {
  await page.getByLabel('单位名称').fill('县第一中学');
  await page.getByLabel('统一社会信用代码').fill(organisation.code);
  await page.getByLabel('联系人姓名').fill('林知远');
  await page.getByLabel('联系人手机号码').fill('19900000031');
  await page.getByLabel('联系人邮箱').fill(organisation.email);
  await page.getByLabel('申请事项').fill('申请开通单位用户。');
  await page.getByRole('checkbox', { name: /^联系人知道并同意/ }).check();
  await page.getByRole('checkbox', { name: /^我同意/ }).check();
  const buffer = await drawJpeg(page, { width: 800, height: 500, words: 'letter', grain: 0 });
  await page
    .getByLabel('选择照片')
    .setInputFiles({ name: 'letter.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByText('letter.jpg').waitFor();
  await solveByComputing(page, 'zh');
}

/** Sends it; answers its number and its code. */
export async function sendLetter(page: Page): Promise<string[]> {
  await press(page, '提交');
  await page.getByRole('heading', { level: 1, name: '申请函已提交' }).waitFor();
  return page.locator('dd .num').allTextContents();
}

/** Takes the letter that is open on the desk, and looks at it. */
export async function readLetter(page: Page): Promise<void> {
  await press(page, '领取这一件');
  await press(page, '查看完整信息和照片');
  await page.getByRole('img', { name: '申请函' }).waitFor();
}

/** Answers the letter that was read, until its organisation, which may set a password now, has been told. */
export async function answerLetter(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '已办理' }).check();
  await page.getByLabel('给本人的答复').fill('已核对公章，请设置密码。');
  await press(page, '提交答复');
  await page.getByRole('heading', { level: 1, name: '帮助台' }).waitFor();
  await expect
    .poll(
      async () => {
        await runScheduled();
        return (await mailsTo(organisation.email)).length;
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(1);
}

/** Fills in the page on which the organisation sets its password by the letter's number and code. */
export async function fillPassword(page: Page, key: readonly string[]): Promise<void> {
  await page.getByLabel('编号').fill(key[0] ?? '');
  await page.getByLabel('查询码').fill(key[1] ?? '');
  await page.getByLabel('密码', { exact: true }).fill(organisation.password);
  await page.getByLabel('再输入一次密码').fill(organisation.password);
}

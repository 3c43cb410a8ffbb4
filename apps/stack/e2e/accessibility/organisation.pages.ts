import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import { database, onDesktop, onPhone } from '../harness.ts';
import { solveByComputing } from '../pages.ts';
import { drawJpeg } from '../photos.ts';
import { ticketFor } from '../people.ts';
import { clientIn, linkTo, room } from './room.ts';

const code = '12110199PDY00001XT';
const email = 'office@example.org';
const password = 'Kranich#47-ufer';

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).press('Enter');

/** The letter of an organisation, as it is sent; answers its number and its code. */
async function sendLetter(page: Page): Promise<string[]> {
  await page.goto('/student/organisation/letter');
  await page.getByLabel('单位名称').fill('县第一中学');
  await page.getByLabel('统一社会信用代码').fill(code);
  await page.getByLabel('联系人姓名').fill('林知远');
  await page.getByLabel('联系人手机号码').fill('19900000031');
  await page.getByLabel('联系人邮箱').fill(email);
  await page.getByLabel('申请事项').fill('申请开通单位用户。');
  await page.getByRole('checkbox', { name: /^联系人知道并同意/ }).check();
  await page.getByRole('checkbox', { name: /^我同意/ }).check();
  const buffer = await drawJpeg(page, { width: 800, height: 500, words: 'letter', grain: 0 });
  await page
    .getByLabel('选择照片')
    .setInputFiles({ name: 'letter.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByText('letter.jpg').waitFor();
  await solveByComputing(page, 'zh');
  await press(page, '提交');
  await page.getByRole('heading', { level: 1, name: '申请函已提交' }).waitFor();
  return page.locator('dd .num').allTextContents();
}

test('organisation', async () => {
  let key: string[] = [];
  await onPhone(async (page) => {
    key = await sendLetter(page);
    await page.goto(await linkTo(email, '/tickets#'));
    await page.getByText('邮箱已确认').waitFor();
  });
  const [letter] = await database().all<{ id: string }>('select id from "case"');
  await room(
    'organisation-desk',
    'reviewer',
    [
      { path: `/console/tickets/${letter?.id}`, what: 'a letter that waits' },
      {
        path: `/console/tickets/${letter?.id}`,
        what: 'a letter in hand',
        isOnce: true,
        open: async (page) => {
          await press(page, '领取这一件');
          await press(page, '查看完整信息和照片');
          await page.getByRole('img', { name: '申请函' }).waitFor();
        },
      },
    ],
    (page) => signInStaff(page, 'reviewer', '客服四'),
  );
  await database().run('update "case" set holder_id = null, lease_ends_at_ms = null');
  await onDesktop(async (page) => {
    await signInStaff(page, 'reviewer', '客服五');
    await page.goto(`/console/tickets/${letter?.id}`);
    await press(page, '领取这一件');
    await press(page, '查看完整信息和照片');
    await page.getByRole('img', { name: '申请函' }).waitFor();
    await page.getByRole('radio', { name: '已办理' }).check();
    await page.getByLabel('给本人的答复').fill('已核对公章，请设置密码。');
    await press(page, '提交答复');
    await page.getByRole('heading', { level: 1, name: '帮助台' }).waitFor();
  });
  await onPhone(async (page) => {
    await page.goto('/student/organisation/password');
    await page.getByLabel('编号').fill(key[0] ?? '');
    await page.getByLabel('查询码').fill(key[1] ?? '');
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByLabel('再输入一次密码').fill(password);
    await press(page, '设置密码');
    await page.getByText('密码已设置，请登录').waitFor();
  });
  await room(
    'organisation',
    'an organisation',
    ['', '/contact', '/data', '/change-password', '/close'].map((path) => ({
      path: `/student/organisation${path}`,
    })),
    async (page) => {
      const client = clientIn(page, '/student');
      const ticket = await ticketFor(client, 'login');
      await client.organisation.signIn.mutate({ code, password, ticket });
    },
  );
  expect(key).toHaveLength(2);
});

import { readFileSync } from 'node:fs';
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
import {
  answerLetter,
  fillLetter,
  fillPassword,
  organisation,
  press,
  readLetter,
  sendLetter,
} from '../organisations.ts';
import { solveByComputing } from '../pages.ts';

const path = '/student/organisation';
const { code, email, password } = organisation;

/** What a mail to an address says of this kind, in its subject or its links, once it has come. */
async function mailed(to: string, what: RegExp): Promise<string> {
  let found = '';
  await expect
    .poll(
      async () => {
        await runScheduled();
        const mails = (await mailsTo(to)).flatMap(({ subject, links }) => [subject, ...links]);
        found = mails.flatMap((text) => what.exec(text)?.at(-1) ?? []).at(-1) ?? '';
        return found;
      },
      { timeout: 30_000 },
    )
    .not.toBe('');
  return found;
}

test(
  'S-USR-03: an organisation sends a letter, which is approved by its look, sets a password, signs in, changes its contact, takes its copy, and keeps its account',
  { timeout: 480_000 },
  async () => {
    let key: string[] = [];
    await onPhone(async (page) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: '单位用户登录' }).waitFor();
      await looksRightOnBoth(page, 'organisation-sign-in');
      await page.getByRole('link', { name: '注册单位用户' }).click();
      await press(page, '提交');
      await page.getByText('请输入统一社会信用代码').first().waitFor();
      await fillLetter(page);
      await page.getByText('请附上加盖公章的申请函照片').first().waitFor({ state: 'detached' });
      await looksRightInBoth(page, 'organisation-letter');
      key = await sendLetter(page);
    });
    await onPhone(async (page) => {
      await page.goto(await mailed(email, /.*\/tickets#.*/));
      await page.getByText('邮箱已确认').waitFor();
    });
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '客服五');
      await page.goto('/console/help-desk');
      await page.getByRole('link', { name: key[0] ?? '' }).click();
      await readLetter(page);
      await page.getByText('县第一中学').waitFor();
      await looksRightOnBoth(page, 'organisation-letter-desk');
      await answerLetter(page);
    });
    await onPhone(async (page) => {
      await page.goto(`${path}/password`);
      await fillPassword(page, key);
      await looksRightOnBoth(page, 'organisation-password');
      await press(page, '设置密码');
      await page.getByText('密码已设置，请登录').waitFor();
      await page.getByLabel('统一社会信用代码').fill(code);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await solveByComputing(page, 'zh');
      await press(page, '登录');
      await page.getByRole('heading', { level: 1, name: '单位用户', exact: true }).waitFor();
      await looksRightInBoth(page, 'organisation-home');
      await changeContact(page);
      await takeCopy(page);
      await page.goto(path);
      await closeAndKeep(page);
      await changePassword(page);
      await press(page, '退出');
      await page.getByRole('heading', { level: 1, name: '单位用户登录' }).waitFor();
    });
  },
);

const other = 'other@example.org';

async function changeContact(page: Page): Promise<void> {
  await page.getByRole('link', { name: '更换联系人' }).click();
  await page.getByRole('heading', { level: 1, name: '更换联系人' }).waitFor();
  await page.getByLabel('联系人姓名').fill('林知近');
  await page.getByLabel('联系人手机号码').fill('19900000032');
  await page.getByLabel('联系人邮箱').fill(other);
  await solveByComputing(page, 'zh');
  await press(page, '发送验证码');
  await page.getByText('请确认联系人已经知道并同意').first().waitFor();
  await page.getByText('请输入密码').first().waitFor();
  await page.getByLabel('单位的密码').fill('wrong');
  await page.getByRole('checkbox', { name: /^联系人知道并同意/ }).check();
  await press(page, '发送验证码');
  await page.getByText('现在的密码不对').first().waitFor();
  await looksRightInBoth(page, 'organisation-contact');
  await page.getByLabel('单位的密码').fill(password);
  await solveByComputing(page, 'zh');
  await press(page, '发送验证码');
  await page.getByText('ot****@example.org').first().waitFor();
  await looksRightOnBoth(page, 'organisation-contact-code');
  await page.getByLabel('验证码').fill(await mailed(other, /验证码 (\d{6})/));
  await press(page, '更换联系人');
  await page.getByRole('heading', { level: 1, name: '联系人已更换' }).waitFor();
  await page.getByRole('link', { name: '回到单位用户' }).click();
  await page.getByText('林*近').waitFor();
  await mailed(email, /单位联系人已更换/);
}

async function takeCopy(page: Page): Promise<void> {
  await page.getByRole('link', { name: '下载单位的信息' }).click();
  await page.getByRole('heading', { level: 1, name: '下载单位的信息' }).waitFor();
  await looksRightInBoth(page, 'organisation-data');
  await page.getByLabel('单位的密码').fill(password);
  const downloading = page.waitForEvent('download');
  await press(page, '下载');
  const copy = readFileSync(await (await downloading).path(), 'utf8');
  for (const word of [
    '县第一中学',
    '林知近',
    '申请开通单位用户。',
    'data:image/jpeg;base64,/9j/',
  ]) {
    expect(copy).toContain(word);
  }
  await page.getByText('已下载').waitFor();
  await onDesktop(async (reader) => {
    await reader.setContent(copy);
    await looksRightOnBoth(reader, 'organisation-copy');
  });
}

async function changePassword(page: Page): Promise<void> {
  const another = 'Zhuye-47*stone';
  await page.getByRole('link', { name: '修改密码' }).click();
  await page.getByLabel('现在的密码').fill(password);
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByLabel('再输入一次密码').fill(password);
  await press(page, '修改密码');
  await page.getByText('这个密码以前用过').first().waitFor();
  await looksRightInBoth(page, 'organisation-change-password');
  await page.getByLabel('新密码', { exact: true }).fill(another);
  await page.getByLabel('再输入一次密码').fill(another);
  await press(page, '修改密码');
  await page.getByRole('heading', { level: 1, name: '密码已修改' }).waitFor();
  await page.getByRole('link', { name: '回到单位用户' }).click();
}

async function closeAndKeep(page: Page): Promise<void> {
  await page.getByRole('link', { name: '注销单位账号' }).click();
  await page.getByLabel('单位的密码').fill(password);
  await looksRightOnBoth(page, 'organisation-close');
  await press(page, '申请注销');
  await page.getByText(/^单位账号将于 .* 注销。/).waitFor();
  await looksRightInBoth(page, 'organisation-closing');
  const link = await mailed(other, /.*\/organisation\/keep#.*/);
  await onPhone(async (phone) => {
    await phone.goto(link);
    await phone.getByText('单位账号正在等待注销').waitFor();
    await looksRightInBoth(phone, 'organisation-keep');
    await press(phone, '取消注销');
    await phone.getByRole('heading', { level: 1, name: '已取消注销' }).waitFor();
    await phone.goto('about:blank');
    await phone.goto(link);
    await press(phone, '取消注销');
    await phone.getByRole('heading', { level: 1, name: '注销已经取消' }).waitFor();
    await looksRightOnBoth(phone, 'organisation-keep-used');
  });
  await page.goto(path);
  await page.getByRole('link', { name: '注销单位账号' }).waitFor();
  await expect.poll(() => page.getByText(/^单位账号将于/).count()).toBe(0);
}

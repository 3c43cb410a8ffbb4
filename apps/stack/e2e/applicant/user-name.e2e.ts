import { expect, test } from 'vitest';
import {
  aMinuteLater,
  database,
  listens,
  looksRight,
  mailsTo,
  onPhone,
  picture,
  readCode,
} from '../harness.ts';
import { arrive, solveByComputing } from '../pages.ts';
import { newPerson, registered } from '../people.ts';
import type { Page } from 'playwright-core';

const newPassword = 'Zhuye-47*stone';

async function alsoOnDesktop(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await picture(page, `${name}-1280`);
  await page.setViewportSize({ width: 390, height: 844 });
}

test('S-PWD-01, S-USR-01: the user name is found by real-name data, and the password is reset by it', async () => {
  const person = newPerson();
  await registered(person);
  // As after a registration at this portal.
  await database().run(`update identifier set signs_in = 1 where kind in ('mobile', 'email')`);
  await onPhone(async (page) => {
    await page.goto('/student/recovery');
    await arrive(page, '忘记密码', 'user-name-start');
    await page.getByLabel('用户名', { exact: true }).fill('19900009999');
    await solveByComputing(page, 'zh');
    await page.getByRole('button', { name: '获取验证码' }).click();
    await page.getByLabel('6 位验证码').waitFor();
    // Nobody has this number, and the page says what it says of everybody's.
    await looksRight(page, 'user-name-nobody');

    await page.goto('/student/recovery');
    await page.getByRole('link', { name: '找回用户名' }).click();
    await arrive(page, '找回用户名', 'user-name-find');
    await alsoOnDesktop(page, 'user-name-find');
    await page.getByLabel('证件号码', { exact: true }).fill(person.document.number);
    await page.getByLabel('姓名', { exact: true }).fill(person.document.name);
    await solveByComputing(page, 'zh');
    await page.getByRole('button', { name: '继续' }).click();
    await arrive(page, '选一种方式收验证码', 'user-name-ways');
    await page.getByRole('button', { name: '用这种方式: 用邮件' }).click();
    await page.getByRole('heading', { level: 1, name: '用邮件' }).waitFor();
    await page.getByRole('button', { name: '发送验证码邮件' }).click();
    const field = page.getByLabel('6 位验证码');
    await field.waitFor();
    await looksRight(page, 'user-name-code');
    let code = '';
    await expect
      .poll(async () => {
        const mails = await mailsTo(person.email);
        code =
          mails.flatMap(({ subject }) => /验证码 (\d{6})/.exec(subject)?.[1] ?? []).at(-1) ?? '';
        return code;
      })
      .not.toBe('');
    await field.fill(code);
    await page.getByRole('button', { name: '看用户名' }).click();
    await arrive(page, '您的用户名', 'user-name-found');
    await page.getByText(person.email).waitFor();

    await aMinuteLater();
    await page.getByRole('link', { name: '忘记密码' }).click();
    await page.getByLabel('用户名', { exact: true }).fill(person.mobile);
    await solveByComputing(page, 'zh');
    await page.getByRole('button', { name: '获取验证码' }).click();
    await page.getByLabel('6 位验证码').fill(await readCode(person.mobile, 2));
    await page.getByLabel('再输入一次新密码').fill(newPassword);
    await page.getByLabel('新密码', { exact: true }).fill(newPassword);
    await looksRight(page, 'user-name-reset');
    await page.getByRole('button', { name: '重置密码' }).click();
    await arrive(page, '密码已重置', 'user-name-done');
    await listens(page);
  });
});

import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import {
  database,
  faultsOf,
  looksRight,
  looksRightOnBoth,
  onDesktop,
  onPhone,
  picture,
  runScheduled,
} from '../harness.ts';
import { agreeTo, arrive, signInOnPage } from '../pages.ts';
import { citizenAs, registered } from '../people.ts';

const path = '/student/account/photo-check';
const photo = fileURLToPath(
  new URL('../../../sandbox/src/record-photos/guli-graduation.jpg', import.meta.url),
);

/** The consents to number and records, the first with the agreement of this portal. */
async function consent(page: Page): Promise<void> {
  await page.getByRole('button', { name: '同意处理证件号码' }).press('Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('checkbox').press('Space');
  await dialog.getByRole('button', { name: '同意', exact: true }).press('Enter');
  await agreeTo(page, '同意查询');
}

test(
  'S-REC-02, S-REC-03: a student finds a number wrong, the school corrects it, no other school sees it, and the student confirms',
  { timeout: 480_000 },
  async () => {
    const person = await citizenAs('古丽·买买提');
    const client = await registered(person);
    const { name, validityStart, validityTerm } = person.document;
    await client.verification.verify.mutate({ name, validityStart, validityTerm });
    await onPhone(async (page) => {
      await page.goto('/login?next=/account');
      await signInOnPage(page, person.document.number, 'zh');
      await arrive(page, '个人信息中心', 'photo-check-account');
      await page.goto(path);
      await consent(page);
      await page.getByRole('button', { name: '查询校对信息' }).press('Enter');
      await page.getByRole('heading', { level: 2, name: '沙箱师范大学' }).waitFor();
      await looksRightOnBoth(page, 'photo-check');
      await page.setViewportSize({ width: 390, height: 844 });

      await page.getByRole('button', { name: '有误', exact: true }).press('Enter');
      await page.getByRole('radio', { name: /^看不到照片/ }).check();
      // X-06a: a consent of its own, before a photo is chosen.
      await looksRight(page, 'photo-check-own-photo-consent');
      await agreeTo(page, '同意把照片交给学校');
      await page.getByLabel('选一张照片检查').setInputFiles(photo);
      await page.getByText('照片符合要求').waitFor();
      await looksRight(page, 'photo-check-own-photo');
      await page.getByRole('radio', { name: /^学号、姓名或证件号码有误/ }).check();
      await page.getByRole('radio', { name: '学号', exact: true }).check();
      await page.getByRole('button', { name: '提交给学校' }).press('Enter');
      await page.getByText('请填写正确的内容').first().waitFor();
      await looksRight(page, 'photo-check-dispute');
      await page.getByLabel('正确的应当是').fill('202430010128');
      await page.getByRole('button', { name: '提交给学校' }).press('Enter');
      await page.getByText('您已提出有误').waitFor();
      await looksRight(page, 'photo-check-disputed');

      await onDesktop(async (console) => {
        await signInStaff(console, 'school', '别校老师', '99902');
        await console.goto('/console');
        await console.getByText('现在没有等待办理的异议').waitFor();
      });
      // The record named no school: nobody sees it but administrators, who see nothing of the student.
      await database().run(`update "case" set scope = '' where kind = 'record_dispute'`);
      await onDesktop(async (console) => {
        await signInStaff(console, 'school', '本校老师一', '99901');
        await console.goto('/console');
        await console.getByText('现在没有等待办理的异议').waitFor();
      });
      await onDesktop(async (console) => {
        await signInStaff(console, 'administrator', '周管理');
        await console.goto('/console/staff');
        await console.getByRole('link', { name: '1 件图像校对异议没有人可以办理' }).press('Enter');
        await console.getByRole('heading', { level: 2, name: '沙箱师范大学' }).waitFor();
        expect(await console.locator('main').innerText()).not.toContain(person.document.name);
        await console.getByRole('button', { name: '交给另一所学校' }).press('Enter');
        await console.getByRole('radio', { name: '99901' }).check();
        await looksRight(console, 'console-disputes-unclaimed');
        await console.getByRole('button', { name: '交给另一所学校' }).press('Enter');
        await console.getByText('现在没有。').waitFor();
      });
      await onDesktop(async (console) => {
        await signInStaff(console, 'school', '本校老师二', '99901');
        await console.goto('/console');
        await console.getByRole('heading', { level: 1, name: '图像校对的异议' }).waitFor();
        await console.locator('tbody a').waitFor();
        await looksRight(console, 'console-disputes');
        await console.locator('tbody a').press('Enter');
        await console.getByRole('button', { name: '办理' }).press('Enter');
        await console.getByRole('button', { name: '放回' }).waitFor();
        await console.getByRole('button', { name: '显示全部信息和照片' }).press('Enter');
        await console.getByRole('img', { name: '毕业照片' }).waitFor();
        await looksRight(console, 'console-dispute');
        await console.getByRole('radio', { name: /^已更正/ }).check();
        await console.getByLabel('给学生的答复').fill('学号已更正，请重新校对。');
        await console.getByRole('button', { name: '答复', exact: true }).press('Enter');
        await console.getByRole('button', { name: '撤销答复' }).waitFor();
        await picture(console, 'console-dispute-answered');
      });
      await database().run('update "case" set settles_at_ms = 1 where status = \'deciding\'');
      await runScheduled();

      await page.reload();
      await page.getByText('学校已更正').waitFor();
      // The authority has taken the correction.
      await page.getByRole('button', { name: '重新查询' }).press('Enter');
      await page.getByText('202430010128').waitFor();
      await page.getByRole('button', { name: '正确', exact: true }).press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await looksRight(page, 'photo-check-confirm');
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: '确认，完全正确' })
        .press('Enter');
      await page.getByText('学校重新开放以前不能再改').waitFor();
      await page.getByRole('radio', { name: /^5 星/ }).check();
      await page.getByRole('button', { name: '提交评价' }).press('Enter');
      await page.getByText('您的评价：5 星').waitFor();
      await looksRight(page, 'photo-check-rated');
      await onDesktop(async (console) => {
        await signInStaff(console, 'school', '本校老师三', '99901');
        await console.goto('/console');
        await console.getByLabel('学生的证件号码').fill(person.document.number);
        await console.getByLabel('学生的证件号码').press('Enter');
        await console.getByRole('button', { name: '重新开放' }).press('Enter');
        await console.getByText('已重新开放，并通知了学生').waitFor();
        await looksRight(console, 'console-dispute-reopened');
      });
      await page.reload();
      await page.getByRole('button', { name: '正确', exact: true }).waitFor();
      await page.goto('/student/account/records');
      await page.getByRole('button', { name: '查询招生录取' }).press('Enter');
      await page.getByText('当批次录取截止还不满一个月').waitFor();
      await page.getByRole('button', { name: '查询学籍' }).press('Enter');
      await page.getByText('202430010128').waitFor();
      await looksRight(page, 'student-records');
    });
    await onDesktop(
      async (page) => {
        await page.goto('/login?next=/account');
        await signInOnPage(page, person.document.number, 'zh');
        await arrive(page, '个人信息中心', 'photo-check-account-desk');
        await page.goto(path);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByText('Student number', { exact: true }).waitFor();
        await page.reload();
        await page.getByText('Student number', { exact: true }).waitFor();
        await looksRight(page, 'photo-check-en-dark');
        await page.setViewportSize({ width: 320, height: 640 });
        await page.evaluate(() => document.documentElement.classList.add('large', 'larger'));
        await expect.poll(() => faultsOf(page)).toEqual([]);
      },
      { colorScheme: 'dark' },
    );
  },
);

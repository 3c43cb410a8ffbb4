import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  faultsOf,
  looksRight,
  looksRightOnBoth,
  onDesktop,
  onPhone,
  withRecords,
} from '../harness.ts';
import { agreeTo, arrive, signInOnPage } from '../pages.ts';
import { citizenAs, type Person, registered } from '../people.ts';

async function signIn(page: Page, { document }: Person): Promise<void> {
  await page.goto('/login?next=/account');
  await signInOnPage(page, document.number, 'zh');
  await arrive(page, '个人信息中心', 'records-account');
}

const section = (page: Page, name: string) =>
  page.locator('section', {
    has: page.mainFrame().getByRole('heading', { level: 2, name, exact: true }),
  });

test(
  'T-PRO-07: in 个人信息中心 a person sees what each authority holds, with its source and time, once verified and asked',
  { timeout: 480_000 },
  async () => {
    const person = await citizenAs('林知远');
    const client = await registered(person);
    await onPhone(async (page) => {
      await signIn(page, person);
      // Nobody whose name and number were only typed.
      await page.getByText('这些信息只给通过实名核验的本人看').waitFor();
      for (const name of [
        '个人身份信息',
        '教师资格考试信息',
        '普通话证书信息',
        '学历学籍信息',
        '学位证书信息',
        '教师资格证书信息',
      ]) {
        await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
      }
      const { name, validityStart, validityTerm } = person.document;
      await client.verification.verify.mutate({ name, validityStart, validityTerm });
      await page.goto('/account');
      await agreeTo(page, '同意查询');
      await page.getByText('今天还可以查询 12 次').waitFor();
      await looksRight(page, 'records-never');

      const putonghua = section(page, '普通话证书信息');
      await withRecords('down', async () => {
        await putonghua.getByRole('button', { name: '查询普通话证书' }).press('Enter');
        await putonghua.getByText('这次没有连接上主管机构，不计次数').waitFor();
        await looksRight(page, 'records-unreachable');
      });
      await putonghua.getByRole('button', { name: '重新查询普通话证书' }).press('Enter');
      await putonghua.getByText('二级甲等').waitFor();
      await putonghua.getByText('来源：普通话水平测试机构').waitFor();
      await page.getByText('今天还可以查询 11 次').waitFor();

      const education = section(page, '学历学籍信息');
      await education.getByRole('button', { name: '查询学历' }).press('Enter');
      await education.getByText('沙箱职业技术学院').waitFor();
      await expect.poll(() => education.getByText('第 2 条，共 2 条').count()).toBe(1);
      await education.getByRole('button', { name: '查询学籍' }).press('Enter');
      await education.getByText('不在籍（毕业）').waitFor();
      expect(await page.locator('main').innerText()).not.toContain(person.document.number);
      const certificate = section(page, '教师资格证书信息');
      await certificate.getByRole('button', { name: '查询教师资格证书' }).press('Enter');
      await certificate.getByText('没有教师资格证书信息').waitFor();
      await looksRightOnBoth(page, 'records-found');

      // Withdrawn, it is gone; the page notices with the next question.
      await client.data.withdrawConsent.mutate({ kind: 'records' });
      await education.getByRole('button', { name: '重新查询学历' }).press('Enter');
      await page.getByRole('button', { name: '同意查询' }).waitFor();
      await expect.poll(() => page.getByText('沙箱职业技术学院').count()).toBe(0);
      await client.data.giveConsent.mutate({ kind: 'records', hasAgreed: false });
      await client.records.refresh.mutate({ kind: 'qualification' });
    });
    await onDesktop(
      async (page) => {
        await signIn(page, person);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByText('Source: the authority for student records').waitFor();
        await page.reload();
        await page.getByText('Source: the authority for student records').waitFor();
        await looksRight(page, 'records-en-dark');
        await page.setViewportSize({ width: 320, height: 640 });
        await page.evaluate(() => document.documentElement.classList.add('large', 'larger'));
        await expect.poll(() => faultsOf(page)).toEqual([]);
      },
      { colorScheme: 'dark' },
    );
  },
);

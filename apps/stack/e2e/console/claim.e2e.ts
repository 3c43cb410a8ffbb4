import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { looksRightOnBoth, onDesktop, onPhone } from '../harness.ts';
import { newPerson, type Person } from '../people.ts';
import { drawJpeg } from '../photos.ts';
import { chooseHousehold, registerStudent, signInStudent } from '../students.ts';
import { settleDecisions } from './requests.ts';
import { signInStaff } from './staff.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function see(page: Page, name: string): Promise<void> {
  await looksRightOnBoth(page, `claim-${name}`);
  await page.setViewportSize({ width: 390, height: 844 });
}

async function fillIdentity(page: Page, { document }: Person): Promise<void> {
  const { name, number, validityStart, validityTerm } = document;
  await page.getByLabel('居民身份证', { exact: false }).first().check();
  await page.getByLabel('姓名', { exact: true }).fill(name);
  await page.getByLabel('证件号码', { exact: true }).fill(number);
  await page.getByLabel('年', { exact: true }).fill(validityStart.year);
  await page.getByLabel('月', { exact: true }).fill(validityStart.month);
  await page.getByLabel('日', { exact: true }).fill(validityStart.day);
  await page.getByLabel(`${validityTerm} 年`, { exact: false }).check();
  await chooseHousehold(page);
  await page.getByLabel(/我同意为注册和核验身份/).check();
}

/** Takes the claim, looks, and finds that the number is the claimant's. */
async function approve(page: Page, name: string, picture: string): Promise<void> {
  await signInStaff(page, picture === 'first' ? 'reviewer' : 'senior', name);
  await page.goto('/console/claims');
  await page.locator('table.list a').first().waitFor();
  await looksRightOnBoth(page, `claims-${picture}`);
  await page.locator('table.list a').first().click();
  await button(page, '领取这一件').click();
  await button(page, '显示号码和照片').click();
  await page.getByRole('img', { name: '申请人手持证件的照片' }).waitFor();
  await looksRightOnBoth(page, `claim-case-${picture}`);
  await button(page, '提交决定').click();
  await page.getByRole('radio', { name: /^号码归申请人/ }).check();
  await page.getByLabel('给申请人的说明').fill('照片清楚，和证件一致。');
  await button(page, '提交决定').click();
  await page.getByText('没有等待审核的申请。').waitFor();
}

test(
  'S-DUP-02 to 04: a number with two accounts: a photo, an objection, and two persons to whom it belongs',
  { timeout: 480_000 },
  async () => {
    const [holder, person] = [newPerson(), newPerson()];
    const account = await registerStudent({ mobile: holder.mobile });
    await account.identity.give.mutate({ ...holder.document, name: '林一周' });
    await registerStudent({ mobile: person.mobile });

    await onPhone(async (page) => {
      await signInStudent(page, person.mobile, '/account/identity');
      await fillIdentity(page, { ...person, document: holder.document });
      await button(page, '确定').press('Enter');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: '是', exact: true }).press('Enter');
      await page.getByText('证件号码已被注册').waitFor();
      await see(page, 'number-taken');
      await button(page, '申请这个号码').press('Enter');
      await dialog.getByRole('button', { name: '是', exact: true }).press('Enter');
      await page.waitForURL('**/student/account/number');
      await page.getByRole('heading', { level: 1, name: '证件号码' }).waitFor();
      await see(page, 'open');

      await button(page, '提交审核').press('Enter');
      await page.getByText('请选择一张能打开的').first().waitFor();
      await see(page, 'faults');
      const photo = await drawJpeg(page, { width: 1200, height: 900, words: 'holding', grain: 0 });
      await page
        .getByLabel('选择照片')
        .setInputFiles({ name: 'holding.jpg', mimeType: 'image/jpeg', buffer: photo });
      await page.getByText('holding.jpg').waitFor();
      await page.getByRole('checkbox', { name: /我同意把照片交给审核员/ }).check();
      await page.getByRole('checkbox', { name: /我知道审核通过会影响/ }).check();
      await button(page, '提交审核').press('Enter');
      await page.getByText('客服正在审核，最晚').first().waitFor();
      await page.getByText('对方提出异议，最晚').waitFor();
      await see(page, 'in-review');
    });

    await onDesktop(
      async (page) => {
        await signInStudent(page, holder.mobile, '/account/number');
        await page.getByText('另一个账号申请使用您的证件号码').waitFor();
        await see(page, 'asked-for-dark');
        await page.getByRole('button', { name: 'English' }).press('Enter');
        await page.getByRole('heading', { level: 1, name: /number/ }).waitFor();
        await see(page, 'asked-for-dark-en');
        await page.getByRole('button', { name: '中文' }).press('Enter');
        await button(page, '号码是我的，提出异议').press('Enter');
        await page.getByText('您提出了异议').waitFor();
      },
      { colorScheme: 'dark' },
    );

    await onDesktop((page) => approve(page, '客服五', 'first'));
    await settleDecisions();
    await onDesktop((page) => approve(page, '高级六', 'second'));
    await settleDecisions();

    await onPhone(async (page) => {
      await signInStudent(page, person.mobile, '/account/number');
      await page.getByText('号码已归您的账号').waitFor();
      await see(page, 'moved');
    });

    // S-DUP-06a: within 30 days two members of the staff restore the closed account, and the number goes back in one act.
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '客服七');
      await page.goto('/console/help-desk');
      await page.getByLabel('证件号码、手机号码、邮箱或审核编号').fill(holder.mobile);
      await page.keyboard.press('Enter');
      await page.getByLabel('依据').fill('当面核对过证件原件');
      await expect.poll(() => page.getByText('本人已申请注销').count()).toBe(0);
      await looksRightOnBoth(page, 'claim-closed-account');
      await button(page, '恢复账号').press('Enter');
      await page.getByText('已登记，等另一位高级审核员复核').waitFor();
    });
    await onDesktop(async (page) => {
      await signInStaff(page, 'senior', '高级八');
      await page.goto('/console/help-desk');
      await button(page, '复核 林*周 的更正').press('Enter');
      await page.getByText('当面核对过证件原件').waitFor();
      await looksRightOnBoth(page, 'claim-undo');
      await button(page, '同意更正').press('Enter');
      await page.getByText('没有等待复核的更正').waitFor();
    });
    await onPhone(async (page) => {
      await signInStudent(page, holder.mobile, '/account/number');
      await page.getByText('号码已归还您的账号').waitFor();
      await see(page, 'given-back');
    });
    await onPhone(
      async (page) => {
        await signInStudent(page, person.mobile, '/account/number');
        await page.getByText('号码已归还原来的账号').waitFor();
        expect(await page.getByText('照片清楚，和证件一致。').count()).toBe(0);
        await see(page, 'undone');
        // S-LOG-02: to whom nothing is open.
        await page.goto('/student/services/archive');
        await page.getByRole('heading', { level: 1, name: '现在还不能办理' }).waitFor();
        await see(page, 'gate-dark');
      },
      { colorScheme: 'dark' },
    );
  },
);

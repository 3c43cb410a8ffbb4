import { readFileSync } from 'node:fs';
import { caseDecisionTable, caseReasonTable, caseTable } from '@shiming/db';
import { reasonCodes } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  database,
  looksRightOnBoth,
  mailsTo,
  provingLink,
  onDesktop,
  onPhone,
  picture,
  runScheduled,
} from '../harness.ts';
import { signInOnPage } from '../pages.ts';
import { newPerson, registered } from '../people.ts';
import { signInStaff } from './staff.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function inBoth(page: Page, name: string): Promise<void> {
  await looksRightOnBoth(page, name);
  await button(page, 'English').click();
  await button(page, '中文').waitFor();
  await looksRightOnBoth(page, `${name}-en`);
  await button(page, '中文').click();
}

const subjectsTo = async (address: string): Promise<string> =>
  (await mailsTo(address)).map(({ subject }) => subject).join();

async function find(page: Page, number: string): Promise<void> {
  await page.goto('/console/help-desk');
  await page.getByLabel('证件号码、手机号码、邮箱或审核编号').fill(number);
  await page.keyboard.press('Enter');
}

test(
  'T-CON-08: found by number, looked at with a reason, corrected by two; the holder reads who looked and takes it back',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    const after = `new-${person.email}`;
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '客服一');
      await find(page, '林一舟');
      await page.getByText('不能按姓名查找账号').waitFor();
      await inBoth(page, 'help-desk');
      await find(page, person.document.number);
      await page.getByRole('heading', { level: 1, name: '账号' }).waitFor();
      await page.getByText('林*舟').waitFor();
      expect(page.url()).not.toContain(person.document.number);
      expect(await page.locator('main').textContent()).not.toContain(person.mobile);
      await inBoth(page, 'help-desk-account');

      await button(page, '显示手机号码').click();
      await button(page, '查看').click();
      await page.getByText('请写明原因，至少').waitFor();
      await page.getByLabel('事由').fill(`来电号码 ${person.mobile}`);
      await page.getByText('不要写姓名').first().waitFor();
      await looksRightOnBoth(page, 'help-desk-reveal');
      await page.getByLabel('事由').fill('核对来电人，工单 1234');
      await button(page, '查看').click();
      await page.getByText(person.mobile).waitFor();

      await button(page, '提交更正').click();
      await page.getByText('请写明核对了什么证明').waitFor();
      await looksRightOnBoth(page, 'help-desk-correction-refused');
      await page.getByLabel('更正哪一项').selectOption({ label: '安全邮箱' });
      await page.getByLabel('更正为').fill(after);
      await page.getByLabel('核对了什么证明').fill('看过身份证原件和本人照片');
      await button(page, '提交更正').click();
      await page.getByText('已登记，等另一位高级审核员复核').waitFor();
    });

    await onDesktop(async (page) => {
      await signInStaff(page, 'senior', '高级一');
      await page.goto('/console/help-desk');
      await button(page, '复核 林*舟 的更正').click();
      await page.getByText(after).waitFor();
      await page.getByText('看过身份证原件和本人照片').waitFor();
      await looksRightOnBoth(page, 'help-desk-check');
      await button(page, '同意更正').click();
      await page.getByText('已更正，已通知本人').waitFor();
      await page.getByText('没有等待复核的更正').waitFor();
    });

    await runScheduled();
    let undo = '';
    await expect
      .poll(async () => {
        const links = (await mailsTo(person.email)).flatMap((mail) => mail.links);
        undo = links.find((link) => link.includes('/undo#')) ?? '';
        return undo;
      })
      .not.toBe('');
    expect(await subjectsTo(person.email)).toContain('安全邮箱已修改');
    await provingLink(after);
    expect(await mailsTo(after)).toEqual([]);

    await onPhone(async (page) => {
      await page.goto('/account/security');
      await signInOnPage(page, person.document.number, 'zh');
      await page.getByText('审核员查看了手机号码，原因：核对来电人').waitFor();
      await page.getByText('高级审核员查看了登记的更正').waitFor();
      await page.getByText('客服更正了资料').waitFor();
      await picture(page, 'help-desk-history-390');
      await page.goto(undo);
      await page.getByRole('heading', { level: 1 }).waitFor();
    });
  },
);

test(
  'an account is suspended by one and restored by two; its holder reads why, and how to object',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    const { number } = person.document;
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '客服三');
      await find(page, number);
      await button(page, '停用账号').click();
      await page.getByText('请选择停用的原因').waitFor();
      await page.getByRole('radio', { name: '可能有他人在使用' }).check();
      await page.getByLabel('依据').fill('本人来电，账号被盗，工单 77');
      await button(page, '停用账号').click();
      await button(page, '恢复账号').waitFor();
      await inBoth(page, 'help-desk-suspended');
    });
    const signIn = async (page: Page) => {
      await page.goto('/login');
      await signInOnPage(page, number, 'zh');
    };
    await onPhone(async (page) => {
      await signIn(page);
      await page.getByText('这个账号已停用').waitFor();
      await looksRightOnBoth(page, 'login-suspended');
    });
    await runScheduled();
    await expect.poll(() => subjectsTo(person.email)).toContain('账号已停用');
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '客服四');
      await find(page, number);
      await page.getByLabel('依据').fill('核对过身份证原件，密码已换');
      await button(page, '恢复账号').click();
      await page.getByText('已登记，等另一位高级审核员复核').waitFor();
    });
    await onDesktop(async (page) => {
      await signInStaff(page, 'senior', '高级三');
      await page.goto('/console/help-desk');
      await button(page, '复核 林*舟 的更正').click();
      await page.getByText('核对过身份证原件，密码已换').waitFor();
      await picture(page, 'help-desk-restore');
      await button(page, '同意更正').click();
      await page.getByText('没有等待复核的更正').waitFor();
    });
    await onPhone(async (page) => {
      await signIn(page);
      await page.waitForURL((url) => !url.pathname.endsWith('/login'));
    });
  },
);

test(
  'T-CON-07: statistics as charts, as tables and as a file; the days stand in the address',
  { timeout: 480_000 },
  async () => {
    const dayMs = 86_400_000;
    const nowMs = Date.now();
    const outcomes = ['approve', 'approve', 'reject', 'return'] as const;
    const db = database();
    // The numbers are of this journey's cases alone.
    for (const table of ['case_reason', 'case_decision', 'case']) {
      await db.run(`delete from "${table}"`);
    }
    await onDesktop(async (page) => {
      await signInStaff(page, 'senior', '高级二');
      await page.goto('/console/statistics');
      await page.getByRole('heading', { level: 1, name: '统计' }).waitFor();
      await page.getByText('这段时间没有数据').first().waitFor();
      await looksRightOnBoth(page, 'statistics-empty');

      for (let index = 0; index < 60; index += 1) {
        const id = `drawn-${nowMs}-${index}`;
        const submittedAtMs = nowMs - ((index * 7) % 29) * dayMs - index * 60_000;
        const endedAtMs = Math.min(nowMs, submittedAtMs + dayMs);
        const outcome = outcomes[index % 4] ?? 'approve';
        await db.insert(caseTable).values({
          id,
          accountId: id,
          portal: 'teacher',
          caseNumber: id,
          status: outcome === 'reject' ? 'rejected' : 'approved',
          stage: 'first',
          documentType: 'resident_identity_card',
          channel: 'inbox',
          flags: [],
          createdAtMs: submittedAtMs,
          submittedAtMs,
          endedAtMs,
          dueAtMs: submittedAtMs + (index % 9 === 0 ? 0 : 9) * dayMs,
          keyId: 'v1',
        });
        await db.insert(caseDecisionTable).values({
          id,
          caseId: id,
          round: 1,
          stage: 'first',
          reviewerId: `gone-${index % 3}`,
          outcome,
          caseVersion: 1,
          takenAtMs: endedAtMs - (index + 20) * 3_000,
          decidedAtMs: endedAtMs,
        });
        if (outcome === 'approve') continue;
        await db.insert(caseReasonTable).values({
          id,
          decisionId: id,
          place: 0,
          code: reasonCodes[index % 7] ?? 'photo_unclear',
          item: 'a',
          atMs: endedAtMs,
          keyId: 'v1',
        });
      }
      await button(page, '近 30 天').click();
      await page.waitForURL(/from=/);
      await page.getByText('已离开的人员').first().waitFor();
      await inBoth(page, 'statistics');
      await page.getByText('看表格').first().click();
      await page.getByRole('table', { name: '每天收到和办结' }).waitFor();
      const downloading = page.waitForEvent('download');
      await button(page, '下载 CSV：每天收到和办结').click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^flow-[\d-]+\.csv$/);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text).toMatch(/^\ufeff日期,收到,办结,其中通过,其中不通过,撤回或过期\r\n/);
      expect(text.trim().split('\r\n')).toHaveLength(31);
      // What had not ended on each day, as a chart, a table and a file of its own.
      await page.getByRole('img', { name: '每天的积压' }).waitFor();
      await page.getByText('看表格').nth(1).click();
      const backlog = page.getByRole('table', { name: '每天的积压' });
      await expect.poll(() => backlog.locator('tbody tr').count()).toBe(30);
      await page.getByRole('columnheader', { name: '被改判' }).waitFor();
      await page.getByLabel('从').fill('2026-01-01');
      await button(page, '查看').click();
      await page.getByText('一次最多看 92 天').waitFor();
      await looksRightOnBoth(page, 'statistics-refused');
    });
  },
);

test(
  'T-CON-06: the audit by account, actor and action, and the check of its chain',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    await runScheduled();
    await onDesktop(async (page) => {
      await signInStaff(page, 'auditor', '审计一');
      await page.goto('/console');
      await page.getByRole('heading', { level: 1, name: '审计' }).waitFor();
      await page.getByLabel('账号', { exact: true }).fill(person.document.number);
      await button(page, '查找').click();
      await page.waitForURL(/accountId=/);
      expect(page.url()).not.toContain(person.document.number);
      await expect.poll(() => page.locator('table').getByText('注册了账号').count()).toBe(1);
      await inBoth(page, 'audit');
      await page.getByLabel('操作').fill('audit');
      await button(page, '查找').click();
      await page.waitForURL(/action=audit/);
      await page.locator('table').getByText('查看了审计记录').first().waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '导出 CSV' }).click(),
      ]);
      const csv = readFileSync(await file.path(), 'utf8');
      expect(csv).toMatch(/^\ufeff时间,谁,操作,账号,请求,封存,详情,操作代码\r\n/);
      expect(csv).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,.*,audit\.viewed\r$/m);
      await page.getByLabel('账号', { exact: true }).fill('林一舟');
      await button(page, '查找').click();
      await page.getByText('不能按姓名查找').waitFor();
      await button(page, '开始检查').click();
      await page.getByText('没有被改过：检查了').waitFor();
      await looksRightOnBoth(page, 'audit-checked');
    });
    await onDesktop(async (page) => {
      await signInStaff(page, 'reviewer', '审核一');
      await page.goto('/console/audit');
      await page.getByRole('heading', { level: 1, name: '不在您的职责内' }).waitFor();
    });
  },
);

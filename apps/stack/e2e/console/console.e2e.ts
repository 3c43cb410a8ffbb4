import { caseTable, staffSessionTable } from '@shiming/db';
import { groupCaseNumber, startOfNextShanghaiDay } from '@shiming/domain';
import { appCode, madeUpNumber } from '@shiming/services/testing/staff';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { database, looksRightOnBoth, mailsTo, onDesktop, picture } from '../harness.ts';
import { password } from '../people.ts';
import { requested } from './requests.ts';
import { firstAdministrator, signInStaff, withAuthenticator } from './staff.ts';

/** Waits for the page with this heading, and finds nothing wrong with it on a desktop and on a phone. */
async function arrive(page: Page, heading: string | RegExp, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await looksRightOnBoth(page, `console-${name}`);
}

/** What the same page is in English. */
async function inEnglish(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: '中文' }).waitFor();
  await looksRightOnBoth(page, `console-${name}-en`);
  await page.getByRole('button', { name: '中文' }).click();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const longName = '阿卜杜热合曼·阿不都克里木江';

test(
  'T-CON-01: from the command to the first passkey, an invitation, password and code, another role, and out',
  { timeout: 480_000 },
  async () => {
    const made = firstAdministrator('admin', '周管理', 'admin@staff.example.cn');
    expect(made.stderr).toBe('');
    const link = /\/console\/invitation#\S+/.exec(made.stdout)?.[0] ?? '';
    expect(firstAdministrator('other', '吴管理', 'other@staff.example.cn').status).toBe(1);

    await onDesktop(async (admin) => {
      await withAuthenticator(admin);
      await admin.goto(link);
      await arrive(admin, '设置登录方式', 'invitation');
      expect(admin.url()).not.toContain('#');
      await admin.getByText('周管理', { exact: true }).waitFor();
      await inEnglish(admin, 'invitation');
      await admin.getByLabel('给它起个名字').fill('办公室电脑');
      await button(admin, '设置通行密钥并登录').click();
      await arrive(admin, '人员', 'staff');

      // A link is good once.
      await onDesktop(async (page) => {
        await page.goto(link);
        await arrive(page, '链接不能用了', 'invitation-used');
        await page.getByRole('link', { name: '去登录' }).click();
        await arrive(page, '登录工作台', 'sign-in');
        await inEnglish(page, 'sign-in');
      });

      await admin.getByRole('link', { name: '邀请' }).click();
      await arrive(admin, '邀请工作人员', 'invite');
      await inEnglish(admin, 'invite');
      await button(admin, '发出邀请').click();
      await admin.locator('.summary').waitFor();
      await looksRightOnBoth(admin, 'console-invite-refused');
      await admin.getByLabel('登录名').fill('rev.01');
      await admin.getByLabel('姓名').fill(longName);
      await admin.getByLabel('工作邮箱').fill('rev01@staff.example.cn');
      await admin.getByLabel('本人证件号码').fill(madeUpNumber());
      await button(admin, '发出邀请').click();
      await admin.getByRole('status').filter({ hasText: '已邀请' }).waitFor();
      await arrive(admin, `人员：${longName}`, 'member-invited');

      let mailed = '';
      await expect
        .poll(async () => {
          const mails = await mailsTo('rev01@staff.example.cn');
          mailed = mails.at(-1)?.links[0] ?? '';
          return mailed;
        })
        .toContain('/console/invitation#');

      await onDesktop(async (reviewer) => {
        await reviewer.goto(mailed);
        await reviewer.getByLabel('密码和验证器').check();
        const shown = reviewer.locator('.secret');
        await shown.waitFor();
        const secret = ((await shown.textContent()) ?? '').replaceAll(' ', '');
        await reviewer.locator('.qr img').waitFor();
        await looksRightOnBoth(reviewer, 'console-invitation-password');
        await reviewer.getByLabel('密码', { exact: true }).fill(password);
        await reviewer.getByLabel('再输入一次密码').fill(password);
        await reviewer.getByLabel('验证器上现在的动态码').fill('000000');
        await button(reviewer, '保存并登录').click();
        await reviewer.locator('.summary', { hasText: '动态码不对' }).waitFor();
        await reviewer.getByLabel('验证器上现在的动态码').fill(appCode(secret, Date.now()));
        await button(reviewer, '保存并登录').click();
        await arrive(reviewer, '审核队列', 'queue-empty');
        await inEnglish(reviewer, 'queue-empty');
        // What is not their own is not offered, and not opened either.
        expect(await reviewer.getByRole('link', { name: '人员' }).count()).toBe(0);
        await reviewer.goto('/console/staff');
        await arrive(reviewer, '不在您的职责内', 'forbidden');

        await button(reviewer, '退出').click();
        await reviewer.getByRole('heading', { name: '登录工作台' }).waitFor();
        await reviewer.getByText('用密码和动态码登录').click();
        const signIn = async (loginName: string, typed: string, code: string) => {
          await reviewer.getByLabel('登录名').fill(loginName);
          await reviewer.getByLabel('密码', { exact: true }).fill(typed);
          await reviewer.getByLabel('动态码', { exact: true }).fill(code);
          await button(reviewer, '登录').click();
        };
        const refusals = [];
        // A code counts once, so the one of the next half minute.
        const code = () => appCode(secret, Date.now() + 30_000);
        for (const [loginName, typed, shownCode] of [
          ['nobody.here', password, code()],
          ['rev.01', 'Wrong-pass*99', code()],
          ['rev.01', password, '000000'],
        ] as const) {
          await signIn(loginName, typed, shownCode);
          const summary = reviewer.locator('.summary', { hasText: '登录名、密码、动态码' });
          await summary.waitFor();
          refusals.push(await summary.textContent());
          await reviewer.getByLabel('动态码', { exact: true }).fill('');
        }
        expect(new Set(refusals).size).toBe(1);
        await looksRightOnBoth(reviewer, 'console-sign-in-refused');
        await signIn('REV.01', password, code());
        await reviewer.getByRole('heading', { name: '审核队列' }).waitFor();

        // One's own password, and the authenticator: just signed in, so nothing more is to be proved.
        await reviewer.getByRole('link', { name: '登录安全' }).click();
        await button(reviewer, '更改密码').click();
        await reviewer.getByLabel('新密码', { exact: true }).fill(`${password}8`);
        await reviewer.getByLabel('再输入一次密码').fill(password);
        await button(reviewer, '更改密码').click();
        await reviewer.getByLabel('再输入一次密码').fill(`${password}8`);
        await looksRightOnBoth(reviewer, 'console-own-password');
        await button(reviewer, '更改密码').click();
        await reviewer.getByRole('status').filter({ hasText: '密码已更改' }).waitFor();
        await button(reviewer, '更换验证器').click();
        await reviewer.locator('.qr img').waitFor();
        const other = ((await reviewer.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
        expect(other).not.toBe(secret);
        await looksRightOnBoth(reviewer, 'console-own-totp');
        await reviewer.getByLabel('验证器上现在的动态码').fill(appCode(other, Date.now()));
        await button(reviewer, '更换验证器').click();
        await reviewer.getByRole('status').filter({ hasText: '验证器已更换' }).waitFor();
        await looksRightOnBoth(reviewer, 'console-own-changed');
        await inEnglish(reviewer, 'own-changed');
        await database().run(
          "update staff_session set proved_at_ms = 0 where staff_id = (select id from staff where login_name = 'rev.01')",
        );
        await button(reviewer, '更改密码').click();
        await reviewer.getByLabel('新密码', { exact: true }).fill(`${password}9`);
        await reviewer.getByLabel('再输入一次密码').fill(`${password}9`);
        await button(reviewer, '更改密码').click();
        const proof = reviewer.getByRole('alertdialog', { name: '请再次证明是您本人' });
        await proof.getByLabel('密码', { exact: true }).fill(`${password}8`);
        await proof.getByLabel('动态码', { exact: true }).fill(appCode(other, Date.now() + 30_000));
        await proof.getByRole('button', { name: '确认' }).click();
        await reviewer.getByRole('status').filter({ hasText: '密码已更改' }).waitFor();
        await reviewer.getByRole('link', { name: '审核', exact: true }).click();
        await reviewer.getByRole('heading', { name: '审核队列' }).waitFor();

        await admin.bringToFront();
        await admin.reload();
        await admin.getByText('密码和验证器').waitFor();
        await admin.getByRole('radio', { name: /^高级审核员/ }).check();
        await button(admin, '保存角色').click();
        await admin.getByRole('status').filter({ hasText: '角色已更改' }).waitFor();
        await looksRightOnBoth(admin, 'console-member');
        await inEnglish(admin, 'member');

        // The other role takes another sign-in.
        await reviewer.bringToFront();
        const takeNext = reviewer.getByRole('button', { name: /^领取下一件/ });
        const door = reviewer.getByRole('heading', { name: '登录工作台' });
        // The queue asks by itself, too, and may have found out first.
        await takeNext.or(door).waitFor();
        if (await takeNext.isVisible()) await takeNext.click();
        await door.waitFor();
        await reviewer.locator('.note', { hasText: '登录已结束' }).waitFor();
      });

      await admin.bringToFront();
      await button(admin, '退出').click();
      await admin.getByRole('heading', { name: '登录工作台' }).waitFor();
      await button(admin, '用通行密钥登录').click();
      await arrive(admin, '人员', 'staff-two');
      await inEnglish(admin, 'staff');

      // Ten minutes later, a risky act takes a proof.
      await database().update(staffSessionTable).set({ provedAtMs: 0 });
      await admin.getByRole('link', { name: longName }).click();
      await button(admin, '停用').click();
      await admin.getByRole('alertdialog', { name: `停用${longName}？` }).waitFor();
      await looksRightOnBoth(admin, 'console-disable');
      await admin.getByRole('alertdialog').getByRole('button', { name: '停用' }).click();
      await admin.getByRole('alertdialog', { name: '请再次证明是您本人' }).waitFor();
      await looksRightOnBoth(admin, 'console-proof');
      await button(admin, '取消').click();
      await admin.getByRole('alert').filter({ hasText: '请先再次证明是您本人' }).waitFor();
      await button(admin, '停用').click();
      await admin.getByRole('alertdialog').getByRole('button', { name: '停用' }).click();
      await button(admin, '用通行密钥确认').click();
      await admin.getByRole('status').filter({ hasText: '已停用' }).waitFor();
      await looksRightOnBoth(admin, 'console-member-disabled');

      await admin.getByRole('link', { name: '周管理' }).click();
      await admin.getByText('办公室电脑', { exact: true }).waitFor();
      await arrive(admin, '登录安全', 'security');
      await inEnglish(admin, 'security');
      await button(admin, '删除通行密钥：办公室电脑').click();
      await admin.getByRole('alertdialog').getByRole('button', { name: '删除' }).click();
      await admin.getByRole('alert').filter({ hasText: '最后一种登录方式' }).waitFor();
    });
  },
);

test(
  'T-CON-02, T-CON-03: the queue by keyboard alone, filtered in the address, live, and searched without leaving a trace',
  { timeout: 480_000 },
  async () => {
    const db = database();
    const caseNumberOf = async (caseId: string) => {
      const rows = await db.select().from(caseTable);
      return groupCaseNumber(rows.find(({ id }) => id === caseId)?.caseNumber ?? '');
    };
    const dueAt = (caseId: string, ms: number) =>
      db.run(`update "case" set due_at_ms = ${ms} where id = '${caseId}'`);

    await onDesktop(async (page) => {
      const late = await requested(page);
      const soon = await requested(page);
      const third = await requested(page);
      await dueAt(late.caseId, Date.now() - 3_600_000);
      const lateNumber = await caseNumberOf(late.caseId);
      const soonNumber = await caseNumberOf(soon.caseId);

      await signInStaff(page, 'reviewer', '王审核');
      await page.goto('/console');
      await page.getByRole('link', { name: lateNumber }).waitFor();
      // Today is over at midnight, for this journey as well.
      await expect
        .poll(async () => {
          await dueAt(soon.caseId, startOfNextShanghaiDay(Date.now()));
          await page.reload();
          return page.locator('tr', { hasText: soonNumber }).textContent();
        })
        .toContain('今天到期');
      await arrive(page, '审核队列', 'queue');
      await inEnglish(page, 'queue');
      await page.getByLabel('大字版').check();
      await looksRightOnBoth(page, 'console-queue-large');
      await page.getByLabel('大字版').uncheck();
      await page.emulateMedia({ colorScheme: 'dark' });
      await looksRightOnBoth(page, 'console-queue-dark');
      await page.emulateMedia({ colorScheme: 'light' });
      const first = page.locator('tbody tr').first();
      await expect.poll(() => first.textContent()).toContain('已超期');
      await expect.poll(() => first.textContent()).toContain(lateNumber);
      await expect.poll(() => page.locator('tbody tr').nth(1).textContent()).toContain(soonNumber);

      await dueAt(soon.caseId, startOfNextShanghaiDay(startOfNextShanghaiDay(Date.now())));
      // How much there is to do is on every page, and leads to it.
      const count = (name: string) => page.locator('.counts a', { hasText: name });
      for (const [name, text] of [
        ['待审', '待审 3'],
        ['已超期', '已超期 1'],
        ['我手上', '我手上 0'],
      ] as const) {
        await expect.poll(() => count(name).textContent()).toBe(text);
      }
      expect(await count('待终审').count()).toBe(0);
      await page.getByRole('link', { name: '统计' }).click();
      await page.getByRole('heading', { name: '统计', exact: true }).waitFor();
      await count('已超期').click();
      await page.waitForURL(/due=overdue/);
      await page.getByRole('link', { name: lateNumber }).waitFor();
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
      await count('待审').click();
      await page.getByRole('link', { name: soonNumber }).waitFor();

      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
      await page.keyboard.press('j');
      await expect.poll(() => focused()).toBe(lateNumber);
      await page.keyboard.press('j');
      await expect.poll(() => focused()).toBe(soonNumber);
      await picture(page, 'console-queue-row');
      await page.keyboard.press('k');
      await expect.poll(() => focused()).toBe(lateNumber);

      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: '快捷键' }).waitFor();
      await looksRightOnBoth(page, 'console-keys');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => focused()).toBe(lateNumber);

      // Keys are letters in a text field, and the search stands in no address.
      await page.keyboard.press('/');
      await page.keyboard.type('njc');
      await expect.poll(() => page.getByLabel('案件号、证件号码或姓名').inputValue()).toBe('njc');
      await page.getByLabel('案件号、证件号码或姓名').fill(soon.person.document.number);
      await page.keyboard.press('Enter');
      // A case that the blind sample had drawn was withdrawn, and is found beside the one that came after it.
      await page.getByText(/^找到 [1-9] 件$/).waitFor();
      await page.getByRole('link', { name: soonNumber }).waitFor();
      expect(page.url()).not.toContain('?');
      await looksRightOnBoth(page, 'console-search');
      await page.getByRole('button', { name: '回到队列' }).click();

      await page.getByLabel('期限').selectOption('overdue');
      await page.waitForURL(/due=overdue/);
      await page.getByRole('link', { name: soonNumber }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('link', { name: lateNumber }).waitFor();
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
      await page.getByLabel('证件', { exact: true }).selectOption('taiwan_travel_permit');
      await page.getByText('没有符合条件的件。').waitFor();
      await looksRightOnBoth(page, 'console-queue-none');
      await page.getByRole('button', { name: '清除条件' }).click();
      await page.getByRole('link', { name: soonNumber }).waitFor();
      expect(new URL(page.url()).search).toBe('');

      // What a colleague takes is seen without anything being pressed.
      await onDesktop(async (colleague) => {
        await signInStaff(colleague, 'reviewer', longName);
        await colleague.goto('/console');
        await colleague.getByRole('link', { name: lateNumber }).waitFor();
        await colleague.keyboard.press('j');
        await colleague.keyboard.press('c');
        await colleague.waitForURL(`**/console/cases/${late.caseId}`);
        const held = page.locator('tr', { hasText: lateNumber }).filter({ hasText: longName });
        await held.waitFor();
        await looksRightOnBoth(page, 'console-queue-held');
        // Colleagues are offered by name, whoever has something now or not.
        await page.reload();
        await page.getByLabel('审核员').selectOption({ label: longName });
        await page.waitForURL(/reviewer=/);
        const thirdLink = page.getByRole('link', { name: await caseNumberOf(third.caseId) });
        await thirdLink.waitFor({ state: 'detached' });
        await page.getByRole('link', { name: lateNumber }).waitFor();
        await page.getByLabel('审核员').selectOption('');
        await thirdLink.waitFor();
      });

      // The colleague's page has the next one ready too, so this is one of the others.
      const taken = () => page.url().split('/').at(-1);
      await page.keyboard.press('n');
      await page.waitForURL('**/console/cases/*');
      expect([soon.caseId, third.caseId]).toContain(taken());
      await page.goBack();
      await page.getByRole('link', { name: soonNumber, exact: true }).waitFor();
      // As when the colleague's computer has died: the lease has ended.
      await db.run(`update "case" set lease_ends_at_ms = 1 where id = '${late.caseId}'`);
      // Keys can be switched off, and stay so.
      await page.keyboard.press('?');
      await page.getByRole('checkbox', { name: '使用快捷键' }).uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await page.keyboard.press('?');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(new URL(page.url()).pathname).toBe('/console/queue');
      await page.getByRole('button', { name: /^快捷键/ }).click();
      await page.getByRole('checkbox', { name: '使用快捷键' }).check();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await page.waitForURL(`**/console/cases/${late.caseId}`);
    });
  },
);

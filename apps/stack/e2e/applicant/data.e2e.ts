import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { cancellationTable } from '@shiming/db';
import { AccountExport } from '@shiming/domain';
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  database,
  faultsOf,
  longAfterSigningIn,
  looksRight,
  mailsTo,
  onDesktop,
  onPhone,
  picture,
  runScheduled,
  scriptOf,
  tolerate,
} from '../harness.ts';
import { arrive, signInOnPage } from '../pages.ts';
import { newPerson, password, type Person, registered } from '../people.ts';

async function signIn(page: Page, { document }: Person): Promise<void> {
  await page.goto('/login?next=/account/data');
  await signInOnPage(page, document.number, 'zh');
  await arrive(page, '我的数据', 'data-zh');
}

/** Lets through what a page asks for, so much later. */
const slowly = (ms: number) => (route: Route) => pause(ms).then(() => route.continue());

/** On the page that takes a proof. */
async function prove(page: Page): Promise<void> {
  await page.waitForURL(/\/account\/proof/);
  await page.locator('input[type=password]').fill(password);
  await page.locator('form button[type=submit]').click();
}

/** The link in the newest of so many mails about closing the account. */
async function stopLink({ email }: Person, mails: number): Promise<string> {
  let links: string[] = [];
  await expect
    .poll(async () => {
      const all = (await mailsTo(email)).flatMap((mail) => mail.links);
      links = all.filter((link) => link.includes('/cancellation#'));
      return links;
    })
    .toHaveLength(mails);
  return links.at(-1) ?? '';
}

async function requestClosing(page: Page): Promise<void> {
  await page.goto('/account/close');
  await page.getByRole('button', { name: '申请注销' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  await looksRight(page, 'close-dialog-zh');
  await dialog.getByRole('button', { name: '申请注销' }).click();
}

test(
  'X-06, X-07: a person sees what is held, proves and downloads it, withdraws the consent and gives it again',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    await onPhone(async (page) => {
      await signIn(page, person);
      expect(await page.locator('main').innerText()).not.toContain(person.document.number);
      await page.getByText('全部种类，各保存多久').click();
      await page.locator('ul.kinds li').first().waitFor();
      await looksRight(page, 'data-all-zh');

      await longAfterSigningIn();
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: '下载 JSON 文件' }).click();
      await prove(page);
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);
      const file = JSON.parse(await readFile(await download.path(), 'utf8'));
      expect(AccountExport.parse(file)).toMatchObject({
        identity: { number: person.document.number, name: person.document.name },
        contact: { mobile: person.mobile, email: person.email },
      });
      await page.getByText('已开始下载').waitFor();
      await picture(page, 'data-downloaded-zh');
      const again = page.waitForEvent('download');
      await page.getByRole('button', { name: '下载网页文件' }).click();
      const readable = await again;
      expect(readable.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.html$/);
      const html = await readFile(await readable.path(), 'utf8');
      expect(html).toContain(person.document.number);
      expect(html).toContain(person.mobile);

      await page.getByRole('button', { name: /^撤回同意/ }).click();
      await page.getByRole('alertdialog').waitFor();
      await looksRight(page, 'consent-withdraw-zh');
      await page.getByRole('alertdialog').getByRole('button', { name: '取消' }).click();
      await page.getByRole('button', { name: /^撤回同意/ }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: '撤回同意' }).click();
      await page.getByText('已撤回同意。不能核验和办理业务').waitFor();
      await looksRight(page, 'consent-withdrawn-zh');

      await page.goto('/services/certification');
      await arrive(page, '请先同意处理证件号码', 'service-no-consent-zh');
      await page.goto('/account/verification');
      await arrive(page, '实名核验', 'verification-no-consent-zh');
      // T-VER-01: given where it is missed, the page goes on.
      await page.getByRole('button', { name: '同意处理证件号码' }).click();
      await looksRight(page, 'consent-give-zh');
      await page.getByRole('alertdialog').getByRole('button', { name: '同意' }).click();
      await page.getByLabel('姓名', { exact: true }).waitFor();
      await expect.poll(() => page.locator('h1:focus').innerText()).toBe('实名核验');

      // PIPL 14: as if the notice had changed since in what was consented to.
      await database().run(
        "update consent set version = '2026-01' where kind = 'document_number' and withdrawn_at_ms is null",
      );
      await page.goto('/account/data');
      await page.getByText('隐私说明后来有改动，请再次同意').waitFor();
      await looksRight(page, 'consent-outdated-zh');
      await page.getByRole('button', { name: /^同意：处理证件号码/ }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: '同意' }).click();
      await page.getByText('已同意，可以核验身份。').waitFor();

      // In English by keyboard, as somebody of an older system, who was never asked: from the door of a service.
      await database().run(`delete from consent where account_id = '${file.account.id}'`);
      // The page arrives while the English words are on their way.
      await page.route(scriptOf('src/copy/ui.en.ts'), slowly(1_200));
      await page.route('**/trpc/entry.enter*', slowly(500));
      await page.goto('/services/certification', { waitUntil: 'commit' });
      await page.getByRole('button', { name: 'English' }).click();
      await arrive(page, 'We need your consent first', 'service-never-asked-en');
      await page.getByRole('button', { name: 'Agree to the use of my number' }).press('Enter');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: 'I agree' }).press('Enter');
      await dialog.getByText('Tick the box to agree to the registration agreement').waitFor();
      await looksRight(page, 'consent-and-agreement-en');
      await dialog.getByRole('checkbox').press('Space');
      await dialog.getByRole('button', { name: 'I agree' }).press('Enter');
      await page.getByText('Your identity is not verified yet').waitFor();
    });
  },
);

test(
  'X-07: an account is closed, stopped on the page, stopped by the mail’s link, and in the end deleted',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    await onPhone(async (page) => {
      await signIn(page, person);
      await page.getByRole('link', { name: '注销账号' }).click();
      await arrive(page, '注销账号', 'close-zh');
      await longAfterSigningIn();
      await requestClosing(page);
      // It was asked for: after the proof it is done.
      await prove(page);
      await arrive(page, '已申请注销', 'close-done-zh');
      await page.getByText('里面有取消的链接').waitFor();

      await page.goto('/account');
      await page.locator('.note', { hasText: '账号将于' }).waitFor();
      await arrive(page, '个人信息中心', 'account-closing-zh');
      await page.goto('/services/certification');
      await arrive(page, '账号正在注销', 'service-closing-zh');
      await page.goto('/account/data');
      await page.locator('.note', { hasText: '账号将于' }).waitFor();
      await looksRight(page, 'data-closing-zh');
      await page.getByRole('button', { name: '取消注销' }).click();
      await page.getByText('已取消注销，账号照常使用').waitFor();
      await picture(page, 'data-stopped-zh');

      await requestClosing(page);
      await arrive(page, '已申请注销', 'close-done-zh');
      const second = await stopLink(person, 2);
      await onDesktop(async (elsewhere) => {
        await elsewhere.goto(second);
        await arrive(elsewhere, '取消注销', 'cancellation-zh');
        expect(new URL(elsewhere.url()).hash).toBe('');
        await elsewhere.getByRole('button', { name: '取消注销' }).click();
        await arrive(elsewhere, '已取消注销', 'cancellation-done-zh');
        await elsewhere.goto('/');
        await elsewhere.goto(second);
        await elsewhere.getByRole('button', { name: '取消注销' }).click();
        await arrive(elsewhere, '注销已经取消', 'cancellation-used-zh');
      });
      await page.goto('/account');
      await page.getByRole('heading', { level: 1, name: '个人信息中心' }).waitFor();
      await expect.poll(() => page.getByText('账号将于').count()).toBe(0);

      await requestClosing(page);
      await arrive(page, '已申请注销', 'close-done-zh');
      const db = database();
      await db.update(cancellationTable).set({ dueAtMs: Date.now() - 1 });
      await runScheduled();
      await page.goto('/account/data');
      await page.waitForURL(/\/login/);
      await signInOnPage(page, person.document.number, 'zh');
      await page.locator('.summary', { hasText: '登录名或密码不对' }).waitFor();
      await page.goto('/cancellation#a.b');
      await page.getByRole('button', { name: '取消注销' }).click();
      await arrive(page, '这个链接不能用了', 'cancellation-expired-zh');
    });
    // The number is free again.
    await registered({ ...newPerson(), document: person.document });
  },
);

test(
  'T-REG-16a: who registered a number that is not theirs closes the account at once, and its owner registers',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    await onPhone(async (page) => {
      await signIn(page, person);
      await page.goto('/account/close');
      await longAfterSigningIn();
      const button = page.getByRole('button', { name: '号码不是本人的，立即关闭' });
      await button.click();
      const dialog = page.getByRole('alertdialog');
      await dialog.waitFor();
      await looksRight(page, 'close-now-dialog-zh');
      await dialog.getByRole('button', { name: '号码不是本人的，立即关闭' }).click();
      await prove(page);
      await arrive(page, '账号已关闭', 'close-now-done-zh');
      await page.getByRole('link', { name: '重新注册' }).click();
      await page.waitForURL(/\/registration/);
      await page.goto('/account/data');
      await page.waitForURL(/\/login/);
    });
    await registered({ ...newPerson(), document: person.document });
  },
);

test(
  'X-04: the pages of my data reflow in the largest text at 320 px, dark, and read in English on a desktop',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    await registered(person);
    const paths = ['/account/data', '/account/close', '/cancellation', '/privacy'];
    const visit = async (page: Page, name: string) => {
      for (const path of paths) {
        await page.goto(path);
        await page.locator('h1').waitFor();
        for (const summary of await page.locator('details > summary').all()) await summary.click();
        expect([path, await faultsOf(page)]).toEqual([path, []]);
        await picture(page, `${name}${path.replaceAll('/', '-')}`);
      }
    };
    await onPhone(
      async (page) => {
        await signIn(page, person);
        await page.getByRole('button', { name: '大字版' }).click();
        await page.getByRole('button', { name: '再大些' }).click();
        await visit(page, 'larger-dark');
      },
      { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
    );
    await onDesktop(async (page) => {
      await signIn(page, person);
      await page.getByRole('button', { name: 'English' }).click();
      await visit(page, 'english');
      tolerate(page, /ERR_FAILED/);
      await page.route('**/trpc/data.view*', (route) => route.abort());
      await page.goto('/account/data');
      await page.locator('.note.bad').waitFor();
      await picture(page, 'english-data-failed');
    });
  },
);

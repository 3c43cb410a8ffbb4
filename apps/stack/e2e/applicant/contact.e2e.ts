import { appErrorOf, createShimingClient } from '@shiming/client';
import { blockedMobile } from '@shiming/sandbox';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  aMinuteLater,
  longAfterSigningIn,
  looksRight,
  mailsTo,
  onDesktop,
  onPhone,
  readCode,
  webUrl,
} from '../harness.ts';
import {
  arrive,
  asksForNoPuzzle,
  fillDate,
  openMenu,
  signInOnPage,
  solveByComputing,
  wordsOf,
} from '../pages.ts';
import { citizens, newPerson, password, type Person, registered, ticketFor } from '../people.ts';

const renewed = 'Qiushui-47*bridge';
const zh = wordsOf('zh');

/** A new account, and a page of a browser that is signed in to it. */
async function signIn(page: Page, person: Person): Promise<void> {
  await registered(person);
  await page.goto('/login');
  await signInOnPage(page, person.document.number, 'zh');
  await page.getByRole('heading', { level: 1, name: '网上办事' }).waitFor();
}

async function refusalOf(person: Person, typed: string): Promise<string | undefined> {
  const client = createShimingClient({ url: webUrl });
  const ticket = await ticketFor(client, 'login');
  const { number } = person.document;
  try {
    await client.login.signIn.mutate({ name: number, password: typed, ticket });
    return undefined;
  } catch (error) {
    return appErrorOf(error)?.code;
  }
}

/** The link to `path` in the last mail to an address that has one. */
async function linkIn(address: string, path: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const links = (await mailsTo(address)).flatMap((mail) => mail.links);
      link = links.findLast((each) => each.includes(`${path}#`));
      return link;
    })
    .toBeTruthy();
  return link ?? '';
}

/** The code in the last mail to an address: its subject has it. */
async function mailedCode(address: string): Promise<string> {
  let code: string | undefined;
  await expect
    .poll(async () => {
      const mails = await mailsTo(address);
      code = mails
        .map((mail) => /验证码 (\d{6})/.exec(mail.subject)?.[1])
        .findLast((each) => each !== undefined);
      return code;
    })
    .toBeTruthy();
  return code ?? '';
}

const masked = (mobile: string) => `${mobile.slice(0, 3)}*****${mobile.slice(-2)}`;

test(
  'T-PRO-05: the mobile is changed after a proof by password; whoever had the old one takes it back, and the account is safe',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    const { mobile } = newPerson();
    await onPhone(async (page) => {
      await signIn(page, person);
      await longAfterSigningIn();
      await page.goto('/account');
      await arrive(page, '个人信息中心', 'account-summary-zh');
      await page.getByRole('link', { name: '修改手机号码' }).click();

      // A session alone does not do.
      await arrive(page, '证明是您本人', 'proof-password-zh');
      await page.getByLabel('登录密码', { exact: true }).fill('Wrong-82*river');
      await page.getByRole('button', { name: '确认', exact: true }).click();
      await page.locator('.summary').waitFor();
      await looksRight(page, 'proof-refused-zh');
      await page.getByLabel('登录密码', { exact: true }).fill(password);
      await page.getByRole('button', { name: '确认', exact: true }).click();

      await arrive(page, '修改手机号码', 'change-mobile-zh');
      await page.getByLabel('新的手机号码').fill('12345');
      await page.getByRole('button', { name: zh.send }).click();
      await page.locator('.summary', { hasText: '请输入 11 位手机号码' }).waitFor();
      await page.getByLabel('新的手机号码').fill(blockedMobile);
      await solveByComputing(page, 'zh');
      await page.getByRole('button', { name: zh.send }).click();
      await page.locator('.note', { hasText: '短信没有发出去' }).waitFor();
      await looksRight(page, 'change-mobile-refused-zh');
      await page.getByLabel('新的手机号码').fill(mobile);
      await asksForNoPuzzle(page);
      await page.getByRole('button', { name: zh.send }).click();
      await page.getByLabel(zh.code).waitFor();
      await looksRight(page, 'change-mobile-code-zh');
      const code = await readCode(mobile);
      await page.getByLabel(zh.code).fill(code === '000000' ? '000001' : '000000');
      await page.getByRole('button', { name: '确认修改' }).click();
      await page.locator('.summary', { hasText: '验证码不对' }).waitFor();

      // A change that has begun is not lost with the page.
      await page.reload();
      await page.getByText(masked(mobile)).first().waitFor();
      await page.getByText('没收到短信？').click();
      await looksRight(page, 'change-mobile-reloaded-zh');
      await page.goto('/account/security');
      await page.getByText(`正在改为 ${masked(mobile)}`).waitFor();
      await arrive(page, '登录与安全', 'security-pending-zh');
      await page.getByRole('link', { name: '继续修改手机号码' }).click();
      await page.getByLabel(zh.code).fill(code);
      await page.getByRole('button', { name: '确认修改' }).click();
      await arrive(page, '手机号码已修改', 'change-mobile-done-zh');

      await openMenu(page, 'zh');
      await looksRight(page, 'menu-unread-zh');
      await page.getByRole('link', { name: /^通知.*未读$/ }).click();
      await page
        .getByText(`手机号码从 ${masked(person.mobile)} 改为 ${masked(mobile)}。`)
        .waitFor();
      await page.getByText('未读', { exact: true }).first().waitFor();
      await arrive(page, '通知', 'notices-zh');
      await page.getByRole('button', { name: '菜单', exact: true }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '通知' }).waitFor();
      await expect.poll(() => page.getByText('未读', { exact: true }).count()).toBe(0);

      await page.goto('/account/security');
      await page.getByText(masked(mobile)).waitFor();
      await page.getByText('没有工作人员看过您的信息。').waitFor();
      await page.getByText('修改了联系方式').waitFor();
      await arrive(page, '登录与安全', 'security-changed-zh');

      const link = await linkIn(person.email, '/undo');
      await onPhone(async (elsewhere) => {
        await elsewhere.goto(link);
        await arrive(elsewhere, '要撤销这次修改吗', 'undo-zh');
        expect(new URL(elsewhere.url()).hash).toBe('');
        await elsewhere.getByText(masked(person.mobile)).waitFor();
        await elsewhere.getByRole('button', { name: '不是我做的，撤销' }).click();
        await arrive(elsewhere, '已撤销，账号已锁住', 'undo-done-zh');
        await elsewhere.goto('/');
        await elsewhere.goto(link);
        await arrive(elsewhere, '这个撤销码已经用过', 'undo-used-zh');
      });

      // The session of whoever changed it is gone, and so is the password.
      await page.goto('/account');
      await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    });
    expect(await refusalOf(person, password)).toBe('login.refused');

    const client = createShimingClient({ url: webUrl });
    const { documentType, number, name } = person.document;
    await client.recovery.identify.mutate({
      documentType,
      number,
      name,
      ticket: await ticketFor(client, 'recover'),
    });
    await client.recovery.sendLink.mutate({ ticket: await ticketFor(client, 'recover') });
    const reset = await linkIn(person.email, '/recovery/link');
    await client.recovery.resetByLink.mutate({
      link: new URL(reset).hash.slice(1),
      password: renewed,
      passwordAgain: renewed,
    });
    expect(await refusalOf(person, renewed)).toBeUndefined();
  },
);

/** Presses Tab until the focus is on what is looked for. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${String(target)}`);
}

test(
  'T-PRO-05, X-04: the mail is changed after a proof by SMS, by keyboard alone, in English; the code typed at /undo opens the change',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    const { email } = newPerson();
    await onDesktop(
      async (page) => {
        await signIn(page, person);
        await longAfterSigningIn();
        // One code a minute for one number, and the registration has just had one.
        await aMinuteLater();
        await page.getByRole('button', { name: 'English' }).click();
        await page.goto('/account/email');
        await arrive(page, 'Confirm that it is you', 'proof-password-en');
        await tabTo(page, page.getByRole('button', { name: /^Code by text message/ }));
        await page.keyboard.press('Enter');
        await page.getByText('We send the code by text message to').waitFor();
        await tabTo(page, page.getByRole('button', { name: 'Another way', exact: true }));
        await page.keyboard.press('Enter');
        await page.locator('.puzzle .solved').waitFor();
        await arrive(page, 'Confirm that it is you', 'proof-sms-en');
        await tabTo(page, page.getByRole('button', { name: wordsOf('en').send }));
        await page.keyboard.press('Enter');
        const code = page.getByLabel(wordsOf('en').code);
        await code.waitFor();
        await tabTo(page, code);
        await page.keyboard.type(await readCode(person.mobile, 2));
        await looksRight(page, 'proof-code-en');
        await page.keyboard.press('Enter');

        await arrive(page, 'Change email address', 'change-email-en');
        await tabTo(page, page.getByLabel('New email address'));
        await page.keyboard.type(email);
        await asksForNoPuzzle(page);
        await tabTo(page, page.getByRole('button', { name: 'Send the code by email' }));
        await page.keyboard.press('Enter');
        await code.waitFor();
        await tabTo(page, code);
        await page.keyboard.type(await mailedCode(email));
        await looksRight(page, 'change-email-code-en');
        await page.keyboard.press('Enter');
        await arrive(page, 'Email address changed', 'change-email-done-en');
        await tabTo(page, page.getByRole('link', { name: 'Back to sign-in and security' }));
        await page.keyboard.press('Enter');
        await page.getByText('Contact details changed').waitFor();
        await arrive(page, 'Sign-in and security', 'security-en');
        await page.goto('/account');
        await arrive(page, 'Your account', 'account-summary-en');
        await page.goto('/account/notices');
        await arrive(page, 'Notices', 'notices-en');

        await page.goto('/undo');
        await arrive(page, 'Undo a change', 'undo-enter-en');
        const typed = page.getByLabel('Undo code');
        await tabTo(page, typed);
        await page.keyboard.type('0000 0000 0000');
        await page.keyboard.press('Enter');
        await arrive(page, 'This undo code was not found', 'undo-wrong-en');
        await page.getByRole('button', { name: 'Enter the undo code again' }).press('Enter');
        await tabTo(page, typed);
        const undo = new URL(await linkIn(person.email, '/undo')).hash.slice(1);
        await page.keyboard.type(undo.toLowerCase());
        await page.keyboard.press('Enter');
        await arrive(page, 'Undo this change?', 'undo-open-en');
      },
      { locale: 'en-GB' },
    );
  },
);

test('T-PRO-05: who has neither password nor contact proves it by the authority, and is led back', async () => {
  const all = await citizens();
  // The last of them: the journeys of the main job take the first.
  const citizen = all.findLast(
    // Not the child, who registers with a guardian.
    ({ outcome, documentType, validity, name }) =>
      name !== '江小树' &&
      outcome === 'match' &&
      documentType === 'resident_identity_card' &&
      validity.end !== null,
  );
  if (citizen === undefined) throw new Error('The sandbox has no citizen that matches.');
  const { number, name, validity } = citizen;
  const [year = '', month = '', day = ''] = validity.start.split('-');
  const years = String(Number(validity.end?.slice(0, 4)) - Number(year));
  const person = newPerson();
  const validityStart = { year, month, day };
  Object.assign(person.document, { number, name, validityStart, validityTerm: years });
  await onPhone(async (page) => {
    await signIn(page, person);
    await longAfterSigningIn();
    await page.goto('/account/proof?next=/account/notices');
    await page.getByText('密码想不起，手机和邮箱也收不到？').click();
    await page.getByRole('button', { name: '用身份核验' }).click();
    await page.getByText('今天还剩 3 次').waitFor();
    await arrive(page, '证明是您本人', 'proof-authority-zh');
    await page.getByLabel(zh.name, { exact: true }).fill('林二舟');
    await fillDate(page, 'zh', validity.start);
    await page.getByLabel(zh.years(years), { exact: false }).check();
    await page.getByRole('button', { name: '提交核对' }).click();
    await page.getByText('与公安部门的数据不一致').waitFor();
    await looksRight(page, 'proof-authority-mismatch-zh');
    await page.getByLabel(zh.name, { exact: true }).fill(name);
    await page.getByRole('button', { name: '提交核对' }).click();
    await arrive(page, '通知', 'proof-authority-done-zh');
  });
});

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import {
  looksRight,
  looksRightOnBoth,
  onDesktop,
  onPhone,
  readCode,
  withAuthority,
} from '../harness.ts';
import {
  arrive as arriveAt,
  fillDocument,
  openMenu,
  signInOnPage,
  solveByComputing,
} from '../pages.ts';
import { citizens, password } from '../people.ts';

const arrive = (page: Page, heading: string, name: string) =>
  arriveAt(page, heading, `business-${name}`);

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).press('Enter');
const follow = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).press('Enter');

const words = {
  zh: {
    notice: '系统使用须知',
    begin: '新用户注册',
    next: '继续',
    mobile: '手机号码',
    send: '通过短信免费获取验证码',
    code: '6 位验证码',
    again: '再输入一次密码',
    password: '密码',
  },
  en: {
    notice: 'Before you register',
    begin: 'Register',
    next: 'Continue',
    mobile: 'Mobile number',
    send: 'Get a free code by text message',
    code: '6-digit code',
    again: 'Password again',
    password: 'Password',
  },
};

/** Signs out, and waits until that is done: what is opened before would still be of somebody who is signed in. */
async function signOut(page: Page): Promise<void> {
  await openMenu(page, 'zh');
  await press(page, '退出');
  await page.getByRole('link', { name: '登录', exact: true }).first().waitFor();
}

async function citizenCalled(name: string) {
  const found = (await citizens()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no citizen is called ${name}`);
  return found;
}

type Citizen = Awaited<ReturnType<typeof citizenCalled>>;

/** From the notice to the page of the check; `typed` is what is typed of the document. */
async function untilCheck(page: Page, typed: Citizen, language: 'zh' | 'en'): Promise<void> {
  const w = words[language];
  const { mobile } = typed;
  await page.goto('/business/register');
  if (language === 'en') await page.getByRole('button', { name: 'English' }).press('Enter');
  await arrive(page, w.notice, `notice-${language}`);
  await follow(page, w.begin);
  await fillDocument(page, typed, language);
  await looksRight(page, `business-document-${language}`);
  await press(page, w.next);
  await page.getByLabel(w.mobile).fill(mobile);
  await solveByComputing(page, language);
  await looksRight(page, `business-contact-${language}`);
  await press(page, w.send);
  await page.getByLabel(w.code).fill(await readCode(mobile));
  await press(page, w.next);
}

async function choosePassword(page: Page, language: 'zh' | 'en'): Promise<void> {
  const w = words[language];
  await page.getByLabel(w.again).fill(password);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await press(page, w.next);
}

test(
  'E-REG-01, E-REG-01a, E-LVL-01, E-WIN-01, E-LOG-01: the authority is down, then differs, then confirms; a clerk gives level 4, a senior takes it back; sign-in again',
  { timeout: 480_000 },
  async () => {
    const citizen = await citizenCalled('林知远');
    await onPhone(async (page) => {
      await page.goto('/business/');
      await arrive(page, '网上办事', 'home-zh');
      await untilCheck(page, { ...citizen, name: '林知近' }, 'zh');
      await arrive(page, '核验身份', 'verify-zh');
      await withAuthority('down', async () => {
        await press(page, '开始核验');
        await arrive(page, '核验服务没有回应', 'verify-down-zh');
      });
      await page.getByText('这次不计次，今天还剩 3 次。').waitFor();
      await press(page, '再核验一次');
      await arrive(page, '核验没有通过', 'verify-mismatch-zh');
      await page.getByText('计 1 次，今天还剩 2 次。').waitFor();
      // Everything that was typed is still there, after a reload too.
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '核验没有通过' }).waitFor();
      await follow(page, '修改身份证件');
      await expect.poll(() => page.getByLabel('姓名', { exact: true }).inputValue()).toBe('林知近');
      await page.getByLabel('姓名', { exact: true }).fill(citizen.name);
      await press(page, '继续');
      await page.getByRole('heading', { level: 1, name: '核验身份' }).waitFor();
      await press(page, '开始核验');
      await page.getByText('身份核验已经通过。接下来设置登录密码。').waitFor();
      await arrive(page, '设置密码', 'password-zh');
      await choosePassword(page, 'zh');
      await page.getByText('身份核验已经通过').waitFor();
      await page.getByRole('checkbox').check();
      await arrive(page, '核对并提交', 'check-zh');
      await press(page, '提交注册');
      await arrive(page, '注册成功', 'done-zh');

      await page.goto('/business/services/company-registration');
      await page.getByText('办理业务要达到四级').waitFor();
      await arrive(page, '现在还不能办理', 'gate-zh');
      await follow(page, '看实名等级');
      await arrive(page, '实名等级', 'levels-zh');
      await press(page, '取核对凭条');
      await page.getByText('凭条编号').waitFor();
      await arrive(page, '实名等级', 'ticket-zh');
      const code =
        /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('main').innerText())?.[0] ?? '';

      await onDesktop(async (desk) => {
        await signInStaff(desk, 'clerk', '窗口一', '11000001');
        await desk.goto('/console');
        await desk.getByRole('heading', { level: 1, name: '登记窗口' }).waitFor();
        await desk.getByLabel('凭条编号').first().fill(code);
        await press(desk, '打开凭条');
        await desk.getByText('对照本人和身份证原件', { exact: true }).waitFor();
        await looksRight(desk, 'business-window-zh');
        await desk.getByLabel('通过：本人不能在线核验').check();
        await press(desk, '记录核对结果');
        await desk.getByText('已记录').waitFor();
        await looksRight(desk, 'business-window-recorded-zh');
      });

      await press(page, '办好了，查看结果');
      await page.getByText('登记窗口当面核对通过').waitFor();
      await arrive(page, '实名等级', 'level-four-zh');

      // A colleague finds that it was wrong: the level falls, and the person reads why.
      await onDesktop(async (desk) => {
        await signInStaff(desk, 'senior', '窗口主管');
        await desk.goto('/console/window');
        await desk.getByText('各窗口最近的记录').waitFor();
        await desk.getByLabel('凭条编号').fill(code);
        await desk.getByLabel('记录有误').check();
        await press(desk, '撤销');
        await desk.getByText('已撤销，本人会收到通知').waitFor();
        await looksRight(desk, 'business-window-revoked-zh');
      });
      await page.reload();
      await page.getByText('登记窗口的核对被撤销').waitFor();
      await looksRightOnBoth(page, 'business-level-revoked-zh');
      await page.setViewportSize({ width: 390, height: 844 });

      // Out, and in again by number and password.
      await signOut(page);
      await page.goto('/business/login?next=/account');
      await arrive(page, '登录', 'login-zh');
      await signInOnPage(page, citizen.number, 'zh');
      await arrive(page, '个人信息中心', 'account-zh');
    });
  },
);

test(
  'E-WIN-01: in English, on a dark phone, somebody whom the records spell otherwise takes a ticket',
  { timeout: 480_000 },
  async () => {
    const citizen = await citizenCalled('周子涵');
    await onPhone(
      async (page) => {
        await untilCheck(page, citizen, 'en');
        await arrive(page, 'Identity check', 'verify-en');
        await press(page, 'Check my identity');
        await arrive(page, 'The check failed', 'verify-mismatch-en');
        await press(page, 'Take a ticket');
        await page.getByText('Code of the ticket').waitFor();
        await arrive(page, 'The check failed', 'ticket-en');
        await page.reload();
        await page.getByText('Code of the ticket').waitFor();
        for (const path of ['', 'network-credential', 'login', 'recovery']) {
          await page.goto(`/business/${path}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await looksRightOnBoth(page, `business-${path || 'home'}-en-dark`);
        }
      },
      { locale: 'en-GB', colorScheme: 'dark' },
    );
  },
);

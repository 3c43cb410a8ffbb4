import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aMinuteLater, looksRightOnBoth, onPhone, readCode } from '../harness.ts';
import { agreeTo, fillDocument, openMenu, solveByComputing } from '../pages.ts';
import { citizens, newPerson, password } from '../people.ts';
import { activationLink, chooseHousehold } from '../students.ts';

async function citizenCalled(name: string) {
  const found = (await citizens()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no citizen is called ${name}`);
  return found;
}

async function askForActivation(page: Page, address: string): Promise<void> {
  await page.goto('/student/register/contact');
  await page.getByRole('radio', { name: '邮箱', exact: false }).check();
  await page.getByRole('textbox', { name: '邮箱' }).fill(address);
  await solveByComputing(page, 'zh');
  await press(page, '发送激活邮件');
  await page.getByRole('heading', { level: 1, name: '等待激活' }).waitFor();
}

/** Waits for the page with this heading, and finds nothing wrong with it on a phone and on a desktop. */
async function arrive(page: Page, heading: string | RegExp, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await looksRightOnBoth(page, `student-${name}`);
  await page.setViewportSize({ width: 390, height: 844 });
}

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).press('Enter');
const follow = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).press('Enter');

async function signOut(page: Page, language: 'zh' | 'en'): Promise<void> {
  await openMenu(page, language);
  await press(page, language === 'zh' ? '退出' : 'Sign out');
  await page.waitForURL('**/student/');
}

test(
  'S-REG-01, S-LOG-01, S-LOG-02, S-NAM-01, S-NAM-02: a student registers by mobile, gives 15 digits, and each service says what is missing',
  { timeout: 480_000 },
  async () => {
    const citizen = await citizenCalled('林知远');
    const { mobile } = citizen;
    await onPhone(async (page) => {
      await page.goto('/student/');
      await arrive(page, '网上办事', 'home');
      await follow(page, '注册账号');
      await arrive(page, '注册账号', 'register');
      await follow(page, '开始注册');

      await page.getByRole('radio', { name: '手机号码', exact: true }).check();
      await page.getByRole('textbox', { name: '手机号码' }).fill(mobile);
      await solveByComputing(page, 'zh');
      await arrive(page, '联系方式', 'contact');
      await press(page, '通过短信免费获取验证码');
      await arrive(page, '输入短信验证码', 'code');
      // S-REG-05: a day, and not so many minutes.
      await page
        .getByText(/2[34] 小时/)
        .first()
        .waitFor();
      await page.getByLabel('6 位验证码').fill(await readCode(mobile));
      await press(page, '继续');
      await arrive(page, '设置密码', 'password');
      await page.getByLabel('再输入一次密码').fill(password);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await press(page, '继续');
      await page.getByRole('checkbox').check();
      await arrive(page, '核对并提交', 'check');
      await press(page, '提交注册');
      await arrive(page, '注册成功', 'done');

      await page.goto('/student/services/archive');
      await page.getByText('请先填写实名信息').waitFor();
      await arrive(page, '现在还不能办理', 'gate-identity');
      await follow(page, '填写实名信息');
      await page.getByText('旧的 15 位号码也可以').waitFor();
      // DOMAIN 1.6: a card that prints the number of an earlier one.
      await page.getByRole('radio', { name: /外国人永久居留身份证/ }).check();
      await page.getByLabel('证件号码', { exact: true }).fill('91199920050301001X');
      await page.getByRole('textbox', { name: /旧卡号码/ }).waitFor();
      await looksRightOnBoth(page, 'student-identity-earlier');
      await page.setViewportSize({ width: 390, height: 844 });
      await fillDocument(page, { ...citizen, number: '110199950815011' }, 'zh');
      await page.getByText(/15 位的旧号码已换成 18 位/).waitFor();
      await press(page, '确定');
      await page.getByText('请选择户籍所在的区县').first().waitFor();
      await looksRightOnBoth(page, 'student-identity-refused');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('textbox', { name: '昵称' }).fill('小林');
      await chooseHousehold(page);
      await arrive(page, '填写实名信息', 'identity');
      await press(page, '确定');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByText(/110199199508150119|110199 19950815 0119/).waitFor();
      await looksRightOnBoth(page, 'student-identity-dialog');
      await dialog.getByRole('button', { name: '是', exact: true }).press('Enter');

      // S-NAM-03: the authority is asked at once. A mobile number that was proved binds (S-BND-04).
      await arrive(page, '实名核验成功', 'identity-checked');
      expect(await page.getByText('认定系统').count()).toBe(0);
      await follow(page, '去办理学信档案');
      await page.waitForURL('**/student/services/archive');
      await arrive(page, '请先同意交出实名信息', 'gate-consent');
      await agreeTo(page, '同意并办理');
      await page.getByText('您的账号符合办理这项业务的要求').waitFor();
      await arrive(page, '学信档案', 'gate-open');
      await page.goto('/student/account');
      await arrive(page, '个人信息中心', 'account');
      await page.goto('/student/account/identity');
      await page.waitForURL('**/student/account');

      await signOut(page, 'zh');
      await page.goto('/student/login');
      await page.getByLabel('邮箱或者手机号码').fill(mobile);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await solveByComputing(page, 'zh');
      await arrive(page, '登录', 'login');
      await page.locator('form').getByRole('button', { name: '登录', exact: true }).press('Enter');
      await page.getByText('已通过实名核验，可以办理业务。').waitFor();
      await arrive(page, '网上办事', 'home-signed-in');
    });
  },
);

test(
  'S-REG-01, S-LOG-01, S-LOG-02: the same in English with a mail address',
  { timeout: 480_000 },
  async () => {
    const { email } = newPerson();
    await onPhone(async (page) => {
      await page.goto('/student/');
      await page.getByRole('button', { name: 'English' }).press('Enter');
      await arrive(page, 'Online services', 'home-en');
      await page.goto('/student/register');
      await arrive(page, 'Register', 'register-en');
      await follow(page, 'Start');
      await page.getByRole('radio', { name: 'Email address', exact: true }).check();
      await page.getByRole('textbox', { name: 'Email address' }).fill(email);
      await solveByComputing(page, 'en');
      await arrive(page, 'Contact details', 'contact-en');
      await press(page, 'Send the activation email');
      await page.getByLabel('6-digit code').waitFor();
      await arrive(page, 'Waiting for activation', 'activation-waiting-en');
      // Opened in another tab of the browser: the tab that waits goes on by itself.
      const link = await activationLink(email);
      const opened = await page.context().newPage();
      await opened.setViewportSize({ width: 390, height: 844 });
      await opened.goto(link);
      await arrive(opened, 'Activate your account', 'activation-en');
      expect(new URL(opened.url()).hash).toBe('');
      await press(opened, 'Activate');
      await opened.getByText('Your address is activated.').waitFor();
      await opened.close();
      await page.getByText('Your address is activated.').waitFor();
      await page.getByLabel('Password again').fill(password);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await arrive(page, 'Set a password', 'password-en');
      await press(page, 'Continue');
      await page.getByRole('checkbox').check();
      await arrive(page, 'Check your answers', 'check-en');
      await press(page, 'Register');
      await arrive(page, 'You are registered', 'done-en');
      await page.goto(link);
      await page.getByText('There is nothing more to do here', { exact: false }).waitFor();
      await arrive(page, 'This address is activated', 'activation-used-en');

      await signOut(page, 'en');
      await page.goto('/student/login?next=/services/conscription');
      await page.getByLabel('Email address or mobile number').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await solveByComputing(page, 'en');
      await arrive(page, 'Sign in', 'login-en');
      await page.locator('form').getByRole('button', { name: 'Sign in' }).press('Enter');
      await page.getByText('2 things are missing').waitFor();
      await page.getByRole('link', { name: 'Bind it to a contact', exact: true }).waitFor();
      await arrive(page, 'You cannot use this service yet', 'gate-en');
      await follow(page, 'Enter real-name information');
      await arrive(page, 'Enter your real-name information', 'identity-en');
      const other = await page.context().newPage();
      await other.setViewportSize({ width: 390, height: 844 });
      await other.goto('/student/account');
      await other.getByText('You have no mobile number').waitFor();
      expect(await other.getByText('Not needed').count()).toBe(0);
      await arrive(other, 'Your account', 'account-en');
      await other.close();

      const citizen = await citizenCalled('沈秀兰');
      await fillDocument(page, { ...citizen, name: '沈秀蓝' }, 'en');
      await chooseHousehold(page, 'en');
      await press(page, 'Confirm');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByText('not given yet').waitFor();
      await looksRightOnBoth(page, 'student-identity-dialog-en');
      await dialog.getByRole('button', { name: 'No, go back' }).press('Enter');
      await press(page, 'Confirm');
      await dialog.getByRole('button', { name: 'Yes', exact: true }).press('Enter');

      // S-NAM-03: a typing error is corrected, and binding waits for nothing.
      await arrive(page, 'Verification did not succeed', 'identity-mismatch-en');
      await page.getByText('have the school correct it first').waitFor();
      await page.goto('/student/account');
      await page.getByText('Your real-name information was not confirmed.').waitFor();
      await arrive(page, 'Your account', 'account-mismatch-en');
      await follow(page, 'Correct the real-name information');
      // What was given beside the document stays.
      await page
        .getByRole('heading', { level: 1, name: 'Enter your real-name information' })
        .waitFor();
      expect(await page.getByText('Registered residence').count()).toBe(0);
      await fillDocument(page, citizen, 'en');
      await press(page, 'Confirm');
      await dialog.getByRole('button', { name: 'Yes', exact: true }).press('Enter');
      await page.getByText('One step left').waitFor();
      await arrive(page, 'Identity verified', 'identity-checked-en');
      await page.goto('/student/services/conscription');
      await page.getByText('One step left').waitFor();
      await arrive(page, 'You cannot use this service yet', 'gate-binding-en');
    });
  },
);

test(
  'S-REG-02 to S-REG-05: an activation link that is opened elsewhere, was used, has ended, or is of an address that is taken',
  { timeout: 480_000 },
  async () => {
    const { email } = newPerson();
    await onPhone(async (began) => {
      await askForActivation(began, email);
      await arrive(began, '等待激活', 'activation-waiting');
      const link = await activationLink(email);
      await onPhone(async (elsewhere) => {
        await elsewhere.goto(`${link.slice(0, -4)}AAAA`);
        await elsewhere.getByText('校验码已过期，请重新注册或重新获取校验码').waitFor();
        await arrive(elsewhere, '校验码已过期', 'activation-expired');
        await elsewhere.goto(link);
        await elsewhere.getByText('注册不是在这个浏览器里开始的').waitFor();
        await arrive(elsewhere, '激活账号', 'activation-elsewhere');
        await press(elsewhere, '激活');
        await arrive(elsewhere, '设置密码', 'activation-password');
        await arrive(began, '注册在别处继续', 'activation-moved');

        await elsewhere.getByLabel('再输入一次密码').fill(password);
        await elsewhere.getByLabel('密码', { exact: true }).fill(password);
        await press(elsewhere, '继续');
        await elsewhere.getByRole('checkbox').check();
        await press(elsewhere, '提交注册');
        await elsewhere.getByRole('heading', { level: 1, name: '注册成功' }).waitFor();
      });
      await began.goto(link);
      await began.getByText('该邮箱已激活，请不要重复操作').waitFor();
      await arrive(began, '该邮箱已激活', 'activation-used');

      // Only the one who holds the address learns that it is taken, by a press.
      await aMinuteLater();
      await askForActivation(began, email);
      await began.goto(await activationLink(email, 2));
      await press(began, '激活');
      await began.getByText('该邮箱已经注册，可直接登录').waitFor();
      await arrive(began, '该邮箱已经注册', 'activation-taken');
      await follow(began, '去登录');
      await began.getByLabel('邮箱或者手机号码').fill(email);
      await began.getByLabel('密码', { exact: true }).fill(password);
      await solveByComputing(began, 'zh');
      await began.locator('form').getByRole('button', { name: '登录', exact: true }).press('Enter');
      await arrive(began, '网上办事', 'home-after-activation');
    });
  },
);

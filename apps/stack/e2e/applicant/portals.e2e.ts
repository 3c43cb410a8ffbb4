import { createShimingClient } from '@shiming/client';
import { expect, test } from 'vitest';
import {
  listens,
  looksRight,
  looksRightOnBoth,
  onDesktop,
  onPhone,
  readCode,
  webUrl,
} from '../harness.ts';
import {
  agreeTo,
  arrive,
  openMenu,
  signInOnPage,
  solveByComputing,
  agreeWithAgreement,
} from '../pages.ts';
import { newPerson, password, registered, sendCode } from '../people.ts';

test('S-REG-06: one sign-in opens both portals, each shows what it was given, and leaving one leaves both', async () => {
  const person = newPerson();
  await registered(person);
  await onPhone(async (page) => {
    await page.goto('/login');
    await signInOnPage(page, person.document.number, 'zh');
    await arrive(page, '网上办事', 'portals-teacher-home');
    await page.getByRole('link', { name: '学信网', exact: true }).click();
    await page.waitForURL('**/student');
    await listens(page);
    await page.getByRole('button', { name: '菜单' }).waitFor();
    await looksRightOnBoth(page, 'portals-student-home');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/student/account');
    const doors = page.locator('section', {
      has: page.mainFrame().getByRole('heading', { name: '一个账号，进入多个网站' }),
    });
    await doors.getByText('您在这里').waitFor();
    await doors.getByText('还没有同意过任何事项').first().waitFor();
    await doors.getByText(/已同意：注册协议（.*）、处理证件号码（.*）/).waitFor();
    await looksRightOnBoth(page, 'portals-student-account');

    // A teacher is asked for the consents of this portal, and for nothing that the account has.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/student/services/archive');
    await agreeWithAgreement(page);
    await agreeTo(page, '同意并办理');
    await page.getByText('您的账号符合办理这项业务的要求').waitFor();
    await page.goto('/student/account');
    await doors.getByText(/进入学信档案（/).waitFor();

    const other = await page.context().newPage();
    await other.goto('/account');
    await listens(other);
    await other.getByRole('heading', { level: 1, name: '个人信息中心' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await openMenu(page, 'zh');
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL('**/student/');
    await listens(page);
    await page.getByRole('link', { name: '登录', exact: true }).waitFor();
    await other.reload();
    await listens(other);
    await other.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    expect(new URL(other.url()).pathname).toBe('/login');
  });
});

test('S-REG-06: a student enters the teacher portal and is asked for what the account does not have', async () => {
  const person = newPerson();
  const client = createShimingClient({ url: `${webUrl}/student` });
  await sendCode(client, { ...person, email: '' });
  await client.registration.proveContact.mutate({ code: await readCode(person.mobile) });
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  await client.registration.submit.mutate({ hasAgreed: true });
  await client.identity.give.mutate(person.document);
  await onPhone(async (page) => {
    await page.goto('/student/login');
    await page.getByLabel('邮箱或者手机号码').fill(person.mobile);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await solveByComputing(page, 'zh');
    await page.locator('form').getByRole('button', { name: '登录', exact: true }).press('Enter');
    await page.getByText('可以办理业务。').waitFor();

    await page.goto('/');
    await page.getByText('还差两步：完善个人信息，实名核验。').waitFor();
    await looksRightOnBoth(page, 'portals-student-at-teacher');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: '完善个人信息', exact: true }).press('Enter');
    await arrive(page, '完善个人信息', 'portals-student-profile');
    await expect.poll(() => page.locator('form select, form input').count()).toBe(1);
    await page.getByLabel('民族').selectOption({ label: '汉族' });
    await page.getByRole('button', { name: '保存，去实名核验' }).press('Enter');
    await arrive(page, '实名核验', 'portals-student-verification');
    await agreeWithAgreement(page);
    await expect
      .poll(() => page.getByRole('textbox', { name: '姓名' }).inputValue())
      .toBe(person.document.name);

    await page.goto('/account');
    const doors = page.locator('section', {
      has: page.mainFrame().getByRole('heading', { name: '一个账号，进入多个网站' }),
    });
    // Each shows what it was given: the teacher portal has no mail address and asks for none.
    await doors.getByText('用到：姓名和证件、个人信息').waitFor();
    await doors.getByText('用到：姓名和证件、绑定的手机号码').waitFor();
    await looksRightOnBoth(page, 'portals-student-teacher-account');
    await page.setViewportSize({ width: 390, height: 844 });
    await openMenu(page, 'zh');
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/student/account');
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
  });
});

/** The entrance of people who bring an address to go back to. */
const returning = (address: string) =>
  `/student/enter/conscription?${new URLSearchParams({ return: address }).toString()}`;

test('S-REG-07: who comes from another site goes back to a registered address, and to no other', async () => {
  const person = newPerson();
  await registered(person);
  await onDesktop(async (page) => {
    await page.goto('/student');
    await page.getByRole('link', { name: '全国征兵网' }).click();
    await arrive(page, '从全国征兵网来', 'portals-entrance');
    await looksRightOnBoth(page, 'portals-entrance-zh');
    await page.getByRole('link', { name: '已有账号，去登录' }).click();
    await page.getByText('欢迎使用学信网 全国征兵网登录入口').waitFor();
    await page.reload();
    await page.getByText('欢迎使用学信网 全国征兵网登录入口').waitFor();
    await page.goto('/student/recovery');
    await page.getByText('正在办理：全国征兵网').waitFor();

    await page.goto('/login');
    await signInOnPage(page, person.document.number, 'zh');
    await arrive(page, '网上办事', 'portals-entrance-teacher');
    const address = 'https://conscription.example/user/apply?year=2027';
    await page.goto(returning(address));
    const back = page.getByRole('link', { name: '返回全国征兵网' });
    await expect.poll(() => back.getAttribute('href')).toBe(address);
    await page.getByText('会打开 conscription.example').waitFor();
    await looksRight(page, 'portals-entrance-signed-in');
    for (const wrong of [
      'https://conscription.example.evil.example/user/',
      'https://conscription.example@evil.example/user/',
      'https://conscription.example/user/%2e%2e/',
      'javascript:alert(1)',
      '//evil.example/user/',
    ]) {
      await page.goto(returning(wrong));
      await page.getByText('返回地址没有登记').waitFor();
      await expect.poll(() => back.count()).toBe(0);
    }
  });
});

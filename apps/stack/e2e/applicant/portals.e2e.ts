import '../two-portals.ts';
import { expect, test } from 'vitest';
import { listens, looksRight, looksRightOnBoth, onDesktop, onPhone } from '../harness.ts';
import { arrive, openMenu, signInOnPage } from '../pages.ts';
import { newPerson, registered } from '../people.ts';

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
      has: page.getByRole('heading', { name: '一个账号，进入多个网站' }),
    });
    await doors.getByText('您在这里').waitFor();
    await doors.getByText('还没有同意过任何事项').waitFor();
    await doors.getByText(/已同意：注册协议（.*）、处理证件号码（.*）/).waitFor();
    await looksRightOnBoth(page, 'portals-student-account');

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
    expect(await back.getAttribute('href')).toBe(address);
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
      expect(await back.count()).toBe(0);
    }
  });
});

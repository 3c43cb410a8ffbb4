import { serviceDisclosureTable } from '@shiming/db';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  database,
  looksRight,
  looksRightInBoth,
  looksRightOnBoth,
  onDesktop,
  onPhone,
  phoneUrl,
  picture,
  tolerate,
  webUrl,
} from '../harness.ts';
import { agreeTo, agreeWithAgreement, arrive, signInOnPage, wordsOf } from '../pages.ts';
import { signInStaff } from '../console/staff.ts';
import { citizenAs, registered } from '../people.ts';

const zh = wordsOf('zh');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('T-ENT-03, T-ENT-04: a service sends a person who is not verified through everything, and gets them back; later it is one press', () =>
  onPhone(async (page) => {
    const person = await citizenAs('林知远');
    await registered(person);
    // From the service itself, by somebody who is not signed in here.
    await page.goto(`${phoneUrl}/service/certification`);
    await page.getByRole('link', { name: '登录' }).click();
    await page.waitForURL(`${webUrl}/login?*`);
    await signInOnPage(page, person.document.number, 'zh');
    await arrive(page, '请先完成实名核验', 'service-gate-from-zh');
    await page.getByRole('link', { name: '确定', exact: true }).click();
    await arrive(page, '实名核验', 'service-verify-zh');
    await page.getByRole('button', { name: zh.verify, exact: true }).click();
    await page.getByRole('button', { name: zh.confirm }).click();
    await page.getByRole('heading', { level: 1, name: '实名核验成功' }).waitFor();
    await picture(page, 'service-verified-zh');
    await page.getByRole('link', { name: '去办理教师资格认定' }).click();
    await arrive(page, '请先同意交出实名信息', 'service-agree-from-zh');
    // The mobile number is left out.
    await page.getByRole('button', { name: '同意并办理' }).press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('checkbox', { name: '手机号码' }).waitFor();
    await looksRightOnBoth(page, 'service-agree');
    await dialog.getByRole('button', { name: '同意', exact: true }).press('Enter');
    await page.getByRole('link', { name: '进入', exact: true }).waitFor();
    await looksRightInBoth(page, 'service-enter');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: '进入', exact: true }).click();
    await page.waitForURL(`${phoneUrl}/service/certification`);
    const told = page.locator('dl');
    await told.getByText(person.document.name, { exact: true }).waitFor();
    await told.getByText(person.document.number, { exact: true }).waitFor();
    await picture(page, 'service-told-zh');
    expect(await told.getByText('urn:shiming:level:3', { exact: true }).count()).toBe(2);
    const disclosed = await database().select().from(serviceDisclosureTable);
    expect(disclosed).toMatchObject([{ service: 'certification', fields: ['name', 'document'] }]);

    expect(await told.getByText('phone_number').count()).toBe(0);

    // From the services page, verified and agreed: no question on the way. The choice is changed there.
    await page.goto('/services/certification');
    await page.getByRole('button', { name: '更改交给它的信息' }).press('Enter');
    await dialog.getByRole('checkbox', { name: '手机号码' }).check();
    await picture(page, 'service-change-zh');
    await dialog.getByRole('button', { name: '同意', exact: true }).press('Enter');
    await page.getByText('手机号码（验证过的）').waitFor();
    await page.getByRole('link', { name: '进入', exact: true }).click();
    await page.waitForURL(`${phoneUrl}/service/certification`);
    await told.getByText(`+86${person.mobile}`, { exact: true }).waitFor();
    await page.goto('/account/security');
    await page.getByText('“教师资格认定”得到了您的姓名、证件类型和号码、手机号码').waitFor();
    await picture(page, 'service-history-zh');
    await page.goto(`${phoneUrl}/service/certification`);
    // Signing out at the service signs out here.
    await page.getByRole('link', { name: '退出' }).click();
    await page.waitForURL(`${phoneUrl}/service/certification/bye`);
    await page.goto('/account');
    await page.waitForURL(`${webUrl}/login?*`);
    // Somebody who does not want to enter goes back, and the service learns that.
    tolerate(page, /status of 400.*\/service\/certification\/callback/);
    await page.goto(`${phoneUrl}/service/certification/start`);
    await page.waitForURL(`${webUrl}/login?*`);
    await signInOnPage(page, person.document.number, 'zh');
    await page.getByRole('link', { name: '不进入了，返回业务系统' }).click();
    await page.getByText('没有进入：access_denied').waitFor();
  }));

test('T-ENT-03, T-ENT-04: the services of the other portals turn away who is not verified, and let in who is', () =>
  onPhone(async (page) => {
    const person = await citizenAs('沈秀兰');
    const client = await registered(person);
    await page.goto('/login');
    await signInOnPage(page, person.document.number, 'zh');
    await page.getByText('实名核验').first().waitFor();
    const begin = async (service: string) => {
      await page.goto(`${phoneUrl}/service/${service}`);
      await page.getByRole('link', { name: '登录' }).click();
    };
    // The portal lets people in at level 2, and the service itself asks for 3.
    await begin('conscription');
    await agreeWithAgreement(page);
    await agreeTo(page, '同意并办理');
    await page.getByText('业务系统这次要求的实名等级是').waitFor();
    await looksRight(page, 'service-lacking-student-zh');
    expect(await page.getByRole('link', { name: '进入', exact: true }).count()).toBe(0);
    await begin('registration-office');
    await agreeWithAgreement(page);
    await arrive(page, '请先完成实名核验', 'service-gate-business-zh');
    expect(await page.getByRole('link', { name: '进入', exact: true }).count()).toBe(0);

    const { name, validityStart, validityTerm } = person.document;
    await client.verification.verify.mutate({ name, validityStart, validityTerm });
    const told = page.locator('dl');
    await begin('registration-office');
    await agreeTo(page, '同意并办理');
    await page.getByRole('link', { name: '进入', exact: true }).click();
    await told.getByText(person.document.number, { exact: true }).waitFor();
    await picture(page, 'service-told-business-zh');
    // Agreed to before, and the level is reached now: no page in between.
    await page.goto(`${phoneUrl}/service/conscription/start`);
    await page.waitForURL(`${phoneUrl}/service/conscription`);
    await told.getByText(person.document.number, { exact: true }).waitFor();
    await picture(page, 'service-told-student-zh');
  }));

test('T-ENT-04: one administrator registers a service, another confirms it, and either suspends it', async () => {
  const where = `https://${'a-service-with-a-long-name.'.repeat(3)}example.cn/sign-in/callback`;
  const key = { kty: 'RSA', kid: '2026-12', n: 'a'.repeat(342), e: 'AQAB' };
  await onDesktop(async (page) => {
    await signInStaff(page, 'administrator', '管理一');
    tolerate(page, /Failed to load resource.*ERR_FAILED/);
    await page.route('**/serviceClient.list*', (route) => route.abort());
    await page.goto('/console/staff');
    await page.getByRole('link', { name: '业务系统', exact: true }).press('Enter');
    await button(page, '再试一次').waitFor();
    await looksRightOnBoth(page, 'console-services-failing');
    await page.unroute('**/serviceClient.list*');
    await button(page, '再试一次').press('Enter');
    await page.getByText('没有登记').first().waitFor();
    await looksRightInBoth(page, 'console-services');
    await page.getByRole('link', { name: '中小学教师资格定期注册' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: '中小学教师资格定期注册' }).waitFor();
    await page.getByLabel('登录后返回的地址').fill('http://service.example.cn/callback');
    await button(page, '提交').press('Enter');
    await page.getByText('每个地址都要以 https:// 开头').first().waitFor();
    await looksRightInBoth(page, 'console-service-refused');
    await page.getByLabel('登录后返回的地址').fill(where);
    await page.getByLabel('公钥', { exact: true }).fill(JSON.stringify({ keys: [key] }));
    await button(page, '提交').press('Enter');
    await page.getByText('已提出，等另一位管理员确认。').waitFor();
    await page.getByText('这是您提出的').waitFor();
    expect(await button(page, '确认，立即生效').count()).toBe(0);
    await looksRightOnBoth(page, 'console-service-own');
  });
  await onDesktop(async (page) => {
    await signInStaff(page, 'administrator', '管理二');
    await page.goto('/console/staff/services/teacher/periodic-registration');
    await page.getByText(where, { exact: true }).waitFor();
    await looksRightInBoth(page, 'console-service-waiting');
    await button(page, '确认，立即生效').press('Enter');
    await page.getByText('已确认').waitFor();
    await button(page, '暂停').press('Enter');
    await picture(page, 'console-service-suspend');
    await page.getByRole('alertdialog').getByRole('button', { name: '暂停' }).press('Enter');
    await page.getByText('已暂停。业务系统手里的登录都已失效。').waitFor();
    await looksRightOnBoth(page, 'console-service-suspended');
  });
});

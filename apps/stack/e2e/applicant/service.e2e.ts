import '../with-services.ts';
import { serviceDisclosureTable } from '@shiming/db';
import { expect, test } from 'vitest';
import { database, looksRight, onPhone, phoneUrl, picture, tolerate, webUrl } from '../harness.ts';
import { agreeTo, arrive, signInOnPage, wordsOf } from '../pages.ts';
import { citizenAs, registered } from '../people.ts';

const zh = wordsOf('zh');

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
    await agreeTo(page, '同意并办理');
    await page.getByRole('link', { name: '进入', exact: true }).waitFor();
    await looksRight(page, 'service-enter-zh');
    await page.getByRole('link', { name: '进入', exact: true }).click();
    await page.waitForURL(`${phoneUrl}/service/certification`);
    const told = page.locator('dl');
    await told.getByText(person.document.name, { exact: true }).waitFor();
    await told.getByText(person.document.number, { exact: true }).waitFor();
    await picture(page, 'service-told-zh');
    expect(await told.getByText('urn:shiming:level:3', { exact: true }).count()).toBe(2);
    const disclosed = await database().select().from(serviceDisclosureTable);
    expect(disclosed).toMatchObject([{ service: 'certification', fields: ['name', 'document'] }]);

    // From the services page, verified and agreed: no question on the way.
    await page.goto('/services/certification');
    await page.getByRole('link', { name: '进入', exact: true }).click();
    await page.waitForURL(`${phoneUrl}/service/certification`);
    await told.getByText(person.document.name, { exact: true }).waitFor();
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

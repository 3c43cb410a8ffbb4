import { newOfficeKey, RegistrationOffice } from '@shiming/sandbox';
import { shanghaiDate } from '@shiming/domain';
import { attestFor } from '@shiming/services/testing/attestations';
import { expect, test } from 'vitest';
import { signInStaff, worldOfStack } from '../console/staff.ts';
import {
  aMinuteLater,
  database,
  faultsOf,
  longAfterSigningIn,
  looksRight,
  looksRightOnBoth,
  onDesktop,
  onPhone,
  readCode,
  webUrl,
} from '../harness.ts';
import { arrive, fillDate, signInOnPage, solveByComputing } from '../pages.ts';
import { citizenAs, password, registered } from '../people.ts';

test(
  'E-AUT-01, E-AUT-02, E-AUT-02a: a person authorises a registration office once, the office asks over the signed API, the window closes, and one matter is confirmed',
  { timeout: 480_000 },
  async () => {
    const person = await citizenAs('林知远');
    await registered(person);
    const [account] = await database().all<{ id: string }>('select id from account');
    await attestFor(worldOfStack(), account?.id ?? '', 'face');

    // An administrator puts the key of an office on record.
    const key = newOfficeKey();
    let keyId = '';
    // Tomorrow may be today before the journey ends.
    const lastDay = shanghaiDate(Date.now() + 2 * 86_400_000);
    await onDesktop(async (console) => {
      await signInStaff(console, 'administrator', '周管理');
      await console.goto('/console/staff');
      await console.getByRole('link', { name: '登记机关的密钥' }).press('Enter');
      await console.getByText('还没有登记').waitFor();
      await console.getByLabel('登记机关').fill('沙箱市市场监督管理局');
      await console.getByLabel('公钥', { exact: true }).fill('x');
      await console.getByRole('button', { name: '登记密钥' }).press('Enter');
      await console
        .getByText(/43 个字符$/)
        .first()
        .waitFor();
      await looksRight(console, 'console-office-key-refused');
      await console.getByLabel('公钥', { exact: true }).fill(key.publicKey);
      await console.getByRole('button', { name: '登记密钥' }).press('Enter');
      const told = console.getByText(/请把密钥编号/);
      await told.waitFor();
      keyId = /office-[\w-]+/.exec(await told.innerText())?.[0] ?? '';
      await looksRight(console, 'console-office-keys');
    });
    const office = new RegistrationOffice({
      url: `${webUrl}/business/office/v1/authorisation.check`,
      keysUrl: `${webUrl}/business/office/v1/keys`,
      keyId,
      key,
      fetch: (request) => fetch(request),
      now: () => Date.now(),
    });
    const ask = async () => {
      const reply = await office.check({ idNumber: person.document.number, purpose: 'establish' });
      expect(reply).toMatchObject({ status: 200, isGenuine: true });
      return reply.said['answer'];
    };
    expect(await ask()).toBe('no');

    await onPhone(async (page) => {
      await page.goto('/login?next=/account');
      await signInOnPage(page, person.document.number, 'zh');
      await arrive(page, '个人信息中心', 'authorisation-account');
      await page.goto('/business/account');
      await page.getByText('1 条未读', { exact: true }).waitFor();
      await page.getByRole('link', { name: '进入企业登记注册授权' }).press('Enter');
      await arrive(page, '企业登记注册授权', 'authorisation-off');
      await page.getByText('答复：否').waitFor();
      await looksRightOnBoth(page, 'authorisation-off');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: '设为“是”' }).press('Enter');
      await page.locator('.summary', { hasText: '请选择授权的事项' }).waitFor();
      await looksRight(page, 'authorisation-refused');
      await page.getByRole('checkbox', { name: '设立' }).press('Space');
      await fillDate(page, 'zh', lastDay);
      await longAfterSigningIn();
      await page.getByRole('button', { name: '设为“是”' }).press('Enter');
      // A session alone does not do; what was typed comes back.
      await arrive(page, '证明是您本人', 'authorisation-proof');
      await page.getByLabel('登录密码', { exact: true }).fill(password);
      await page.getByRole('button', { name: '确认', exact: true }).press('Enter');
      await arrive(page, '企业登记注册授权', 'authorisation-proved');
      await page.getByRole('button', { name: '设为“是”' }).press('Enter');
      await page.getByRole('button', { name: '设为“否”' }).waitFor();
      await looksRight(page, 'authorisation-on');

      expect(await ask()).toBe('yes');
      expect(await ask()).toBe('no');
      await page.reload();
      await page.getByText('上一次的授权次数已用完').waitFor();
      await looksRight(page, 'authorisation-used-up');

      // As often as needed: the advice after a use, and the one press.
      await page.getByRole('checkbox', { name: '设立' }).press('Space');
      await fillDate(page, 'zh', lastDay);
      await page.getByRole('radio', { name: /不限次数/ }).check();
      await page.getByRole('button', { name: '设为“是”' }).press('Enter');
      await page.getByRole('button', { name: '设为“否”' }).waitFor();
      expect(await ask()).toBe('yes');
      await page.reload();
      await page.getByText('建议及时设为“否”').waitFor();
      await looksRightOnBoth(page, 'authorisation-advice');
      await page.getByRole('button', { name: '设为“否”' }).press('Enter');
      await page.getByText('您已关闭上一次的授权').waitFor();
      expect(await ask()).toBe('no');

      // The office asks the person to confirm one matter: told, read, and answered with password and code.
      const company = '沙箱市晴川茶叶有限公司';
      const asked = await office.askMatter({
        idNumber: person.document.number,
        company,
        role: 'shareholder',
        purpose: 'establish',
      });
      expect(asked).toMatchObject({ status: 200, isGenuine: true, said: { state: 'waiting' } });
      const matter = String(asked.said['matter']);
      await aMinuteLater();
      await page.goto('/business/account/notices');
      await page.getByText('请您确认一个登记事项').waitFor();
      await looksRight(page, 'authorisation-matter-notice');
      await page.getByRole('link', { name: '查看授权和事项' }).first().press('Enter');
      await page.getByText(company).waitFor();
      await looksRightOnBoth(page, 'authorisation-matters');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('link', { name: `查看并答复：${company}` }).press('Enter');
      await arrive(page, '确认登记事项', 'authorisation-matter');
      await solveByComputing(page, 'zh');
      await page.getByRole('button', { name: '通过短信免费获取验证码' }).press('Enter');
      await page.getByLabel('6 位验证码').fill(await readCode(person.mobile, 2));
      await page.getByRole('button', { name: '提交答复' }).press('Enter');
      await page.locator('.summary', { hasText: '请选择同意或者不同意' }).waitFor();
      await looksRight(page, 'authorisation-matter-refused');
      await page.getByLabel('登录密码', { exact: true }).fill(password);
      await page.getByRole('radio', { name: /^同意/ }).check();
      await looksRightOnBoth(page, 'authorisation-matter-answer');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: '提交答复' }).press('Enter');
      await page.getByText('您已同意').waitFor();
      await looksRight(page, 'authorisation-matter-past');
      const { said } = await office.result(matter);
      expect(said).toMatchObject({ state: 'yes', by: 'password_and_code' });
      await page.getByText(`回执号 ${String(said['receipt'])}`).waitFor();
    });
    await onDesktop(
      async (page) => {
        await page.goto('/login?next=/account');
        await signInOnPage(page, person.document.number, 'zh');
        await arrive(page, '个人信息中心', 'authorisation-account-desk');
        await page.goto('/business/account/authorisation');
        await page.getByText('答复：否').first().waitFor();
        await page.getByRole('button', { name: 'English' }).click();
        await page.reload();
        await page.getByText('Questions of registration offices').waitFor();
        await looksRight(page, 'authorisation-en-dark');
        await page.setViewportSize({ width: 320, height: 640 });
        await page.evaluate(() => document.documentElement.classList.add('large', 'larger'));
        await expect.poll(() => faultsOf(page)).toEqual([]);
      },
      { colorScheme: 'dark' },
    );
  },
);

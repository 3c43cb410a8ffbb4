import type { Citizen } from '@shiming/sandbox';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  database,
  looksRight,
  onDesktop,
  onPhone,
  openCtid,
  picture,
  tolerate,
  withAuthority,
} from '../harness.ts';
import {
  agreeTo,
  arrive,
  completeOnPages,
  fillDate,
  openMenu,
  registerOnPages,
  signInOnPage,
  solveByKeyboard,
  wordsOf,
} from '../pages.ts';
import { citizens, newPerson, password } from '../people.ts';

let all: readonly Citizen[];
beforeAll(async () => {
  all = await citizens();
});

/** The citizen of a document type and outcome that no other journey uses: the `at`th. */
function citizen(outcome: Citizen['outcome'], type: Citizen['documentType'], at = 0): Citizen {
  const found = all.filter((each) => each.outcome === outcome && each.documentType === type)[at];
  if (found === undefined) throw new Error(`no citizen ${type} ${outcome} ${at}`);
  return found;
}

const zh = wordsOf('zh');

test('T-REG-01 to 17, T-LOG-01 to 03, T-PRO-01, T-VER-01 to 06, T-ENT-03: 身份证, on a phone, by slider', () =>
  onPhone(async (page) => {
    const person = citizen('match', 'resident_identity_card');
    await page.goto('/');
    await arrive(page, '网上办事', 'home-zh');
    await page.getByRole('link', { name: '在线办理：教师资格认定' }).click();
    await page.getByText('认定登录入口').waitFor();
    await registerOnPages(page, person, 'zh', solveByKeyboard);

    // The gate holds before the profile and the verification are done.
    await page.goto('/services/certification');
    await page.getByRole('heading', { level: 1, name: '完善个人信息' }).waitFor();
    await completeOnPages(page, person, 'zh');
    await arrive(page, '实名核验', 'verification-zh');
    await page.goto('/services/certification');
    await page
      .getByText('您还未进行实名核验，需进入“个人信息中心”完成实名核验，再办理业务！')
      .waitFor();
    await looksRight(page, 'gate-zh');
    await page.getByRole('link', { name: '确定', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '实名核验', exact: true }).waitFor();

    await openMenu(page, 'zh');
    await looksRight(page, 'menu-zh');
    await page.getByRole('button', { name: zh.signOut }).first().click();
    await page.getByRole('link', { name: zh.signIn, exact: true }).waitFor();
    await page.goto('/login');
    await arrive(page, '登录', 'login-zh');
    await signInOnPage(page, person.number, 'zh', solveByKeyboard);
    await page.getByRole('heading', { level: 1, name: '网上办事' }).waitFor();
    await page.goto('/account/verification');
    await page.getByRole('button', { name: zh.verify, exact: true }).click();
    await page.getByText(`实名核验的姓名为：${person.name}`).waitFor();
    await looksRight(page, 'confirm-zh');
    await page.getByRole('button', { name: zh.confirm }).click();
    await arrive(page, '实名核验成功', 'verified-zh');

    await page.goto('/account');
    await arrive(page, '个人信息中心', 'account-zh');
    await page.getByRole('link', { name: '进入登录与安全' }).click();
    await arrive(page, '登录与安全', 'security-zh');
    await page.getByRole('link', { name: '修改密码' }).click();
    await arrive(page, '修改密码', 'change-password-zh');
    await page.getByLabel('现在的密码', { exact: true }).fill(password);
    await page.getByLabel('新密码', { exact: true }).fill('Shan#Yue_47x');
    await page.getByLabel('再输入一次新密码').fill('Shan#Yue_47x');
    await page.getByRole('button', { name: '修改密码', exact: true }).click();
    await page.getByText('密码已修改，其他设备都已退出。').waitFor();
    await looksRight(page, 'password-changed-zh');
    await page.goto('/services/certification');
    await arrive(page, '请先同意交出实名信息', 'service-consent-zh');
    await agreeTo(page, '同意并办理');
    await page.getByText('您已通过实名核验').waitFor();
    await picture(page, 'service-open-zh');
  }));

test.for(['hmt_residence_permit', 'hk_macao_travel_permit', 'taiwan_travel_permit'] as const)(
  'T-REG-02, T-PRO-02, T-VER-03: %s registers and is told that a person reviews it',
  (type) =>
    onPhone(async (page) => {
      const person = citizen('unchecked', type);
      // Longer than a code by SMS is good for, by a clock that is wrong.
      await page.clock.install({ time: Date.now() + 10 * 60_000 });
      await registerOnPages(page, person, 'zh');
      await page.getByRole('link', { name: zh.toProfile }).click();
      await completeOnPages(page, person, 'zh');
      await page.getByText('在线核验服务目前核对不了这种证件').waitFor();
      await looksRight(page, `no-authority-${type}-zh`);
    }),
);

test('X-04: the whole job in English, on a desktop, 古丽·买买提', () =>
  onDesktop(
    async (page) => {
      const person = citizen('match', 'resident_identity_card', 1);
      const en = wordsOf('en');
      await page.goto('/');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Online services' }).waitFor();
      await registerOnPages(page, person, 'en');
      await page.getByRole('link', { name: en.toProfile }).click();
      await completeOnPages(page, person, 'en');
      await page.getByRole('button', { name: en.verify, exact: true }).click();
      await page.getByRole('button', { name: en.confirm }).click();
      await page.locator('.stamp').waitFor();
      await looksRight(page, 'verified-en');
    },
    { locale: 'en-GB' },
  ));

test('T-VER-05: a change the authority has not seen yet: explained, then verified after 网证', () =>
  onPhone(async (page) => {
    const person = citizen('recently_changed', 'resident_identity_card');
    await registerOnPages(page, person, 'zh');
    await page.getByRole('link', { name: zh.toProfile }).click();
    await completeOnPages(page, person, 'zh');
    await page.getByRole('button', { name: zh.verify, exact: true }).click();
    await page.getByRole('button', { name: zh.confirm }).click();
    await arrive(page, '实名核验没有通过', 'verification-failed-zh');
    await page.getByText('今天还剩 2 次').first().waitFor();
    await openCtid(person.number);
    await page.goto('/account/verification');
    await page.getByRole('button', { name: zh.verify, exact: true }).click();

    // The answer, and with it the session's new cookie, does not reach the page, which is loaded again meanwhile.
    tolerate(page, /ERR_FAILED/);
    const aborted = page.waitForEvent('requestfailed');
    await page.route('**/trpc/verification.verify', async (route) => {
      const request = route.request();
      const held = await page.context().cookies(request.url());
      const response = await fetch(request.url(), {
        method: 'POST',
        body: request.postData(),
        headers: {
          'content-type': 'application/json',
          cookie: held.map(({ name, value }) => `${name}=${value}`).join('; '),
        },
      });
      expect(response.headers.get('set-cookie')).toContain('session');
      await route.abort();
    });
    await page.getByRole('button', { name: zh.confirm }).click();
    await aborted;
    await page.unroute('**/trpc/verification.verify');
    await page.reload();
    await page.locator('.stamp').waitFor();
    // The minute is over in which the former cookie was good: the page has the new one.
    await database().run(
      'update session set former_until_ms = 1 where former_until_ms is not null',
    );
    await page.goto('/account');
    await arrive(page, '个人信息中心', 'verified-after-reload-zh');
  }));

test('two tabs of one browser, two people who register: what is typed in the first is kept, and goes to nobody', () =>
  onPhone(async (page) => {
    const mine = newPerson().document;
    const theirs = { ...newPerson().document, name: '沈二川' };
    const fillDocument = async (tab: Page, { name, number }: typeof mine) => {
      await tab.getByLabel(zh.name, { exact: true }).fill(name);
      await tab.getByLabel(zh.number, { exact: true }).fill(number);
    };
    const fillPassword = async (tab: Page) => {
      await tab.getByLabel(zh.again).fill(password);
      await tab.getByLabel(zh.password, { exact: true }).fill(password);
      await tab.getByRole('button', { name: zh.next }).click();
    };
    await page.goto('/register');
    await page.getByRole('link', { name: zh.start }).click();
    await fillDocument(page, mine);
    await fillDate(page, 'zh', '2020-05-06');
    await page.getByLabel(zh.years('20'), { exact: false }).check();
    await page.getByLabel(zh.consent).check();
    await page.getByRole('button', { name: zh.next }).click();
    await page.getByLabel(zh.again).waitFor();

    const other = await page.context().newPage();
    await other.goto('/register/document');
    await fillDocument(other, theirs);
    await other.getByRole('button', { name: zh.next }).click();
    await other.getByLabel(zh.again).waitFor();

    tolerate(page, /status of 409/);
    await fillPassword(page);
    await page.locator('.summary', { hasText: '另一个页面换了人' }).waitFor();
    await looksRight(page, 'register-two-tabs-zh');
    await expect.poll(() => page.getByLabel(zh.again).inputValue()).toBe(password);
    await fillPassword(other);
    await other.getByLabel(zh.email).waitFor();
    await page.goto('/register/document');
    const name = page.getByLabel(zh.name, { exact: true });
    await name.waitFor();
    await expect.poll(() => name.inputValue()).toBe(theirs.name);
  }));

test('T-VER-07: the authority is down: said honestly, not counted, nothing lost', () =>
  onPhone(async (page) => {
    const person = citizen('mismatch', 'resident_identity_card');
    tolerate(page, /status of 5\d\d/);
    await registerOnPages(page, person, 'zh');
    await page.getByRole('link', { name: zh.toProfile }).click();
    await completeOnPages(page, person, 'zh');
    await withAuthority('down', async () => {
      await page.getByRole('button', { name: zh.verify, exact: true }).click();
      await page.getByRole('button', { name: zh.confirm }).click();
      await arrive(page, '核验服务没有回应', 'authority-down-zh');
      await page.getByText('今天还剩 3 次').first().waitFor();
    });
  }));

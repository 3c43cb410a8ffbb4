import { studentPortal, vouchRule } from '@shiming/domain';
import { giveStudies, testStudies } from '@shiming/services/testing/studies';
import type { ShimingClient } from '@shiming/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { worldOfStack } from '../console/staff.ts';
import { database, looksRightOnBoth, onDesktop, onPhone, runScheduled } from '../harness.ts';
import { agreeTo, openMenu } from '../pages.ts';
import { citizenAs, newPerson, type Person } from '../people.ts';
import { registerStudent, signInStudent } from '../students.ts';

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).press('Enter');

async function see(page: Page, name: string): Promise<void> {
  await looksRightOnBoth(page, `binding-${name}`);
  await page.setViewportSize({ width: 390, height: 844 });
}

const idOf = async (client: ShimingClient): Promise<string> =>
  (await client.session.current.query())?.drawnFrom ?? '';

/** Keeps a record of study that the authority has answered, for one class. */
async function studies(
  client: ShimingClient,
  fields: Record<string, string> = testStudies,
): Promise<void> {
  const world = worldOfStack();
  const ctx = () => ({ ...world.ctx(), portal: studentPortal });
  await giveStudies({ ...world, ctx }, await idOf(client), fields);
}

/** A member of the class, who has had a mobile for long enough. */
async function helperOf(fields: Record<string, string>): Promise<Person> {
  const person = newPerson();
  const client = await registerStudent({ mobile: person.mobile });
  await client.identity.give.mutate({ ...person.document, name: '沈二川' });
  await studies(client, fields);
  await database().run(
    `update identifier set proved_at_ms = proved_at_ms - ${vouchRule.boundForMs + 1} where kind = 'mobile'`,
  );
  return person;
}

async function ask(page: Page, name: string, mobile: string): Promise<void> {
  await page.getByLabel('同学姓名').fill(name);
  await page.getByLabel('同学手机号码').fill(mobile);
  await page.getByLabel('您的手机号码').fill('19900000041');
  await press(page, '发送请求');
  await page.getByText('请同学登录自己的账号').waitFor();
}

/** The helper reads as long as the page asks, and types a name. */
async function confirm(page: Page, name: string, button = '我认识，协助绑定'): Promise<void> {
  await page.clock.runFor(vouchRule.waitMs + 1_000);
  await page.getByLabel('这位同学的全名').fill(name);
  await press(page, button);
}

test(
  'S-BND-02: a classmate is asked, declines, is asked again, comes too late, confirms by name, and takes it back; both are told',
  { timeout: 480_000 },
  async () => {
    const asker = newPerson();
    const asking = await registerStudent({ email: asker.email });
    await asking.identity.give.mutate(asker.document);
    await studies(asking);
    const helper = await helperOf(testStudies);

    await onPhone(async (page) => {
      await signInStudent(page, asker.email, '/account/binding');
      await page.getByRole('heading', { level: 1, name: '绑定实名信息' }).waitFor();
      await see(page, 'ways');
      await press(page, '发送请求');
      await see(page, 'faults');
      await ask(page, '沈二川', helper.mobile);
      await see(page, 'asked');

      await onDesktop(
        async (other) => {
          await other.clock.install();
          await signInStudent(other, helper.mobile, '/account');
          await other
            .getByRole('link', { name: /收件箱/ })
            .getByText('1', { exact: true })
            .waitFor();
          await other.setViewportSize({ width: 390, height: 844 });
          await openMenu(other, 'zh');
          await other.getByRole('link', { name: /收件箱/ }).press('Enter');
          await other.getByText('林*舟 请您协助绑定实名信息').waitFor();
          await see(other, 'inbox-dark');
          await other.clock.runFor(vouchRule.waitMs + 1_000);
          await other.getByRole('button', { name: 'English' }).press('Enter');
          await other.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
          await see(other, 'inbox-dark-en');
          await other.getByRole('button', { name: '中文' }).press('Enter');
          await press(other, '不协助');
          await other.getByText('没有协助').waitFor();

          await page.reload();
          await page.getByText('上一次的请求，同学没有同意').waitFor();
          await ask(page, '沈二川', helper.mobile);
          await other.reload();
          await other.getByText('等您处理').waitFor();
          await press(page, '撤回请求');
          await page.getByText('上一次的请求已撤回').waitFor();
          await confirm(other, asker.document.name);
          await other.getByText('这个请求已经撤回、处理过，或者过期了').first().waitFor();
          await see(other, 'too-late');

          await ask(page, '沈二川', helper.mobile);
          await other.reload();
          await confirm(other, '林一周');
          await other.getByText('姓名不对。请填写这位同学的全名').first().waitFor();
          await see(other, 'wrong-name');
          await other.getByLabel('这位同学的全名').fill(asker.document.name);
          await press(other, '我认识，协助绑定');
          await other.getByText('已协助').first().waitFor();
          await see(other, 'confirmed');

          await page.reload();
          await page.getByText('实名信息已绑定').waitFor();
          await see(page, 'bound');
          await press(other, '撤回协助');
          await other.getByText('您已撤回').waitFor();
        },
        { colorScheme: 'dark' },
      );

      await page.goto('/student/account/notices');
      await page.getByRole('heading', { level: 1, name: '通知' }).waitFor();
      await see(page, 'told');
      await page.goto('/student/account/binding');
      await page.getByText('上一次的协助，同学撤回了').waitFor();
      await expect.poll(() => page.getByText('实名信息已绑定').count()).toBe(0);
    });
  },
);

test(
  'S-DUP-05: a classmate confirms who claims a number; its holder is silent, and the number moves',
  { timeout: 480_000 },
  async () => {
    // The authority of records knows their studies.
    const holder = await citizenAs('林知远');
    const account = await registerStudent({ mobile: holder.mobile });
    await account.identity.give.mutate(holder.document);
    const helper = await helperOf({
      school: '沙箱师范大学',
      class: '2016升1',
      enrolledOn: '2016-09-01',
    });
    const { mobile } = newPerson();
    const claimant = await registerStudent({ mobile });
    await claimant.identity.give.mutate({ ...holder.document, claimsNumber: true });

    await onPhone(async (page) => {
      await signInStudent(page, mobile, '/account');
      await page.getByText('证件重复-用户协助').waitFor();
      await see(page, 'claim-rooms');
      await page.getByRole('link', { name: '进入证件重复-用户协助' }).press('Enter');
      await page.getByRole('heading', { level: 1, name: '证件重复-用户协助' }).waitFor();
      await agreeTo(page, '同意查询');
      await page.getByLabel('同学姓名').waitFor();
      await see(page, 'claim-ask');
      await ask(page, '沈二川', helper.mobile);

      await onDesktop(async (other) => {
        await other.clock.install();
        await signInStudent(other, helper.mobile, '/account/inbox');
        await other.getByText('林*远 请您协助解决证件号码重复').waitFor();
        await see(other, 'claim-inbox');
        await confirm(other, holder.document.name, '我认识，确认是本人');
        await other.getByText('已协助').first().waitFor();
      });

      await page.reload();
      await page.getByText('同学已确认您的身份').waitFor();
      await runScheduled();
      await page.goto('/student/account/number');
      await page.getByText('已通知对方').waitFor();
      await see(page, 'claim-told');
      await database().run('update number_claim set object_until_ms = 1');
      await runScheduled();
      await page.reload();
      await page.getByText('号码已归您的账号').waitFor();
      await page.goto('/student/account');
      await page.getByRole('link', { name: '进入绑定实名信息' }).waitFor();
      await see(page, 'claim-moved-rooms');
    });
  },
);

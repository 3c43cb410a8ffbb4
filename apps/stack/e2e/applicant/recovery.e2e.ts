import { appErrorOf, createShimingClient } from '@shiming/client';
import { expect, test } from 'vitest';
import { aMinuteLater, database, looksRight, onPhone, readCode, webUrl } from '../harness.ts';
import { arrive, asksForNoPuzzle, signInOnPage, solveByComputing, wordsOf } from '../pages.ts';
import { newPerson, password, registered, ticketFor } from '../people.ts';

const renewed = 'Qiushui-47*bridge';

test(
  'T-PWD-01, T-PWD-03: a forgotten password is reset by SMS, every session ends, and only the new one signs in',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    const { number, name } = person.document;
    const before = await registered(person);
    // One code a minute for one number, and the registration has just had one.
    await aMinuteLater();

    await onPhone(async (page) => {
      const zh = wordsOf('zh');
      await page.goto('/recovery/code');
      await page.locator('.note', { hasText: '这次重置已经过期' }).waitFor();
      await page.goto('/login');
      await page.getByRole('link', { name: '忘记密码' }).click();
      await arrive(page, '忘记密码', 'recovery');

      const next = page.getByRole('button', { name: '继续' });
      await page.getByLabel(zh.number, { exact: true }).fill(number);
      await page.getByLabel(zh.name, { exact: true }).fill('林二舟');
      await solveByComputing(page, 'zh');
      await next.click();
      await page.locator('.summary', { hasText: '证件类型、证件号码、姓名有一项不对' }).waitFor();
      await looksRight(page, 'recovery-no-match');
      await expect
        .poll(() => page.getByLabel(zh.name, { exact: true }).inputValue())
        .toBe('林二舟');

      await page.getByLabel(zh.name, { exact: true }).fill(name);
      await asksForNoPuzzle(page);
      await next.click();

      await arrive(page, '怎样证明是您本人', 'recovery-way');
      await page.getByRole('link', { name: '用这种办法: 短信验证码' }).click();
      await arrive(page, '用短信重置密码', 'recovery-send');
      await page.getByText(`${person.mobile.slice(0, 3)}*****${person.mobile.slice(-2)}`).waitFor();
      await asksForNoPuzzle(page);
      await page.getByRole('button', { name: zh.send }).click();
      await page.getByLabel(zh.code).waitFor();
      await page.reload();
      await page.getByLabel(zh.code).fill(await readCode(person.mobile, 2));
      await page.getByLabel('新密码', { exact: true }).fill(renewed);
      await page.getByLabel('再输入一次新密码').fill(renewed);
      await looksRight(page, 'recovery-code');
      await page.getByRole('button', { name: '重置密码' }).click();

      await arrive(page, '密码已重置', 'recovery-done');
      expect(await before.session.current.query()).toBeNull();
      await page.getByRole('link', { name: '去登录' }).click();
      await signInOnPage(page, number, 'zh');
      await page.locator('.summary', { hasText: '登录名或密码不对' }).waitFor();
    });

    const client = createShimingClient({ url: webUrl });
    const signIn = async (typed: string) => {
      const ticket = await ticketFor(client, 'login');
      await client.login.signIn.mutate({ name: number, password: typed, ticket });
    };
    const refusal = await signIn(password).catch((error: unknown) => appErrorOf(error)?.code);
    expect(refusal).toBe('login.refused');
    await signIn(renewed);
    expect(await client.session.current.query()).not.toBeNull();
  },
);

test('T-PWD-05: who registered before 2019-03-01 is told to register again, and is led there', async () => {
  const person = newPerson();
  const { number, name } = person.document;
  await registered(person);
  const db = database();
  // As the import of the old system's accounts leaves it; the newest is this one.
  const [account] = await db.all<{ id: string }>(
    'select id from account order by created_at_ms desc limit 1',
  );
  for (const table of ['consent', 'recovery']) {
    await db.run(`delete from ${table} where account_id = '${account?.id}'`);
  }
  await db.run(
    `update account set created_at_ms = 1520000000000, password_hash = null where id = '${account?.id}'`,
  );

  await onPhone(async (page) => {
    const zh = wordsOf('zh');
    await page.goto('/recovery');
    await page.getByLabel(zh.number, { exact: true }).fill(number);
    await page.getByLabel(zh.name, { exact: true }).fill(name);
    await solveByComputing(page, 'zh');
    await page.getByRole('button', { name: '继续' }).click();
    await page.locator('.summary', { hasText: '2019 年 3 月 1 日以前注册的' }).waitFor();
    await looksRight(page, 'recovery-too-early');
    await page.getByRole('link', { name: '重新注册' }).click();
    await page.getByRole('link', { name: zh.start }).waitFor();
  });
});

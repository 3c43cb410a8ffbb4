import { createShimingClient, type ShimingClient } from '@shiming/client';
import { expect, test } from 'vitest';
import { arrive, asksForNoPuzzle, signInOnPage, solveByComputing, wordsOf } from '../pages.ts';
import {
  database,
  looksRight,
  mailsTo,
  onPhone,
  provingLink,
  runScheduled,
  webUrl,
  withMail,
  withMailScanner,
} from '../harness.ts';
import {
  newPerson,
  outcomes,
  password,
  type Person,
  registered,
  registeredUnproved,
  ticketFor,
} from '../people.ts';

const newPassword = 'Shan#Yue_47x';

/** Somebody who has said whose password it is, and asks for the link. */
async function askForLink(person: Person): Promise<ShimingClient> {
  const client = createShimingClient({ url: webUrl });
  const { documentType, number, name } = person.document;
  const ticket = await ticketFor(client, 'recover');
  await client.recovery.identify.mutate({ documentType, number, name, ticket });
  await client.recovery.sendLink.mutate({ ticket: await ticketFor(client, 'recover') });
  return client;
}

async function signIn(person: Person, typed: string): Promise<string | undefined> {
  const client = createShimingClient({ url: webUrl });
  const ticket = await ticketFor(client, 'login');
  const { number } = person.document;
  const [outcome] = await outcomes([
    client.login.signIn.mutate({ name: number, password: typed, ticket }),
  ]);
  return outcome;
}

test('T-PWD-02: a link by SMTP that a scanner has opened still resets, on the phone, once', async () => {
  const person = newPerson();
  const elsewhere = await registered(person);
  await withMailScanner(async () => {
    await askForLink(person);
    await expect.poll(async () => (await mailsTo(person.email)).length).toBe(1);
  });
  const [mail] = await mailsTo(person.email);
  const link = mail?.links.find((each) => each.includes('/recovery/link#')) ?? '';
  expect(mail?.transport).toBe('smtp');
  expect(mail?.scannedLinks).toBe(1);

  await onPhone(async (page) => {
    await page.goto(link);
    await arrive(page, '设置新密码', 'recovery-link-zh');
    expect(new URL(page.url()).hash).toBe('');
    await page.getByLabel('新密码', { exact: true }).fill(newPassword);
    await page.getByLabel('再输入一次新密码').fill(newPassword);
    await page.getByRole('button', { name: '重置密码' }).click();
    await arrive(page, '密码已重置', 'recovery-done-zh');
    // A link of the same page does not load it anew.
    await page.goto('/');
    await page.goto(link);
    await arrive(page, '这个链接已经用过', 'recovery-link-used-zh');
  });
  expect(await elsewhere.session.current.query()).toBeNull();
  expect(await signIn(person, password)).toBe('login.refused');
  expect(await signIn(person, newPassword)).toBe('ok');
});

test('the mail server is away: the mail waits, and goes out once when it is back', async () => {
  const person = newPerson();
  await registered(person);
  await withMail('down', async () => {
    await askForLink(person);
    await runScheduled();
    expect(await mailsTo(person.email)).toEqual([]);
  });
  await expect
    .poll(async () => {
      // As when it is time to try again.
      await database().run('update channel_stop set probe_at_ms = 1');
      await database().run("update outbox set due_at_ms = 1 where status = 'waiting'");
      await Promise.all([runScheduled(), runScheduled()]);
      return (await mailsTo(person.email)).length;
    })
    .toBe(1);
  await runScheduled();
  expect(await mailsTo(person.email)).toHaveLength(1);
});

test('T-PWD-02: on the phone the link is asked for, and the page says where it went', async () => {
  const person = newPerson();
  await registered(person);
  const { number, name } = person.document;
  const zh = wordsOf('zh');
  await onPhone(async (page) => {
    await page.goto('/recovery');
    await page.getByLabel(zh.number, { exact: true }).fill(number);
    await page.getByLabel(zh.name, { exact: true }).fill(name);
    await solveByComputing(page, 'zh');
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('link', { name: '用这种办法: 邮件链接' }).click();
    await arrive(page, '用邮件重置密码', 'recovery-mail-zh');
    await asksForNoPuzzle(page);
    await page.getByRole('button', { name: '发送链接' }).click();
    await page.getByText('链接已发往').waitFor();
    await arrive(page, '用邮件重置密码', 'recovery-mail-sent-zh');
  });
  await expect.poll(async () => (await mailsTo(person.email)).length).toBe(1);
});

test('T-REG-13a: the account shows that its address is not proved; the link of the mail proves it, or takes it off', async () => {
  const person = newPerson();
  await registeredUnproved(person);
  const first = await provingLink(person.email);
  await onPhone(async (page) => {
    await page.goto('/account');
    await signInOnPage(page, person.document.number, 'zh');
    await page.getByText('还没有确认：通知不会发到这里').waitFor();
    await looksRight(page, 'account-unproved-zh');
    await page.goto(first);
    await arrive(page, '确认邮箱', 'mail-link-zh');
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('button', { name: '是我的账号，确认邮箱' }).click();
    await arrive(page, '邮箱已确认', 'mail-proved-zh');
    await page.goto('/');
    await page.goto(first);
    await arrive(page, '这个链接已经用过', 'mail-used-zh');
    await page.getByRole('link', { name: '去个人信息中心' }).click();
    await page.getByRole('heading', { name: '个人身份信息' }).waitFor();
    await expect.poll(() => page.getByText('还没有确认').count()).toBe(0);
  });

  const stranger = newPerson();
  await registeredUnproved(stranger);
  const second = await provingLink(stranger.email);
  await onPhone(async (page) => {
    await page.goto(second);
    await page.getByRole('button', { name: '不是我的账号' }).click();
    await arrive(page, '邮箱已从账号里删除', 'mail-removed-zh');
    await page.goto('/account/security');
    await signInOnPage(page, stranger.document.number, 'zh');
    await page.getByText('没有安全邮箱').waitFor();
    await looksRight(page, 'security-no-mail-zh');
  });
});

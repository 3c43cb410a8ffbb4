import type { ShimingClient } from '@shiming/client';
import { test } from 'vitest';
import { faceCheckTable, recoveryTable } from '@shiming/db';
import { aMinuteLater, database, readCode } from '../harness.ts';
import { citizenAs, newPerson, password, registered, ticketFor } from '../people.ts';
import { activationLink } from '../students.ts';
import { clientIn, linkTo, room, standing, type Visit } from './room.ts';

const passwords = { password, passwordAgain: password };

/** Has a code or a link sent to a contact. */
const send = async (client: ShimingClient, to: { email: string; mobile: string }) => {
  const ticket = await ticketFor(client, 'register');
  await client.registration.sendCode.mutate({ email: to.email, mobile: to.mobile, ticket });
};

/** The pages of a flow at a portal, each opened once `call` has brought the person so far. */
const at =
  (prefix: string) =>
  (
    path: string,
    call?: (client: ShimingClient) => Promise<unknown>,
    more: Omit<Visit, 'path' | 'before'> = {},
  ): Visit => ({
    path: prefix + path,
    ...(call && { before: (page) => call(clientIn(page, prefix)) }),
    ...more,
  });

test('register-teacher', async () => {
  const person = newPerson();
  const { email, mobile, document } = person;
  const page = at('');
  await room('register-teacher', 'somebody who registers', [
    page('/register/password', ({ registration }) => registration.saveDocument.mutate(document)),
    page('/register/contact', ({ registration }) => registration.savePassword.mutate(passwords)),
    page('/register/code', async (client) => {
      await send(client, { email, mobile });
    }),
    page('/register/check', async ({ registration }) =>
      registration.proveContact.mutate({ code: await readCode(mobile) }),
    ),
    page('/register/check', undefined, {
      what: 'the agreement',
      isOnce: true,
      open: (opened) =>
        opened.getByRole('button', { name: '《中国教师资格网注册协议》' }).press('Enter'),
    }),
    page('/register/done', ({ registration }) => registration.submit.mutate({ hasAgreed: true })),
  ]);
  const again = newPerson();
  await room('register-taken', 'somebody whose number is taken', [
    page('/register/document', undefined, {
      at: '/register/taken',
      isOnce: true,
      open: async (opened) => {
        const client = clientIn(opened);
        await client.registration.saveDocument.mutate(document);
        await client.registration.savePassword.mutate(passwords);
        await send(client, again);
        await opened.goto('/register/code');
        await standing(opened);
        await opened.getByLabel('6 位验证码').fill(await readCode(again.mobile));
        await opened.getByRole('button', { name: '继续' }).press('Enter');
        await opened.waitForURL('**/register/taken*');
        await standing(opened);
      },
    }),
  ]);
});

test('register-student', async () => {
  const { email, mobile } = newPerson();
  const page = at('/student');
  await room('register-student', 'somebody who registers', [
    page('/register/code', (client) => send(client, { email: '', mobile })),
    page('/register/password', async ({ registration }) =>
      registration.proveContact.mutate({ code: await readCode(mobile) }),
    ),
    page('/register/check', ({ registration }) => registration.savePassword.mutate(passwords)),
    page('/register/done', ({ registration }) => registration.submit.mutate({ hasAgreed: true })),
  ]);
  await room('activate-student', 'somebody who registers by mail', [
    page('/register/code', (client) => send(client, { email, mobile: '' }), {
      what: 'a mail was sent',
    }),
    page('/register/contact', undefined, {
      at: '/student/register/activation',
      what: 'from the mail',
      isOnce: true,
      open: async (opened) => {
        await opened.goto(await activationLink(email));
        await standing(opened);
      },
    }),
  ]);
});

test('register-business', async () => {
  const person = await citizenAs('林知远');
  const { mobile, document } = person;
  const page = at('/business');
  await room('register-business', 'somebody who registers', [
    page('/register/contact', ({ registration }) => registration.saveDocument.mutate(document)),
    page('/register/code', async (client) => {
      await send(client, { email: '', mobile });
    }),
    page('/register/verify', async ({ registration }) =>
      registration.proveContact.mutate({ code: await readCode(mobile) }),
    ),
    page('/register/verify', undefined, {
      at: '/business/register/password',
      what: 'after the check',
      isOnce: true,
      open: async (opened) => {
        await opened.getByRole('button', { name: '开始核验' }).press('Enter');
        await opened.waitForURL('**/business/register/password');
        await standing(opened);
      },
    }),
    page('/register/check', ({ registration }) => registration.savePassword.mutate(passwords)),
    page('/register/done', ({ registration }) => registration.submit.mutate({ hasAgreed: true })),
  ]);
  // Somebody whom the register spells otherwise.
  const other = await citizenAs('周子涵');
  await room('register-unverified', 'somebody whose check failed', [
    page(
      '/register/verify',
      async (client) => {
        await client.registration.saveDocument.mutate(other.document);
        await send(client, { email: '', mobile: other.mobile });
        await client.registration.proveContact.mutate({ code: await readCode(other.mobile) });
        await client.registration.verify.mutate();
      },
      { what: 'the check failed' },
    ),
  ]);
});

test('recover', async () => {
  const person = newPerson();
  const { document, email, mobile } = person;
  const { documentType, number, name } = document;
  await registered(person);
  await aMinuteLater();
  const page = at('');
  const identify = async (client: ShimingClient) => {
    const ticket = await ticketFor(client, 'recover');
    await client.recovery.identify.mutate({ documentType, number, name, ticket });
  };
  await room('recover-teacher', 'somebody who forgot the password', [
    page('/recovery/way', identify),
    page('/recovery/code'),
    page('/recovery/mail'),
    page('/recovery/wechat'),
    page(
      '/recovery/code',
      async (client) => {
        const ticket = await ticketFor(client, 'recover');
        await client.recovery.sendCode.mutate({ ticket });
      },
      { what: 'the code was sent' },
    ),
    page('/recovery/mail', undefined, {
      at: '/recovery/link',
      what: 'from the mail',
      isOnce: true,
      open: async (opened) => {
        const client = clientIn(opened);
        await client.recovery.sendLink.mutate({ ticket: await ticketFor(client, 'recover') });
        await opened.goto(await linkTo(email, '/recovery/link#'));
        await standing(opened);
      },
    }),
    page('/recovery/code', undefined, {
      at: '/recovery/done',
      isOnce: true,
      open: async (opened) => {
        await opened.getByLabel('6 位验证码').fill(await readCode(mobile, 2));
        await opened.getByLabel('再输入一次新密码').fill('Zhuye-47*stone');
        await opened.getByLabel('新密码', { exact: true }).fill('Zhuye-47*stone');
        await opened.getByRole('button', { name: '重置密码' }).press('Enter');
        await opened.waitForURL('**/recovery/done');
        await standing(opened);
      },
    }),
  ]);
  await aMinuteLater();
  await database().run(`update identifier set signs_in = 1 where kind in ('mobile', 'email')`);
  const student = at('/student');
  await room('recover-student', 'somebody who forgot the password', [
    student('/user-name/way', identify),
    student('/recovery/code', async (client) => {
      const ticket = await ticketFor(client, 'recover');
      await client.recovery.begin.mutate({ name: mobile, ticket });
    }),
  ]);
  const business = at('/business');
  await room('recover-business', 'somebody who forgot the password', [
    business('/recovery/way', identify),
    business('/recovery/code'),
    business('/face?for=recover'),
    business('/recovery/face', async () => {
      const rows = await database().select().from(recoveryTable);
      const { id = '', accountId } = rows.at(-1) ?? {};
      const atMs = Date.now();
      // As after a match, whose journey is that of faces.
      await database()
        .insert(faceCheckTable)
        .values({
          id: 'shown',
          accountId: accountId ?? '',
          purpose: 'recover',
          about: id,
          person: '',
          askedAtMs: atMs,
          endedAtMs: atMs,
          status: 'matched',
        });
    }),
  ]);
});

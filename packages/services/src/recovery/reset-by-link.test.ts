import { accountTable, challengeTable, outboxTable } from '@shiming/db';
import { citizens } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { runJobs } from '../run-jobs.ts';
import { authenticate } from '../session/session.ts';
import { countHashes } from '../testing/hashes.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { type Applicant, registerCompletely, signInAs } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket, giveTestWork } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { contactHash } from '../vault/vault.ts';
import { findRecovery } from './begun.ts';
import { identify } from './identify.ts';
import { openLink, resetByLink } from './reset-by-link.ts';
import { sendRecoveryLink } from './send-link.ts';

const hour = 3_600_000;
const newPassword = 'Shan#Yue_47x';
const [citizen, other] = citizens;
if (citizen === undefined || other === undefined) throw new Error('no citizens');
const address = 'someone@example.com';

let world: TestWorld;
let person: Applicant;
let token: string;
beforeEach(async () => {
  world = await createTestWorld();
  person = await registerCompletely(world, citizen);
  token = await begin(world.ctx());
});
afterEach(() => world.close());

const { documentType, number, name } = citizen;

async function begin(ctx: Ctx): Promise<string> {
  const ticket = await giveTestTicket(ctx, 'recover');
  return (await identify(ctx, { documentType, number, name, ticket })).token;
}

const send = async (ctx: Ctx = world.ctx()) =>
  sendRecoveryLink(ctx, token, { ticket: await giveTestTicket(ctx, 'recover') });

/** The link in the newest mail: what stands behind the `#`. */
function linkInMail(): string {
  const link = world.sandbox.mail.lastLink(address) ?? '';
  expect(link).toMatch(/^https:\/\/account\.example\.cn\/recovery\/link#/);
  return new URL(link).hash.slice(1);
}

async function sentLink(): Promise<string> {
  await send();
  await world.settle();
  return linkInMail();
}

const reset = (link: string, password = newPassword, ctx = world.ctx()) =>
  resetByLink(ctx, { link, password, passwordAgain: password });

test('T-PWD-02: the link opens for a masked account as often as one likes, and resets once', async () => {
  const { maskedEmail } = await send();
  expect(maskedEmail).toBe('so****@example.com');
  await world.settle();
  const link = linkInMail();
  for (let look = 0; look < 3; look += 1) {
    expect(await openLink(world.ctx(), { link })).toEqual({ maskedNumber: '11**************19' });
  }
  await reset(link);
  await world.settle();
  expect(world.sandbox.mail.messages(address).at(-1)?.subject).toContain('密码已重置');
  await signInAs(world.ctx(), citizen.number, newPassword);
  expect(await refusalOf(openLink(world.ctx(), { link }))).toEqual({
    code: 'link.used',
    for: 'recovery.link',
  });
  expect(await refusalOf(reset(link, 'Another-1!pass'))).toEqual({
    code: 'link.used',
    for: 'recovery.link',
  });
});

test('T-PWD-02: a reset by link ends every session of the account and its recoveries, and of nobody else', async () => {
  const bystander = await registerCompletely(world, other);
  await reset(await sentLink());
  expect(await authenticate(world.ctx(), person.sessionToken)).toBeNull();
  expect(await authenticate(world.ctx(), bystander.sessionToken)).not.toBeNull();
  expect(await findRecovery(world.ctx(), token)).toBeNull();
});

test('T-PWD-02: good for 24 hours, to the millisecond', async () => {
  const link = await sentLink();
  world.advance(24 * hour - 1);
  await openLink(world.ctx(), { link });
  world.advance(1);
  expect(await refusalOf(reset(link))).toEqual({ code: 'link.expired' });
});

/** Somebody else who knows number and name, at an address of their own. */
const stranger = (index: number, address = `198.18.${index}.1`) =>
  world.ctx({ visitor: { address, deviceId: `stranger-${index}` } });
const sendHeavily = async (ctx: Ctx) =>
  sendRecoveryLink(ctx, token, { ticket: await giveTestWork(ctx, 'recover', true) });

describe('a stranger who knows number and name asks for links', () => {
  test('what they ask for voids no link of the holder, and a reset ends all', async () => {
    const link = await sentLink();
    const theirs: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      world.advance(60_000);
      await send(stranger(index));
      await world.settle();
      theirs.push(linkInMail());
    }
    await reset(link);
    for (const each of theirs) {
      expect(await refusalOf(openLink(world.ctx(), { link: each }))).toEqual({
        code: 'link.used',
        for: 'recovery.link',
      });
    }
  });

  test('from 30 of the day on their networks are refused, the holder on a new device is not; at 60 it ends', async () => {
    const subject = await contactHash(world.ctx(), 'email', address);
    await useUpOf(world, 'mail.strangers', { subject }, 30);
    const places = Array.from({ length: 4 }, (_, index) => stranger(index, `198.51.100.${index}`));
    const { done, refused } = await atOnce(4, (index) => sendHeavily(places[index] ?? world.ctx()));
    expect(done).toHaveLength(2);
    expect(codesOf(refused)).toEqual({ 'code.day_limit': 2 });
    expect(await refusalOf(send(stranger(9)))).toEqual({ code: 'puzzle.work_required' });
    await sendHeavily(stranger(9));
    await useUpOf(world, 'mail.strangers', { subject }, 22);
    const last = Array.from({ length: 10 }, (_, index) => stranger(20 + index));
    const ended = await atOnce(10, (index) => sendHeavily(last[index] ?? world.ctx()));
    expect(ended.done).toHaveLength(5);
    expect(codesOf(ended.refused)).toEqual({ 'code.day_limit': 5 });
  });
});

test('a link that is not one opens nothing, and says nothing about accounts', async () => {
  const [accountId = '', secret = ''] = (await sentLink()).split('.');
  const refused = { code: 'link.expired' };
  const forged = ['', '.', accountId, `${accountId}.`, `${accountId}.${secret}x`, `x.${secret}`];
  for (const link of [...forged, `${accountId}.${secret.slice(0, -1)}`]) {
    expect(await refusalOf(openLink(world.ctx(), { link }))).toEqual(refused);
    expect(await refusalOf(reset(link))).toEqual(refused);
  }
});

test('eight resets by one link at once: one wins', async () => {
  const link = await sentLink();
  const passwords = Array.from({ length: 8 }, (_, index) => `Lan-Se_${index}188x`);
  const results = await Promise.allSettled(passwords.map((password) => reset(link, password)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a refused password does not spend the link', async () => {
  const link = await sentLink();
  for (const [password, code] of [
    ['short', 'password.too_short'],
    ['Abc@123456', 'password.common'],
    [`Xy!${citizen.number.slice(-8)}`, 'password.personal'],
  ] as const) {
    expect(await refusalOf(reset(link, password))).toEqual({
      code: 'input.invalid',
      fields: { password: code },
    });
  }
  await reset(link);
});

test('one link a minute and five a day to one address, also when asked at once', async () => {
  const tickets = await Promise.all(
    Array.from({ length: 6 }, () => giveTestTicket(world.ctx(), 'recover')),
  );
  const results = await Promise.all(
    tickets.map((ticket) =>
      refusalOf(sendRecoveryLink(world.ctx(), token, { ticket })).catch(() => null),
    ),
  );
  expect(results.filter((result) => result === null)).toHaveLength(1);
  for (let sent = 1; sent < 5; sent += 1) {
    world.advance(60_000);
    await send();
  }
  world.advance(60_000);
  expect(await refusalOf(send())).toMatchObject({ code: 'code.day_limit', limit: 5 });
});

test('without a recovery there is no link', async () => {
  for (const forged of [null, '', 'x.y', `${token}x`]) {
    const ticket = await giveTestTicket(world.ctx(), 'recover');
    expect(await refusalOf(sendRecoveryLink(world.ctx(), forged, { ticket }))).toEqual({
      code: 'recovery.not_started',
    });
  }
});

test('the secret is nowhere in the database, and the mail is there only sealed', async () => {
  const link = await sentLink();
  const { db } = world.ctx();
  const stored = JSON.stringify([
    await db.select().from(challengeTable),
    await db.select().from(outboxTable),
  ]);
  expect(stored).not.toContain(link.split('.')[1]);
  expect(stored).not.toContain(address);
});

test('a mail server that takes the mail and gives no answer: it is never sent again', async () => {
  await world.sandbox.mail.setMode('dropping');
  await send();
  await world.settle();
  await world.sandbox.mail.setMode('working');
  for (let minutes = 0; minutes < 30; minutes += 5) {
    world.advance(5 * 60_000);
    await Promise.all([runJobs(world.ctx()), runJobs(world.ctx())]);
  }
  expect(world.sandbox.mail.messages(address)).toHaveLength(1);
  const mails = await world
    .ctx()
    .db.select()
    .from(outboxTable)
    .where(eq(outboxTable.channel, 'mail'));
  expect(mails.map(({ status }) => status)).toEqual(['unclear']);
});

test('the mail server busy: the mail is tried again until it is taken', async () => {
  await world.sandbox.mail.setMode('busy');
  await send();
  await world.settle();
  expect(world.sandbox.mail.messages(address)).toHaveLength(0);
  await world.sandbox.mail.setMode('working');
  world.advance(60_000);
  await runJobs(world.ctx());
  expect(world.sandbox.mail.messages(address)).toHaveLength(1);
  await reset(linkInMail());
});

test('the database down: service.unavailable, and the link is as good as before', async () => {
  const link = await sentLink();
  expect(await refusalOf(reset(link, newPassword, withoutDatabase(world.ctx())))).toEqual({
    code: 'service.unavailable',
  });
  await reset(link);
  expect(await world.ctx().db.$count(accountTable)).toBe(1);
  expect(await refusalOf(signInAs(world.ctx(), citizen.number, testPassword))).toMatchObject({
    code: 'login.refused',
  });
});

test('T-PWD-02: of a hundred resets at once by one link ten are hashed and one is done', async () => {
  const link = await sentLink();
  // The hash of the registration no longer counts.
  world.advance(60 * 60_000);
  const { counts, ctx } = countHashes(world.ctx());
  const { done } = await atOnce(100, () => reset(link, newPassword, ctx));
  expect(done).toHaveLength(1);
  expect(counts.hashed).toBe(10);
});

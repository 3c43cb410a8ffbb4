import { readFile } from 'node:fs/promises';
import { createTestDatabase } from '@shiming/db/testing';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '@shiming/services/testing';
import { citizenNamed, registerCompletely } from '@shiming/services/testing/people';
import { runJobs } from '@shiming/services/run-jobs';
import { verify } from '@shiming/services/verification/verify';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkAll, checkMessages, type Outside } from './check.ts';
import { Ledger, Possible } from './ledger.ts';

/** Somebody who has registered and was confirmed; what tests plant is in copies of that database. */
let origin: TestWorld;
let registered: { session: string; requestId: string; bytes: Uint8Array };
let world: TestWorld;
let ledger: Ledger;
const citizen = citizenNamed('林知远');

beforeAll(async () => {
  origin = await createTestWorld();
  const { ctx, signedIn } = await registerCompletely(origin, citizen);
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  await verify(ctx, signedIn, { name, validityStart, validityTerm });
  origin.advance(60_000);
  await runJobs(origin.ctx());
  const [row] = await ctx.db.all<{ session: string; requestId: string }>(
    `select session.id as session, request_id as requestId from session, audit
     where action = 'account.registered'`,
  );
  const bytes = await readFile(new URL(origin.database.url));
  registered = { session: '', requestId: '', ...row, bytes };
});
afterAll(() => origin.close());

// What a driver was told of it.
beforeEach(async () => {
  const database = await createTestDatabase(registered.bytes);
  world = await createTestWorld({ database, keys: origin.keys });
  ledger = new Ledger();
  const holder = {
    portal: 'teacher',
    number: citizen.number,
    mobile: new Possible(citizen.mobile),
    password: new Possible(testPassword),
  } as const;
  const { session, requestId } = registered;
  ledger.acknowledge('registration.submit', requestId, { is: 'account', holder, session });
  ledger.acknowledge('registration.sendCode', '', { is: 'code_sent', mobile: citizen.mobile });
  ledger.acknowledge('profile.save', '', { is: 'profile', session });
});
afterEach(() => world.close());

const outside = (): Outside => ({
  phone: origin.sandbox.phone.messages(),
  mails: [],
  photos: new Set(),
  queries: origin.sandbox.authority.queries,
});

/** The checks that find something, with what they find. Mails go by an API here, which names none. */
async function found(others: Partial<Outside> = {}): Promise<Record<string, readonly string[]>> {
  const { db } = world.ctx();
  await db.run("delete from outbox where channel = 'mail'");
  const nowMs = origin.nowMs();
  const report = await checkAll(world.ctx(), ledger, { ...outside(), ...others }, { nowMs });
  const wrong = report.checks.filter((check) => check.wrong.length > 0);
  return Object.fromEntries(wrong.map((check) => [check.name, check.wrong]));
}

const accounts = 'accounts: number, mobile and password as acknowledged';

test('what was acknowledged and is there is no finding', async () => {
  expect(await found()).toEqual({});
});

test.for([
  ['update account set profile_sealed = null', 'acknowledged changes: each is there'],
  ["delete from audit where action = 'account.registered'", 'acknowledged changes: each is there'],
  ["update account set status = 'closed'", 'acknowledged changes: each is there'],
  ["delete from identifier where kind = 'document_number'", accounts],
  ['update account set password_hash = null', accounts],
] as const)('a loss is found: %s', async ([loss, name]) => {
  await world.ctx().db.run(loss);
  expect(Object.keys(await found())).toContain(name);
});

test('a change that was acknowledged, and an older value that is there, is found', async () => {
  const [{ holder } = { holder: undefined }] = ledger.of('account');
  holder?.mobile.doubt('19900000099');
  expect(await found()).toEqual({});
  holder?.mobile.acknowledge('19900000099');
  expect(Object.keys(await found())).toEqual([accounts]);
});

test('a message that arrived twice, one that did not arrive, and one that nobody wrote are found', async () => {
  const [code] = origin.sandbox.phone.messages();
  if (code === undefined) throw new Error('there is no message');
  expect(Object.keys(await found({ phone: [code, code] }))).toEqual(['messages: none twice']);
  expect(Object.keys(await found({ phone: [] }))).toEqual([
    'acknowledged changes: each is there',
    'messages: none lost',
  ]);
  const other = { ...code, mobile: '19900000098' };
  expect(Object.keys(await found({ phone: [code, other] }))).toEqual([
    'messages: each arrived is written down',
  ]);
});

test('a message that may have been given away arrives once or not at all, and one that waits has not ended', () => {
  const row = {
    id: 'm',
    channel: 'mail',
    key: 'm',
    attempts: 1,
    dueAtMs: 0,
    expiresAtMs: 9,
  } as const;
  const mail = { messageId: '<m@example.com>' } as Outside['mails'][number];
  const wrongOf = (status: string, mails: Outside['mails']) =>
    checkMessages([{ ...row, status }], { phone: [], mails }, 1)
      .filter(({ wrong }) => wrong.length > 0)
      .map(({ name }) => name);
  expect(wrongOf('unclear', [])).toEqual([]);
  expect(wrongOf('unclear', [mail])).toEqual([]);
  expect(wrongOf('unclear', [mail, mail])).toEqual(['messages: none twice']);
  expect(wrongOf('failed', [mail])).toEqual(['messages: none twice']);
  expect(wrongOf('waiting', [])).toEqual(['messages: each has ended']);
});

test.for([
  [
    "update allowance set is_counted = 0 where kind = 'sms'",
    'quotas: a code counts if it was sent',
  ],
  ["update outbox set status = 'unclear'", 'quotas: a code counts if it was sent'],
  [
    "update verification set status = 'unavailable'",
    'quotas: a check counts if the authority answered',
  ],
  ['delete from verification', 'questions to the authority: each is written down'],
] as const)('a wrong quota is found: %s', async ([change, name]) => {
  await world.ctx().db.run(change);
  expect(Object.keys(await found())).toContain(name);
});

test.for([
  ["update verification set status = 'asked'", '1 of verification asked'],
  ["update account set status = 'closed'", '1 of account closed'],
  ["update verification set status = 'lost'", '1 of verification unknown'],
] as const)('a state without an exit is found: %s', async ([change, line]) => {
  await world.ctx().db.run(change);
  expect((await found())['states: each has an exit']).toEqual([line]);
});

test('a row of the audit that was altered is found', async () => {
  await world.ctx().db.run("update audit set facts = '{}' where action = 'account.registered'");
  expect((await found())['audit: the chain is whole']?.[0]).toContain('altered');
});

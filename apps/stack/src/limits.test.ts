import { newMeter } from '@shiming/db';
import type { Ctx } from '@shiming/services/context';
import { signIn } from '@shiming/services/login/sign-in';
import { drawPuzzle } from '@shiming/services/puzzle/puzzle';
import { identify } from '@shiming/services/recovery/identify';
import { resetByLink } from '@shiming/services/recovery/reset-by-link';
import { resetPassword } from '@shiming/services/recovery/reset-password';
import { sendRecoveryCode } from '@shiming/services/recovery/send-code';
import { sendRecoveryLink } from '@shiming/services/recovery/send-link';
import { saveDocument } from '@shiming/services/registration/save-document';
import { savePassword } from '@shiming/services/registration/save-password';
import { sendCode } from '@shiming/services/registration/send-code';
import { noonMs, testPassword, type TestWorld } from '@shiming/services/testing';
import { giveTestTicket } from '@shiming/services/testing/tickets';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { outcomesAtOnce } from './testing/outcomes.ts';
import { documentAnswersOf, giveAccounts, madeUpPerson, placeOf } from './testing/people.ts';
import { startSqldWorld } from './testing/sqld-world.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
let world: TestWorld;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ world, stop } = await startSqldWorld());
});
afterAll(() => stop());
// Noon of a day of which nothing was used.
beforeEach(() => world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs)));

/** A request from the address of the test, with a browser of its own. */
const from = (index: number, address = '203.0.113.9'): Ctx =>
  world.ctx({ meter: newMeter(), visitor: { ...placeOf(index), address } });

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Tickets, each for the browser of its index, earned at addresses of their own. */
async function tickets(count: number, purpose: 'register' | 'login' | 'recover') {
  const earned: string[] = [];
  for (let index = 0; index < count; index += 1) {
    earned.push(await giveTestTicket(from(index, placeOf(index).address), purpose));
  }
  return earned;
}

/** Uses of a limit that are there already, so that the rest of it is what the callers fight for. */
async function useUp(kind: string, uses: number): Promise<void> {
  await world.ctx().db.run(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i + 1 < ${uses})
     insert into allowance (id, kind, subject, at_ms, is_counted)
     select hex(randomblob(9)), kind, subject, at_ms, 1 from n,
       (select kind, subject, at_ms from allowance where kind = '${kind}' and at_ms = ${world.nowMs()} limit 1)`,
  );
}

const draw = (index: number) => drawPuzzle(from(index), { purpose: 'login' });

test('X-02: puzzles, 6,000 an hour from one address: of 40 at once, with 5,980 used, 20', async () => {
  await draw(0);
  await useUp('puzzle', 5_980);
  expect(await outcomesAtOnce(40, draw)).toEqual({
    done: 20,
    'request.too_many': 20,
  });
});

const begin = (index: number) =>
  saveDocument(from(index), null, documentAnswersOf(madeUpPerson(index)));

test('X-02: registrations begun, 2,000 an hour from one address: of 40 at once, with 1,980 used, 20', async () => {
  await begin(0);
  await useUp('registration', 1_980);
  expect(await outcomesAtOnce(40, begin)).toEqual({
    done: 20,
    'request.too_many': 20,
  });
});

test('X-02: codes by SMS, 2,000 an hour from one address, to whatever numbers: of 20 at once, with 1,990 used, 10', async () => {
  const hasher: Ctx['hasher'] = { ...world.ctx().hasher, hash: async () => '' };
  const waiting = await Promise.all(
    times(21, async (index) => {
      const ctx = { ...from(index, placeOf(index).address), hasher };
      const person = madeUpPerson(index);
      const { token } = await saveDocument(ctx, null, documentAnswersOf(person));
      await savePassword(ctx, token, { password: testPassword, passwordAgain: testPassword });
      return { person, token };
    }),
  );
  const earned = await tickets(21, 'register');
  const send = (index: number) => {
    const { person, token } = waiting[index] ?? { person: madeUpPerson(0), token: null };
    const { email, mobile } = person;
    return sendCode(from(index), token, { email, mobile, ticket: earned[index] ?? '' });
  };
  const messagesBefore = world.sandbox.phone.messages().length;
  await send(20);
  await useUp('sms.address', 1_990);
  expect(await outcomesAtOnce(20, send)).toEqual({
    done: 10,
    'request.too_many': 10,
  });
  expect(world.sandbox.phone.messages().length - messagesBefore).toBe(11);
});

test('X-02: who says whose password is forgotten, 300 an hour from one address: of 20 at once, with 290 used, 10', async () => {
  const earned = await tickets(21, 'recover');
  const say = (index: number) => {
    const { documentType, number, name } = madeUpPerson(200 + index);
    return identify(from(index), { documentType, number, name, ticket: earned[index] ?? '' });
  };
  expect(await outcomesAtOnce(1, () => say(20))).toEqual({ 'recovery.no_match': 1 });
  await useUp('recovery.address', 290);
  expect(await outcomesAtOnce(20, say)).toEqual({
    'recovery.no_match': 10,
    'request.too_many': 10,
  });
});

test('X-02: failed sign-ins, 400 in a quarter of an hour from one address: of 20 at once, with 390 used, 10', async () => {
  const earned = await tickets(21, 'login');
  const hasher: Ctx['hasher'] = {
    ...world.ctx().hasher,
    verify: async () => ({ isRight: false, isOutdated: false }),
  };
  const fail = (index: number) => {
    const { number } = madeUpPerson(300 + index);
    const input = { name: number, password: 'wrong-1!', ticket: earned[index] ?? '' };
    return signIn({ ...from(index), hasher }, input);
  };
  expect(await outcomesAtOnce(1, () => fail(20))).toEqual({ 'login.refused': 1 });
  await useUp('login.address', 390);
  expect(await outcomesAtOnce(20, fail)).toEqual({
    'login.refused': 10,
    'request.too_many': 10,
  });
});

test('X-02: failed sign-ins of strangers to one account, 30 an hour from all over for a puzzle: of 20 at once, with 20 used, 10', async () => {
  const earned = await tickets(21, 'login');
  const hasher: Ctx['hasher'] = {
    ...world.ctx().hasher,
    verify: async () => ({ isRight: false, isOutdated: false }),
  };
  const { number } = madeUpPerson(400);
  const fail = (index: number) => {
    const ctx = { ...from(index, placeOf(index).address), hasher };
    return signIn(ctx, { name: number, password: 'wrong-1!', ticket: earned[index] ?? '' });
  };
  expect(await outcomesAtOnce(1, () => fail(20))).toEqual({ 'login.refused': 1 });
  await useUp('login.strangers', 20);
  expect(await outcomesAtOnce(20, fail)).toEqual({
    'login.refused': 10,
    'puzzle.work_required': 10,
  });
});

/** One account, and as many recoveries of it as there are browsers. */
async function recoveries(person: ReturnType<typeof madeUpPerson>, count: number) {
  await giveAccounts(world, [person]);
  const earned = await tickets(count, 'recover');
  const { documentType, number, name } = person;
  return Promise.all(
    earned.map(async (ticket, index) => {
      const ctx = from(index, placeOf(index).address);
      const { token } = await identify(ctx, { documentType, number, name, ticket });
      return { ctx, token };
    }),
  );
}

test('T-PWD-02, X-02: links by mail, ten a day to one mailbox for a puzzle, from wherever: of 20 at once, with none of the gap left, 10', async () => {
  const person = madeUpPerson(500);
  const begun = await recoveries(person, 4);
  const earned = await tickets(4, 'recover');
  const send = (index: number, ticket = earned[index] ?? '') => {
    const { ctx, token } = begun[index] ?? { ctx: world.ctx(), token: null };
    const { link } = ctx.portal.recovery;
    const recovery = { ...ctx.portal.recovery, link: { ...link, gapMs: 0 } };
    return sendRecoveryLink({ ...ctx, portal: { ...ctx.portal, recovery } }, token, { ticket });
  };
  const more = await Promise.all(
    times(20, (index) => giveTestTicket(from(index % 4, placeOf(index).address), 'recover')),
  );
  expect(await outcomesAtOnce(20, (index) => send(index % 4, more[index]))).toEqual({
    done: 10,
    'puzzle.work_required': 10,
  });
  await world.settle();
  expect(world.sandbox.mail.messages(person.email)).toHaveLength(10);
});

test('two tabs that reset at once, one by SMS and one by mail: one wins and the other is told', async () => {
  const person = madeUpPerson(501);
  const [one, other] = await recoveries(person, 2);
  if (one === undefined || other === undefined) throw new Error('nothing has begun');
  const [forCode = '', forLink = ''] = await tickets(2, 'recover');
  await sendRecoveryCode(one.ctx, one.token, { ticket: forCode });
  await sendRecoveryLink(other.ctx, other.token, { ticket: forLink });
  await world.settle();
  const code = world.sandbox.phone.lastCode(person.mobile) ?? '';
  const link = new URL(world.sandbox.mail.lastLink(person.email) ?? '').hash.slice(1);
  const passwords = ['Shan#Yue_47x', 'Zhuye-47*stone'].map((password) => ({
    password,
    passwordAgain: password,
  }));
  const [first = { password: '', passwordAgain: '' }, second = first] = passwords;
  const outcomes = await outcomesAtOnce(2, (index) =>
    index === 0
      ? resetPassword(one.ctx, one.token, { code, ...first })
      : resetByLink(other.ctx, { link, ...second }),
  );
  expect(outcomes['done']).toBe(1);
  const told = Object.keys(outcomes).find((each) => each !== 'done');
  expect(['request.stale', 'link.used', 'code.expired', 'recovery.not_started']).toContain(told);

  world.advance(hourMs);
  const signsIn = await Promise.all(
    passwords.map(async ({ password }, index) => {
      const ctx = from(index, placeOf(index).address);
      const ticket = await giveTestTicket(ctx, 'login');
      return outcomesAtOnce(1, () => signIn(ctx, { name: person.number, password, ticket }));
    }),
  );
  expect(signsIn.flatMap((outcome) => Object.keys(outcome)).toSorted()).toEqual([
    'done',
    'login.refused',
  ]);
});

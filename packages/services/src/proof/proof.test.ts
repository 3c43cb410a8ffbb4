import { allowanceTable, auditTable, challengeTable } from '@shiming/db';
import type { IdentityAuthority } from '@shiming/providers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changePassword } from '../login/change-password.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { sendRecoveryCode } from '../recovery/send-code.ts';
import { describeSession } from '../standing/describe.ts';
import { authenticate } from '../session/session.ts';
import { endAllSessions } from '../login/end-sessions.ts';
import { countHashes } from '../testing/hashes.ts';
import { withLateGateway } from '../testing/late-gateway.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  identifyAs,
  registerCompletely,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { proved, unproved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket, giveTestTickets } from '../testing/tickets.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { viewVerification } from '../verification/view.ts';
import { proveByAuthority } from './by-authority.ts';
import { proveByCode } from './by-code.ts';
import { proveByPassword } from './by-password.ts';
import { currentProof } from './current.ts';
import { requireProof } from './proof.ts';
import { sendProofCode } from './send-code.ts';

const minute = 60_000;
const dayMs = 24 * 60 * minute;
const citizen = citizenNamed('林知远');
const { mobile } = citizen;
const wrongPassword = 'Not-the-1-password';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld({ vendorTimeoutMs: 200 });
  person = await registerCompletely(world, citizen);
  // The registration's code went to the same number.
  world.advance(dayMs);
  person = await again();
});
afterEach(() => world.close());

const signedInNow = async () =>
  applicantOf(world, (await signInAs(world.ctx(), citizen.number, testPassword)).sessionToken);
/** Signed in anew, too long ago for a proof. */
const again = async () => unproved(world, await signedInNow());
const byPassword = ({ ctx, signedIn }: Applicant, password = testPassword) =>
  proveByPassword(ctx, signedIn, { password });
const byCode = ({ ctx, signedIn }: Applicant, code: string) => proveByCode(ctx, signedIn, { code });
const send = async ({ ctx, signedIn }: Applicant, channel: 'sms' | 'mail' = 'sms') =>
  sendProofCode(ctx, signedIn, { channel, ticket: await giveTestTicket(ctx, 'contact') });
const smsCode = () => world.sandbox.phone.lastCode(mobile) ?? '';
async function mailCode(): Promise<string> {
  await world.settle();
  const mails = world.sandbox.mail.messages(testEmail);
  const mail = mails.findLast(({ subject }) => subject.includes('验证码'));
  return /\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '';
}
const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');
const isProved = async (sessionToken: string) => {
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  return (await currentProof(ctx, signedIn)).provedUntilMs !== null;
};
const audited = async (action: string) =>
  (await world.ctx().db.select().from(auditTable).where(eq(auditTable.action, action))).map(
    ({ facts }) => JSON.parse(facts).by,
  );
const answersOf = (name: string) => {
  const { name: typed, validityStart, validityTerm } = documentAnswersOf(citizenNamed(name));
  return { name: typed, validityStart, validityTerm };
};

describe('T-PRO-05: a proof', () => {
  test("is asked for, holds ten minutes to the millisecond, and is this session's alone", async () => {
    const elsewhere = await again();
    expect(() => requireProof(person.ctx, person.signedIn)).toThrow('proof.required');
    const { sessionToken } = await byPassword(person);
    const after = await applicantOf(world, sessionToken);
    requireProof(after.ctx, after.signedIn);
    const other = await applicantOf(world, elsewhere.sessionToken);
    expect(() => requireProof(other.ctx, other.signedIn)).toThrow('proof.required');
    world.advance(10 * minute - 1);
    requireProof(after.ctx, after.signedIn);
    world.advance(1);
    expect(() => requireProof(after.ctx, after.signedIn)).toThrow('proof.required');
  });

  test('is the sign-in by password, for as long; the browser that registered has given none', async () => {
    const signedIn = await signedInNow();
    requireProof(signedIn.ctx, signedIn.signedIn);
    world.advance(10 * minute - 1);
    requireProof(signedIn.ctx, signedIn.signedIn);
    world.advance(1);
    expect(() => requireProof(signedIn.ctx, signedIn.signedIn)).toThrow('proof.required');
    const registered = await registerCompletely(world, citizenNamed('沈秀兰'));
    expect(() => requireProof(registered.ctx, registered.signedIn)).toThrow('proof.required');
  });

  test('gives the session a new secret: once it is used the cookie of before opens nothing', async () => {
    const { sessionToken } = await byPassword(person);
    expect(await isProved(sessionToken)).toBe(true);
    expect(await authenticate(world.ctx(), person.sessionToken)).toBeNull();
  });

  test('of right passwords thirty an hour are looked at', async () => {
    const { counts, ctx } = countHashes(person.ctx);
    let { signedIn } = person;
    for (let at = 0; at < 30; at += 1) {
      const { sessionToken } = await proveByPassword(ctx, signedIn, { password: testPassword });
      ({ signedIn } = await applicantOf(world, sessionToken));
    }
    const more = await atOnce(100, () =>
      proveByPassword(ctx, signedIn, { password: testPassword }),
    );
    expect(counts.verified).toBe(30);
    expect(more.done).toEqual([]);
  });

  test('is recorded with its way, and so is what was none', async () => {
    const { sessionToken } = await byPassword(person);
    const after = await applicantOf(world, sessionToken);
    await refusalOf(byPassword(after, wrongPassword));
    await send(after);
    await refusalOf(byCode(after, wrongCode(smsCode())));
    await byCode(after, smsCode());
    expect(await audited('proof.given')).toEqual(['password', 'code']);
    expect(await audited('proof.refused')).toEqual(['password', 'code']);
  });

  test('of five at once all bring one cookie, which is good', async () => {
    const { done } = await atOnce(5, () => byPassword(person));
    expect(done).toHaveLength(5);
    expect(new Set(done.map(({ sessionToken }) => sessionToken)).size).toBe(1);
    expect(await isProved(done[0]?.sessionToken ?? '')).toBe(true);
  });

  test('given twice at once does not raise whoever asked in between with the former cookie', async () => {
    await byPassword(person);
    const asked = await describeSession(world.ctx(), person.sessionToken);
    expect(await refusalOf(byPassword(person))).toEqual({ code: 'request.stale' });
    expect(await isProved(asked?.sessionToken ?? '')).toBe(false);
    const holder = await applicantOf(world, asked?.sessionToken ?? '');
    expect(await isProved((await byPassword(holder)).sessionToken)).toBe(true);
  });

  test('does not bring back a session that was ended while it was given', async () => {
    const elsewhere = await again();
    const hasher = {
      ...person.ctx.hasher,
      verify: async (password: string, stored: string) => {
        await endAllSessions(elsewhere.ctx, elsewhere.signedIn);
        return person.ctx.hasher.verify(password, stored);
      },
    };
    const work = byPassword({ ...person, ctx: { ...person.ctx, hasher } });
    expect(await refusalOf(work)).toEqual({ code: 'request.stale' });
  });

  test('without a database it is service.unavailable, by each way', async () => {
    await send(person);
    const code = smsCode();
    const ctx = withoutDatabase(person.ctx);
    const ticket = await giveTestTicket(person.ctx, 'contact');
    const down = { code: 'service.unavailable' };
    const { signedIn } = person;
    expect(await refusalOf(proveByPassword(ctx, signedIn, { password: testPassword }))).toEqual(
      down,
    );
    expect(await refusalOf(proveByCode(ctx, signedIn, { code }))).toEqual(down);
    expect(await refusalOf(sendProofCode(ctx, signedIn, { channel: 'sms', ticket }))).toEqual(down);
    expect(await refusalOf(proveByAuthority(ctx, signedIn, answersOf('林知远')))).toEqual(down);
    expect(world.sandbox.authority.queries.size).toBe(0);
    await byCode(person, code);
  });
});

describe('by the password', () => {
  test('nothing typed is refused at its field, and costs no try', async () => {
    expect(await refusalOf(byPassword(person, ''))).toEqual({
      code: 'input.invalid',
      fields: { password: 'password.missing' },
    });
    expect(await world.ctx().db.$count(allowanceTable, eq(allowanceTable.kind, 'password'))).toBe(
      0,
    );
  });

  test('five wrong in a quarter of an hour are all, also at once, and together with changing it', async () => {
    const { refused } = await atOnce(12, () => byPassword(person, wrongPassword));
    const looked = refused.filter(({ code }) => code === 'input.invalid');
    expect(looked).toHaveLength(5);
    expect(looked[0]).toEqual({ code: 'input.invalid', fields: { password: 'password.wrong' } });
    expect(await refusalOf(byPassword(person))).toMatchObject({ code: 'login.locked' });
    const change = {
      current: testPassword,
      password: 'Shan#Yue_47x',
      passwordAgain: 'Shan#Yue_47x',
    };
    expect(await refusalOf(changePassword(person.ctx, person.signedIn, change))).toMatchObject({
      code: 'login.locked',
    });
    world.advance(15 * minute);
    await byPassword(await again());
  });

  test('a right one gives its try back', async () => {
    let now = person;
    for (let times = 0; times < 7; times += 1) {
      now = await applicantOf(world, (await byPassword(now)).sessionToken);
    }
  });
});

describe('by a code to the own mobile or mail', () => {
  test('by SMS: it arrives, proves once, and not again', async () => {
    expect(await send(person)).toMatchObject({ outcome: 'sent', remainingToday: 2 });
    const code = smsCode();
    const { sessionToken } = await byCode(person, code);
    expect(await isProved(sessionToken)).toBe(true);
    const after = await applicantOf(world, sessionToken);
    expect(await refusalOf(byCode(after, code))).toEqual({ code: 'code.expired' });
  });

  test('by mail: it arrives through the outbox, proves once, and is good for a quarter of an hour', async () => {
    expect(await send(person, 'mail')).toEqual({
      outcome: 'sent',
      remainingToday: 4,
      code: {
        expiresAtMs: world.nowMs() + 15 * minute,
        nextAtMs: world.nowMs() + minute,
        triesLeft: 5,
      },
    });
    const code = await mailCode();
    world.advance(15 * minute - 1);
    const { sessionToken } = await byCode(person, code);
    expect(await isProved(sessionToken)).toBe(true);
    world.advance(minute);
    await send(await applicantOf(world, sessionToken), 'mail');
    const next = await mailCode();
    world.advance(15 * minute);
    expect(await refusalOf(byCode(await applicantOf(world, sessionToken), next))).toEqual({
      code: 'code.expired',
    });
  });

  test('what is on its way is shown with its channel; a code by the other way voids it', async () => {
    await send(person);
    const bySms = smsCode();
    expect(await currentProof(person.ctx, person.signedIn)).toEqual({
      provedUntilMs: null,
      maskedMobile: expect.stringMatching(/^\d{3}\*{5}\d{2}$/),
      maskedEmail: 'so****@example.com',
      isProved: { mobile: true, email: true },
      code: {
        channel: 'sms',
        expiresAtMs: world.nowMs() + 5 * minute,
        nextAtMs: world.nowMs() + minute,
        triesLeft: 5,
      },
      remainingToday: { sms: 2, mail: 5 },
      canAskAuthority: true,
    });
    await send(person, 'mail');
    expect(await currentProof(person.ctx, person.signedIn)).toMatchObject({
      code: { channel: 'mail' },
      remainingToday: { sms: 2, mail: 4 },
    });
    const byMail = await mailCode();
    expect(await refusalOf(byCode(person, bySms))).toMatchObject({ code: 'code.wrong' });
    await byCode(person, byMail);
  });

  test('five tries, of 20 at once too; then the right one is refused', async () => {
    await send(person);
    const code = smsCode();
    const { refused } = await atOnce(20, () => byCode(person, wrongCode(code)));
    expect(codesOf(refused)).toMatchObject({ 'code.wrong': 4 });
    expect(refused.filter(({ code: why }) => why === 'code.tries_used_up')).toHaveLength(16);
    expect(await refusalOf(byCode(person, code))).toEqual({ code: 'code.tries_used_up' });
  });

  test("somebody else's session, and another one of one's own, can not use it", async () => {
    const [other, elsewhere] = [
      await registerCompletely(world, citizenNamed('沈秀兰')),
      await again(),
    ];
    await send(person);
    for (const stranger of [other, elsewhere]) {
      expect(await refusalOf(byCode(stranger, smsCode()))).toEqual({ code: 'code.expired' });
    }
    await byCode(person, smsCode());
  });

  test('a code for the password is none for this, nor this for the password: each has its purpose', async () => {
    const token = await identifyAs(world.ctx(), citizen);
    await sendRecoveryCode(world.ctx(), token, {
      ticket: await giveTestTicket(world.ctx(), 'recover'),
    });
    expect(await refusalOf(byCode(person, smsCode()))).toEqual({ code: 'code.expired' });
    // It counts against the same three a day.
    expect(await refusalOf(send(person))).toMatchObject({ code: 'code.too_soon' });
  });

  test.for([
    ['sms', 3],
    ['mail', 5],
  ] as const)(
    'X-02: by %s %i a day to one contact, of 30 at once one a minute',
    async ([channel, perDay]) => {
      const visitors = Array.from({ length: 30 }, (_, index) => ({
        ...person.ctx,
        visitor: { ...person.ctx.visitor, deviceId: `crowd-${index}` },
      }));
      const tickets = await giveTestTickets(visitors, 'contact');
      const { done, refused } = await atOnce(30, (index) =>
        sendProofCode(visitors[index] ?? person.ctx, person.signedIn, {
          channel,
          ticket: tickets[index] ?? '',
        }),
      );
      expect(done).toHaveLength(1);
      expect(codesOf(refused)).toEqual({ 'code.too_soon': 29 });
      for (let sent = 1; sent < perDay; sent += 1) {
        world.advance(minute);
        await send(person, channel);
      }
      world.advance(minute);
      expect(await refusalOf(send(person, channel))).toMatchObject({
        code: 'code.day_limit',
        limit: perDay,
      });
    },
  );

  test('a late refusal of the text message leaves the code that went by mail good', async () => {
    const late = withLateGateway(person.ctx);
    const first = send({ ...person, ctx: late.ctx });
    await late.asked;
    await send(person, 'mail');
    late.refuse();
    expect(await first).toMatchObject({ outcome: 'refused' });
    await byCode(person, await mailCode());
  });

  test('what the gateway does not take costs nothing, and no code is on its way', async () => {
    world.sandbox.gateway('aliyun').setMode('refusing');
    expect(await send(person)).toMatchObject({ outcome: 'refused', remainingToday: 3 });
    expect((await currentProof(person.ctx, person.signedIn)).code).toBeNull();
    world.sandbox.gateway('aliyun').setMode('working');
    expect(await send(person)).toMatchObject({ outcome: 'sent', remainingToday: 2 });
  });

  test('while the mail server is busy the code waits, and goes out when it takes it', async () => {
    await world.sandbox.mail.setMode('busy');
    await send(person, 'mail');
    expect(await mailCode()).toBe('');
    await world.sandbox.mail.setMode('working');
    world.advance(minute);
    await deliverWaiting(world.ctx());
    await byCode(person, await mailCode());
  });

  test('T-REG-11: without a ticket of this purpose nothing is sent', async () => {
    const ticket = await giveTestTicket(person.ctx, 'login');
    for (const channel of ['sms', 'mail'] as const) {
      const work = sendProofCode(person.ctx, person.signedIn, { channel, ticket });
      expect(await refusalOf(work)).toEqual({ code: 'puzzle.ticket_refused' });
    }
    expect(
      await world.ctx().db.$count(challengeTable, eq(challengeTable.purpose, 'proof.code')),
    ).toBe(0);
  });
});

const ask = ({ ctx, signedIn }: Applicant, answers = answersOf('林知远')) =>
  proveByAuthority(ctx, signedIn, answers);

describe('by the authority', () => {
  test("all four factors right prove it; it is one of the day's attempts and raises no level", async () => {
    const result = await ask(person);
    expect(result).toMatchObject({ outcome: 'matched', isCounted: true });
    expect(await isProved(result.sessionToken ?? '')).toBe(true);
    const after = await applicantOf(world, result.sessionToken ?? '');
    expect(await viewVerification(after.ctx, after.signedIn)).toMatchObject({
      level: 2,
      remainingToday: 2,
      attempts: [{ status: 'matched', isCounted: true }],
    });
    expect(await audited('proof.given')).toEqual(['authority']);
  });

  test("another's name proves nothing and counts; a fault of the authority does not", async () => {
    const wrong = { ...answersOf('林知远'), name: '林知近' };
    expect(await ask(person, wrong)).toEqual({
      outcome: 'mismatched',
      isCounted: true,
      sessionToken: null,
    });
    world.sandbox.authority.setMode('down');
    expect(await ask(person)).toMatchObject({ outcome: 'unavailable', isCounted: false });
    world.sandbox.authority.setMode('working');
    expect(await isProved(person.sessionToken)).toBe(false);
    expect(await audited('proof.refused')).toEqual(['authority', 'authority']);
    const view = await viewVerification(person.ctx, person.signedIn);
    expect(view).toMatchObject({ remainingToday: 2 });
  });

  test('X-02: three a day together with 实名核验, one at a time, of ten at once too', async () => {
    const wrong = { ...answersOf('林知远'), name: '林知近' };
    const { done, refused } = await atOnce(10, () => ask(person, wrong));
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(done.length).toBeLessThanOrEqual(3);
    expect(refused).toHaveLength(10 - done.length);
    for (let asked = done.length; asked < 3; asked += 1) await ask(person, wrong);
    expect(await refusalOf(ask(person))).toMatchObject({
      code: 'verification.day_limit',
      limit: 3,
    });
    expect(world.sandbox.authority.queries.get(citizen.number)).toBe(3);
  });

  test.for(['何俊彦'])(
    'of %s, whose document is not compared in all four factors, it is not asked',
    async (name) => {
      const resident = await registerCompletely(world, citizenNamed(name));
      expect(await refusalOf(ask(resident, answersOf(name)))).toEqual({
        code: 'verification.no_authority',
      });
      const { canAskAuthority } = await currentProof(resident.ctx, resident.signedIn);
      expect(canAskAuthority).toBe(false);
    },
  );

  test('one that dies before the answer proves nothing', async () => {
    const authority: IdentityAuthority = {
      ...person.ctx.authority,
      checkIdentity: () => Promise.reject(new Error('the isolate is gone')),
    };
    await expect(ask({ ...person, ctx: { ...person.ctx, authority } })).rejects.toThrow('gone');
    expect(await isProved(person.sessionToken)).toBe(false);
  });
});

test('what was proved is gone with the session', async () => {
  const after = await proved(world, person);
  await endAllSessions(after.ctx, after.signedIn);
  expect(await authenticate(world.ctx(), after.sessionToken)).toBeNull();
});

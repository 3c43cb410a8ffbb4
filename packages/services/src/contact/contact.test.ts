import {
  accountTable,
  auditTable,
  cancellationTable,
  challengeTable,
  commit,
  contactChangeTable,
  noticeTable,
  outboxTable,
} from '@shiming/db';
import type { ContactKind } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeAccount } from '../account/close.ts';
import { identifierQuery, putIdentifier } from '../account/identifiers.ts';
import type { Ctx } from '../context.ts';
import { requestCancellation } from '../data/cancellation.ts';
import { runJobs } from '../run-jobs.ts';
import { listNotices } from '../notice/list.ts';
import { accountRow, openContact } from '../account/account.ts';
import { saveProfile } from '../profile/save.ts';
import { proveByCode } from '../proof/by-code.ts';
import { sendProofCode } from '../proof/send-code.ts';
import { findRecovery } from '../recovery/begun.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { authenticate } from '../session/session.ts';
import { withLateGateway } from '../testing/late-gateway.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  profileAnswersOf,
  recoverUntilCode,
  registerCompletely,
  setEmailProved,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { proved, unproved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { storedTexts } from '../testing/storage.ts';
import { giveTestTicket, giveTestTickets } from '../testing/tickets.ts';
import { placeOf, seal } from '../vault/vault.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { beginContactChange } from './begin.ts';
import { cancelContactChange } from './cancel.ts';
import { confirmContactChange } from './confirm.ts';
import { currentContact } from './current.ts';
import { openChange } from './change.ts';
import { openUndo, undoContactChange } from './undo.ts';

const minute = 60_000;
const hour = 60 * minute;
const citizen = citizenNamed('林知远');
const newMobile = '19900000077';
const newEmail = 'nova@example.org';
const newPassword = 'Shan#Yue_47x';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld({ vendorTimeoutMs: 200 });
  await registerCompletely(world, citizen);
  // The registration's code went to the same number.
  world.advance(24 * hour);
  person = await signedIn();
});
afterEach(() => world.close());

/** Signed in anew, and proved. */
const signedIn = async () =>
  proved(
    world,
    await applicantOf(
      world,
      (await signInAs(world.ctx(), citizen.number, testPassword)).sessionToken,
    ),
  );
const begin = async (who: Applicant, kind: ContactKind = 'mobile', value = newMobile) =>
  beginContactChange(who.ctx, who.signedIn, {
    kind,
    value,
    ticket: await giveTestTicket(who.ctx, 'contact'),
  });
const confirm = ({ ctx, signedIn: who }: Applicant, code: string) =>
  confirmContactChange(ctx, who, { code });
const codeAt = (mobile: string) => world.sandbox.phone.lastCode(mobile) ?? '';
const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');
async function codeInMail(address: string): Promise<string> {
  await world.settle();
  const mails = world.sandbox.mail.messages(address);
  const mail = mails.findLast(({ subject }) => subject.includes('验证码'));
  return /\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '';
}
/** Changes one contact as its page does, and delivers what that causes. */
async function change(who: Applicant, kind: ContactKind, value: string): Promise<Applicant> {
  await begin(who, kind, value);
  await confirm(who, kind === 'mobile' ? codeAt(value) : await codeInMail(value));
  await world.settle();
  return applicantOf(world, who.sessionToken);
}
const undo = (secret: string, ctx: Ctx = world.ctx()) => undoContactChange(ctx, { secret });
/** The code that takes a change back, from the newest mail to an address. */
const undoInMail = (address: string) => {
  const links = world.sandbox.mail.messages(address).flatMap((mail) => mail.links);
  const link = links.findLast((each) => each.startsWith('https://account.example.cn/undo#')) ?? '';
  return new URL(link).hash.slice(1);
};
const contactNow = async () => {
  const [account] = await world.ctx().db.select(accountRow).from(accountTable);
  if (account === undefined) throw new Error('there is no account');
  return openContact(world.ctx(), account);
};
const isLive = async ({ sessionToken }: Applicant) =>
  (await authenticate(world.ctx(), sessionToken)) !== null;

describe('T-PRO-05: changing the mobile', () => {
  test("asks for proof, sends a code to the new one, and the code makes it the account's", async () => {
    const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
    const open = await unproved(world, await applicantOf(world, sessionToken));
    expect(await refusalOf(begin(open))).toEqual({ code: 'proof.required' });
    expect(await begin(person)).toMatchObject({ outcome: 'sent', remainingToday: 2 });
    expect(await currentContact(person.ctx, person.signedIn)).toEqual({
      maskedMobile: expect.stringMatching(/^\d{3}\*{5}\d{2}$/),
      maskedEmail: 'so****@example.com',
      isProved: { mobile: true, email: true },
      mailProof: { link: null, remainingToday: 3 },
      change: {
        kind: 'mobile',
        maskedAfter: '199*****77',
        code: {
          expiresAtMs: world.nowMs() + 5 * minute,
          nextAtMs: world.nowMs() + minute,
          triesLeft: 5,
        },
        remainingToday: 2,
      },
    });
    expect((await contactNow()).mobile).toBe(citizen.mobile);
    await confirm(person, codeAt(newMobile));
    expect(await contactNow()).toEqual({ mobile: newMobile, email: testEmail });
    expect(await isLive(person)).toBe(true);
    const after = await applicantOf(world, person.sessionToken);
    expect((await currentContact(after.ctx, after.signedIn)).change).toBeNull();
  });

  test('tells the old mobile and the mail, each once and with the same code that takes it back', async () => {
    const before = world.sandbox.phone.messages(citizen.mobile).length;
    await change(person, 'mobile', newMobile);
    await runJobs(world.ctx());
    const notices = world.sandbox.phone.messages(citizen.mobile).slice(before);
    expect(notices).toHaveLength(1);
    const secret = undoInMail(testEmail);
    expect(secret).toMatch(/^[\dA-HJKMNP-TV-Z]{12}$/);
    expect(notices[0]?.text).toContain(secret);
    const after = await applicantOf(world, person.sessionToken);
    const [notice] = (await listNotices(after.ctx, after.signedIn)).notices;
    expect(notice).toMatchObject({
      kind: 'mobile_changed',
      facts: { after: '199*****77' },
      isRead: false,
    });
  });

  test('tells nothing to the new mobile but its code', async () => {
    await change(person, 'mobile', newMobile);
    expect(world.sandbox.phone.messages(newMobile)).toHaveLength(1);
  });

  test('while every gateway is busy the notice waits, and goes out once when one is back', async () => {
    await begin(person);
    const code = codeAt(newMobile);
    world.sandbox.gateway('aliyun').setMode('busy');
    await confirm(person, code);
    await world.settle();
    const before = world.sandbox.phone.messages(citizen.mobile).length;
    world.sandbox.gateway('aliyun').setMode('working');
    for (let minutes = 0; minutes < 5; minutes += 1) {
      world.advance(minute);
      await Promise.all([runJobs(world.ctx()), runJobs(world.ctx())]);
    }
    expect(world.sandbox.phone.messages(citizen.mobile)).toHaveLength(before + 1);
  });

  test('a gateway that gives no answer: the notice is never sent again', async () => {
    await begin(person);
    const code = codeAt(newMobile);
    world.sandbox.gateway('aliyun').setMode('down');
    await confirm(person, code);
    await world.settle();
    world.sandbox.gateway('aliyun').setMode('working');
    const before = world.sandbox.phone.messages(citizen.mobile).length;
    world.advance(hour);
    await runJobs(world.ctx());
    expect(world.sandbox.phone.messages(citizen.mobile)).toHaveLength(before);
    const [unclear] = await world
      .ctx()
      .db.select()
      .from(outboxTable)
      .where(and(eq(outboxTable.channel, 'sms'), eq(outboxTable.status, 'unclear')));
    expect(unclear).toBeDefined();
  });

  test('what was on its way by the old mobile to get in is void', async () => {
    const { token, code } = await recoverUntilCode(world, citizen, world.ctx());
    await change(person, 'mobile', newMobile);
    expect(await findRecovery(world.ctx(), token)).toBeNull();
    const passwords = { password: newPassword, passwordAgain: newPassword };
    expect(await refusalOf(resetPassword(world.ctx(), token, { code, ...passwords }))).toEqual({
      code: 'recovery.not_started',
    });
  });
});

describe('T-PRO-05: changing the mail address', () => {
  test('the old address gets the way back, the new one is told without it', async () => {
    await change(person, 'email', newEmail);
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: newEmail });
    expect(undoInMail(testEmail)).toMatch(/^.{12}$/);
    expect(world.sandbox.mail.lastLink(newEmail)).toBe('https://account.example.cn/recovery');
    await undo(undoInMail(testEmail));
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: testEmail });
  });

  test('the code is good for a quarter of an hour', async () => {
    await begin(person, 'email', newEmail);
    const code = await codeInMail(newEmail);
    world.advance(15 * minute);
    expect(await refusalOf(confirm(person, code))).toEqual({ code: 'code.expired' });
  });
});

describe('a change that is begun', () => {
  test.for([
    ['mobile', '', 'mobile.missing'],
    ['mobile', '12345', 'mobile.format'],
    ['mobile', citizen.mobile, 'mobile.unchanged'],
    ['email', 'x', 'email.format'],
  ] as const)('%s "%s" is refused at its field: %s', async ([kind, value, code]) => {
    expect(await refusalOf(begin(person, kind, value))).toEqual({
      code: 'input.invalid',
      fields: { value: code },
    });
  });

  test('of the address that was never proved proves it, tells nobody, and is refused from then on', async () => {
    const proof = async () => (await currentContact(person.ctx, person.signedIn)).isProved;
    await setEmailProved(world, person.signedIn.account.id, null);
    person = await applicantOf(world, person.sessionToken);
    expect(await proof()).toEqual({ mobile: true, email: false });
    await world.settle();
    const mails = world.sandbox.mail.messages(testEmail).length;
    person = await change(person, 'email', testEmail);
    expect(world.sandbox.mail.messages(testEmail)).toHaveLength(mails + 1);
    expect(await proof()).toEqual({ mobile: true, email: true });
    world.advance(2 * minute);
    for (const same of [testEmail, `S${testEmail.slice(1)}`]) {
      expect(await refusalOf(begin(person, 'email', same))).toEqual({
        code: 'input.invalid',
        fields: { value: 'email.unchanged' },
      });
    }
  });

  test('to one mailbox counts as one, in whatever capitals its address is written', async () => {
    await begin(person, 'email', newEmail);
    expect(await refusalOf(begin(person, 'email', newEmail.replace('nova', 'NoVa')))).toMatchObject(
      {
        code: 'code.too_soon',
      },
    );
  });

  test('voids the one before, of either contact, with its code', async () => {
    await begin(person);
    const first = codeAt(newMobile);
    await begin(person, 'email', newEmail);
    const second = await codeInMail(newEmail);
    expect(await refusalOf(confirm(person, first))).toMatchObject({ code: 'code.wrong' });
    await confirm(person, second);
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: newEmail });
  });

  test('is dropped with its code, and forgotten after half an hour', async () => {
    await begin(person);
    await cancelContactChange(person.ctx, person.signedIn);
    expect(await refusalOf(confirm(person, codeAt(newMobile)))).toEqual({ code: 'code.expired' });
    expect((await currentContact(person.ctx, person.signedIn)).change).toBeNull();
    await cancelContactChange(person.ctx, person.signedIn);
    world.advance(minute);
    await begin(person);
    expect((await currentContact(person.ctx, person.signedIn)).change).not.toBeNull();
    world.advance(30 * minute);
    expect((await currentContact(person.ctx, person.signedIn)).change).toBeNull();
    world.advance(24 * hour);
    await runJobs(world.ctx());
    expect(await world.ctx().db.$count(contactChangeTable)).toBe(0);
  });

  test('that the gateway does not take leaves nothing behind, and costs nothing', async () => {
    world.sandbox.gateway('aliyun').setMode('refusing');
    expect(await begin(person)).toMatchObject({ outcome: 'refused', remainingToday: 3 });
    expect((await currentContact(person.ctx, person.signedIn)).change).toBeNull();
  });

  test('a late refusal of the number takes nothing from the change of address that was begun since', async () => {
    const late = withLateGateway(person.ctx);
    const first = begin({ ...person, ctx: late.ctx });
    await late.asked;
    await begin(person, 'email', newEmail);
    late.refuse();
    expect(await first).toMatchObject({ outcome: 'refused' });
    await confirm(person, await codeInMail(newEmail));
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: newEmail });
  });

  test('a late refusal does not take away a change that its code has made: it can be undone', async () => {
    const late = withLateGateway(person.ctx);
    const first = begin({ ...person, ctx: late.ctx });
    await late.asked;
    await confirm(person, codeAt(newMobile));
    await world.settle();
    late.refuse();
    await first;
    await undo(codeAt(citizen.mobile));
    expect((await contactNow()).mobile).toBe(citizen.mobile);
  });

  test("is nobody else's to confirm or drop", async () => {
    const other = await registerCompletely(world, citizenNamed('沈秀兰'));
    await begin(person);
    expect(await refusalOf(confirm(other, codeAt(newMobile)))).toEqual({ code: 'code.expired' });
    await cancelContactChange(other.ctx, other.signedIn);
    await confirm(person, codeAt(newMobile));
    expect((await contactNow()).mobile).toBe(newMobile);
  });

  test('five tries at its code, of 20 at once too; then the right one is refused', async () => {
    await begin(person);
    const code = codeAt(newMobile);
    const { refused } = await atOnce(20, () => confirm(person, wrongCode(code)));
    expect(codesOf(refused)).toEqual({ 'code.wrong': 4, 'code.tries_used_up': 16 });
    expect(await refusalOf(confirm(person, code))).toEqual({ code: 'code.tries_used_up' });
    expect((await contactNow()).mobile).toBe(citizen.mobile);
  });

  test('confirmed by five at once is done once, and told once', async () => {
    await begin(person);
    const code = codeAt(newMobile);
    const { done } = await atOnce(5, () => confirm(person, code));
    expect(done).toHaveLength(1);
    await world.settle();
    expect(await world.ctx().db.$count(noticeTable, eq(noticeTable.kind, 'mobile_changed'))).toBe(
      1,
    );
  });

  test('X-02: 30 at once send one message', async () => {
    const visitors = Array.from({ length: 30 }, (_, index) => ({
      ...person.ctx,
      visitor: { ...person.ctx.visitor, deviceId: `crowd-${index}` },
    }));
    const tickets = await giveTestTickets(visitors, 'contact');
    const { done, refused } = await atOnce(30, (index) =>
      beginContactChange(visitors[index] ?? person.ctx, person.signedIn, {
        kind: 'mobile',
        value: newMobile,
        ticket: tickets[index] ?? '',
      }),
    );
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'code.too_soon': 29 });
    expect(world.sandbox.phone.messages(newMobile)).toHaveLength(1);
    await confirm(person, codeAt(newMobile));
  });

  test('while the profile is saved: one of both wins, the other is told', async () => {
    await begin(person);
    const late = confirm(
      {
        ...person,
        ctx: interrupted(person.ctx, () =>
          saveProfile(world.ctx(), person.signedIn, profileAnswersOf(citizen)),
        ),
      },
      codeAt(newMobile),
    );
    expect(await refusalOf(late)).toEqual({ code: 'request.stale' });
    expect((await contactNow()).mobile).toBe(citizen.mobile);
  });

  test('is in the database only sealed', async () => {
    await change(person, 'mobile', newMobile);
    await begin(person, 'email', newEmail);
    const stored = (await storedTexts(world)).join('\n');
    expect(stored).not.toContain(newMobile);
    expect(stored).not.toContain(newEmail);
    expect(stored).not.toContain(undoInMail(testEmail));
  });
});

/** A context whose second write is held up until something else is done. */
function interrupted(ctx: Ctx, run: () => Promise<unknown>): Ctx {
  let writes = 0;
  const db = Object.create(ctx.db) as Ctx['db'];
  const batch: Ctx['db']['batch'] = async (statements) => {
    writes += 1;
    if (writes === 2) await run();
    return ctx.db.batch(statements);
  };
  return { ...ctx, db: Object.assign(db, { batch }) };
}

describe('the holder of the old contact says that it was not them', () => {
  test('by the link or by the code typed from the message: looked at as often as one likes, undone once', async () => {
    await change(person, 'mobile', newMobile);
    const secret = codeAt(citizen.mobile);
    const typed = `${secret.slice(0, 4)} ${secret.slice(4, 8)}-${secret.slice(8)}`.toLowerCase();
    for (const form of [secret, typed]) {
      expect(await openUndo(world.ctx(), { secret: form })).toEqual({
        kind: 'mobile',
        maskedBefore: expect.stringMatching(/^\d{3}\*{5}\d{2}$/),
        maskedAfter: '199*****77',
      });
    }
    await undo(typed);
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: testEmail });
    const used = { code: 'link.used', for: 'contact.undo' };
    expect(await refusalOf(undo(secret))).toEqual(used);
    expect(await refusalOf(openUndo(world.ctx(), { secret }))).toEqual(used);
  });

  test('every session ends, no code, link, WeChat or password opens the account, the restored contact does', async () => {
    const elsewhere = await signedIn();
    const after = await change(person, 'mobile', newMobile);
    const accountId = after.signedIn.account.id;
    await begin(after, 'email', newEmail);
    const token = await identifyAs(world.ctx(), citizen);
    await askForRecoveryCode(world.ctx(), token).catch(() => null);
    await (
      await putIdentifier(world.ctx(), accountId, {
        kind: 'wechat',
        value: 'open-id',
        provedAtMs: 1,
      })
    )[0];
    await undo(undoInMail(testEmail));
    expect([await isLive(person), await isLive(elsewhere)]).toEqual([false, false]);
    expect(await findRecovery(world.ctx(), token)).toBeNull();
    expect(await identifierQuery(world.ctx(), accountId, 'wechat')).toEqual([]);
    const refused = { code: 'login.refused' };
    expect(await refusalOf(signInAs(world.ctx(), citizen.number, testPassword))).toMatchObject(
      refused,
    );

    world.advance(2 * minute);
    const recovery = await recoverUntilCode(world, citizen, world.ctx());
    const resetTo = (password: string) =>
      resetPassword(world.ctx(), recovery.token, {
        code: recovery.code,
        password,
        passwordAgain: password,
      });
    // It was said that the password is void: whoever may know it has it no more.
    expect(await refusalOf(resetTo(testPassword))).toEqual({
      code: 'input.invalid',
      fields: { password: 'password.reused' },
    });
    await resetTo(newPassword);
    await signInAs(world.ctx(), citizen.number, newPassword);
  });

  test('X-07: an account that was asked to be closed meanwhile stays', async () => {
    const after = await change(person, 'email', newEmail);
    await requestCancellation(after.ctx, { ...after.signedIn, provedAtMs: world.nowMs() });
    await undo(undoInMail(testEmail));
    world.advance(8 * 24 * hour);
    expect(await runJobs(world.ctx())).toMatchObject({ closed_accounts: { done: 0 } });
    expect(await world.ctx().db.$count(accountTable)).toBe(1);
  });

  test('T-REG-16a: an account that gave up its number meanwhile is deleted all the same', async () => {
    await change(person, 'email', newEmail);
    const { db } = world.ctx();
    await commit(db, [
      ...(await closeAccount(
        world.ctx(),
        (await applicantOf(world, person.sessionToken)).signedIn.account,
        'owner',
      )),
    ]);
    await undo(undoInMail(testEmail));
    const [account] = await db.select({ status: accountTable.status }).from(accountTable);
    expect([account?.status, await db.$count(cancellationTable)]).toEqual(['closed', 1]);
  });

  test('the holder is told, and it is recorded', async () => {
    await change(person, 'email', newEmail);
    await undo(undoInMail(testEmail));
    await world.settle();
    const subjects = world.sandbox.mail.messages(testEmail).map(({ subject }) => subject);
    expect(subjects.at(-1)).toContain('联系方式已恢复');
    const { db } = world.ctx();
    expect(await db.$count(auditTable, eq(auditTable.action, 'contact.restored'))).toBe(1);
    expect(await db.$count(noticeTable, eq(noticeTable.kind, 'contact_restored'))).toBe(1);
  });

  test('good for 72 hours, to the millisecond', async () => {
    await change(person, 'mobile', newMobile);
    const secret = undoInMail(testEmail);
    world.advance(72 * hour - 1);
    await openUndo(world.ctx(), { secret });
    world.advance(1);
    expect(await refusalOf(undo(secret))).toEqual({ code: 'link.expired' });
    await runJobs(world.ctx());
    expect(await refusalOf(undo(secret))).toEqual({ code: 'link.expired' });
  });

  test.each([
    ['by a code it is proved again', 'another time', true],
    ['by WeChat it is not', 'the registration', false],
  ])(
    'T-REG-13a: a mobile of an account registered %s, changed by the last release',
    async (_, bound, isProved) => {
      const { ctx, signedIn: who } = person;
      const { id, createdAtMs } = who.account;
      const boundAtMs = bound === 'the registration' ? createdAtMs : createdAtMs + 1;
      await commit(ctx.db, [
        ...(await putIdentifier(ctx, id, {
          kind: 'wechat',
          value: 'openid',
          provedAtMs: boundAtMs,
        })),
      ]);
      await change(person, 'mobile', newMobile);
      const [made] = await ctx.db.select().from(contactChangeTable);
      if (made === undefined) throw new Error('no change');
      const { provedAtMs: _proved, ...released } = await openChange(ctx, made);
      const place = placeOf(contactChangeTable.changeSealed, made.id);
      await ctx.db
        .update(contactChangeTable)
        .set({ changeSealed: await seal(ctx, place, released) });
      await undo(codeAt(citizen.mobile));
      const [proof] = await identifierQuery(ctx, id, 'mobile');
      expect(proof?.provedAtMs).toBe(isProved ? createdAtMs : null);
    },
  );

  test('who took over both contacts in one session loses both by either code', async () => {
    const thief = await change(await change(person, 'email', newEmail), 'mobile', newMobile);
    expect(await contactNow()).toEqual({ mobile: newMobile, email: newEmail });
    // The later of the two: what was changed before it, in the same session, goes with it.
    await undo(codeAt(citizen.mobile));
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: testEmail });
    expect(await isLive(thief)).toBe(false);
    expect(await refusalOf(undo(undoInMail(testEmail)))).toEqual({
      code: 'link.used',
      for: 'contact.undo',
    });
  });

  test('a change that came after it is taken back too, and its code is void', async () => {
    await change(person, 'mobile', newMobile);
    const first = codeAt(citizen.mobile);
    world.advance(minute);
    const thief = await signedIn();
    await change(thief, 'mobile', '19900000078');
    const thiefs = codeAt(newMobile);
    await undo(first);
    expect((await contactNow()).mobile).toBe(citizen.mobile);
    expect(await refusalOf(undo(thiefs))).toEqual({ code: 'link.used', for: 'contact.undo' });
  });

  test('what the holder changed before, in another session, stays', async () => {
    await change(person, 'email', newEmail);
    world.advance(minute);
    await change(await signedIn(), 'mobile', newMobile);
    await undo(codeAt(citizen.mobile));
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: newEmail });
  });

  test('eight at once: one wins, the others are told', async () => {
    await change(person, 'mobile', newMobile);
    const secret = undoInMail(testEmail);
    const { done, refused } = await atOnce(8, () => undo(secret));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'link.used': 7 });
  });

  test('a code that is none is refused alike, and 20 tries an hour are all from one address', async () => {
    await change(person, 'mobile', newMobile);
    const secret = undoInMail(testEmail);
    const { code } = await refusalOf(undo('short'));
    expect(code).toBe('input.invalid');
    const forged = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
    const { refused } = await atOnce(30, () => openUndo(world.ctx(), { secret: forged }));
    expect(codesOf(refused)).toEqual({ 'link.expired': 20, 'request.too_many': 10 });
    expect(await refusalOf(undo(secret))).toMatchObject({ code: 'request.too_many' });
    await undo(secret, world.ctx({ visitor: { address: '198.51.100.9' } }));
  });

  test('a code of right length whose keyed hash differs in one character opens nothing', async () => {
    await change(person, 'mobile', newMobile);
    const secret = undoInMail(testEmail);
    await world
      .ctx()
      .db.update(challengeTable)
      .set({ secretHash: 'A'.repeat(43) });
    expect(await refusalOf(undo(secret))).toEqual({ code: 'link.expired' });
  });

  test('without a database: service.unavailable, and the code is as good as before', async () => {
    await change(person, 'mobile', newMobile);
    const secret = undoInMail(testEmail);
    expect(await refusalOf(undo(secret, withoutDatabase(world.ctx())))).toEqual({
      code: 'service.unavailable',
    });
    await undo(secret);
  });
});

describe('recycled numbers: who has a phone has no account', () => {
  test('the next owner of the number gets no further than three facts they do not know', async () => {
    const ctx = world.ctx({ visitor: { deviceId: 'stranger', address: '198.51.100.7' } });
    for (const typed of [
      { ...citizen, name: '林知近' },
      { ...citizen, number: citizenNamed('沈秀兰').number },
      { ...citizen, documentType: 'hmt_residence_permit' as const },
    ]) {
      const refusal = await refusalOf(identifyAs(ctx, typed));
      expect(['recovery.no_match', 'input.invalid']).toContain(refusal.code);
    }
    expect(world.sandbox.phone.lastCode(citizen.mobile)).not.toBe('');
  });

  test('nor with a code that takes a change back: it opens no session and sets no password', async () => {
    await change(person, 'mobile', newMobile);
    expect(await undo(codeAt(citizen.mobile))).toBeUndefined();
    expect(await refusalOf(signInAs(world.ctx(), citizen.number, testPassword))).toMatchObject({
      code: 'login.refused',
    });
  });

  test('an open session does not give the phone more: without a proof no contact changes, with one it is told', async () => {
    const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
    const open = await unproved(world, await applicantOf(world, sessionToken));
    expect(await refusalOf(begin(open))).toEqual({ code: 'proof.required' });
    const ticket = await giveTestTicket(open.ctx, 'contact');
    await sendProofCode(open.ctx, open.signedIn, { channel: 'sms', ticket });
    const proof = await proveByCode(open.ctx, open.signedIn, { code: codeAt(citizen.mobile) });
    world.advance(minute);
    await change(await applicantOf(world, proof.sessionToken), 'email', newEmail);
    await undo(undoInMail(testEmail));
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: testEmail });
  });
});

import {
  accountTable,
  attestationTable,
  auditTable,
  cancellationTable,
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  caseTable,
  commit,
  photoTable,
  retentionReceiptTable,
  staffTable,
} from '@shiming/db';
import { caseRule, numberKey, retention, studentPortal, type TicketAnswers } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { webCrypto } from '@shiming/providers/crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guardNumberFree } from '../account/attestation.ts';
import { accountRow } from '../account/account.ts';
import { closeAccount, restoreAccount } from '../account/close.ts';
import { expireCases, settleCases } from '../desk/settle.ts';
import type { Ctx } from '../context.ts';
import { requestCancellation, stopCancellation } from '../data/cancellation.ts';
import { newSession } from '../session/session.ts';
import { undoDecision } from '../desk/decide.ts';
import { viewQueue } from '../desk/queue.ts';
import { takeCase } from '../desk/take.ts';
import { takeNext } from '../desk/take-next.ts';
import { findAccount } from '../help-desk/find.ts';
import { decideTicket, revealTicket, viewTicketCase } from '../help-desk/ticket.ts';
import { runJobs } from '../run-jobs.ts';
import { clearExpired } from '../jobs/clear-expired.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import { applicantOf, citizenNamed, register, testEmail } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { proved } from '../testing/proofs.ts';
import {
  completeDraft,
  decideAs,
  mismatched,
  submitUnsampled,
  testPhotos,
} from '../testing/reviews.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { giveTestTicket, giveTestWork } from '../testing/tickets.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { blindIndexes } from '../vault/vault.ts';
import { beginTicket } from './begin.ts';
import { addTicketFile } from './files.ts';
import { answerTicket, proveTicket, submitTicket } from './submit.ts';
import { viewTicket, withdrawTicket } from './view.ts';

const citizen = citizenNamed('林知远');
const asked: TicketAnswers = {
  topic: 'number_taken',
  text: '我的证件号码被别人注册了。',
  name: citizen.name,
  number: citizen.number,
  email: 'owner@example.com',
  agreesToPhotos: true,
};
const notFound = { code: 'request.not_found' };

let world: TestWorld;
let ctx: Ctx;
let [anna, senior, other]: [TestStaff, TestStaff, TestStaff] = [] as never;
beforeEach(async () => {
  world = await createTestWorld();
  ctx = world.ctx();
  anna = await staffNamed(world, 'reviewer');
  senior = await staffNamed(world, 'senior');
  other = await staffNamed(world, 'senior');
});
afterEach(() => world.close());

const begin = async (change: Partial<TicketAnswers> = {}, by = ctx) =>
  beginTicket(by, null, { ...asked, ...change, ticket: await giveTestTicket(by, 'ticket') });

async function signedInAs(accountId: string) {
  const session = await newSession(world.ctx(), accountId);
  await session.statement;
  return applicantOf(world, session.token);
}

/** Somebody's ticket that waits: what they follow it by, and its case. */
async function sent(change: Partial<TicketAnswers> = {}) {
  const draft = await begin(change);
  const { caseNumber } = await submitTicket(ctx, draft);
  await world.settle();
  return { number: caseNumber, code: draft.code, caseId: draft.number };
}

async function decided(
  by: TestStaff,
  caseId: string,
  outcome: 'approve' | 'reject' | 'return',
  freesNumber = false,
) {
  const { version } = await takeCase(by.ctx, by.staff, { caseId });
  const text = '已核对您的材料。';
  if (outcome === 'approve') await revealTicket(by.ctx, by.staff, { caseId });
  await decideTicket(by.ctx, by.staff, { caseId, version, outcome, text, freesNumber });
}
async function settled(...of: Parameters<typeof decided>) {
  await decided(...of);
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  await world.settle();
}
const mails = () => world.sandbox.mail.messages('owner@example.com');
const secretIn = () => /\/tickets#(\S+)$/m.exec(mails().at(-1)?.text ?? '')?.[1] ?? '';

describe('T-CON-08a: a correction is asked for with the ticket', () => {
  test('the help desk sees what is wrong masked, and the right value once the look is on record', async () => {
    const { caseId } = await sent({
      topic: 'wrong_details',
      wrongField: 'localDocumentNumber',
      correction: ' A123456(3) ',
    });
    await takeCase(anna.ctx, anna.staff, { caseId });
    const view = await viewTicketCase(anna.ctx, anna.staff, { caseId });
    expect(view.correction).toEqual({ field: 'localDocumentNumber', masked: 'A1******3)' });
    expect((await revealTicket(anna.ctx, anna.staff, { caseId })).correction).toEqual({
      field: 'localDocumentNumber',
      value: 'A123456(3)',
    });
    const looks = await ctx.db
      .select()
      .from(auditTable)
      .where(eq(auditTable.action, 'desk.revealed'));
    expect(looks.map(({ facts }) => (JSON.parse(facts) as { item: string }).item)).toContain(
      'localDocumentNumber',
    );
  });

  test.for([
    // One field needs no choice; another topic's field, and none, ask for nothing.
    [
      { topic: 'wrong_name', correction: '林知遥' },
      { field: 'name', masked: '林*遥' },
    ],
    [{ topic: 'wrong_name', correction: '  ' }, null],
    [{ topic: 'lost_contacts', wrongField: 'sex', correction: 'male' }, null],
    [{ topic: 'other', wrongField: 'name', correction: '林知遥' }, null],
  ] as const)('%j', async ([change, correction]) => {
    const { caseId } = await sent(change);
    const view = await viewTicketCase(senior.ctx, senior.staff, { caseId });
    expect(view.correction).toEqual(correction);
  });
});

describe('T-CON-08a: a ticket that has ended', () => {
  test('is read by a reviewer with a reason alone, which stands in the audit', async () => {
    const { caseId } = await sent();
    const read = (note?: string) =>
      viewTicketCase(anna.ctx, anna.staff, {
        caseId,
        look: note === undefined ? undefined : { reason: 'complaint', note },
      });
    await settled(senior, caseId, 'reject');
    expect(await refusalOf(read())).toEqual({ code: 'desk.closed' });
    expect(await refusalOf(read(`问的人是${citizen.name}`))).toEqual({
      code: 'input.invalid',
      fields: { note: 'help_desk_note.personal' },
    });
    expect(await read('投诉答复太慢，工单 12')).toMatchObject({ status: 'rejected' });
    const [look] = await ctx.db
      .select()
      .from(auditTable)
      .where(eq(auditTable.action, 'desk.viewed'));
    expect(JSON.parse(look?.facts ?? '{}')).toEqual({
      case: caseId,
      role: 'reviewer',
      reason: 'complaint',
      note: '投诉答复太慢，工单 12',
    });
    expect(await refusalOf(revealTicket(anna.ctx, anna.staff, { caseId }))).toEqual({
      code: 'desk.closed',
    });
  });

  test('one that waits is not read by a reason', async () => {
    const { caseId } = await sent();
    const look = { reason: 'complaint', note: '投诉答复太慢' } as const;
    expect(await refusalOf(viewTicketCase(anna.ctx, anna.staff, { caseId, look }))).toEqual({
      code: 'desk.not_holder',
    });
  });

  test('is found by its number at the help desk', async () => {
    const { caseId, number } = await sent();
    expect(await findAccount(anna.ctx, anna.staff, { search: number })).toEqual({
      outcome: 'ticket',
      caseId,
    });
  });
});

test('the database down: every act of a ticket is refused as unavailable, and nothing is half done', async () => {
  const key = await sent();
  const draft = await begin();
  const down = withoutDatabase(ctx);
  const ticket = await giveTestTicket(ctx, 'ticket');
  for (const work of [
    () => beginTicket(down, null, { ...asked, ticket }),
    () => submitTicket(down, draft),
    () => addTicketFile(down, draft, testPhotos.a),
    () => answerTicket(down, { ...key, text: '补充的情况。' }),
    () => withdrawTicket(down, key),
    () => viewTicket(down, key),
    () => proveTicket(down, { link: `${key.caseId}.x` }),
  ]) {
    expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
  }
  expect(await viewTicket(ctx, key)).toMatchObject({ status: 'waiting', files: 0 });
  expect(await viewTicket(ctx, draft)).toMatchObject({ status: 'draft' });
});

describe('T-ENT-07: a ticket without an account', () => {
  test('is followed by its number and its code, however they are typed, and answered', async () => {
    const key = await sent();
    const typed = { number: key.number.replace(/^(.{6})/, '$1-'), code: key.code.toLowerCase() };
    expect(await viewTicket(ctx, typed)).toMatchObject({
      status: 'waiting',
      topic: 'number_taken',
      answers: [],
      mail: 'asked',
    });
    await decided(anna, key.caseId, 'reject');
    // Ten seconds long it can be undone, and is nobody's news.
    expect(await viewTicket(ctx, key)).toMatchObject({ status: 'waiting', answers: [] });
    await undoDecision(anna.ctx, anna.staff, { caseId: key.caseId });
    await settled(anna, key.caseId, 'reject');
    expect(await viewTicket(ctx, key)).toMatchObject({
      status: 'rejected',
      answers: [{ outcome: 'reject', text: '已核对您的材料。' }],
    });
  });

  test('X-08: one without an account is deleted with its answers a year after its end, with a receipt', async () => {
    const { caseId } = await sent();
    await settled(anna, caseId, 'reject');
    await begin();
    world.advance(3 * 24 * 3_600_000);
    expect(await expireCases(world.ctx())).toBe(1);
    const person = await register(world, citizen);
    const own = await beginTicket(ctx, person.signedIn, {
      ...asked,
      ticket: await giveTestTicket(ctx, 'ticket'),
    });
    world.advance(3 * 24 * 3_600_000);
    expect(await expireCases(world.ctx())).toBe(1);
    const [first] = await ctx.db
      .select({ atMs: caseTable.endedAtMs })
      .from(caseTable)
      .where(eq(caseTable.id, caseId));
    world.advance((first?.atMs ?? 0) + retention.ticket.keep.ms - world.nowMs());
    await clearExpired(world.ctx());
    expect(await ctx.db.$count(caseTable)).toBe(3);
    world.advance(1);
    await clearExpired(world.ctx());
    expect(await ctx.db.$count(caseTable)).toBe(2);
    expect([await ctx.db.$count(caseDecisionTable), await ctx.db.$count(caseReasonTable)]).toEqual([
      0, 0,
    ]);
    const receipts = await ctx.db
      .select({ rows: retentionReceiptTable.rows })
      .from(retentionReceiptTable)
      .where(eq(retentionReceiptTable.kind, 'ticket'));
    expect(receipts).toEqual([{ rows: 3 }]);
    world.advance(7 * 24 * 3_600_000);
    await clearExpired(world.ctx());
    expect(await ctx.db.select({ id: caseTable.id }).from(caseTable)).toEqual([{ id: own.number }]);
  });

  test('a wrong code, a wrong number and a case of another kind are refused alike', async () => {
    const key = await sent();
    const wrong = [
      { number: key.number, code: 'AAAABBBBCCCC' },
      { number: '26112100000000', code: key.code },
      { number: key.number, code: '' },
    ];
    for (const each of wrong) expect(await refusalOf(viewTicket(ctx, each))).toEqual(notFound);
    await ctx.db.update(caseTable).set({ kind: 'manual_review' });
    expect(await refusalOf(viewTicket(ctx, key))).toEqual(notFound);
  });

  test('asked back it is answered under its number, or ends by itself', async () => {
    const key = await sent();
    await settled(anna, key.caseId, 'return');
    expect(await viewTicket(ctx, key)).toMatchObject({ status: 'returned' });
    const reply = { ...key, text: '补充：我从来没有注册过。' };
    const { done, refused } = await atOnce(6, () => answerTicket(ctx, reply));
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 5 }]);
    expect(await viewTicket(ctx, key)).toMatchObject({
      status: 'waiting',
      replies: [{ text: '补充：我从来没有注册过。' }],
    });
    await settled(anna, key.caseId, 'return');
    world.advance(caseRule.returnedMs);
    expect(await expireCases(world.ctx())).toBe(1);
    expect(await viewTicket(ctx, key)).toMatchObject({ status: 'expired' });
  });

  test('asked back for evidence, its person consents with the file', async () => {
    const key = await sent({ agreesToPhotos: false });
    await settled(anna, key.caseId, 'return');
    expect(await refusalOf(addTicketFile(ctx, key, testPhotos.a))).toEqual({
      code: 'consent.required',
    });
    await addTicketFile(ctx, key, testPhotos.a, { agrees: true });
    expect(await viewTicket(ctx, key)).toMatchObject({ files: 1, agreesToPhotos: true });
    await addTicketFile(ctx, key, testPhotos.b);
    await answerTicket(ctx, { ...key, text: '补充：附上身份证照片。' });
    expect(await viewTicket(ctx, key)).toMatchObject({ status: 'waiting', files: 2 });
  });

  test('files are cleaned, at most four, with the consent alone, and go when it is taken back', async () => {
    const without = await begin({ agreesToPhotos: false });
    expect(await refusalOf(addTicketFile(ctx, without, testPhotos.a))).toEqual({
      code: 'consent.required',
    });
    const draft = await begin();
    while ((await viewTicket(ctx, draft)).files < 4) await addTicketFile(ctx, draft, testPhotos.b);
    expect(await refusalOf(addTicketFile(ctx, draft, testPhotos.b))).toMatchObject({
      code: 'photo.refused',
    });
    const { caseNumber } = await submitTicket(ctx, draft);
    const key = { number: caseNumber, code: draft.code };
    expect(await refusalOf(addTicketFile(ctx, key, testPhotos.a))).toEqual({
      code: 'request.stale',
    });
    await withdrawTicket(ctx, key);
    expect(await ctx.db.$count(casePhotoTable)).toBe(0);
    const kept = await ctx.db.select({ until: photoTable.removeAfterMs }).from(photoTable);
    expect(kept.every(({ until }) => until !== null)).toBe(true);
  });

  test('files that come at once take a slot each, and the fifth is refused', async () => {
    const draft = await begin();
    const { done, refused } = await atOnce(5, (at) =>
      addTicketFile(ctx, draft, jpegOf({ content: at + 1 })),
    );
    expect([new Set(done.map(({ slot }) => slot)).size, codesOf(refused)]).toEqual([
      4,
      { 'photo.refused': 1 },
    ]);
    expect(await viewTicket(ctx, draft)).toMatchObject({ files: 4 });
  });

  test('of many who send one draft at once one does; it costs a place, and nobody else’s', async () => {
    const draft = await begin();
    const { done, refused } = await atOnce(8, () => submitTicket(ctx, draft));
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 7 }]);
    const elsewhere = world.ctx({ visitor: { address: '198.51.100.7', deviceId: 'device-2' } });
    const many = await atOnce(24, () => begin({ email: '' }));
    expect(many.done.length).toBe(19);
    expect(codesOf(many.refused)).toEqual({ 'puzzle.work_required': 5 });
    const work = await giveTestWork(ctx, 'ticket', true);
    expect((await beginTicket(ctx, null, { ...asked, email: '', ticket: work })).code).toHaveLength(
      12,
    );
    expect((await begin({}, elsewhere)).code).toHaveLength(12);
  });

  test('with an account that has the number and without one it is told the same', async () => {
    const before = await begin();
    await register(world, citizen);
    const after = await begin();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const drop = async (key: typeof before) => ({
      ...(await viewTicket(ctx, key)),
      expiresAtMs: 0,
    });
    expect(await drop(after)).toEqual(await drop(before));
  });
});

describe('T-ENT-07: the address in a ticket', () => {
  test('gets one mail, which confirms it; only then the answer goes there', async () => {
    const key = await sent();
    expect(mails()).toHaveLength(1);
    const link = secretIn();
    expect(link).not.toContain(key.code);
    await settled(anna, key.caseId, 'return');
    expect(mails()).toHaveLength(1);
    expect(await refusalOf(proveTicket(ctx, { link: `${link}x` }))).toEqual({
      code: 'link.expired',
    });
    await proveTicket(ctx, { link });
    expect(await refusalOf(proveTicket(ctx, { link }))).toEqual({
      code: 'link.used',
      for: 'ticket.email',
    });
    await answerTicket(ctx, { ...key, text: '补充的情况。' });
    await settled(anna, key.caseId, 'reject');
    await deliverWaiting(world.ctx());
    expect(mails()).toHaveLength(2);
    expect(secretIn()).toBe(`${key.number}.${key.code}`);
  });

  test('a decision on a ticket without an account that does not take effect is reported', async () => {
    const { caseId } = await sent();
    await decided(anna, caseId, 'reject');
    await ctx.db.update(caseDecisionTable).set({ undoneAtMs: world.nowMs() });
    world.advance(caseRule.undoMs + 1_000);
    expect((await runJobs(world.ctx())).decisions).toMatchObject({ done: 0, waitingMs: 1_000 });
  });

  test('six in a day are no more than five mails, and each ticket is taken', async () => {
    for (let at = 0; at < 6; at += 1) expect((await sent()).number).toHaveLength(14);
    expect(mails()).toHaveLength(5);
  });
});

describe('T-CON-08a: at the help desk', () => {
  test('it is worked off by its own queue; what is masked is revealed on record', async () => {
    const key = await sent();
    const queue = await viewQueue(anna.ctx, anna.staff, { kind: 'ticket' });
    expect(queue.rows).toMatchObject([{ caseId: key.caseId, caseNumber: key.number }]);
    expect((await viewQueue(anna.ctx, anna.staff, {})).rows).toEqual([]);
    expect(await takeNext(anna.ctx, anna.staff)).toBeNull();
    const lease = await takeNext(anna.ctx, anna.staff, { kind: 'ticket' });
    expect(lease?.caseId).toBe(key.caseId);
    const view = await viewTicketCase(anna.ctx, anna.staff, { caseId: key.caseId });
    expect(JSON.stringify(view)).not.toContain(citizen.number);
    const full = await revealTicket(anna.ctx, anna.staff, { caseId: key.caseId });
    expect(full).toMatchObject({ number: citizen.number, email: 'owner@example.com' });
    const looks = await ctx.db
      .select({ facts: auditTable.facts })
      .from(auditTable)
      .where(eq(auditTable.action, 'desk.revealed'));
    expect(
      looks.map(({ facts }) => (JSON.parse(facts) as { item: string }).item).toSorted(),
    ).toEqual(['email', 'name', 'number']);
  });

  test('nobody answers their own, which has their number in it', async () => {
    const self = await staffNamed(world, 'reviewer', { number: citizen.number });
    const key = await sent();
    const own = takeCase(self.ctx, self.staff, { caseId: key.caseId });
    expect(await refusalOf(own)).toEqual({ code: 'desk.own_case' });
    expect(await takeNext(self.ctx, self.staff, { kind: 'ticket' })).toBeNull();
    expect((await viewQueue(self.ctx, self.staff, { kind: 'ticket' })).rows).toEqual([]);
  });

  test('nobody answers their own with a passport, and new keys index it as accounts do', async () => {
    const number = 'E12345678';
    const self = await staffNamed(world, 'reviewer', { number });
    const { caseId } = await sent({ number });
    const own = () => refusalOf(takeCase(self.ctx, self.staff, { caseId }));
    expect(await own()).toEqual({ code: 'desk.own_case' });
    const index = [{ id: 'i2', key: webCrypto.randomBytes(32) }, ...world.keys.index] as const;
    await rotateKeys(world.ctx({ keys: { ...world.keys, index: [...index] } }));
    const [row] = await ctx.db.select().from(caseTable).where(eq(caseTable.id, caseId));
    const key = numberKey({ type: 'passport', number });
    const [expected] = await blindIndexes(
      world.ctx({ keys: { ...world.keys, index: [...index] } }),
      'number',
      key,
    );
    const [member] = await ctx.db
      .select()
      .from(staffTable)
      .where(eq(staffTable.id, self.staff.member.id));
    expect([row?.numberIndex, member?.numberIndex]).toEqual([expected, expected]);
  });

  test('T-REG-16a: a number is freed by two persons, after notice to whoever has it', async () => {
    await register(world, citizen);
    const { caseId } = await sent();
    await settled(anna, caseId, 'approve', true);
    expect(await ctx.db.$count(cancellationTable)).toBe(0);
    // A colleague of the first, who is no senior, is not the second person.
    const bo = await staffNamed(world, 'reviewer');
    expect(await refusalOf(decided(bo, caseId, 'approve'))).toEqual({ code: 'staff.forbidden' });
    await settled(senior, caseId, 'approve');
    await deliverWaiting(world.ctx());
    expect(await ctx.db.$count(cancellationTable)).toBe(1);
    const [row] = await ctx.db.select().from(caseTable);
    expect(row).toMatchObject({ status: 'approved', flags: ['frees_number'] });
    expect(world.sandbox.mail.messages(testEmail).at(-1)?.subject).toContain('已关闭');
    // The owner registers with it.
    world.advance(61_000);
    await register(world, citizen);
    expect(await ctx.db.$count(accountTable)).toBe(2);
  });

  test('T-REG-16a: both persons look at the number on record and prove who they are', async () => {
    await register(world, citizen);
    const { caseId } = await sent();
    const decide = (by: TestStaff, version: number, freesNumber: boolean) =>
      decideTicket(by.ctx, by.staff, {
        caseId,
        version,
        outcome: 'approve',
        text: '已核对您的材料。',
        freesNumber,
      });
    const take = ({ ctx: its, staff }: TestStaff) => takeCase(its, staff, { caseId });
    const look = { code: 'desk.look_required' };
    const proof = { code: 'staff.proof_required' };
    const { version } = await take(anna);
    expect(await refusalOf(decide(anna, version, true))).toEqual(look);
    await revealTicket(anna.ctx, anna.staff, { caseId });
    await decide(anna, version, true);
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    const second = await take(senior);
    expect(await refusalOf(decide(senior, second.version, false))).toEqual(look);
    await revealTicket(senior.ctx, senior.staff, { caseId });
    world.advance(11 * 60_000);
    const later = await take(senior);
    expect(await refusalOf(decide(senior, later.version, false))).toEqual(proof);
    expect(await refusalOf(decide(anna, version, true))).toEqual(proof);
  });

  test('where the second disagrees a third decides, and nothing is freed', async () => {
    await register(world, citizen);
    const { caseId } = await sent();
    await settled(anna, caseId, 'approve', true);
    await settled(senior, caseId, 'reject');
    await settled(other, caseId, 'reject');
    expect(await ctx.db.$count(cancellationTable)).toBe(0);
  });

  test('T-REG-16a: nothing is freed of a verified holder whose document has run out or whose name was corrected', async () => {
    const { signedIn } = await register(world, citizen);
    await attestFor(world, signedIn.account.id);
    const lapses = [{ untilMs: world.nowMs() - 1 }, { untilMs: null, about: 0 }];
    for (const lapsed of lapses) {
      await ctx.db.update(attestationTable).set(lapsed);
      const { caseId } = await sent();
      expect(await refusalOf(decided(anna, caseId, 'approve', true))).toEqual(notFound);
      const view = await viewTicketCase(anna.ctx, anna.staff, { caseId });
      expect(view.canFree).toBe(false);
      await settled(anna, caseId, 'reject');
    }
    // What was attested wrongly, and was revoked, keeps nobody's number.
    await ctx.db.update(attestationTable).set({ revokedAtMs: world.nowMs() });
    const { caseId } = await sent();
    await settled(anna, caseId, 'approve', true);
    await settled(senior, caseId, 'approve');
    expect(await ctx.db.$count(cancellationTable)).toBe(1);
  });

  test('T-REG-16a: a holder who asks for closing does not keep the number by that', async () => {
    const { signedIn } = await register(world, citizen);
    const holder = async () => proved(world, await signedInAs(signedIn.account.id));
    const before = await holder();
    await requestCancellation(before.ctx, before.signedIn);
    const { caseId } = await sent();
    await settled(anna, caseId, 'approve', true);
    await stopCancellation(before.ctx, before.signedIn);
    const after = await holder();
    await requestCancellation(after.ctx, after.signedIn);
    await settled(senior, caseId, 'approve');
    const [row] = await ctx.db.select({ status: accountTable.status }).from(accountTable);
    expect(row).toEqual({ status: 'closed' });
    expect(await refusalOf(stopCancellation(after.ctx, after.signedIn))).toEqual({
      code: 'request.stale',
    });
    expect(await ctx.db.$count(cancellationTable)).toBe(1);
  });

  test('T-REG-16a: an approval that comes too late to free the number is undone, and none follows', async () => {
    const { signedIn } = await register(world, citizen);
    const { caseId, ...key } = await sent();
    await settled(anna, caseId, 'approve', true);
    await decided(senior, caseId, 'approve');
    await attestFor(world, signedIn.account.id);
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    expect(await viewTicket(ctx, key)).toMatchObject({ status: 'waiting', answers: [] });
    expect(await ctx.db.$count(cancellationTable)).toBe(0);
    expect(await refusalOf(decided(senior, caseId, 'approve'))).toEqual(notFound);
    await settled(senior, caseId, 'reject');
    await settled(other, caseId, 'reject');
    expect(await viewTicket(ctx, key)).toMatchObject({ status: 'rejected' });
  });

  test('T-REG-16a: the holder gets the mail in the name of the portal of the account', async () => {
    await register(world, citizen);
    await ctx.db.update(accountTable).set({ portal: 'student' });
    const { caseId } = await sent();
    await settled(anna, caseId, 'approve', true);
    await settled(senior, caseId, 'approve');
    await deliverWaiting(world.ctx());
    const mail = world.sandbox.mail.messages(testEmail).at(-1);
    expect(mail?.subject).toContain(studentPortal.name.zh);
  });

  test('T-REG-16a: a review of the account ends with its number, and nothing of it comes into effect', async () => {
    const person = await mismatched(world);
    const { account } = person.signedIn;
    await completeDraft(person);
    await submitUnsampled(person);
    const { name, number } = citizenNamed('周子涵');
    const { caseId } = await sent({ name, number });
    await settled(anna, caseId, 'approve', true);
    await settled(senior, caseId, 'approve');
    const cases = await ctx.db
      .select({ kind: caseTable.kind, status: caseTable.status, endedAtMs: caseTable.endedAtMs })
      .from(caseTable)
      .orderBy(caseTable.kind);
    const endedAtMs = expect.any(Number) as number;
    expect(cases).toEqual([
      { kind: 'manual_review', status: 'withdrawn', endedAtMs },
      { kind: 'ticket', status: 'approved', endedAtMs },
    ]);
    // The permit that was attested of an account is free for its owner with the number.
    await attestFor(world, account.id, 'travel_permit', 'H12345678');
    const [closed = account] = await ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(eq(accountTable.id, account.id));
    await commit(ctx.db, [...(await restoreAccount(ctx, closed))]);
    await commit(ctx.db, [
      ...(await closeAccount(ctx, { ...closed, version: closed.version + 1 }, 'owner')),
    ]);
    expect((await standingOfAccount(world, account.id)).attested).toBeNull();
    await commit(ctx.db, [...(await guardNumberFree(ctx, 'another', 'H12345678'))]);
  });

  test('T-REG-16a: a review of an account that is suspended is not settled', async () => {
    const person = await mismatched(world);
    await completeDraft(person);
    await submitUnsampled(person);
    await decideAs(world.ctx(), person, 'approve');
    await ctx.db.update(accountTable).set({ status: 'suspended' });
    world.advance(caseRule.undoMs);
    expect(await settleCases(world.ctx())).toBe(0);
    await ctx.db.update(accountTable).set({ status: 'active' });
    expect(await settleCases(world.ctx())).toBe(1);
  });

  test('nothing is freed where nobody has the number', async () => {
    const { caseId } = await sent();
    expect(await refusalOf(decided(anna, caseId, 'approve', true))).toEqual(notFound);
  });
});

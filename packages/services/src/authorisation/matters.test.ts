import {
  accountTable,
  allowanceTable,
  attestationTable,
  auditTable,
  faceCheckTable,
  matterTable,
  type Meter,
  noticeTable,
  outboxTable,
} from '@shiming/db';
import { matterRule } from '@shiming/domain';
import type { OfficeMatterCall, RegistrationOffice } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestCancellation } from '../data/cancellation.ts';
import { eraseCancelled } from '../data/erase-cancelled.ts';
import { exportData } from '../data/export.ts';
import { inPortal } from '../context.ts';
import { sendProofCode } from '../proof/send-code.ts';
import { attestFor } from '../testing/attestations.ts';
import { officeRequestOf, officeWithKey } from '../testing/office.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
  signInAs,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { placeOf, seal } from '../vault/vault.ts';
import { answerMatter } from './answer.ts';
import { answerOffice, isOfficeAct, listAnswerKeys } from './office.ts';
import { viewAuthorisation } from './own.ts';

const origin = 'https://id.example.cn';
const keysUrl = `${origin}/office/v1/keys`;
const dayMs = 24 * 3_600_000;
const citizen = citizenNamed('林知远');
let world: TestWorld;
let person: Applicant;
let office: RegistrationOffice;

let metered: Meter | undefined;
const atBusiness = () =>
  inPortal(world.ctx(metered === undefined ? {} : { meter: metered }), 'business');

async function serve(request: Request): Promise<Response> {
  const ctx = atBusiness();
  if (request.url === keysUrl) return Response.json(await listAnswerKeys(ctx));
  const act = request.url.split('/').at(-1) ?? '';
  if (!isOfficeAct(act)) throw new Error('no act');
  const { status, body, headers } = await answerOffice(
    ctx,
    await officeRequestOf(request, origin),
    act,
  );
  return new Response(body, { status, headers });
}

const officeNamed = (keyId: string) =>
  officeWithKey(world.ctx(), {
    url: `${origin}/office/v1/authorisation.check`,
    keysUrl,
    keyId,
    fetch: serve,
    now: () => world.nowMs(),
  });

async function atFour(who = citizen): Promise<Applicant> {
  const { sessionToken } = await registerCompletely(world, who);
  const made = await applicantOf(world, sessionToken);
  await attestFor(world, made.signedIn.account.id, 'four_factors');
  await attestFor(world, made.signedIn.account.id, 'face');
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  return { ctx: inPortal(ctx, 'business'), signedIn, sessionToken };
}

beforeEach(async () => {
  metered = undefined;
  world = await createTestWorld();
  person = await atFour();
  // The registration's code went to the same number.
  world.advance(dayMs);
  person = { ...person, ctx: { ...person.ctx, now: () => world.nowMs() } };
  office = await officeNamed('office-1');
});
afterEach(() => world.close());

const asked: OfficeMatterCall = {
  idNumber: citizen.number,
  company: '沙箱市晴川茶叶有限公司',
  role: 'shareholder',
  purpose: 'establish',
};
const ask = (change: Partial<OfficeMatterCall> = {}, by = office) =>
  by.askMatter({ ...asked, ...change });
async function matterOf(change: Partial<OfficeMatterCall> = {}): Promise<string> {
  const { status, said, isGenuine } = await ask(change);
  expect([status, isGenuine, said['state']]).toEqual([200, true, 'waiting']);
  return String(said['matter']);
}
const stateOf = async (matter: string) => (await office.result(matter)).said['state'];
const mattersOf = async ({ ctx, signedIn } = person) =>
  (await viewAuthorisation(ctx, signedIn))?.matters ?? [];
async function codeFor({ ctx, signedIn } = person, { mobile } = citizen): Promise<string> {
  world.advance(61_000);
  const ticket = await giveTestTicket(ctx, 'contact');
  await sendProofCode(ctx, signedIn, { channel: 'sms', ticket });
  return world.sandbox.phone.lastCode(mobile) ?? '';
}
const answer = (
  matterId: string,
  code: string,
  change: { answer?: 'yes' | 'no'; password?: string; by?: 'face' } = {},
  { ctx, signedIn } = person,
) =>
  answerMatter(ctx, signedIn, {
    matterId,
    answer: 'yes',
    by: 'password_and_code',
    password: testPassword,
    code,
    ...change,
  });
const byFace = (matterId: string) => answer(matterId, '', { by: 'face', password: '' });
const notices = async () =>
  (await world.ctx().db.select().from(noticeTable)).map(({ kind }) => kind);
const texts = async () =>
  (await world.ctx().db.select().from(outboxTable)).filter(({ channel }) => channel === 'sms')
    .length;
const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');

describe('E-AUT-02a: an office asks for one matter', () => {
  test('the person sees company, role and matter, and answers with password and code: one receipt', async () => {
    const before = await texts();
    const matter = await matterOf();
    expect(await texts()).toBe(before + 1);
    expect(await notices()).toContain('matter_asked');
    const [seen] = await mattersOf();
    expect(seen).toMatchObject({
      id: matter,
      office: '沙箱市市场监督管理局',
      company: asked.company,
      role: 'shareholder',
      purpose: 'establish',
      status: 'waiting',
      receipt: null,
    });
    expect((seen?.expiresAtMs ?? 0) - (seen?.askedAtMs ?? 0)).toBe(7 * dayMs);
    const other = await matterOf({ role: 'legal_representative' });
    const code = await codeFor();
    await answer(matter, code);
    const { said, isGenuine } = await office.result(matter);
    expect(isGenuine).toBe(true);
    expect(said).toMatchObject({ matter, state: 'yes', by: 'password_and_code' });
    expect((await mattersOf()).find(({ id }) => id === matter)).toMatchObject({
      status: 'yes',
      receipt: said['receipt'],
    });
    expect(await notices()).toContain('matter_agreed');
    // A matter takes a proof of its own, and is answered once.
    expect(await refusalOf(answer(other, code))).toEqual({ code: 'code.expired' });
    expect(await stateOf(other)).toBe('waiting');
    expect(await refusalOf(answer(matter, await codeFor(), { answer: 'no' }))).toEqual({
      code: 'matter.over',
    });
    await answer(other, await codeFor(), { answer: 'no' });
    expect((await office.result(other)).said).toMatchObject({ state: 'no' });
    const recorded = await world.ctx().db.select().from(auditTable);
    expect(recorded.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['matter.asked', 'matter.answered']),
    );
    const facts = recorded.map((row) => row.facts).join('');
    expect(facts).not.toContain(asked.company);
    expect(facts).not.toContain(citizen.number);
  });

  test('neither a proof of before nor half of one does', async () => {
    const matter = await matterOf();
    const proved = { ...person.signedIn, provedAtMs: world.nowMs() };
    const justProved = { ...person, signedIn: proved };
    expect(await refusalOf(answer(matter, '', { password: '' }, justProved))).toEqual({
      code: 'input.invalid',
      fields: { password: 'password.missing', code: 'code.missing' },
    });
    const code = await codeFor();
    expect(await refusalOf(answer(matter, code, { password: 'Not-the-1-password' }))).toEqual({
      code: 'input.invalid',
      fields: { password: 'password.wrong' },
    });
    expect(await refusalOf(answer(matter, wrongCode(code)))).toMatchObject({ code: 'code.wrong' });
    expect(await stateOf(matter)).toBe('waiting');
    await answer(matter, code);
    expect(await stateOf(matter)).toBe('yes');
  });

  test('a face that was shown for this matter is the other proof: within ten minutes, once, for no other', async () => {
    const [matter, other] = [await matterOf(), await matterOf({ role: 'director' })];
    expect(await refusalOf(byFace(matter))).toEqual({ code: 'proof.required' });
    const { db } = world.ctx();
    const shown = (about: string, endedAtMs: number, id: string) =>
      db.insert(faceCheckTable).values({
        id,
        accountId: person.signedIn.account.id,
        purpose: 'authorise',
        about,
        person: 'person',
        status: 'matched',
        askedAtMs: endedAtMs,
        endedAtMs,
      });
    await shown(matter, world.nowMs() - 10 * 60_000, 'late');
    expect(await refusalOf(byFace(matter))).toEqual({ code: 'proof.required' });
    await shown(matter, world.nowMs(), 'now');
    expect(await refusalOf(byFace(other))).toEqual({ code: 'proof.required' });
    const { done } = await atOnce(5, () => byFace(matter));
    expect(done).toHaveLength(1);
    expect((await office.result(matter)).said).toMatchObject({ state: 'yes', by: 'face' });
    expect(await stateOf(other)).toBe('waiting');
  });

  test('nobody answers, or reads, for another; a matter is for the holder of the number alone', async () => {
    const matter = await matterOf();
    const friend = citizenNamed('古丽·买买提');
    const other = await atFour(friend);
    world.advance(dayMs);
    expect(await mattersOf(other)).toEqual([]);
    const code = await codeFor(other, friend);
    expect(await refusalOf(answer(matter, code, {}, other))).toEqual({ code: 'matter.over' });
    const another = await officeNamed('office-2');
    await world.ctx().db.run(`update office_key set office = '另一个局' where id = 'office-2'`);
    expect(await another.result(matter)).toMatchObject({ status: 404, isGenuine: true });
    expect(await another.withdraw(matter)).toMatchObject({ status: 404 });
    expect(await stateOf(matter)).toBe('waiting');
  });

  test('below level 4, under 18, or at a portal without it nobody answers; unverified nobody reads', async () => {
    const matter = await matterOf();
    const { db } = world.ctx();
    const code = await codeFor();
    const atThree = { ...person, signedIn: { ...person.signedIn, level: 3 as const } };
    expect(await refusalOf(answer(matter, code, {}, atThree))).toEqual({
      code: 'service.not_verified',
    });
    const young = { ...person, ctx: { ...person.ctx, now: () => Date.parse('2005-01-01') } };
    expect(await refusalOf(answer(matter, code, {}, young))).toMatchObject({
      code: 'authorisation.under_age',
    });
    const teacher = { ...person, ctx: inPortal(person.ctx, 'teacher') };
    expect(await refusalOf(answer(matter, code, {}, teacher))).toEqual({
      code: 'request.not_found',
    });
    // As of a session that has not noticed; the code stays good.
    await db.update(attestationTable).set({ revokedAtMs: 1 });
    expect(await refusalOf(answer(matter, code))).toEqual({ code: 'service.not_verified' });
    expect(await mattersOf()).toEqual([]);
    await db.update(attestationTable).set({ revokedAtMs: null });
    expect(await mattersOf()).toHaveLength(1);
    await answer(matter, code);
  });

  test('it runs out after seven days, to the millisecond, and the office may withdraw it before', async () => {
    const late = await matterOf();
    const withdrawn = await matterOf({ role: 'supervisor' });
    expect(await office.withdraw(withdrawn)).toMatchObject({
      status: 200,
      said: { state: 'withdrawn' },
    });
    expect((await office.withdraw(withdrawn)).said).toMatchObject({ state: 'withdrawn' });
    expect(await notices()).toContain('matter_withdrawn');
    expect(await refusalOf(answer(withdrawn, '123456'))).toEqual({ code: 'matter.over' });
    const [row] = await world.ctx().db.select().from(matterTable).where(eq(matterTable.id, late));
    world.advance((row?.expiresAtMs ?? 0) - 1 - world.nowMs() - 61_000);
    const code = await codeFor();
    expect(await stateOf(late)).toBe('waiting');
    world.advance(1);
    expect(await stateOf(late)).toBe('expired');
    expect(await refusalOf(answer(late, code))).toEqual({ code: 'matter.over' });
    expect((await office.withdraw(late)).said).toMatchObject({ state: 'expired' });
    expect((await mattersOf()).map(({ status }) => status).toSorted()).toEqual([
      'expired',
      'withdrawn',
    ]);
  });

  test('somebody who registers, or is verified, after the office has asked finds the matter', async () => {
    const late = citizenNamed('沈秀兰');
    const matter = await matterOf({ idNumber: late.number });
    const other = await atFour(late);
    expect(await mattersOf(other)).toMatchObject([{ id: matter }]);
    // Nobody was told in the meantime.
    expect(await notices()).not.toContain('matter_asked');
  });

  test('somebody who has only typed a number reads nothing of what its holder is asked, and deletes nothing', async () => {
    const holder = citizenNamed('沈秀兰');
    const { sessionToken } = await registerCompletely(world, holder);
    const matter = await matterOf({ idNumber: holder.number });
    await office.check({ idNumber: holder.number, purpose: 'establish' });
    const { ctx, signedIn } = await applicantOf(world, sessionToken);
    const proved = { ...signedIn, provedAtMs: world.nowMs() };
    const seen = async () => {
      const view = await viewAuthorisation(inPortal(ctx, 'business'), signedIn);
      const copy = await exportData(ctx, proved);
      return [view?.matters, view?.questions, copy.matters, copy.officeQuestions].map(
        (each) => each?.length,
      );
    };
    expect(await seen()).toEqual([0, 0, 0, 0]);
    await requestCancellation(ctx, proved);
    world.advance(6 * dayMs);
    const later = await matterOf({ idNumber: holder.number, role: 'director' });
    world.advance(2 * dayMs);
    await eraseCancelled(world.ctx());
    expect(await ctx.db.$count(accountTable, eq(accountTable.id, signedIn.account.id))).toBe(0);
    expect(await stateOf(matter)).toBe('expired');
    expect(await stateOf(later)).toBe('waiting');
  });

  test('what was asked and answered is read by its holder when the check has run out, too', async () => {
    const matter = await matterOf();
    await office.check({ idNumber: citizen.number, purpose: 'establish' });
    await answer(matter, await codeFor());
    const { db } = world.ctx();
    await db.update(attestationTable).set({ untilMs: world.nowMs() });
    const lapsed = { ...person, signedIn: { ...person.signedIn, level: 2 as const } };
    const view = await viewAuthorisation(person.ctx, lapsed.signedIn);
    expect(view?.matters).toMatchObject([{ id: matter, status: 'yes' }]);
    expect(view?.questions).toHaveLength(1);
  });

  test('the office reads nothing of whether somebody has the number', async () => {
    const meter = { roundTrips: 0, rowsRead: 0 };
    metered = meter;
    const known = await ask();
    const ofKnown = meter.roundTrips;
    const unknown = await ask({ idNumber: '000000190001010000' });
    expect(meter.roundTrips).toBe(2 * ofKnown);
    expect(Object.keys(unknown.said)).toEqual(Object.keys(known.said));
    expect(unknown.said['state']).toBe(known.said['state']);
  });
});

describe('E-AUT-02a: many at once, again, and too much', () => {
  test('of five answers at once with one code one counts', async () => {
    const matter = await matterOf();
    const code = await codeFor();
    const { done, refused } = await atOnce(5, (at) =>
      answer(matter, code, { answer: at % 2 === 0 ? 'yes' : 'no' }),
    );
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(4);
    expect(['yes', 'no']).toContain(await stateOf(matter));
  });

  test('an answer and a withdrawal at once: one of them', async () => {
    const matter = await matterOf();
    const code = await codeFor();
    const { refused } = await atOnce(2, async (at) =>
      at === 0 ? answer(matter, code) : office.withdraw(matter),
    );
    const state = await stateOf(matter);
    expect(codesOf(refused)).toEqual(state === 'yes' ? {} : { 'matter.over': 1 });
    expect(['yes', 'withdrawn']).toContain(state);
  });

  test('the same question again is the same matter; another with its name or nonce is refused', async () => {
    const same = { requestId: 'r-1', nonce: 'bm9uY2UtMDAwMDAwMDAwMQ' };
    const request = await office.matterRequest({ ...asked, ...same });
    const { done } = await atOnce(20, () => office.send(request));
    expect(
      new Set(done.map(({ status, said }) => `${status} ${String(said['matter'])}`)).size,
    ).toBe(1);
    expect((await ask({ requestId: 'r-1' })).said['matter']).toBe(done[0]?.said['matter']);
    expect(await ask({ requestId: 'r-1', role: 'agent' })).toMatchObject({ status: 409 });
    expect(await ask({ requestId: 'r-2', nonce: same.nonce })).toMatchObject({ status: 409 });
    expect(await world.ctx().db.select().from(matterTable)).toHaveLength(1);
    // An answer that was lost is had again, too, where nothing more may be asked on that day.
    for (let at = 2; at <= matterRule.perDayOfOffice; at += 1) await ask({ requestId: `s-${at}` });
    expect(await ask({ requestId: 'one-more' })).toMatchObject({ status: 429 });
    expect((await ask({ requestId: 'r-1' })).said['matter']).toBe(done[0]?.said['matter']);
    expect(await ask({ requestId: 'r-1', role: 'agent' })).toMatchObject({ status: 409 });
    const matter = String(done[0]?.said['matter']);
    const bent = { nonce: 'bm9uY2UtMDAwMDAwMDAwMg' };
    expect(await office.result(matter, bent)).toMatchObject({ status: 200 });
    expect(await office.result(matter, bent)).toMatchObject({ status: 409, isGenuine: true });
  });

  test('of thirty matters at once ten are put to the person, with one text message', async () => {
    const before = await texts();
    const { done } = await atOnce(30, (at) => ask({ requestId: `r-${at}` }));
    expect(done.filter(({ status }) => status === 200)).toHaveLength(matterRule.perDayOfOffice);
    expect(done.filter(({ status }) => status === 429)).toHaveLength(20);
    expect(await mattersOf()).toHaveLength(matterRule.perDayOfOffice);
    expect(await texts()).toBe(before + 1);
  });

  test('however much was asked since, what waits is listed, first', async () => {
    const { db } = world.ctx();
    const matter = await matterOf();
    const [row] = await db.select().from(matterTable);
    if (row === undefined) throw new Error('no matter');
    const later = Array.from({ length: 200 }, (_, at) => ({
      ...row,
      id: `later-${at}`,
      requestId: `later-${at}`,
      status: 'no' as const,
      askedAtMs: row.askedAtMs + at + 1,
    }));
    await db.insert(matterTable).values(later);
    // What is sealed is bound to its row.
    for (const { id } of later) {
      const detailsSealed = await seal(world.ctx(), placeOf(matterTable.detailsSealed, id), {
        number: citizen.number,
        company: asked.company,
      });
      await db.update(matterTable).set({ detailsSealed }).where(eq(matterTable.id, id));
    }
    const [first] = await mattersOf();
    expect(first).toMatchObject({ id: matter, status: 'waiting' });
  });

  test('what is no matter is refused, with a signature', async () => {
    for (const change of [{ company: ' ' }, { role: 'friend' }, { purpose: 'anything' }]) {
      expect(await ask(change)).toMatchObject({
        status: 400,
        said: { error: 'input_invalid' },
        isGenuine: true,
      });
    }
    expect(await world.ctx().db.select().from(allowanceTable)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ kind: 'matter' })]),
    );
  });
});

test('X-01: the copy of somebody who has only typed the number has nothing of what its holder is asked', async () => {
  await matterOf();
  await world.ctx().db.update(attestationTable).set({ revokedAtMs: 1 });
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  expect((await exportData(ctx, signedIn)).matters).toEqual([]);
});

test('X-07: a copy has the matters, and deleting the account deletes them', async () => {
  const matter = await matterOf();
  await answer(matter, await codeFor());
  await matterOf({ role: 'liaison' });
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  const copy = await exportData(ctx, signedIn);
  expect(copy.matters).toMatchObject([
    { company: asked.company, role: 'shareholder', status: 'yes', by: 'password_and_code' },
    { role: 'liaison', status: 'waiting', receipt: null },
  ]);
  await requestCancellation(ctx, signedIn);
  world.advance(8 * dayMs);
  await eraseCancelled(world.ctx());
  expect(await world.ctx().db.select().from(accountTable)).toEqual([]);
  expect(await world.ctx().db.select().from(matterTable)).toEqual([]);
});

import { accountTable, allowanceTable, auditTable, consentTable, noticeTable } from '@shiming/db';
import { businessPortal, type FaceOutcome, faceOutcomes } from '@shiming/domain';
import type { FaceQuery } from '@shiming/providers';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ctx, inPortal, type Visitor } from '../context.ts';
import { authenticate } from '../session/session.ts';
import { registerAtBusiness } from '../testing/business.ts';
import { framesOf, greyFrames, tracesOf, withFaces } from '../testing/faces.ts';
import { citizenNamed, signInAs } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { newRowsBy } from '../testing/storage.ts';
import { giveTestTicket, giveTestWork } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { blindIndex, subjectHash } from '../vault/vault.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { beginFaceSignIn, signInByFace } from './sign-in-by-face.ts';

const citizen = citizenNamed('林知远');
const { number } = citizen;
/** Nobody has an account with this number. */
const free = citizenNamed('沈秀兰').number;
const hour = 3_600_000;
let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
  await registerAtBusiness(world, citizen);
});
afterAll(() => world.close());
beforeEach(() => world.advance(25 * hour));

const here = (visitor: Partial<Visitor> = {}) =>
  inPortal(world.ctx({ visitor }), businessPortal.id);

async function begin(ctx: Ctx, name: string, ticket?: string) {
  const spent = ticket ?? (await giveTestTicket(ctx, 'login'));
  const given = await beginFaceSignIn(ctx, { name, ticket: spent, hasAgreed: true });
  return given.challenge;
}
async function show(ctx: Ctx, name = number, frames = greyFrames()) {
  const challenge = await begin(ctx, name);
  return signInByFace(ctx, { name, challenge, frames });
}
const says = (outcome: FaceOutcome, visitor: Partial<Visitor> = {}) =>
  withFaces(here(visitor), outcome);
/** A browser that has signed in before. */
async function knownBrowser(): Promise<Partial<Visitor>> {
  const { deviceMark } = await signInAs(here(), number, testPassword);
  return { deviceMarks: [deviceMark] };
}

test('E-LOG-01: number and face sign in as number and password do', async () => {
  const ctx = here();
  const ticket = await giveTestTicket(ctx, 'login');
  const given = await beginFaceSignIn(ctx, { name: number, ticket, hasAgreed: true });
  const frames = await framesOf('林知远', given);
  const signed = await signInByFace(ctx, { name: number, challenge: given.challenge, frames });
  if (signed.outcome !== 'matched') throw new Error(signed.outcome);
  const signedIn = await authenticate(here(), signed.sessionToken);
  expect(signedIn).toMatchObject({ level: 3, provedAtMs: world.nowMs() });
  const { id } = signedIn?.account ?? { id: '' };
  const { db } = ctx;
  const recorded = await db
    .select({ facts: auditTable.facts })
    .from(auditTable)
    .where(and(eq(auditTable.accountId, id), eq(auditTable.action, 'login.signed_in')));
  expect(recorded.map(({ facts }) => facts).join('')).toContain('"by":"face"');
  const [agreed] = await db
    .select({ facts: auditTable.facts })
    .from(auditTable)
    .where(and(eq(auditTable.accountId, id), sql`${auditTable.facts} like '%PIA-1%'`));
  expect(agreed?.facts).toContain('"kind":"face"');
  const notices = await db.select().from(noticeTable).where(eq(noticeTable.accountId, id));
  expect(notices.map(({ kind }) => kind)).toContain('new_device');
  const [consent] = await db.select().from(consentTable).where(eq(consentTable.kind, 'face'));
  expect(consent).toMatchObject({ accountId: id, purpose: 'compare_face', withdrawnAtMs: null });
  expect(await tracesOf(world, frames)).toEqual([]);
});

/** What somebody unknown to the account is answered, and what that took. */
async function answerFor(
  name: string,
  outcome: FaceOutcome,
  of: Parameters<typeof withFaces>[2] = {},
) {
  world.advance(hour);
  const { ctx, asked } = withFaces(here(), outcome, of);
  const { result: answer, rows } = await newRowsBy(world, () =>
    show(ctx, name).catch(async (error: unknown) => refusalOf(Promise.reject(error))),
  );
  return { answer, asked: asked.length, rows, roundTrips: ctx.db.meter.roundTrips };
}

test('X-03: to a stranger every failure is one answer, and so is a number without an account', async () => {
  const refused = { code: 'login.refused', triesLeft: 4 };
  for (const outcome of faceOutcomes.filter((each) => each !== 'matched')) {
    for (const mayFollowRegister of [true, false]) {
      const of = { mayFollowRegister };
      const [one, other] = [
        await answerFor(number, outcome, of),
        await answerFor(free, outcome, of),
      ];
      expect([outcome, other]).toEqual([outcome, one]);
      const isTold = !mayFollowRegister && (outcome === 'unavailable' || outcome === 'picture');
      expect(one.answer).toEqual(isTold ? { outcome, pictureFault: null } : refused);
      expect(one.asked).toBe(1);
    }
  }
  // An authority that would say yes to anything opens nothing that is not there.
  expect((await answerFor(free, 'matched')).answer).toEqual(refused);
});

const broken = (visitor: Partial<Visitor> = {}) =>
  withFaces(here(visitor), 'unavailable', { mayFollowRegister: true }).ctx;

test('X-03: a fault that the vendor finds after the person is one failure to a stranger, and told to a known browser', async () => {
  expect(await refusalOf(show(broken()))).toEqual({ code: 'login.refused', triesLeft: 4 });
  expect(await show(broken(await knownBrowser()))).toEqual({
    outcome: 'unavailable',
    pictureFault: null,
  });
});

test('E-FAC-01: an action that is not seen costs a stranger no try, with an account or without', async () => {
  for (const name of [number, free]) {
    for (let shown = 0; shown < 6; shown += 1) {
      world.advance(60_000);
      const { ctx } = withFaces(here(), 'picture', { pictureFault: 'not_done' });
      expect(await show(ctx, name)).toEqual({ outcome: 'picture', pictureFault: 'not_done' });
    }
    const { ctx } = says('not_same');
    expect(await refusalOf(show(ctx, name))).toEqual({ code: 'login.refused', triesLeft: 4 });
  }
});

test('X-03: of a number without an account the authority is asked about a name that nobody has', async () => {
  const { ctx, asked } = says('name_mismatch');
  await refusalOf(show(ctx, free));
  const [query] = asked as [FaceQuery];
  expect(query).toMatchObject({ name: '无名氏', number: free });
});

test('X-03: how long the authority took tells a stranger nothing, and a match does not wait', async () => {
  const pauses: number[] = [];
  const after = (tookMs: number, outcome: FaceOutcome) => {
    world.advance(hour);
    const { ctx } = withFaces(here(), async () => {
      world.advance(tookMs);
      return outcome;
    });
    return { ...ctx, pause: async (ms: number) => void pauses.push(tookMs + ms) };
  };
  await refusalOf(show(after(20, 'name_mismatch'), free));
  await refusalOf(show(after(1_200, 'not_same')));
  await refusalOf(show(after(3_100, 'not_same')));
  expect(pauses).toEqual([3_000, 3_000, 6_000]);
  expect(await show(after(1_200, 'matched'))).toMatchObject({ outcome: 'matched' });
  expect(pauses.length).toBe(3);
});

test('a browser that has signed in before is told which failure it was', async () => {
  const visitor = await knownBrowser();
  for (const outcome of faceOutcomes.filter((each) => each !== 'matched')) {
    world.advance(hour);
    expect(await show(says(outcome, visitor).ctx)).toEqual({ outcome, pictureFault: null });
  }
});

test('T-VER-07: with the authority down it says so, costs no try, and the password signs in', async () => {
  world.sandbox.authority.setMode('down');
  for (let count = 0; count < 6; count += 1) {
    expect(await show(here())).toEqual({ outcome: 'unavailable', pictureFault: null });
  }
  expect(await signInAs(here(), number, testPassword)).toHaveProperty('sessionToken');
  world.sandbox.reset();
});

test('failures of faces and of passwords are counted together, and fifty at once one by one', async () => {
  const { ctx, asked } = says('not_same');
  const challenges: (readonly [Ctx, string])[] = [];
  for (let count = 0; count < 50; count += 1) {
    const device = inPortal(world.ctx({ visitor: { deviceId: `device-${count}` } }), 'business');
    challenges.push([{ ...ctx, visitor: device.visitor }, await begin(device, number)] as const);
  }
  const { done, refused } = await atOnce(50, (index) => {
    const [at = ctx, challenge = ''] = challenges[index] ?? [];
    return signInByFace(at, { name: number, challenge, frames: greyFrames() });
  });
  expect(done).toEqual([]);
  expect(codesOf(refused)).toEqual({ 'login.refused': 3, 'login.locked': 47 });
  expect(asked.length).toBe(3);
  world.advance(21_000);
  for (let count = 0; count < 2; count += 1) await refusalOf(show(ctx));
  const locked = await refusalOf(signInAs(here(), number, testPassword));
  expect(locked).toMatchObject({ code: 'login.locked' });
});

test('where strangers fail often a face takes heavy work as well', async () => {
  const { ctx, asked } = says('not_same', { address: '203.0.113.90' });
  await refusalOf(show(ctx));
  const subject = await blindIndex(ctx, 'number', number);
  await useUpOf(world, 'login.strangers', { subject }, 30);
  expect(await refusalOf(show(ctx))).toEqual({ code: 'puzzle.work_required' });
  const challenge = await begin(ctx, number, await giveTestWork(ctx, 'login', true));
  const work = signInByFace(ctx, { name: number, challenge, frames: greyFrames() });
  expect(await refusalOf(work)).toMatchObject({ code: 'login.refused' });
  // That work was done is not for the page to say.
  const light = await begin(ctx, number);
  const lie = { name: number, challenge: `heavy.${light}`, frames: greyFrames() };
  expect(await refusalOf(signInByFace(ctx, lie))).toEqual({ code: 'face.challenge_over' });
  expect(asked.length).toBe(2);
});

test('a challenge is for one number and one browser, once', async () => {
  const { ctx, asked } = says('not_same');
  const over = { code: 'face.challenge_over' };
  const challenge = await begin(ctx, number);
  const send = (at: Ctx, name = number) =>
    refusalOf(signInByFace(at, { name, challenge, frames: greyFrames() }));
  expect(await send(ctx, free)).toEqual(over);
  expect(await send(says('matched', { deviceId: 'another' }).ctx)).toEqual(over);
  expect(await send(ctx)).toMatchObject({ code: 'login.refused' });
  expect(await send(ctx)).toEqual(over);
  expect(asked.length).toBe(1);
});

test('an account that was handed over, a child’s, and one whose number may not be used are not opened', async () => {
  const db = here().db;
  const { ctx } = says('matched');
  const refused = { code: 'login.refused' };
  const setTo = (set: ReturnType<typeof sql>) => {
    world.advance(hour);
    return db.run(sql`update ${accountTable} set ${set}`);
  };
  const [{ hash } = { hash: '' }] = await db
    .select({ hash: accountTable.passwordHash })
    .from(accountTable);
  await setTo(sql`password_hash = null`);
  expect(await refusalOf(show(ctx))).toMatchObject(refused);
  await setTo(sql`password_hash = ${hash}`);
  const { portal } = ctx;
  const guardian = { ...portal.guardian, childUnder: 99 };
  const toChildren = { ...ctx, portal: { ...portal, guardian } };
  expect(await refusalOf(show(toChildren))).toMatchObject(refused);
  const isNumbers = sql`kind = 'document_number'`;
  await db.run(sql`update ${consentTable} set withdrawn_at_ms = 1 where ${isNumbers}`);
  expect(await refusalOf(show(ctx))).toMatchObject(refused);
  await db.run(sql`update ${consentTable} set withdrawn_at_ms = null where ${isNumbers}`);
  await setTo(sql`status = 'suspended'`);
  expect(await refusalOf(show(says('not_same').ctx))).toMatchObject(refused);
  expect(await refusalOf(show(ctx))).toEqual({ code: 'account.suspended' });
  await setTo(sql`status = 'active'`);
  expect(await show(ctx)).toMatchObject({ outcome: 'matched' });
});

test('the questions of strangers are bounded for a number, from an address and in all, with an account or without', async () => {
  for (const name of [number, free]) {
    world.advance(25 * hour);
    const { ctx, asked } = says('not_same', { address: '198.51.100.7' });
    const limits = [
      [await blindIndex(ctx, 'number', name), 60, 'login.strangers_locked'],
      [await subjectHash(ctx, 'address', '198.51.100.7'), 120, 'request.too_many'],
      ['all', 2_000, 'request.too_many'],
    ] as const;
    for (const [subject, limit, code] of limits) {
      await useUpOf(world, 'face.strangers', { subject }, limit);
      expect(await refusalOf(show(ctx, name))).toMatchObject({ code });
      world.advance(25 * hour);
    }
    expect(asked).toEqual([]);
  }
});

test('from one browser fifteen faces of a number are compared in a day, whatever strangers do', async () => {
  const { ctx, asked } = says('not_same', await knownBrowser());
  const subject = await blindIndex(ctx, 'number', number);
  const [held = ''] = ctx.visitor.deviceMarks;
  expect(held).not.toBe('');
  for (let count = 0; count < 15; count += 1) {
    world.advance(15 * 60_000);
    expect(await show(ctx)).toMatchObject({ outcome: 'not_same' });
  }
  world.advance(15 * 60_000);
  expect(await refusalOf(show(ctx))).toMatchObject({ code: 'request.too_many' });
  expect(asked.length).toBe(15);
  // The limits of strangers are none of this browser's.
  world.advance(25 * hour);
  await useUpOf(world, 'face.strangers', { subject: 'all' }, 2_000);
  await useUpOf(world, 'face.strangers', { subject }, 60);
  expect(await show(ctx)).toMatchObject({ outcome: 'not_same' });
});

test('a question that signs in, or that nobody could answer, is given back', async () => {
  const visitor = { address: '198.51.100.8' };
  const { ctx } = says('unavailable', visitor);
  const left = () =>
    ctx.db.$count(
      allowanceTable,
      and(
        inArray(allowanceTable.kind, ['face.asked', 'face.strangers']),
        eq(allowanceTable.isCounted, true),
      ),
    );
  const before = await left();
  await show(ctx);
  await show(says('matched', visitor).ctx);
  expect(await left()).toBe(before);
  await refusalOf(show(says('refused_input', visitor).ctx));
  expect(await left()).toBe(before + 4);
});

test('a browser that has signed in before loses no try to an input that the authority does not look at', async () => {
  const { ctx } = says('refused_input', await knownBrowser());
  for (let count = 0; count < 6; count += 1) {
    expect(await show(ctx)).toMatchObject({ outcome: 'refused_input' });
  }
});

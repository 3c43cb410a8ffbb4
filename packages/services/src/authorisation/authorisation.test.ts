import { createHash } from 'node:crypto';
import {
  accountTable,
  allowanceTable,
  attestationTable,
  auditTable,
  authorisationTable,
  commit,
  noticeTable,
  officeKeyTable,
  officeQuestionTable,
  outboxTable,
} from '@shiming/db';
import { type AuthorisationAnswers, endOfDayMs } from '@shiming/domain';
import { webCrypto as gmCrypto } from '@shiming/providers/crypto/gm';
import {
  newOfficeKey,
  type OfficeCall,
  type OfficeKey,
  RegistrationOffice,
  sharedSecret,
} from '@shiming/sandbox';
import { and, desc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endPending } from '../account/secure.ts';
import { openIdentity } from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { type Ctx, inPortal } from '../context.ts';
import { blindIndex } from '../vault/vault.ts';
import { runJobs } from '../run-jobs.ts';
import { attestFor } from '../testing/attestations.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { officeRequestOf } from '../testing/office.ts';
import { staffNamed } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { addOfficeKey, listOfficeKeys, revokeOfficeKey } from './keys.ts';
import { answerOffice, listAnswerKeys } from './office.ts';
import { closeAuthorisation, openAuthorisation, viewAuthorisation } from './own.ts';

const origin = 'https://id.example.cn';
const url = `${origin}/office/v1/authorisation.check`;
const keysUrl = `${origin}/office/v1/keys`;
const citizen = citizenNamed('林知远');
const dayMs = 24 * 3_600_000;
let world: TestWorld;
let person: Applicant;
let office: RegistrationOffice;
let keyId: string;

const atBusiness = () => inPortal(world.ctx(), 'business');

/** The portal as the Worker serves it. */
async function serve(request: Request, ctx = atBusiness()): Promise<Response> {
  if (request.url === keysUrl) return Response.json(await listAnswerKeys(ctx));
  const asked = await officeRequestOf(request, origin);
  const { status, body, headers } = await answerOffice(ctx, asked, 'authorisation.check');
  return new Response(body, { status, headers });
}

const officeWith = (id: string, key: OfficeKey, serveIt = serve) =>
  new RegistrationOffice({
    url,
    keysUrl,
    keyId: id,
    key,
    fetch: (request) => serveIt(request),
    now: () => world.nowMs(),
  });

async function registered(): Promise<Applicant> {
  const { sessionToken } = await registerCompletely(world, citizen);
  const made = await applicantOf(world, sessionToken);
  await attestFor(world, made.signedIn.account.id, 'face');
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  return {
    ctx: inPortal(ctx, 'business'),
    signedIn: { ...signedIn, provedAtMs: world.nowMs() },
    sessionToken,
  };
}

const withGm = <C extends Ctx>(ctx: C): C => ({ ...ctx, crypto: gmCrypto });
const keyOf = (publicKey: string) => ({
  office: '沙箱市市场监督管理局',
  algorithm: 'sm2-sm3' as const,
  publicKey,
});

beforeEach(async () => {
  world = await createTestWorld();
  person = await registered();
  const { ctx, staff } = await staffNamed(world, 'administrator');
  const key = newOfficeKey();
  ({ keyId } = await addOfficeKey(ctx, staff, {
    office: '沙箱市市场监督管理局',
    algorithm: 'ed25519',
    publicKey: key.publicKey,
  }));
  office = officeWith(keyId, key);
});
afterEach(() => world.close());

const terms: AuthorisationAnswers = {
  purposes: ['establish', 'change'],
  lastDay: '2026-11-30',
  uses: 'until_day',
  count: '',
};
const open = (change: Partial<AuthorisationAnswers> = {}, { ctx, signedIn } = person) =>
  openAuthorisation(ctx, signedIn, { ...terms, ...change });
const view = async () => {
  const found = await viewAuthorisation(person.ctx, person.signedIn);
  if (found === null) throw new Error('the portal has no authorisation');
  return found;
};
const ask = (change: Partial<OfficeCall> = {}) =>
  office.check({ idNumber: citizen.number, purpose: 'establish', ...change });
const answerTo = async (change: Partial<OfficeCall> = {}) => {
  const { said, isGenuine, status } = await ask(change);
  expect([status, isGenuine]).toEqual([200, true]);
  return said['answer'];
};
const rows = () =>
  world
    .ctx()
    .db.select()
    .from(authorisationTable)
    .orderBy(desc(authorisationTable.openedAtMs), desc(authorisationTable.id));
const noticesOf = async () =>
  (await world.ctx().db.select().from(noticeTable)).map(({ kind }) => kind);
const texts = async () =>
  (await world.ctx().db.select().from(outboxTable)).filter(
    ({ channel, status }) => channel === 'sms' && status !== 'failed',
  ).length;

describe('E-AUT-01: the person opens and closes the window', () => {
  test('at level 4, after a proof, once at a time; the person is told and sees it', async () => {
    expect(await view()).toMatchObject({
      needsLevel: null,
      days: { first: '2026-11-21', last: '2027-11-21' },
      last: null,
      questions: [],
    });
    const unproved = { ...person, signedIn: { ...person.signedIn, provedAtMs: null } };
    expect(await refusalOf(open({}, unproved))).toEqual({ code: 'proof.required' });
    expect(await refusalOf(open({ lastDay: '2027-11-22' }))).toMatchObject({
      code: 'input.invalid',
    });
    const before = await texts();
    await open();
    expect(await texts()).toBe(before + 1);
    expect(await noticesOf()).toContain('authorisation_opened');
    expect(await refusalOf(open())).toEqual({ code: 'authorisation.open' });
    expect((await view()).last).toMatchObject({
      isOpen: true,
      lastDay: '2026-11-30',
      used: 0,
      usesAllowed: null,
      purposes: ['establish', 'change'],
    });
    await closeAuthorisation(person.ctx, person.signedIn);
    expect((await view()).last).toMatchObject({ isOpen: false, closedBy: 'holder' });
    expect(await refusalOf(closeAuthorisation(person.ctx, person.signedIn))).toEqual({
      code: 'request.stale',
    });
    await open();
  });

  test('below level 4 nobody opens it, also where the face was revoked meanwhile', async () => {
    const below = { ...person, signedIn: { ...person.signedIn, level: 3 as const } };
    expect(await refusalOf(open({}, below))).toEqual({ code: 'service.not_verified' });
    await world.ctx().db.update(attestationTable).set({ revokedAtMs: 1 });
    expect(await refusalOf(open())).toEqual({ code: 'service.not_verified' });
    expect(await rows()).toEqual([]);
  });

  test('somebody under 18 is refused, and the page says from which age on', async () => {
    const { birthDate } = await openIdentity(person.ctx, person.signedIn.account);
    const day = `${Number(birthDate?.slice(0, 4)) + 18}${birthDate?.slice(4)}`;
    const at = (ms: number) => ({
      ...person.ctx,
      now: () => Date.parse(`${day}T00:00:00+08:00`) + ms,
    });
    const under = { ...person, ctx: at(-1) };
    expect(await refusalOf(open({ lastDay: day }, under))).toEqual({
      code: 'authorisation.under_age',
      fromAge: 18,
    });
    expect(await viewAuthorisation(at(-1), person.signedIn)).toMatchObject({ needsAge: 18 });
    expect(await viewAuthorisation(at(0), person.signedIn)).toMatchObject({ needsAge: null });
  });

  test('of thirty openings at once one counts', async () => {
    const { done, refused } = await atOnce(30, () => open());
    expect([done.length, codesOf(refused)]).toEqual([1, { 'authorisation.open': 29 }]);
  });

  test('so many a day, each of which is told by SMS', async () => {
    for (let at = 0; at < 10; at += 1) {
      await open();
      await closeAuthorisation(person.ctx, person.signedIn);
    }
    expect(await refusalOf(open())).toMatchObject({ code: 'request.too_many' });
    expect(await rows()).toHaveLength(10);
  });

  test('a portal without it has none', async () => {
    const ctx = inPortal(person.ctx, 'teacher');
    expect(await viewAuthorisation(ctx, person.signedIn)).toBeNull();
    expect(await refusalOf(openAuthorisation(ctx, person.signedIn, terms))).toEqual({
      code: 'request.not_found',
    });
  });

  test('whatever secures the account closes it', async () => {
    await open();
    await commit(person.ctx.db, endPending(person.ctx, person.signedIn.account.id));
    expect((await view()).last).toMatchObject({ isOpen: false, closedBy: 'secured' });
    expect(await answerTo()).toBe('no');
  });

  test('the person is told a day before the end, and after it the window is closed', async () => {
    await open();
    const untilMs = endOfDayMs('2026-11-30');
    world.advance(untilMs - dayMs - world.nowMs());
    await runJobs(world.ctx());
    expect(await noticesOf()).toContain('authorisation_ends');
    const sent = await world
      .ctx()
      .db.select()
      .from(outboxTable)
      .where(and(eq(outboxTable.channel, 'sms'), eq(outboxTable.createdAtMs, world.nowMs())));
    expect(sent).toHaveLength(1);
    expect((await view()).last).toMatchObject({ isOpen: true });
    world.advance(dayMs);
    // Before the job has come to it.
    expect((await view()).last).toMatchObject({ isOpen: false, closedAtMs: null });
    const signedIn = { ...person.signedIn, provedAtMs: world.nowMs() };
    await open({ lastDay: '2026-12-05' }, { ...person, signedIn });
    await runJobs(world.ctx());
    const [now, before] = await rows();
    expect(now?.closedAtMs).toBeNull();
    expect(before).toMatchObject({ closedBy: 'last_day', lookAtMs: null });
    expect(await answerTo()).toBe('yes');
  });
});

describe('E-AUT-02: the office asks', () => {
  test('yes inside the window, with a receipt that the person sees, too', async () => {
    expect(await answerTo()).toBe('no');
    await open();
    const before = await texts();
    const { said, isGenuine } = await ask({ requestId: 'r-0001' });
    expect([said['answer'], said['requestId'], isGenuine]).toEqual(['yes', 'r-0001', true]);
    expect(await answerTo({ purpose: 'cancel' })).toBe('no');
    // One text message an hour, and a notice each time.
    expect(await answerTo()).toBe('yes');
    expect(await texts()).toBe(before + 1);
    const { questions, last } = await view();
    expect(questions.filter(({ isYes }) => isYes)).toHaveLength(2);
    expect(questions).toHaveLength(4);
    expect(questions.find(({ receipt }) => receipt === said['receipt'])).toMatchObject({
      office: '沙箱市市场监督管理局',
      purpose: 'establish',
    });
    expect(last).toMatchObject({ used: 2 });
    expect((await noticesOf()).filter((kind) => kind === 'authorisation_used')).toHaveLength(2);
    await closeAuthorisation(person.ctx, person.signedIn);
    expect(await answerTo()).toBe('no');
  });

  test('the last second of the last day in Shanghai, and the next', async () => {
    await open();
    world.advance(endOfDayMs('2026-11-30') - 1 - world.nowMs());
    expect(await answerTo()).toBe('yes');
    world.advance(1);
    expect(await answerTo()).toBe('no');
  });

  test('level 4 at the moment of the question, of an active account', async () => {
    await open();
    const { db } = world.ctx();
    await db.update(attestationTable).set({ revokedAtMs: 1 });
    expect(await answerTo()).toBe('no');
    await db.update(attestationTable).set({ revokedAtMs: null });
    expect(await answerTo()).toBe('yes');
    await db.update(accountTable).set({ status: 'suspended' });
    expect(await answerTo()).toBe('no');
  });

  test('X-01: who has only typed the number, or has it as that of an earlier card, reads nothing and answers for nobody', async () => {
    const { id } = person.signedIn.account;
    const { db } = world.ctx();
    const earlier = 'UTO110105030112';
    await commit(
      db,
      await changeAccount(world.ctx(), person.signedIn.account, {
        identity: await openIdentity(world.ctx(), person.signedIn.account),
        earlierNumber: earlier,
      }),
    );
    await attestFor(world, id, 'face');
    await open();
    expect(await answerTo({ idNumber: earlier })).toBe('no');
    expect(await answerTo()).toBe('yes');
    expect((await view()).questions).toHaveLength(1);
    await db.update(attestationTable).set({ revokedAtMs: 1 });
    expect(await answerTo()).toBe('no');
    expect((await view()).questions).toHaveLength(1);
  });

  test('nobody with this number is told apart from nobody who has authorised', async () => {
    for (const idNumber of ['000000190001010000', '11019919491231002X', 'x']) {
      const { said } = await ask({ idNumber, requestId: 'r-1' });
      expect(Object.keys(said).toSorted()).toEqual(['answer', 'at', 'receipt', 'requestId']);
      expect(said['answer']).toBe('no');
    }
    expect(await world.ctx().db.select().from(officeQuestionTable)).toMatchObject(
      Array.from({ length: 3 }, () => ({ accountId: null })),
    );
  });

  test('a hundred questions at once use an authorisation for once, once', async () => {
    await open({ uses: 'once' });
    const { done } = await atOnce(100, () => answerTo());
    expect(done.filter((answer) => answer === 'yes')).toHaveLength(1);
    expect(done).toHaveLength(100);
    expect((await view()).last).toMatchObject({ used: 1, isOpen: false, closedBy: 'used_up' });
    expect((await noticesOf()).filter((kind) => kind === 'authorisation_used')).toHaveLength(1);
  });

  test('of twenty questions at once three use what is good for three', async () => {
    await open({ uses: 'several', count: '3' });
    const { done } = await atOnce(20, () => answerTo());
    expect(done.filter((answer) => answer === 'yes')).toHaveLength(3);
  });

  test('of thirty uses at once the person gets one text message, and a notice of each', async () => {
    await open();
    const before = await texts();
    const { done } = await atOnce(30, () => answerTo());
    expect(done.filter((answer) => answer === 'yes')).toHaveLength(30);
    expect(await texts()).toBe(before + 1);
    expect((await noticesOf()).filter((kind) => kind === 'authorisation_used')).toHaveLength(30);
  });

  test('an office that asks too much is refused for a while, with a signature, and the person sees no more', async () => {
    const { db } = world.ctx();
    const claimed = (kind: 'office' | 'office.person', subject: string, times: number) =>
      db.insert(allowanceTable).values(
        Array.from({ length: times }, (_, at) => ({
          id: `${kind}-${at}`,
          kind,
          subject,
          atMs: world.nowMs(),
          isCounted: true,
          reason: null,
        })),
      );
    await claimed('office', '沙箱市市场监督管理局', 598);
    const { done } = await atOnce(5, () => ask());
    expect(done.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(done.filter(({ status }) => status === 429)).toHaveLength(3);
    expect(done.every(({ isGenuine }) => isGenuine)).toBe(true);
    expect(done.find(({ status }) => status === 429)?.said).toEqual({
      error: 'too_many',
      retryAt: new Date(world.nowMs() + 60_000).toISOString(),
    });
    expect((await view()).questions).toHaveLength(2);
    world.advance(60_000);
    expect(await ask()).toMatchObject({ status: 200 });
    // About one number, whether or not somebody has it.
    const nobody = '000000190001010000';
    for (const number of [citizen.number, nobody]) {
      const index = await blindIndex(world.ctx(), 'number', number);
      await db.delete(allowanceTable);
      await claimed('office.person', `${index}:沙箱市市场监督管理局`, 200);
      expect(await ask({ idNumber: number })).toMatchObject({ status: 429 });
    }
  });

  test('a question that is signed anew with a nonce that was used gets no old answer', async () => {
    await open();
    const question = {
      idNumber: citizen.number,
      purpose: 'establish',
      requestId: 'r-1',
      nonce: 'bm9uY2UtMDAwMDAwMDAwMQ',
    };
    expect(await office.check(question)).toMatchObject({ status: 200, said: { answer: 'yes' } });
    await closeAuthorisation(person.ctx, person.signedIn);
    world.advance(1_000);
    expect(await office.check(question)).toMatchObject({ status: 409, isGenuine: true });
  });

  test('what is kept of a question does not give away the number by trying all numbers', async () => {
    const request = await office.request({ idNumber: citizen.number, purpose: 'establish' });
    const { bytes, signatureInput } = await officeRequestOf(request.clone(), origin);
    await office.send(request);
    const [kept] = await world.ctx().db.select().from(officeQuestionTable);
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    expect(signatureInput).toContain(kept?.nonce);
    expect(kept?.bodyDigest).not.toContain(sha256.slice(0, 20));
  });

  test('two hundred signed questions with one nonce get one answer', async () => {
    await open({ uses: 'until_day' });
    const nonce = 'bm9uY2UtMDAwMDAwMDAwMQ';
    const same = await office.request({
      idNumber: citizen.number,
      purpose: 'establish',
      requestId: 'r-1',
      nonce,
    });
    const { done } = await atOnce(200, async (at) => {
      const isSame = at % 2 === 0;
      const request = isSame
        ? same
        : await office.request({
            idNumber: citizen.number,
            purpose: 'establish',
            requestId: `r-other-${at}`,
            nonce,
          });
      const { status, said } = await office.send(request);
      return `${status} ${String(said['receipt'])}`;
    });
    const receipts = new Set(done.filter((each) => each.startsWith('200')));
    expect(receipts.size).toBe(1);
    expect(await world.ctx().db.select().from(officeQuestionTable)).toHaveLength(1);
    expect((await view()).last).toMatchObject({ used: 1 });
    const after = await office.check({
      idNumber: citizen.number,
      purpose: 'establish',
      requestId: 'r-2',
      nonce,
    });
    expect(after).toMatchObject({ status: 409, said: { error: 'replayed' }, isGenuine: true });
  });

  test.each([
    ['a body that was not signed', { sentBody: '{"idNumber":"1","purpose":"establish"}' }],
    ['a clock five minutes late', { skewSeconds: -301 }],
    ['a clock ahead', { skewSeconds: 31 }],
  ])('%s is refused, unsigned', async (_, change) => {
    await open();
    expect(await ask(change)).toMatchObject({ status: 401, isGenuine: false });
    expect(await world.ctx().db.select().from(officeQuestionTable)).toEqual([]);
  });

  test('another key, another site and another path are refused; another purpose is no question', async () => {
    await open();
    const other = officeWith(keyId, newOfficeKey());
    const question = { idNumber: citizen.number, purpose: 'establish' };
    expect(await other.check(question)).toMatchObject({ status: 401 });
    const request = await office.request(question);
    const ctx = atBusiness();
    const elsewhere = await officeRequestOf(request.clone(), 'https://other.example.cn');
    expect(await answerOffice(ctx, elsewhere, 'authorisation.check')).toMatchObject({
      status: 401,
    });
    const moved = { ...(await officeRequestOf(request.clone(), origin)), path: '/office/v1/other' };
    expect(await answerOffice(ctx, moved, 'authorisation.check')).toMatchObject({ status: 401 });
    const teacher = await answerOffice(
      inPortal(ctx, 'teacher'),
      await officeRequestOf(request.clone(), origin),
      'authorisation.check',
    );
    expect(teacher).toMatchObject({ status: 401 });
    expect(await ask({ purpose: 'anything' })).toMatchObject({
      status: 400,
      said: { error: 'input_invalid' },
      isGenuine: true,
    });
  });
});

describe('the keys of offices', () => {
  test('added and revoked by an administrator after a proof; to rotate, both stand for a while', async () => {
    const { ctx, staff } = await staffNamed(world, 'administrator');
    const next = newOfficeKey();
    const add = (publicKey: string) =>
      addOfficeKey(ctx, staff, { office: '沙箱市市场监督管理局', algorithm: 'ed25519', publicKey });
    expect(await refusalOf(add('x'))).toEqual({
      code: 'input.invalid',
      fields: { publicKey: 'office_key.format' },
    });
    const { keyId: nextId } = await add(next.publicKey);
    await open();
    const later = officeWith(nextId, next);
    const question = { idNumber: citizen.number, purpose: 'establish' };
    expect(await answerTo()).toBe('yes');
    expect((await later.check(question)).said['answer']).toBe('yes');
    const { done } = await atOnce(3, () => revokeOfficeKey(ctx, staff, { keyId }));
    expect(done).toHaveLength(1);
    expect(await ask()).toMatchObject({ status: 401 });
    expect((await later.check(question)).said['answer']).toBe('yes');
    expect((await listOfficeKeys(ctx)).keys).toHaveLength(2);
    const stale = { ...staff, provedAtMs: 0 };
    expect(await refusalOf(revokeOfficeKey(ctx, stale, { keyId: nextId }))).toEqual({
      code: 'staff.proof_required',
    });
    const audit = await ctx.db.select().from(auditTable);
    expect(audit.filter(({ action }) => action === 'office.key_revoked')).toHaveLength(1);
  });

  test('an office that has no key of its own signs with a secret, and believes an answer by it', async () => {
    const { ctx, staff } = await staffNamed(world, 'administrator');
    const { keyId: id, secret } = await addOfficeKey(ctx, staff, {
      office: '沙箱市市场监督管理局',
      algorithm: 'hmac-sha256',
      publicKey: '',
    });
    const sharing = officeWith(id, sharedSecret(secret ?? ''));
    await open();
    const question = { idNumber: citizen.number, purpose: 'establish' };
    expect(await sharing.check(question)).toMatchObject({
      status: 200,
      isGenuine: true,
      said: { answer: 'yes' },
    });
    // Neither another secret, nor the other way to sign, by the same key.
    const other = officeWith(id, sharedSecret(Buffer.alloc(32, 7).toString('base64url')));
    expect(await other.check(question)).toMatchObject({ status: 401 });
    const keyed = officeWith(id, newOfficeKey());
    expect(await keyed.check(question)).toMatchObject({ status: 401 });
    const shared = officeWith(keyId, sharedSecret(secret ?? ''));
    expect(await shared.check(question)).toMatchObject({ status: 401 });
    expect(JSON.stringify(await listOfficeKeys(ctx))).not.toContain(secret);
    const rows = await ctx.db.select().from(officeKeyTable);
    expect(JSON.stringify(rows)).not.toContain(secret);
    // Nothing is left of the secret of a key that was revoked.
    await revokeOfficeKey(ctx, staff, { keyId: id });
    expect(await sharing.check(question)).toMatchObject({ status: 401 });
    const [row] = await ctx.db.select().from(officeKeyTable).where(eq(officeKeyTable.id, id));
    expect(row).toMatchObject({ secretSealed: null, keyId: null, office: '沙箱市市场监督管理局' });
  });

  describe('that sign by SM2', () => {
    const question = { idNumber: citizen.number, purpose: 'establish' };
    test('are answered by SM2, by a key of the portal that is listed; Ed25519 and secrets go on', async () => {
      const { ctx, staff } = await staffNamed(world, 'administrator');
      const serveGm = (request: Request) => serve(request, withGm(atBusiness()));
      const key = newOfficeKey('sm2-sm3');
      const added = await addOfficeKey(withGm(ctx), staff, keyOf(key.publicKey.toUpperCase()));
      const asking = officeWith(added.keyId, key, serveGm);
      await open();
      expect(await asking.check(question)).toMatchObject({
        status: 200,
        isGenuine: true,
        said: { answer: 'yes' },
      });
      // Of a build without it over the same database.
      const elsewhere = await officeWith(added.keyId, key).check(question);
      expect(elsewhere).toMatchObject({ status: 401, isGenuine: false });
      const coordinate: unknown = expect.stringMatching(/^[\w-]{43}$/);
      const { keys } = await listAnswerKeys(withGm(ctx));
      expect(keys).toMatchObject([
        { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: 'answer-k1' },
        { kty: 'EC', crv: 'SM2', alg: 'sm2-sm3', use: 'sig', kid: 'answer-k1-sm2', x: coordinate },
      ]);
      // Neither another key, nor another way to sign, by the same id; nor what a body in between has become.
      for (const other of [newOfficeKey('sm2-sm3'), newOfficeKey(), sharedSecret('a'.repeat(43))]) {
        const forged = officeWith(added.keyId, other, serveGm);
        expect(await forged.check(question)).toMatchObject({ status: 401, isGenuine: false });
      }
      const swapped = { ...question, sentBody: '{"idNumber":"1","purpose":"establish"}' };
      expect(await asking.check(swapped)).toMatchObject({ status: 401 });
      expect(await officeWith(keyId, key, serveGm).check(question)).toMatchObject({ status: 401 });
      expect(await ask()).toMatchObject({ status: 200, isGenuine: true });
    });

    test('are put on record with a point of the curve alone, and where it is built in alone', async () => {
      const { ctx, staff } = await staffNamed(world, 'administrator');
      const { publicKey } = newOfficeKey('sm2-sm3');
      expect((await listOfficeKeys(ctx)).algorithms).toEqual(['ed25519', 'hmac-sha256']);
      expect(await refusalOf(addOfficeKey(ctx, staff, keyOf(publicKey)))).toEqual({
        code: 'input.invalid',
        fields: { algorithm: 'office_key.absent' },
      });
      const gm = withGm(ctx);
      expect((await listOfficeKeys(gm)).algorithms).toEqual(['ed25519', 'sm2-sm3', 'hmac-sha256']);
      const noPoint = `${publicKey.slice(0, -1)}${publicKey.endsWith('0') ? 1 : 0}`;
      for (const wrong of [noPoint, publicKey.slice(2), newOfficeKey().publicKey, '']) {
        expect(await refusalOf(addOfficeKey(gm, staff, keyOf(wrong)))).toEqual({
          code: 'input.invalid',
          fields: { publicKey: 'office_key.sm2' },
        });
      }
      await addOfficeKey(gm, staff, keyOf(` ${publicKey} `));
      expect((await listOfficeKeys(gm)).keys).toHaveLength(2);
    });
  });

  test('a key that is revoked while its question is answered gets no yes', async () => {
    await open();
    const ctx = atBusiness();
    const request = await officeRequestOf(
      await office.request({ idNumber: citizen.number, purpose: 'establish' }),
      origin,
    );
    const revoking = {
      ...ctx,
      crypto: {
        ...ctx.crypto,
        async verify(...of: Parameters<typeof ctx.crypto.verify>) {
          const holds = await ctx.crypto.verify(...of);
          await ctx.db
            .update(officeKeyTable)
            .set({ revokedAtMs: 1 })
            .where(eq(officeKeyTable.id, keyId));
          return holds;
        },
      },
    };
    expect(await answerOffice(revoking, request, 'authorisation.check')).toMatchObject({
      status: 401,
    });
    expect((await view()).last).toMatchObject({ used: 0 });
  });
});

test('the vectors of RFC 9421 (B.2.5, B.2.6) and of the profile hold', async () => {
  const { crypto } = world.ctx();
  const seed = new Uint8Array(
    Buffer.from('n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU', 'base64url'),
  );
  const publicKey = await crypto.publicKeyOf('ed25519', seed);
  expect(publicKey).toBe('JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs');
  const base = [
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@method": POST',
    '"@path": /foo',
    '"@authority": example.com',
    '"content-type": application/json',
    '"content-length": 18',
    '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  ].join('\n');
  const signature =
    'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
  expect(await crypto.sign('ed25519', seed, base)).toBe(signature);
  expect(await crypto.verify('ed25519', publicKey, base, signature)).toBe(true);
  expect(await crypto.verify('ed25519', publicKey, `${base} `, signature)).toBe(false);
  // B.2.5: HMAC-SHA256 with a shared secret.
  const secret =
    'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ';
  const shared = [
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@authority": example.com',
    '"content-type": application/json',
    '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
  ].join('\n');
  expect(await crypto.hmacSign(secret, shared)).toBe(
    'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=',
  );
});

import {
  accountTable,
  auditTable,
  consentTable,
  faceCheckTable,
  windowTicketTable,
} from '@shiming/db';
import { businessPortal, parseLegacyRow } from '@shiming/domain';
import type { Citizen } from '@shiming/sandbox';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ctx, inPortal } from '../context.ts';
import { activateByFace, beginFaceActivation } from './activate-by-face.ts';
import { importAccounts } from '../legacy/import-accounts.ts';
import { authenticate } from '../session/session.ts';
import { saveTestPassword, untilBusinessCheck } from '../testing/business.ts';
import { greyFrames, withFaces } from '../testing/faces.ts';
import { citizenNamed, registerUntilCode, signInAs } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { staffNamed } from '../testing/staff.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { decideWindowTicket } from '../window/decide.ts';
import { openWindowTicket } from '../window/open.ts';
import { currentRegistration } from './current.ts';
import { proveContact } from './prove-contact.ts';
import { saveDocument } from './save-document.ts';
import { submitRegistration } from './submit.ts';
import { takeRegistrationTicket } from './take-ticket.ts';
import { verifyRegistration } from './verify.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(() => world.advance(24 * 3_600_000));

const business = (ctx: Ctx = world.ctx()) => inPortal(ctx, businessPortal.id);

/** Hands an account over, as the file of a province names it. */
async function handOver({ number, name }: Citizen, mobile = ''): Promise<void> {
  const row = {
    document_type: 'resident_identity_card',
    document_number: number,
    name,
    mobile,
    registered_at: '2024-05-06T08:30:00+08:00',
  };
  const parsed = parseLegacyRow(row, businessPortal, world.nowMs());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  const ctx = { ...business(), actor: { type: 'system', job: 'accounts-import' } as const };
  await importAccounts(ctx, [parsed.value]);
}

/** A registration of the number up to its check, told on the way that there is an account to activate. */
async function untilToldToActivate(citizen: Citizen): Promise<string> {
  const told: string[] = [];
  const token = await untilBusinessCheck(world, citizen, (code) => told.push(code));
  expect(told).toEqual(['registration.to_be_activated']);
  return token;
}

const ticketOf = async (token: string) =>
  (await takeRegistrationTicket(business(), token)).verification?.ticket?.code ?? '';

const activated = () =>
  world.ctx().db.$count(auditTable, eq(auditTable.action, 'account.activated'));

const submitOnce = (token: string) =>
  submitRegistration(business(), token, { hasAgreed: true, claimsNumber: true });
const submit = async (token: string) => {
  await saveTestPassword(world, token);
  return submitOnce(token);
};

async function passAtWindow(code: string): Promise<void> {
  const { ctx, staff } = await staffNamed(world, 'clerk', { scope: '11000001' });
  const { ticketId, version } = await openWindowTicket(ctx, staff, { code });
  await decideWindowTicket(ctx, staff, {
    ticketId,
    version,
    outcome: 'passed',
    reason: 'not_online',
  });
}

test('E-ACT-01, E-ACT-01a: an account that was handed over is activated at a window, and not registered again', async () => {
  const citizen = citizenNamed('林知远');
  await handOver(citizen);
  const [{ id } = { id: '' }] = await world.ctx().db.select().from(accountTable);
  // There is no password, and so none that opens it.
  for (const typed of [testPassword, ' ']) {
    const refused = await refusalOf(signInAs(business(), citizen.number, typed));
    expect(['login.refused', 'input.invalid']).toContain(refused.code);
  }
  // At another portal its number is taken, and nothing leads into an activation that is not there.
  const elsewhere = await registerUntilCode(
    world,
    { ...citizen, mobile: '19900000093' },
    world.ctx(),
  );
  expect(
    await refusalOf(proveContact(world.ctx(), elsewhere.token, { code: elsewhere.code })),
  ).toEqual({ code: 'registration.number_taken' });
  const token = await untilToldToActivate(citizen);
  // The details of the card are no proof of the person: nothing is asked of the authority.
  expect(await refusalOf(verifyRegistration(business(), token))).toEqual({
    code: 'registration.to_be_activated',
  });
  expect(world.sandbox.authority.queries.get(citizen.number) ?? 0).toBe(0);
  await passAtWindow(await ticketOf(token));
  const { sessionToken, isActivated, claimNumber } = await submit(token);
  expect([isActivated, claimNumber]).toEqual([true, null]);
  const signedIn = await authenticate(business(), sessionToken);
  expect(signedIn).toMatchObject({
    account: { id, createdAtMs: Date.parse('2024-05-06T08:30:00+08:00') },
    level: 3,
    attested: { kind: 'window' },
    isBound: true,
    hasConsented: true,
    hasAgreed: true,
  });
  const { db } = world.ctx();
  expect(await db.select().from(windowTicketTable)).toMatchObject([{ accountId: id }]);
  expect(await db.$count(accountTable)).toBe(1);
  await signInAs(business(), citizen.number, testPassword);
  // Now it is registered as any other.
  const told: string[] = [];
  world.advance(24 * 3_600_000);
  const stranger = { ...citizen, mobile: '19900000095' };
  await untilBusinessCheck(world, stranger, (code) => told.push(code));
  expect(told).toEqual(['registration.number_taken']);
});

test('a match at the authority from before the account was handed over does not activate it, and a window does', async () => {
  const citizen = citizenNamed('沈秀兰');
  const token = await untilBusinessCheck(world, citizen);
  expect(await verifyRegistration(business(), token)).toMatchObject({ step: 'password' });
  await handOver(citizen, '19900000094');
  expect(await refusalOf(submit(token))).toEqual({ code: 'registration.to_be_activated' });
  await passAtWindow(await ticketOf(token));
  expect(await submit(token)).toMatchObject({ isActivated: true });
});

test('two who come with one number: the account is activated once', async () => {
  const citizen = citizenNamed('周子涵');
  await handOver(citizen);
  const tokens: string[] = [];
  for (const mobile of ['19900000096', '19900000097']) {
    const token = await untilToldToActivate({ ...citizen, mobile });
    await passAtWindow(await ticketOf(token));
    await saveTestPassword(world, token);
    tokens.push(token);
  }
  const before = await activated();
  const { done, refused } = await atOnce(6, (at) => submitOnce(tokens[at % 2] ?? ''));
  expect(done).toHaveLength(1);
  const codes = Object.keys(codesOf(refused));
  expect(codes.filter((code) => !/^(?:request\.stale$|registration\.)/.test(code))).toEqual([]);
  expect(await activated()).toBe(before + 1);
});

test('another number of a draft is judged again: what was passed for one activates no other', async () => {
  const citizen = citizenNamed('方念之');
  const token = await untilBusinessCheck(world, citizen);
  await passAtWindow(await ticketOf(token));
  const other = citizenNamed('罗建民');
  await handOver(other);
  const { registration } = await saveDocument(business(), token, documentAnswersOf(other));
  expect(registration.step).toBe('contact');
  expect(await currentRegistration(business(), token)).toMatchObject({ step: 'contact' });
});

test('E-ACT-01: a face activates an account that was handed over, at level 4, and the password is chosen after that', async () => {
  const citizen = citizenNamed('杜若溪');
  await handOver(citizen);
  const token = await untilToldToActivate(citizen);
  const { ctx, asked } = withFaces(business(), 'not_same');
  const begin = (at = ctx, of = token) => beginFaceActivation(at, of, { hasAgreed: true });
  const show = async (at: Ctx) => {
    const { challenge } = await begin(at);
    return activateByFace(at, token, { challenge, frames: greyFrames() });
  };
  expect(await show(ctx)).toMatchObject({ outcome: 'not_same', registration: { step: 'verify' } });
  expect(await refusalOf(submit(token))).toMatchObject({ code: 'registration.out_of_order' });
  expect(asked).toMatchObject([{ name: citizen.name, number: citizen.number }]);
  const { challenge } = await begin();
  const right = withFaces(business(), 'matched').ctx;
  const { done } = await atOnce(20, () =>
    activateByFace(right, token, { challenge, frames: greyFrames() }),
  );
  expect(done).toMatchObject([{ outcome: 'matched', registration: { step: 'password' } }]);
  const { sessionToken, isActivated } = await submit(token);
  expect(isActivated).toBe(true);
  const signedIn = await authenticate(business(), sessionToken);
  expect(signedIn).toMatchObject({ level: 4, attested: { kind: 'face' } });
  const { id } = signedIn?.account ?? { id: '' };
  const rows = await ctx.db.select().from(faceCheckTable).where(eq(faceCheckTable.accountId, id));
  expect(rows.map(({ status }) => status)).toEqual(['not_same', 'matched']);
  const isFace = and(eq(consentTable.accountId, id), eq(consentTable.kind, 'face'));
  expect(await ctx.db.$count(consentTable, isFace)).toBe(1);
  expect(await signInAs(business(), citizen.number, testPassword)).toHaveProperty('sessionToken');
});

test('a face is no other check of a registration: of a number without such an account it is not asked for', async () => {
  const token = await untilBusinessCheck(world, citizenNamed('古丽·买买提'));
  const { ctx } = withFaces(business(), 'matched');
  const why = { code: 'face.not_offered', why: 'not_offered' };
  expect(await refusalOf(beginFaceActivation(ctx, token, { hasAgreed: true }))).toEqual(why);
  expect(await refusalOf(beginFaceActivation(ctx, null, { hasAgreed: true }))).toEqual({
    code: 'registration.not_started',
  });
});

import { attestationTable, verificationTable } from '@shiming/db';
import { businessPortal } from '@shiming/domain';
import type { Citizen } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ctx, inPortal } from '../context.ts';
import { authenticate } from '../session/session.ts';
import { saveTestPassword, untilBusinessCheck } from '../testing/business.ts';
import { citizenNamed } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { currentRegistration } from './current.ts';
import { proveContact } from './prove-contact.ts';
import { saveDocument } from './save-document.ts';
import { sendCode } from './send-code.ts';
import { submitRegistration } from './submit.ts';
import { verifyRegistration } from './verify.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.sandbox.authority.setMode('working');
  // Another day: tries and codes are there again.
  world.advance(24 * 3_600_000);
});

const business = (ctx: Ctx = world.ctx()) => inPortal(ctx, businessPortal.id);

const untilVerify = (citizen: Citizen, change: Partial<Citizen> = {}) =>
  untilBusinessCheck(world, { ...citizen, ...change });

const submit = async (token: string) => {
  await saveTestPassword(world, token);
  return submitRegistration(business(), token, { hasAgreed: true });
};
const asked = (number: string) => world.sandbox.authority.queries.get(number) ?? 0;

test('E-REG-01: four factors that match give a new account level 3 at once, with how, when and until when', async () => {
  const token = await untilVerify(citizenNamed('林知远'));
  expect(await refusalOf(submit(token))).toMatchObject({ code: 'registration.out_of_order' });
  const view = await verifyRegistration(business(), token);
  expect(view).toMatchObject({
    step: 'password',
    verification: { last: 'matched', isCounted: true },
  });
  // Once it is confirmed it is not asked again.
  expect(await refusalOf(verifyRegistration(business(), token))).toMatchObject({
    code: 'registration.out_of_order',
  });
  const { sessionToken } = await submit(token);
  const signedIn = await authenticate(business(), sessionToken);
  expect(signedIn).toMatchObject({ level: 3, attested: { kind: 'four_factors', level: 3 } });
  const { db } = world.ctx();
  const accountId = signedIn?.account.id ?? '';
  const [question] = await db
    .select()
    .from(verificationTable)
    .where(eq(verificationTable.accountId, accountId));
  const [attested] = await db
    .select()
    .from(attestationTable)
    .where(eq(attestationTable.accountId, accountId));
  expect(attested).toMatchObject({ sourceId: question?.id, about: 1 });
  expect(attested?.untilMs).toBe(Date.parse('2042-03-02T00:00:00+08:00'));
  expect(asked(citizenNamed('林知远').number)).toBe(1);
});

test('nothing is asked before the contact is proved', async () => {
  const { token } = await saveDocument(business(), null, documentAnswersOf(citizenNamed('沈秀兰')));
  expect(await refusalOf(verifyRegistration(business(), token))).toMatchObject({
    code: 'registration.out_of_order',
    step: 'contact',
  });
  expect(asked(citizenNamed('沈秀兰').number)).toBe(0);
});

test('E-REG-01a: after a mismatch everything is kept for another try; a renewed card matches once there is a 网证', async () => {
  const citizen = citizenNamed('罗建民');
  const token = await untilVerify(citizen);
  const view = await verifyRegistration(business(), token);
  expect(view).toMatchObject({
    step: 'verify',
    identity: { name: citizen.name, number: citizen.number },
    contact: { mobile: citizen.mobile },
    verification: { last: 'mismatched', isCounted: true, remainingToday: 2 },
  });
  expect(await refusalOf(submit(token))).toMatchObject({ code: 'registration.out_of_order' });
  // Corrected and typed again as it was: nothing else has to be given again.
  const corrected = { ...documentAnswersOf(citizen), name: '罗健民' };
  world.advance(1_000);
  const { registration } = await saveDocument(business(), token, corrected);
  expect(registration).toMatchObject({
    step: 'verify',
    // What was said of the name before is over; the try is not.
    verification: { last: null, remainingToday: 2 },
  });
  await saveDocument(business(), token, documentAnswersOf(citizen));
  world.sandbox.authority.openCtid(citizen.number);
  expect(await verifyRegistration(business(), token)).toMatchObject({ step: 'password' });
  // What was confirmed is the name as it was then.
  const another = await saveDocument(business(), token, corrected);
  expect(another.registration.step).toBe('verify');
});

/** At the portal, with something done while the authority answers. */
const whileAsked = (work: () => Promise<unknown>) => {
  const ctx = business();
  const { authority } = ctx;
  return {
    ...ctx,
    authority: {
      products: authority.products,
      async checkIdentity(...query: Parameters<typeof authority.checkIdentity>) {
        const answer = await authority.checkIdentity(...query);
        await work();
        return answer;
      },
    },
  };
};

test('E-REG-01: a match is kept where the draft was changed meanwhile, unless the document was', async () => {
  const citizen = citizenNamed('古丽·买买提');
  const token = await untilVerify(citizen);
  const answers = documentAnswersOf(citizen);
  const renamed = () => saveDocument(business(), token, { ...answers, name: '古丽·买买堤' });
  const of = async (work: () => Promise<unknown>) => {
    const later = async () => {
      world.advance(1);
      await work();
    };
    return verifyRegistration(whileAsked(later), token);
  };
  expect(await of(renamed)).toMatchObject({
    step: 'verify',
    identity: { name: '古丽·买买堤' },
    verification: { last: null },
  });
  await saveDocument(business(), token, answers);
  const count = asked(citizen.number);
  const same = () => saveDocument(business(), token, answers);
  expect(await of(same)).toMatchObject({ step: 'password' });
  expect(asked(citizen.number)).toBe(count + 1);
  expect(
    (await world.ctx().db.select().from(verificationTable)).map(({ status }) => status),
  ).not.toContain('asked');
});

test('E-REG-01: another contact is proved after the check, and the check is not made again', async () => {
  const citizen = citizenNamed('沈秀兰');
  const token = await untilVerify(citizen);
  expect(await verifyRegistration(business(), token)).toMatchObject({ step: 'password' });
  const before = asked(citizen.number);
  world.advance(61_000);
  const mobile = '19900000094';
  const ticket = await giveTestTicket(business(), 'register');
  const sent = await sendCode(business(), token, { email: '', mobile, ticket });
  expect(sent.registration).toMatchObject({ step: 'code' });
  const code = world.sandbox.phone.lastCode(mobile) ?? '';
  expect(await proveContact(business(), token, { code })).toMatchObject({ step: 'password' });
  expect(asked(citizen.number)).toBe(before);
});

test('T-VER-07: a fault of the authority costs no try, and is told apart from no record', async () => {
  const citizen = citizenNamed('方念之');
  const token = await untilVerify(citizen);
  world.sandbox.authority.setMode('down');
  expect(await verifyRegistration(business(), token)).toMatchObject({
    step: 'verify',
    verification: { last: 'unavailable', isCounted: false, remainingToday: 3 },
  });
  world.sandbox.authority.setMode('working');
  expect(await verifyRegistration(business(), token)).toMatchObject({
    verification: { last: 'no_record', isCounted: true, remainingToday: 2 },
  });
});

test('the tries of a day are used up by ten at once, and the draft is still there when there are new ones', async () => {
  const citizen = citizenNamed('周子涵');
  const before = asked(citizen.number);
  const tokens = [await untilVerify(citizen)];
  for (const mobile of ['19900000091', '19900000092', '19900000093']) {
    tokens.push(await untilVerify(citizen, { mobile }));
  }
  world.advance(11 * 3_600_000);
  await verifyRegistration(business(), tokens[0] ?? '');
  const { done, refused } = await atOnce(12, (at) =>
    verifyRegistration(business(), tokens[at % 4] ?? ''),
  );
  expect(done.map(({ verification }) => verification?.last)).toEqual(['mismatched', 'mismatched']);
  const codes = codesOf(refused) as Record<string, number>;
  expect(Object.keys(codes).every((code) => code.startsWith('verification.'))).toBe(true);
  expect(asked(citizen.number) - before).toBe(3);
  // 24 hours after the registration began, and on another day.
  world.advance(14 * 3_600_000);
  expect(await currentRegistration(business(), tokens[0] ?? '')).toMatchObject({
    verification: { remainingToday: 3 },
  });
});

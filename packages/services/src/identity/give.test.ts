import { accountTable, identifierTable } from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openIdentity } from '../account/account.ts';
import { type Ctx, inPortal } from '../context.ts';
import { enterService } from '../entry/services.ts';
import { describeSession } from '../standing/describe.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  registerWithoutIdentity,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { giveIdentity } from './give.ts';

const citizen = citizenNamed('林知远');
const answers = documentAnswersOf(citizen);

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const student = (ctx: Ctx) => inPortal(ctx, 'student');
const enrolled = (contact: { mobile?: string; email?: string }) =>
  registerWithoutIdentity(world, contact, 'student');
const give = ({ ctx, signedIn }: Applicant, change: object = {}) =>
  giveIdentity(student(ctx), signedIn, { ...answers, ...change });

test('S-NAM-01, S-LOG-02: with the real-name information the next step is another, and the gate says what is missing', async () => {
  const person = await enrolled({ email: 'zhiyuan@example.com' });
  const told = async () =>
    (await describeSession(student(world.ctx()), person.sessionToken))?.session;
  expect(await told()).toMatchObject({ level: 1, missing: ['identity', 'binding'] });
  await give(person);
  expect(await told()).toMatchObject({
    level: 2,
    maskedName: '林*远',
    missing: ['binding'],
    next: { step: 'bind' },
    hasConsented: true,
  });
  const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
  const enter = () => enterService(student(ctx), signedIn, { serviceId: 'archive' });
  expect(enter).toThrow('binding.required');
});

test('S-NAM-02: 15 digits are kept as the 18 that they have become, and are one number with them', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  await give(person, { number: '110199950815011' });
  const { signedIn } = await applicantOf(world, person.sessionToken);
  expect((await openIdentity(world.ctx(), signedIn.account)).number).toBe(citizen.number);
  const other = await enrolled({ mobile: '19900000078' });
  expect(await refusalOf(give(other))).toEqual({ code: 'registration.number_taken' });
});

test('S-NAM-04: once given it stays, and a number of another account is not given', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  await register(world, citizenNamed('沈秀兰'));
  const taken = documentAnswersOf(citizenNamed('沈秀兰'));
  expect(await refusalOf(give(person, taken))).toEqual({ code: 'registration.number_taken' });
  await give(person);
  const now = await applicantOf(world, person.sessionToken);
  expect(await refusalOf(give(now, { name: '林知近' }))).toEqual({ code: 'request.stale' });
  // A page that was opened before says the same.
  expect(await refusalOf(give(person))).toMatchObject({ code: 'registration.number_taken' });
});

test('no pinyin in names, and nothing is kept of what is refused', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  expect(await refusalOf(give(person, { name: 'Lin Zhiyuan' }))).toMatchObject({
    code: 'input.invalid',
  });
  const [row] = await world.ctx().db.select().from(accountTable);
  expect([row?.documentType, row?.identitySealed]).toEqual([null, null]);
});

test('X-02: eight accounts give one number at once: one gets it', async () => {
  const people: Applicant[] = [];
  for (let index = 0; index < 8; index += 1) {
    people.push(await enrolled({ mobile: `1990000020${index}` }));
  }
  const { done, refused } = await atOnce(8, async (index) => {
    const person = people[index];
    if (person !== undefined) await give(person);
  });
  expect([done.length, codesOf(refused)]).toEqual([1, { 'registration.number_taken': 7 }]);
  const opening = and(
    eq(identifierTable.kind, 'document_number'),
    eq(identifierTable.signsIn, true),
  );
  expect(await world.ctx().db.$count(identifierTable, opening)).toBe(1);
});

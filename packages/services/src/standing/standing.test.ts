import { afterEach, beforeEach, expect, test } from 'vitest';
import { withdrawConsent } from '../data/consents.ts';
import { requestCancellation } from '../data/cancellation.ts';
import { enterService } from '../entry/services.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  registerCompletely,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { refusalOf } from '../testing/refusals.ts';
import {
  blurred,
  completeDraft,
  decideAs,
  mismatched,
  reviewAnswersOf,
  settleAs,
  submitUnsampled,
} from '../testing/reviews.ts';
import { caseRule } from '@shiming/domain';
import { settleCases } from '../desk/settle.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { beginTicket } from '../ticket/begin.ts';
import { submitTicket } from '../ticket/submit.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { describeSession } from './describe.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

/** What every page tells a person of the next step, which the gate agrees with. */
async function told({ sessionToken }: Applicant) {
  const session = (await describeSession(world.ctx(), sessionToken))?.session;
  const now = await applicantOf(world, sessionToken);
  const entered = await refusalOf(
    Promise.resolve().then(() => {
      enterService(now.ctx, now.signedIn, { serviceId: 'certification' });
      throw new Error('open');
    }),
  ).catch(() => 'open' as const);
  // What is left then is the consent to that service, which its page asks for.
  const isAllowed = entered !== 'open' && entered.code === 'consent.required';
  expect(isAllowed && session?.hasConsented === true).toBe(session?.next.step === 'use_services');
  return { next: session?.next, proved: session?.proved };
}

test('the next step, from a registration to a review that was sent back', async () => {
  const newcomer = await register(world, citizenNamed('温以恒'));
  expect((await told(newcomer)).next).toEqual({
    step: 'complete_profile',
    afterwards: 'ask_for_review',
  });
  const person = await mismatched(world);
  expect((await told(person)).next).toEqual({ step: 'verify', left: 2, review: 'new' });
  await completeDraft(person);
  expect((await told(person)).next).toEqual({ step: 'verify', left: 2, review: 'draft' });
  await submitUnsampled(person);
  const waiting = { step: 'await_review', dueDate: '2026-12-01', isDueProvisional: false };
  expect(await told(person)).toEqual({ next: waiting, proved: null });
  await decideAs(world.ctx(), person, 'return', [blurred]);
  // Until it takes effect, a decision is told to nobody.
  expect((await told(person)).next).toEqual(waiting);
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  expect((await told(person)).next).toMatchObject({ step: 'answer_review' });
});

test('a question to the help desk is no review, and changes no step', async () => {
  const person = await mismatched(world);
  const before = (await told(person)).next;
  world.advance(1_000);
  const draft = await beginTicket(person.ctx, person.signedIn, {
    topic: 'other',
    text: '我有一个问题，请回答。',
    name: '',
    number: '',
    email: '',
    agreesToPhotos: false,
    ticket: await giveTestTicket(person.ctx, 'ticket'),
  });
  expect((await told(person)).next).toEqual(before);
  await submitTicket(person.ctx, draft);
  expect((await told(person)).next).toEqual(before);
});

test('a rejection leads to the reasons, the last of the period to the next one', async () => {
  const person = await registerCompletely(world, citizenNamed('温以恒'));
  expect((await told(person)).next).toEqual({ step: 'ask_for_review', review: 'new' });
  for (const review of ['rejected', 'rejected'] as const) {
    await completeDraft(person, '温以恒');
    await submitUnsampled(person);
    await settleAs(world, world.ctx(), person, 'reject', [blurred]);
    expect((await told(person)).next).toEqual({ step: 'ask_for_review', review });
  }
  await completeDraft(person, '温以恒');
  await submitUnsampled(person);
  await settleAs(world, world.ctx(), person, 'reject', [blurred]);
  expect((await told(person)).next).toEqual({
    step: 'ask_for_review_later',
    atMs: Date.parse('2027-01-01T00:00:00+08:00'),
  });
});

test('tries that are used up come back at midnight, and a review can be asked for meanwhile', async () => {
  const person = await mismatched(world);
  const { name, validityStart, validityTerm } = reviewAnswersOf('周子涵');
  for (const _ of [2, 3]) {
    await verify(person.ctx, person.signedIn, { name, validityStart, validityTerm });
  }
  const midnightMs = Date.parse('2026-11-22T00:00:00+08:00');
  expect((await told(person)).next).toEqual({
    step: 'verify_later',
    atMs: midnightMs,
    review: 'new',
  });
});

test('what was proved, and by whom; a withdrawn consent and an end of the account come first', async () => {
  const approved = await mismatched(world);
  await completeDraft(approved);
  await submitUnsampled(approved);
  await settleAs(world, world.ctx(), approved, 'approve');
  expect(await told(approved)).toEqual({
    next: { step: 'use_services' },
    proved: { by: 'review', atMs: world.nowMs(), untilMs: expect.any(Number) },
  });

  const registered = await registerCompletely(world, citizenNamed('林知远'));
  const { name, validityStart, validityTerm } = reviewAnswersOf('林知远');
  const { sessionToken } = await verify(registered.ctx, registered.signedIn, {
    name,
    validityStart,
    validityTerm,
  });
  const person = await applicantOf(world, sessionToken ?? '');
  const byAuthority = { by: 'authority', atMs: world.nowMs(), untilMs: expect.any(Number) };
  expect(await told(person)).toEqual({ next: { step: 'use_services' }, proved: byAuthority });
  await withdrawConsent(person.ctx, person.signedIn, { kind: 'document_number' });
  expect(await told(person)).toEqual({ next: { step: 'consent' }, proved: byAuthority });
  const proving = await proved(world, person);
  const { dueAtMs } = await requestCancellation(proving.ctx, proving.signedIn);
  expect((await told(proving)).next).toEqual({ step: 'keep_account', closesAtMs: dueAtMs });
});

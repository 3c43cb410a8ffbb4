import { accountTable, auditTable, cancellationTable, sessionTable } from '@shiming/db';
import type { IdentityAuthority } from '@shiming/providers';
import { isNull } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { authenticate } from '../session/session.ts';
import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import {
  type Applicant,
  citizenNamed,
  recoverUntilCode,
  register,
  registerCompletely,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, moment, refusalOf } from '../testing/refusals.ts';
import { completeDraft, mismatched, waitingFor } from '../testing/reviews.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { submitReview } from '../review/submit.ts';
import { verify } from '../verification/verify.ts';
import { requestCancellation, stopCancellation, stopCancellationByLink } from './cancellation.ts';
import { closeAtOnce } from './close-at-once.ts';
import { eraseCancelled } from './erase-cancelled.ts';

const day = 24 * 3_600_000;
const citizen = citizenNamed('林知远');

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const close = ({ ctx, signedIn }: Applicant) => closeAtOnce(ctx, signedIn);
const somebody = async () => proved(world, await registerCompletely(world, citizen));
const liveSessions = () => world.ctx().db.$count(sessionTable, isNull(sessionTable.endedAtMs));
const statuses = async () => {
  const rows = await world.ctx().db.select({ status: accountTable.status }).from(accountTable);
  return rows.map(({ status }) => status).toSorted();
};

test('T-REG-16a: an account with a wrong number is closed at once, and the number is free for its owner', async () => {
  const person = await somebody();
  await close(person);
  await world.settle();
  expect(await authenticate(world.ctx(), person.sessionToken)).toBeNull();
  expect(await liveSessions()).toBe(0);
  const holder = await refusalOf(signInAs(world.ctx(), citizen.number, testPassword));
  expect(holder).toEqual({ code: 'account.closed', restorableUntilMs: world.nowMs() + 7 * day });
  const mail = world.sandbox.mail.messages(testEmail).at(-1);
  expect(mail?.subject).toContain('账号已关闭');
  expect(mail?.text).toContain('有人登录后申请立即关闭');
  const { db } = world.ctx();
  const audit = await db.select({ action: auditTable.action }).from(auditTable);
  expect(audit.map(({ action }) => action)).toContain('account.freed');
  // Its owner registers at once; what was in the other account goes when the waiting time is over.
  world.advance(61_000);
  await register(world, citizen);
  expect(await statuses()).toEqual(['active', 'closed']);
  world.advance(7 * day);
  expect(await eraseCancelled(world.ctx())).toBe(1);
  expect(await statuses()).toEqual(['active']);
});

test('without a fresh proof nothing is closed', async () => {
  const person = await somebody();
  world.advance(600_000);
  expect(await refusalOf(close(person))).toEqual({ code: 'proof.required' });
  expect(await statuses()).toEqual(['active']);
});

test('an account that was ever verified is not closed so, and none whose review is open', async () => {
  const person = await somebody();
  await attestFor(world, person.signedIn.account.id);
  // It has run out since.
  await world.ctx().db.run('update attestation set until_ms = 1');
  expect(await refusalOf(close(person))).toEqual({ code: 'account.was_verified' });
  const waiting = await proved(world, await waitingFor(world));
  expect(await refusalOf(close(waiting))).toEqual({ code: 'review.open' });
  expect(await statuses()).toEqual(['active', 'active']);
  // What was taken back was no verification: so the help desk and the holder free it alike.
  await world.ctx().db.run('update attestation set revoked_at_ms = 1');
  await close(person);
  expect(await statuses()).toEqual(['active', 'closed']);
});

test('a recovery that was under way ends with it', async () => {
  const person = await somebody();
  world.advance(61_000);
  await recoverUntilCode(world, citizen);
  await close(person);
  expect(await world.ctx().db.all('select id from recovery')).toEqual([]);
});

test('an account that was to be closed later is closed now, and neither link nor late request keeps it', async () => {
  const person = await somebody();
  await requestCancellation(person.ctx, person.signedIn);
  await world.settle();
  const link = /\/cancellation#(\S+)/.exec(world.sandbox.mail.messages(testEmail)[0]?.text ?? '');
  await close(person);
  const byLink = stopCancellationByLink(world.ctx(), { link: link?.[1] ?? '' });
  expect(await refusalOf(byLink)).toEqual({ code: 'link.expired' });
  const late = stopCancellation(person.ctx, person.signedIn);
  expect(await refusalOf(late)).toEqual({ code: 'request.stale' });
  expect(await world.ctx().db.$count(cancellationTable)).toBe(1);
});

test('closed eight times at once: one closes it, and one mail says so', async () => {
  const person = await somebody();
  const { done, refused } = await atOnce(8, () => close(person));
  expect([done.length, codesOf(refused)]).toEqual([1, { 'session.required': 7 }]);
  await world.settle();
  expect(world.sandbox.mail.messages(testEmail)).toHaveLength(1);
});

test('closed at the moment when the authority confirms it: one of the two takes effect', async () => {
  const { ctx, signedIn, ...person } = await somebody();
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  const answered = moment();
  const authority: IdentityAuthority = {
    ...ctx.authority,
    checkIdentity: async (query) => {
      const answer = await ctx.authority.checkIdentity(query);
      answered.come();
      return answer;
    },
  };
  const { done } = await atOnce(6, async (index) => {
    if (index === 0) {
      const asking = { ...ctx, authority };
      await verify(asking, signedIn, { name, validityStart, validityTerm });
      return 'verified';
    }
    await answered.wait;
    await close({ ...person, ctx, signedIn });
    return 'closed';
  });
  expect(done).toHaveLength(1);
  const { attested } = await standingOfAccount(world, signedIn.account.id);
  expect([await statuses(), attested === null]).toEqual(
    done[0] === 'closed' ? [['closed'], true] : [['active'], false],
  );
});

test('closed at the moment when a review is submitted: one of the two takes effect', async () => {
  const person = await proved(world, await mismatched(world));
  await completeDraft(person);
  const { done } = await atOnce(6, async (index) => {
    if (index === 0) {
      await submitReview(person.ctx, person.signedIn);
      return 'submitted';
    }
    await close(person);
    return 'closed';
  });
  expect(done).toHaveLength(1);
  const isOpen = await world.ctx().db.all('select id from "case" where status = \'waiting\'');
  expect([await statuses(), isOpen.length]).toEqual(
    done[0] === 'closed' ? [['closed'], 0] : [['active'], 1],
  );
});

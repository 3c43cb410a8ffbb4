import { outboxTable } from '@shiming/db';
import { maskEmail, maskMobile, type CaseChannel, caseChannels, caseRule } from '@shiming/domain';
import { ne } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reopenCase } from '../desk/reopen.ts';
import { listNotices } from '../notice/list.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { type Applicant, citizenNamed } from '../testing/people.ts';
import {
  blurred,
  completeDraft,
  mismatched,
  openRequestOf,
  reviewAnswersOf,
  settleAs,
  submitUnsampled,
  testPhotos,
} from '../testing/reviews.ts';
import { staffNamed } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { currentReview } from './current.ts';
import { saveReviewAnswers } from './save-answers.ts';
import { savePhoto } from './save-photo.ts';
import { expireCases } from '../desk/settle.ts';

const { mobile } = citizenNamed('周子涵');
const address = 'someone@example.com';
const text = '【中国教师资格网】您的账号有新的进展，请登录查看。';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await mismatched(world);
});
afterEach(() => world.close());

/** A request of somebody who wants to be told this way. */
async function submitted(channel: CaseChannel): Promise<string> {
  await completeDraft(person);
  const answers = { ...reviewAnswersOf('周子涵'), channel };
  await saveReviewAnswers(person.ctx, person.signedIn, answers);
  return submitUnsampled(person);
}

/** What each outcome takes, and what the page 通知 then says. */
const outcomes = {
  review_approved: () => settleAs(world, world.ctx(), person, 'approve'),
  review_rejected: () => settleAs(world, world.ctx(), person, 'reject', [blurred]),
  review_returned: () => settleAs(world, world.ctx(), person, 'return', [blurred]),
  review_expired: async () => {
    await settleAs(world, world.ctx(), person, 'return', [blurred]);
    await hand();
    world.advance(caseRule.returnedMs);
    await expireCases(world.ctx());
  },
  review_reopened: async () => {
    const { id: caseId } = await openRequestOf(world.ctx(), person);
    await settleAs(world, world.ctx(), person, 'approve');
    await hand();
    const { ctx, staff } = await staffNamed(world, 'senior');
    await reopenCase(ctx, staff, { caseId, reason: 'complaint' });
  },
};
type Outcome = keyof typeof outcomes;

/** Hands over what waits, more often than there is something. */
async function hand() {
  for (let minute = 0; minute < 3; minute += 1) {
    await deliverWaiting(world.ctx());
    world.advance(60_000);
  }
}
/** The messages to this number since the person registered. */
const texted = () => world.sandbox.phone.messages(mobile).filter(({ code }) => code === null);
const mailed = () => world.sandbox.mail.messages(address).length;

describe('T-CON-05: an outcome is told by the contact that was chosen', () => {
  test.for(
    (Object.keys(outcomes) as Outcome[]).flatMap((kind) =>
      caseChannels.map((channel) => [kind, channel] as const),
    ),
  )('%s, told by %s', async ([kind, channel]) => {
    await submitted(channel);
    await hand();
    const before = mailed();
    await outcomes[kind]();
    await hand();
    // An end that follows another outcome is told beside it.
    const told = kind === 'review_expired' || kind === 'review_reopened' ? 2 : 1;
    expect(texted().map((message) => message.text)).toEqual(
      channel === 'sms' ? Array.from({ length: told }, () => text) : [],
    );
    expect(mailed() - before).toBe(channel === 'mail' ? told : 0);
    const { notices } = await listNotices(person.ctx, person.signedIn);
    expect(notices[0]?.kind).toBe(kind);
  });

  test('by SMS unless the person chooses, to the number of the account, which the page shows masked', async () => {
    await savePhoto(person.ctx, person.signedIn, { side: 'a', file: testPhotos.a });
    const { tellsAt, request } = await currentReview(person.ctx, person.signedIn);
    expect(request?.channel).toBe('sms');
    expect(tellsAt).toEqual({ sms: maskMobile(mobile), mail: maskEmail(address) });
  });

  test.for(['busy', 'down'] as const)(
    'every gateway %s: it is tried again until one takes it, and comes once',
    async (outcome) => {
      await submitted('sms');
      await outcomes.review_approved();
      const ctx = world.ctx();
      let tried = 0;
      const send = async () => {
        tried += 1;
        return { outcome, vendor: 'tencent', vendorCode: outcome, vendorMessageId: null } as const;
      };
      for (let minute = 0; minute < 60; minute += 1) {
        await deliverWaiting({ ...ctx, sms: { send } });
        world.advance(60_000);
      }
      expect(tried).toBeGreaterThan(5);
      expect(texted()).toEqual([]);
      world.advance(10 * 60_000);
      await Promise.all([1, 2, 3].map(() => deliverWaiting(world.ctx())));
      await hand();
      expect(texted()).toHaveLength(1);
      const unsent = await ctx.db.$count(outboxTable, ne(outboxTable.status, 'sent'));
      expect(unsent).toBe(0);
    },
  );

  test('X-01: neither outcome nor case number leaves by SMS', async () => {
    await submitted('sms');
    const { caseNumber } = await openRequestOf(world.ctx(), person);
    await outcomes.review_rejected();
    await hand();
    expect(texted()[0]?.text).not.toMatch(/通过|\d/);
    expect(texted()[0]?.text).not.toContain(caseNumber);
  });
});

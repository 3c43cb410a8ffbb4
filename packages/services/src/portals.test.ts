import { caseTable, outboxTable } from '@shiming/db';
import { studentPortal, teacherPortal } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ctx, inPortal, systemCtx } from './context.ts';
import { giveConsent, withdrawConsent } from './data/consents.ts';
import { viewData } from './data/view.ts';
import { revealCase } from './desk/reveal.ts';
import { takeCase } from './desk/take.ts';
import { enterService, listServices } from './entry/services.ts';
import { notify } from './notice/notify.ts';
import { deliverWaiting } from './outbox/outbox.ts';
import { currentReview } from './review/current.ts';
import { findRegistration } from './registration/draft.ts';
import { savePhoto } from './review/save-photo.ts';
import { newsStatements } from './review/outcome.ts';
import { runJobs } from './run-jobs.ts';
import { authenticate } from './session/session.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
  registerUntilContact,
} from './testing/people.ts';
import { atOnce, codesOf, refusalOf } from './testing/refusals.ts';
import { mismatched, testPhotos, waitingFor } from './testing/reviews.ts';
import { staffNamed } from './testing/staff.ts';
import { createTestWorld, type TestWorld } from './testing/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const student = (ctx: Ctx = world.ctx()) => inPortal(ctx, studentPortal.id);

/** The same person at the other portal: a session opens every door. */
async function atStudent({ ctx, sessionToken }: Applicant): Promise<Applicant> {
  const there = student(ctx);
  const signedIn = await authenticate(there, sessionToken);
  if (signedIn === null) throw new Error('the session is not one');
  return { ctx: there, signedIn, sessionToken };
}

test('what a job sends is signed by the portal that wrote it, with that portal’s link', async () => {
  const person = await registerCompletely(world, citizenNamed('林知远'));
  const { mobile } = citizenNamed('林知远');
  for (const portal of [teacherPortal.id, studentPortal.id]) {
    const ctx = inPortal(systemCtx(world.ctx(), 'review'), teacherPortal.id);
    for (const channel of ['sms', 'mail'] as const) {
      const { account } = person.signedIn;
      await ctx.db.batch(
        (await newsStatements(
          ctx,
          { channel, portal },
          account,
          'review_approved',
          '26112148273915',
        )) as never,
      );
    }
  }
  await runJobs(world.ctx());
  const texts = world.sandbox.phone
    .messages(mobile)
    .map(({ text }) => text)
    .slice(-2);
  expect(new Set(texts.map((text) => /^【(.*?)】/.exec(text)?.[1]))).toEqual(
    new Set([studentPortal.messageSignature, teacherPortal.messageSignature]),
  );
  const mails = world.sandbox.mail.messages('someone@example.com').slice(-2);
  const [ofTeacher, ofStudent] = [teacherPortal, studentPortal].map(({ name }) =>
    mails.find(({ subject }) => subject.startsWith(name.zh)),
  );
  expect(ofTeacher?.text).toContain('https://account.example.cn/account/review');
  expect(ofStudent?.text).toContain('https://account.example.cn/student/account/review');
});

test('a notice that somebody causes at a portal is told in its name', async () => {
  const person = await registerCompletely(world, citizenNamed('林知远'));
  const { ctx, signedIn } = await atStudent(person);
  await ctx.db.batch((await notify(ctx, signedIn.account, 'consent_withdrawn')) as never);
  await deliverWaiting(world.ctx());
  const [mail] = world.sandbox.mail.messages('someone@example.com').slice(-1);
  expect(mail?.subject).toContain(studentPortal.name.zh);
  expect(mail?.text).toContain('https://account.example.cn/student/recovery');
  const rows = await ctx.db
    .select()
    .from(outboxTable)
    .where(eq(outboxTable.portal, studentPortal.id));
  expect(rows).toHaveLength(1);
});

test('a portal that the operator no longer has is spoken for by the first', () => {
  expect(inPortal(world.ctx(), 'gone').portal).toBe(teacherPortal);
});

test('a registration of one portal is none at another', async () => {
  const token = await registerUntilContact(world.ctx(), citizenNamed('林知远'));
  expect(await findRegistration(student(), token)).toBeNull();
  expect(await findRegistration(world.ctx(), token)).not.toBeNull();
});

test('S-REG-06: a session opens every door, and what a portal asks beyond it is asked there, once', async () => {
  const person = await registerCompletely(world, citizenNamed('林知远'));
  const { ctx, signedIn } = await atStudent(person);
  expect(signedIn).toMatchObject({ hasAgreed: false, hasConsented: false });
  expect(listServices(ctx, signedIn).map(({ isOpen }) => isOpen)).not.toContain(true);
  const kind = 'document_number';
  expect(await refusalOf(giveConsent(ctx, signedIn, { kind, hasAgreed: false }))).toMatchObject({
    fields: { hasAgreed: 'agreement.missing' },
  });
  await giveConsent(ctx, signedIn, { kind, hasAgreed: true });
  const again = await atStudent(person);
  expect(again.signedIn).toMatchObject({ hasAgreed: true, hasConsented: true });
  const { consents } = await viewData(again.ctx, again.signedIn);
  expect(consents.map((each) => [each.kind, each.purpose, each.receiver])).toEqual([
    ['agreement', 'use_account', 'operator'],
    ['document_number', 'real_name_check', 'identity_authority'],
  ]);
  const service = { serviceId: 'archive' };
  expect(() => enterService(again.ctx, again.signedIn, service)).toThrow('consent.required');
  await giveConsent(again.ctx, again.signedIn, { kind: 'service', ...service, hasAgreed: true });
  const entered = await atStudent(person);
  expect(enterService(entered.ctx, entered.signedIn, service)).toMatchObject({ isOpen: true });
  // Nothing of it is the other portal's.
  const home = await applicantOf(world, person.sessionToken);
  expect(home.signedIn).toMatchObject({ hasConsented: true, services: [] });
});

test('X-06a: no photo without its own consent; withdrawn, the case is neither revealed nor taken, and given again it goes on', async () => {
  const unasked = await mismatched(world, '罗建民');
  await withdrawConsent(unasked.ctx, unasked.signedIn, { kind: 'photos' });
  const photo = { side: 'a', file: testPhotos.a } as const;
  expect(await refusalOf(savePhoto(unasked.ctx, unasked.signedIn, photo))).toEqual({
    code: 'consent.required',
  });
  const { caseId, ...person } = await waitingFor(world);
  const { ctx, signedIn } = person;
  const reviewer = await staffNamed(world, 'reviewer');
  await takeCase(reviewer.ctx, reviewer.staff, { caseId });
  await withdrawConsent(ctx, signedIn, { kind: 'photos' });
  expect(await currentReview(ctx, signedIn)).toMatchObject({
    isPaused: true,
    mayTakePhotos: false,
  });
  const reveal = () => revealCase(reviewer.ctx, reviewer.staff, { caseId });
  expect(await refusalOf(reveal())).toEqual({ code: 'desk.consent_withdrawn' });
  const take = () => takeCase(reviewer.ctx, reviewer.staff, { caseId });
  expect(await refusalOf(take())).toEqual({ code: 'desk.consent_withdrawn' });
  await giveConsent(ctx, signedIn, { kind: 'photos', hasAgreed: false });
  await take();
  await reveal();
  // At the other portal it stops nothing here.
  const there = await atStudent(person);
  await giveConsent(there.ctx, there.signedIn, { kind: 'photos', hasAgreed: true });
  await withdrawConsent(there.ctx, there.signedIn, { kind: 'photos' });
  const [row] = await ctx.db.select().from(caseTable).where(eq(caseTable.id, caseId));
  expect(row).toMatchObject({ portal: teacherPortal.id, holderId: reviewer.staff.member.id });
});

test('X-06a: of each consent, given or withdrawn by many at once, one does it', async () => {
  const { ctx, signedIn } = await registerCompletely(world, citizenNamed('林知远'));
  const choices = [{ kind: 'photos' }, { kind: 'service', serviceId: 'certification' }] as const;
  for (const choice of choices) {
    const given = await atOnce(12, () =>
      giveConsent(ctx, signedIn, { ...choice, hasAgreed: false }),
    );
    expect([given.done.length, codesOf(given.refused)]).toEqual([1, { 'request.stale': 11 }]);
    const withdrawn = await atOnce(12, () => withdrawConsent(ctx, signedIn, choice));
    expect([withdrawn.done.length, codesOf(withdrawn.refused)]).toEqual([
      1,
      { 'request.stale': 11 },
    ]);
  }
});

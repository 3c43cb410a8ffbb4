import { photoSides, caseRule, runsOutAtMs } from '@shiming/domain';
import { accountTable, outboxTable } from '@shiming/db';
import { and, eq, ne, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from './audit/chain.ts';
import { confirmContactChange } from './contact/confirm.ts';
import { currentContact } from './contact/current.ts';
import { undoContactChange } from './contact/undo.ts';
import { stopCancellationByLink } from './data/cancellation.ts';
import { listNotices } from './notice/list.ts';
import { giveConsent } from './data/consents.ts';
import { exportData } from './data/export.ts';
import { viewCase } from './desk/case.ts';
import { revealCase, viewCasePhoto } from './desk/reveal.ts';
import { takeNext } from './desk/take-next.ts';
import { listServices } from './entry/services.ts';
import { currentGuardian } from './guardian/current.ts';
import { listCorrections } from './help-desk/corrections.ts';
import { approveCorrection } from './help-desk/decide.ts';
import { runJobs } from './run-jobs.ts';
import { openLink, resetByLink } from './recovery/reset-by-link.ts';
import { resetPassword } from './recovery/reset-password.ts';
import { proveContact } from './registration/prove-contact.ts';
import { submitRegistration } from './registration/submit.ts';
import { currentReview } from './review/current.ts';
import { submitReview } from './review/submit.ts';
import { settleCases } from './desk/settle.ts';
import { describeSession } from './standing/describe.ts';
import { newSession } from './session/session.ts';
import { applicantOf, citizenNamed, profileAnswersOf, signInAs } from './testing/people.ts';
import { createReleasedWorld } from './testing/release.ts';
import { staffNamed } from './testing/staff.ts';
import { testPassword } from './testing/world.ts';
import { saveProfile } from './profile/save.ts';
import { currentWeChat } from './wechat/current.ts';

let world: Awaited<ReturnType<typeof createReleasedWorld>>;
let fact: (name: string) => string;
beforeEach(async () => {
  world = await createReleasedWorld();
  fact = world.facts;
});
afterEach(() => world.close());

const at = (name: string) => applicantOf(world, fact(name));
const codeBehind = (link: string) => new URL(link).hash.slice(1);
const newPassword = 'Yutou#31-harbour';

/** The person of an account, at a session of now. */
async function now(name: string) {
  const session = await newSession(world.ctx(), fact(name), { isProved: true });
  await session.statement;
  return applicantOf(world, session.token);
}

test('whoever was signed in still is, at the level they had, and signs in again by the same password', async () => {
  const { session } = (await describeSession(world.ctx(), fact('provedSession'))) ?? {};
  expect(session).toMatchObject({ level: 3, maskedName: '林*远', missing: [] });
  await signInAs(world.ctx(), citizenNamed('林知远').number, testPassword);
  const me = await now('verified');
  expect(await currentWeChat(me.ctx, me.signedIn)).toMatchObject({ boundAtMs: expect.any(Number) });
  expect(listServices(me.ctx, me.signedIn).every(({ isOpen }) => isOpen)).toBe(true);
  const copy = await exportData(me.ctx, me.signedIn);
  expect(copy).toMatchObject({
    identity: { name: '林知远', number: citizenNamed('林知远').number },
  });
});

test('a registration that was half done is proved by its code and sent off', async () => {
  const token = fact('registrationToken');
  await proveContact(world.ctx(), token, { code: fact('registrationCode') });
  const { sessionToken } = await submitRegistration(world.ctx(), token, { hasAgreed: true });
  const person = await applicantOf(world, sessionToken);
  await saveProfile(person.ctx, person.signedIn, profileAnswersOf(citizenNamed('何俊彦')));
});

test('a number that was imported from before the reset registers again', async () => {
  const token = fact('registrationOverLegacyToken');
  const { sessionToken } = await submitRegistration(world.ctx(), token, { hasAgreed: true });
  expect((await describeSession(world.ctx(), sessionToken))?.session.level).toBe(2);
});

test('a recovery goes on by its code and by its link', async () => {
  const passwords = { password: newPassword, passwordAgain: newPassword };
  await resetPassword(world.ctx(), fact('recoveryToken'), {
    ...passwords,
    code: fact('recoveryCode'),
  });
  await signInAs(world.ctx(), citizenNamed('林知远').number, newPassword);
  const link = codeBehind(fact('recoveryLink'));
  await openLink(world.ctx(), { link });
  await resetByLink(world.ctx(), { ...passwords, link });
  await signInAs(world.ctx(), citizenNamed('欧阳若澄').number, newPassword);
});

test('a change of contact is confirmed, and the one before it is taken back', async () => {
  const person = await at('changingSession');
  expect((await currentContact(person.ctx, person.signedIn)).change).toMatchObject({
    kind: 'email',
  });
  await confirmContactChange(person.ctx, person.signedIn, { code: fact('mailCode') });
  await undoContactChange(world.ctx(), { secret: codeBehind(fact('undoLink')) });
  const after = await now('changing');
  const { maskedMobile } = await currentContact(after.ctx, after.signedIn);
  expect(maskedMobile).toBe(
    `${citizenNamed('方念之').mobile.slice(0, 3)}*****${citizenNamed('方念之').mobile.slice(-2)}`,
  );
});

test('an account that is being closed is kept by the link in the mail', async () => {
  const closing = await at('closingSession');
  expect(closing.signedIn.cancellationDueAtMs).not.toBeNull();
  await stopCancellationByLink(world.ctx(), { link: codeBehind(fact('closingLink')) });
  expect((await at('closingSession')).signedIn.cancellationDueAtMs).toBeNull();
});

test('a guardian and a child keep what was consented to', async () => {
  const guardian = await now('guardian');
  const { consents } = await currentGuardian(guardian.ctx, guardian.signedIn);
  expect(consents).toHaveLength(1);
  const child = await now('child');
  expect(child.signedIn.hasConsented).toBe(true);
});

test('reviews stand where they stood, and go on', async () => {
  const standing = async (name: string) => {
    const person = await now(name);
    const { request, last } = await currentReview(person.ctx, person.signedIn);
    return request?.status ?? last?.status;
  };
  expect(
    await Promise.all(
      ['draft', 'waiting', 'deciding', 'returned', 'approved', 'rejected'].map(standing),
    ),
  ).toEqual(['draft', 'waiting', 'waiting', 'returned', 'approved', 'rejected']);
  expect((await now('approved')).signedIn).toMatchObject({
    level: 3,
    attested: { kind: 'manual_review', sourceId: expect.stringMatching(/./) },
  });
  const draft = await now('draft');
  // Nobody was asked about photos then: what waits goes on, and a new request asks.
  await giveConsent(draft.ctx, draft.signedIn, { kind: 'photos', hasAgreed: false });
  await submitReview(draft.ctx, draft.signedIn);
  expect(await standing('draft')).toBe('waiting');
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  expect(await standing('deciding')).toBe('approved');
  expect((await now('deciding')).signedIn.level).toBe(3);
});

test('a reviewer takes a case that waits, and sees its photos and number', async () => {
  // Until the lease of the one who had it ends.
  world.advance(caseRule.leaseMs);
  const { ctx, staff } = await staffNamed(world, 'reviewer');
  const lease = await takeNext(ctx, staff);
  expect(lease).toMatchObject({ caseId: expect.any(String) });
  const caseId = lease?.caseId ?? '';
  expect((await viewCase(ctx, staff, { caseId })).caseNumber).toMatch(/\d/);
  const { numbers } = await revealCase(ctx, staff, { caseId });
  expect(numbers.number).toBe(citizenNamed('秦望舒').number);
  for (const slot of photoSides) await viewCasePhoto(ctx, staff, { caseId, slot });
});

test('the help desk approves a correction that waits', async () => {
  const senior = await staffNamed(world, 'senior');
  const [waiting] = await listCorrections(senior.ctx, senior.staff);
  expect(waiting?.kind).toBe('mobile');
  await approveCorrection(senior.ctx, senior.staff, { correctionId: waiting?.correctionId ?? '' });
});

test('a mail that a sender of the release before held when it ended is told to its person, not sent again', async () => {
  const { db } = world.ctx();
  const held = and(eq(outboxTable.channel, 'mail'), eq(outboxTable.noticeKind, 'wechat_bound'));
  await db
    .update(outboxTable)
    .set({ status: sql`'sending'`, accountId: null, noticeKind: null, sentAtMs: null })
    .where(held);
  await runJobs(world.ctx());
  await runJobs(world.ctx());
  const { ctx, signedIn } = await now('verified');
  const { notices } = await listNotices(ctx, signedIn);
  expect(notices.filter(({ kind }) => kind === 'mail_lost')).toHaveLength(1);
  expect(await db.$count(outboxTable, eq(outboxTable.status, 'unclear'))).toBe(1);
});

const ending = async () => (await now('verified')).signedIn.attested;

test('what was verified stands as it was reached, and the job reads when it ends', async () => {
  expect(await ending()).toMatchObject({ kind: 'four_factors', untilMs: null });
  await runJobs(world.ctx());
  const { end } = citizenNamed('林知远').validity;
  expect(await ending()).toMatchObject({ kind: 'four_factors', untilMs: runsOutAtMs(end) });
});

test('the jobs move every row to the newest key, and the audit chain holds', async () => {
  for (let turns = 0; turns < 5; turns += 1) {
    await runJobs(world.ctx());
    world.advance(60_000);
  }
  expect(await verifyAudit(world.ctx())).toMatchObject({ broken: null, unsealed: 0 });
  const { db } = world.ctx();
  expect(await db.$count(accountTable, ne(accountTable.keyId, 'v2'))).toBe(0);
});

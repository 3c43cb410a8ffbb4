import {
  accountTable,
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  caseTable,
  commit,
  consentTable,
  identifierTable,
} from '@shiming/db';
import {
  isSampled,
  type PhotoSide,
  photoSides,
  caseAfter,
  type Reviewer,
  type CaseOutcome,
  type CaseReason,
  caseRule,
  appErrorIn,
  consents,
} from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { correctReview } from '../review/correct.ts';
import { saveReviewAnswers } from '../review/save-answers.ts';
import { giveConsent } from '../data/consents.ts';
import { savePhoto } from '../review/save-photo.ts';
import { settleCases } from '../desk/settle.ts';
import { moveCase, stateOf } from '../cases/state.ts';
import { submitReview } from '../review/submit.ts';
import { withdrawReview } from '../review/withdraw.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { verify } from '../verification/verify.ts';
import { type Applicant, citizenNamed, registerCompletely } from './people.ts';
import { documentAnswersOf, type TestWorld } from './world.ts';

/** Three pictures that differ, as far as bytes go. */
export const testPhotos: Record<PhotoSide, Uint8Array> = {
  a: jpegOf({ content: 1 }),
  b: jpegOf({ content: 2 }),
  holding: jpegOf({ content: 3, width: 1080, height: 1920 }),
};

/** What a citizen types for a review. */
export function reviewAnswersOf(name: string) {
  const { validityStart, validityTerm } = documentAnswersOf(citizenNamed(name));
  const reason = '刚换了新证，核验说不一致。';
  return { name, validityStart, validityTerm, reason, channel: 'mail' };
}

/** Gives the consent that photos take, unless it is given. */
async function agreeToPhotos({ ctx, signedIn }: Applicant) {
  await giveConsent(ctx, signedIn, { kind: 'photos', hasAgreed: false }).catch((error: unknown) => {
    if (appErrorIn(error)?.data.code !== 'request.stale') throw error;
  });
}

/** Somebody with a complete profile whom the authority has not confirmed. */
export async function mismatched(world: TestWorld, name = '周子涵'): Promise<Applicant> {
  const person = await registerCompletely(world, citizenNamed(name));
  const { validityStart, validityTerm } = reviewAnswersOf(name);
  await verify(person.ctx, person.signedIn, { name, validityStart, validityTerm });
  await agreeToPhotos(person);
  return person;
}

/** Nobody else's pictures: the ones above are of the person whom most tests are about. */
function photosOf(name: string): typeof testPhotos {
  if (name === '周子涵') return testPhotos;
  const from =
    10 + 3 * (Array.from(name).reduce((sum, each) => sum + (each.codePointAt(0) ?? 0), 0) % 80);
  return {
    a: jpegOf({ content: from }),
    b: jpegOf({ content: from + 1 }),
    holding: jpegOf({ content: from + 2, width: 1080, height: 1920 }),
  };
}

/** A draft in which nothing is missing. */
export async function completeDraft(person: Applicant, name = '周子涵') {
  const { ctx, signedIn } = person;
  await agreeToPhotos(person);
  const photos = photosOf(name);
  for (const side of photoSides) await savePhoto(ctx, signedIn, { side, file: photos[side] });
  await saveReviewAnswers(ctx, signedIn, reviewAnswersOf(name));
}

/** Whose request it is. */
type Whose = { signedIn: { account: { id: string } } };

async function activeRequestOf(ctx: Ctx, { signedIn }: Whose) {
  const [row] = await ctx.db
    .select()
    .from(caseTable)
    .where(and(eq(caseTable.accountId, signedIn.account.id), isNull(caseTable.endedAtMs)));
  return row;
}

export async function openRequestOf(ctx: Ctx, person: Whose) {
  const row = await activeRequestOf(ctx, person);
  if (row === undefined) throw new Error('there is no open request');
  return row;
}

/** A reviewer opens the open request of a person, and lays it back. */
export async function openAs(ctx: Ctx, person: Whose, id = 'reviewer-1') {
  const row = await openRequestOf(ctx, person);
  const by = { id, role: 'reviewer' } as const;
  const taken = caseAfter(stateOf(row), { type: 'take', by, atMs: ctx.now() });
  if (typeof taken === 'string') throw new Error(`not taken: ${taken}`);
  await commit(ctx.db, [
    ...moveCase(ctx, row, taken),
    record(ctx, 'desk.taken', row.accountId, { case: row.id, stage: row.stage }),
  ]);
}

export const reasonOf = (
  code: CaseReason['code'],
  item: CaseReason['item'],
  more: Partial<CaseReason> = {},
): CaseReason => ({ code, item, mark: null, note: null, ...more });

/** A reviewer takes the open request of a person and decides it; it can still be undone. */
export async function decideAs(
  ctx: Ctx,
  person: Whose,
  outcome: CaseOutcome,
  reasons: readonly CaseReason[] = [],
  { id = 'reviewer-1', role = 'reviewer' }: Partial<Reviewer> = {},
) {
  const row = await openRequestOf(ctx, person);
  const by: Reviewer = { id, role };
  const atMs = ctx.now();
  const standing = await ctx.db
    .select()
    .from(caseDecisionTable)
    .where(and(eq(caseDecisionTable.caseId, row.id), eq(caseDecisionTable.round, row.round)));
  const taken = caseAfter(stateOf(row, standing), { type: 'take', by, atMs });
  if (typeof taken === 'string') throw new Error(`not taken: ${taken}`);
  const decided = caseAfter(taken, {
    type: 'decide',
    by,
    outcome,
    found: [],
    atMs,
  });
  if (typeof decided === 'string') throw new Error(`not decided: ${decided}`);
  const decisionId = ctx.crypto.randomToken(12);
  const values = await Promise.all(
    reasons.map(async ({ note, ...reason }, place) => {
      const reasonId = ctx.crypto.randomToken(12);
      const noteSealed =
        note === null ? null : await seal(ctx, placeOf(caseReasonTable.noteSealed, reasonId), note);
      const keyId = currentKeyId(ctx);
      return { ...reason, id: reasonId, decisionId, place, noteSealed, atMs, keyId };
    }),
  );
  await commit(ctx.db, [
    ...moveCase(ctx, row, decided),
    record(ctx, 'desk.taken', row.accountId, { case: row.id, stage: row.stage }),
    record(ctx, 'desk.decided', row.accountId, { case: row.id, stage: row.stage, outcome }),
    ctx.db.insert(caseDecisionTable).values({
      id: decisionId,
      caseId: row.id,
      round: row.round,
      stage: row.stage,
      reviewerId: id,
      outcome,
      caseVersion: row.version,
      takenAtMs: atMs,
      decidedAtMs: atMs,
    }),
    ...(values.length === 0 ? [] : [ctx.db.insert(caseReasonTable).values(values)]),
  ]);
}

/** The same, and the time to undo it passes; a second person says the same where the case is in the blind sample. */
export async function settleAs(world: TestWorld, ...of: Parameters<typeof decideAs>) {
  await decideAs(...of);
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  const [ctx, person, outcome, reasons] = of;
  const row = await activeRequestOf(ctx, person);
  if (row?.secondCauses?.join() !== 'sampled' || row.stage !== 'second') return;
  await decideAs(ctx, person, outcome, reasons, { id: 'reviewer-2', role: 'reviewer' });
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
}

/**
 * Sends a draft off; one that falls into the blind sample is taken back, removed and sent again, so that a test knows
 * how many people decide and which requests there are. Answers the id of the request.
 */
export async function submitUnsampled({ ctx, signedIn }: Applicant): Promise<string> {
  for (;;) {
    await submitReview(ctx, signedIn);
    const { id } = await openRequestOf(ctx, { signedIn });
    if (!isSampled(await keyedHash(ctx, `review.sample:${id}`))) return id;
    await withdrawReview(ctx, signedIn);
    await correctReview(ctx, signedIn);
    await ctx.db.delete(casePhotoTable).where(eq(casePhotoTable.caseId, id));
    await ctx.db.delete(caseTable).where(eq(caseTable.id, id));
  }
}

/** Somebody whose request waits for a reviewer. */
export async function waitingFor(
  world: TestWorld,
  name = '周子涵',
): Promise<Applicant & { caseId: string }> {
  const person = await mismatched(world, name);
  await completeDraft(person, name);
  return { ...person, caseId: await submitUnsampled(person) };
}

/**
 * Cases of people about whom nothing is known, due one ms after the other from `dueAtMs` on. Answers their ids in
 * that order.
 */
export async function fillQueue(
  world: TestWorld,
  count: number,
  more: Partial<typeof caseTable.$inferInsert> = {},
): Promise<string[]> {
  const { db, crypto } = world.ctx();
  const nowMs = world.nowMs();
  const dueAtMs = more.dueAtMs ?? nowMs + 86_400_000;
  const ids = Array.from({ length: count }, () => crypto.randomToken(12));
  await db.insert(accountTable).values(
    ids.map((id) => ({
      id: `of-${id}`,
      portal: 'teacher',
      documentType: 'resident_identity_card' as const,
      identitySealed: 'v1.x',
      passwordHash: 'x',
      createdAtMs: nowMs,
      keyId: 'v1',
    })),
  );
  await db.insert(identifierTable).values(
    ids.map((id) => ({
      id: `of-${id}.document_number`,
      accountId: `of-${id}`,
      kind: 'document_number' as const,
      index: `i1.${id}`,
      sealed: 'v1.x',
      signsIn: true,
      keyId: 'v1',
    })),
  );
  await db.insert(consentTable).values(
    ids.map((id) => ({
      id: `of-${id}`,
      accountId: `of-${id}`,
      kind: 'document_number' as const,
      portal: 'teacher',
      ...consents.document_number,
      // To a notice that none comes after.
      version: '9999-12',
      givenAtMs: nowMs,
    })),
  );
  await db.insert(caseTable).values(
    ids.map((id, at) => ({
      portal: 'teacher',
      status: 'waiting' as const,
      stage: 'first' as const,
      documentType: 'resident_identity_card' as const,
      channel: 'inbox' as const,
      flags: [],
      createdAtMs: nowMs,
      submittedAtMs: nowMs,
      keyId: 'v1',
      ...more,
      id,
      accountId: `of-${id}`,
      caseNumber: id,
      dueAtMs: dueAtMs + at,
    })),
  );
  return ids;
}

export const blurred: CaseReason = { code: 'photo_unclear', item: 'a', mark: null, note: null };

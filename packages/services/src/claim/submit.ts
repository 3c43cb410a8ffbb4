import { casePhotoTable, caseTable, commit, guard, isUniqueViolation } from '@shiming/db';
import { AppError, dueAfterWorkingDays, newCase } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { guardAccountUnchanged, openIdentity } from '../account/account.ts';
import { agreeTo, hasLiveConsent } from '../account/live-consent.ts';
import { type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, inPortal, refuseUnless } from '../context.ts';
import { cleanPhoto, keepPhotos, storePhoto } from '../review/photo-store.ts';
import { moveCase, stateOf } from '../cases/state.ts';
import { sealedAnswers } from '../review/answers.ts';
import { newCaseNumber } from '../cases/number.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { blindIndex, currentKeyId } from '../vault/vault.ts';
import { caseMoved, claimCases, endClaimCase } from './case.ts';
import { changeClaim, claimOf, type FoundClaim, isLive } from '../account/number-claims.ts';
import { holderOf } from './move.ts';
import { tellOfClaim } from './tell.ts';

/** Photos of one person in a day: each may be another try at what is refused. */
const perDay: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * S-DUP-03: sends a claim to the reviewers, with the photo of the claimant holding the document. The holder gets a notice, and has
 * time to object; nothing is approved before. What the reviewers have sent back goes on with another photo, under its number.
 * Of several claims on one number that come at once, one is taken (S-DUP-01).
 *
 * @throws AppError number_claim.none, number_claim.pending, consent.required, photo.refused, request.too_many, request.stale,
 * session.required, service.unavailable
 */
export async function submitNumberClaim(
  ctx: Ctx,
  signedIn: SignedIn,
  { file, agrees }: { file: Uint8Array; agrees: boolean },
): Promise<{ caseNumber: string }> {
  const { account } = signedIn;
  const [[found], [before]] = await ctx.db.batch([
    ...claimOf(ctx, account.id),
    ...claimCases(ctx, account.id),
  ]);
  const isReturned = found?.claim.status === 'in_review' && before?.status === 'returned';
  refuseUnless(found !== undefined && (found.claim.status === 'open' || isReturned), {
    code: 'number_claim.none',
  });
  const hasAgreed = hasLiveConsent(ctx, account.id, 'photos');
  const photo = await cleanPhoto(ctx, file);
  const limit = newClaim(ctx, 'number_claim', account.id, [perDay]);
  const photoId = await storePhoto(ctx, [limit], account.id, photo, [
    guard(ctx.db, agrees ? sql`true` : hasAgreed, { code: 'consent.required' }),
  ]);
  const consent = agrees ? [agreeTo(ctx, account.id, 'photos')] : [];
  const guards = [
    guardSignedIn(ctx, signedIn),
    guard(ctx.db, hasLiveConsent(ctx, account.id, 'document_number'), {
      code: 'consent.required',
    }),
  ] as const;
  if (isReturned && before !== undefined) {
    return answer(ctx, found, before, photoId, [...guards, ...consent]);
  }
  return sendOff(ctx, found, photoId, [...guards, ...consent]);
}

type Guards = readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]];

async function sendOff(
  ctx: Ctx,
  { claim, claimant, isHeld }: FoundClaim,
  photoId: string,
  guards: Guards,
): Promise<{ caseNumber: string }> {
  const nowMs = ctx.now();
  const holder = await holderOf(ctx, claim);
  // A number that is free goes to the claimant without a case.
  refuseUnless(holder !== null && isHeld, { code: 'number_claim.none' });
  const { numberClaims } = inPortal(ctx, holder.portal).portal;
  const objection = dueAfterWorkingDays(nowMs, numberClaims.objectWorkingDays);
  const due = dueAfterWorkingDays(objection.endMs, ctx.portal.review.workingDays);
  const state = caseMoved(newCase('number_claim', nowMs), {
    type: 'submit',
    flags: ['takes_number'],
    rejectionsBefore: 0,
    dueAtMs: due.endMs,
    atMs: nowMs,
  });
  if (state === null) throw new Error('a claim cannot be sent off');
  const { decisions: _decisions, earlier: _earlier, ...columns } = state;
  const id = ctx.crypto.randomToken(12);
  const identity = await openIdentity(ctx, claimant);
  const caseNumber = newCaseNumber(ctx, nowMs);
  const { name, validity } = identity;
  try {
    await commit(ctx.db, [
      ...guards,
      ...changeClaim(ctx, claim, {
        status: 'in_review',
        noticedAtMs: nowMs,
        objectUntilMs: objection.endMs,
      }),
      guardAccountUnchanged(ctx, claimant),
      guardAccountUnchanged(ctx, holder),
      ctx.db.insert(caseTable).values({
        ...columns,
        id,
        accountId: claimant.id,
        portal: ctx.portal.id,
        caseNumber,
        documentType: claimant.documentType,
        channel: 'inbox',
        nameIndex: await blindIndex(ctx, 'name', name),
        createdAtMs: nowMs,
        submittedAtMs: nowMs,
        isDueProvisional: due.isProvisional,
        ...(await sealedAnswers(ctx, id, { name, validity, reason: '' })),
        keyId: currentKeyId(ctx),
      }),
      ctx.db.insert(casePhotoTable).values({ caseId: id, slot: 'holding', photoId }),
      keepPhotos(ctx, { id, accountId: claimant.id }),
      ...(await tellOfClaim(ctx, holder, 'number_claim_in_review', { date: objection.date })),
      record(ctx, 'number_claim.submitted', claimant.id, { claim: claim.id, case: id }),
      record(ctx, 'number_claim.noticed', holder.id, { claim: claim.id }),
    ]);
  } catch (error) {
    if (isUniqueViolation(error, 'number_claim.holder_id')) {
      throw new AppError({ code: 'number_claim.pending' });
    }
    throw error;
  }
  return { caseNumber };
}

async function answer(
  ctx: Ctx,
  { claim, claimant }: FoundClaim,
  row: typeof caseTable.$inferSelect,
  photoId: string,
  guards: Guards,
): Promise<{ caseNumber: string }> {
  const nowMs = ctx.now();
  const due = dueAfterWorkingDays(nowMs, ctx.portal.review.workingDays);
  const state = caseMoved(stateOf(row), {
    type: 'answer',
    flags: ['takes_number'],
    dueAtMs: due.endMs,
    atMs: nowMs,
  });
  refuseUnless(state !== null, { code: 'request.stale' });
  await commit(ctx.db, [
    ...guards,
    ...moveCase(ctx, row, state, { isDueProvisional: due.isProvisional }),
    ctx.db
      .update(casePhotoTable)
      .set({ photoId })
      .where(and(eq(casePhotoTable.caseId, row.id), eq(casePhotoTable.slot, 'holding'))),
    keepPhotos(ctx, { id: row.id, accountId: claimant.id }),
    record(ctx, 'number_claim.submitted', claimant.id, { claim: claim.id, case: row.id }),
  ]);
  return { caseNumber: row.caseNumber ?? '' };
}

/**
 * Takes a claim back, with its case. The account stays, without the number.
 *
 * @throws AppError number_claim.none, session.required, request.stale
 */
export async function withdrawNumberClaim(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  const { account } = signedIn;
  const [found] = await claimOf(ctx, account.id)[0];
  refuseUnless(found !== undefined && isLive(found), { code: 'number_claim.none' });
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    ...changeClaim(ctx, found.claim, { status: 'withdrawn', endedAtMs: ctx.now() }),
    ...endClaimCase(ctx, account.id),
    record(ctx, 'number_claim.withdrawn', account.id, { claim: found.claim.id }),
  ]);
}

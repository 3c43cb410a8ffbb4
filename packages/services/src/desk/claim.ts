import { accountTable, commit, numberClaimTable, vouchTable } from '@shiming/db';
import {
  type CaseOutcome,
  isEndedCase,
  maskEmail,
  maskMobile,
  maskNumber,
  maskProfile,
  parseTicketText,
  provedOf,
} from '@shiming/domain';
import { and, desc, eq, inArray } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  levelOfAccount,
  openContact,
  openIdentity,
  openProfile,
  provedAtMsOf,
} from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { record } from '../audit/record.ts';
import { isVouched } from '../account/number-claims.ts';
import { accepted, type Ctx, inPortal, refuseUnless } from '../context.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { decide } from './decide.ts';
import { requireSight } from './may-see.ts';
import { guardLooked, keysOf } from './reveal.ts';
import { headOf, photosOf, photosQuery } from './screen.ts';
import { type Work, workOf, workQueries } from './work.ts';

type Key = { caseId: string };

/** A case that is a claim on a number, with the claim, both accounts and the photo. */
async function loadClaimWork(ctx: Ctx, staff: SignedInStaff, caseId: string) {
  const [found, standing, photos] = await ctx.db.batch([
    ...(await workQueries(ctx, staff, caseId)),
    ...photosQuery(ctx, caseId),
  ]);
  const work = await workOf(ctx, staff, found, standing);
  const sight = await requireSight(ctx, work, staff);
  const { claimant, claim } = await claimIn(ctx, work);
  const [accounts, [vouch]] = await ctx.db.batch([
    ctx.db
      .select({ account: accountRow, attested: attestedNow(ctx) })
      .from(accountTable)
      .where(inArray(accountTable.id, [claimant.id, claim.holderId])),
    ctx.db
      .select({ atMs: vouchTable.decidedAtMs })
      .from(vouchTable)
      .innerJoin(numberClaimTable, eq(numberClaimTable.id, vouchTable.claimId))
      .innerJoin(accountTable, eq(accountTable.id, numberClaimTable.accountId))
      .where(
        and(eq(vouchTable.claimId, claim.id), eq(vouchTable.status, 'confirmed'), isVouched(ctx)),
      )
      .limit(1),
  ]);
  const side = (id: string) => accounts.find(({ account }) => account.id === id) ?? null;
  return {
    work,
    photos,
    sight,
    claim,
    vouchedAtMs: vouch?.atMs ?? null,
    claimant: side(claimant.id),
    holder: side(claim.holderId),
  };
}

/** @throws AppError request.not_found for a case of another kind */
async function claimIn({ db }: Pick<Ctx, 'db'>, { row, account }: Work) {
  refuseUnless(row.kind === 'number_claim' && account !== null, { code: 'request.not_found' });
  const [claim] = await db
    .select()
    .from(numberClaimTable)
    .where(and(eq(numberClaimTable.accountId, account.id)))
    .orderBy(desc(numberClaimTable.createdAtMs))
    .limit(1);
  refuseUnless(claim !== undefined, { code: 'request.not_found' });
  return { claim, claimant: account };
}

/** One of the two accounts, as reviewers compare them. Contacts stay masked, and so does the number that both have. */
async function sideOf(
  ctx: Ctx,
  { account, attested }: { account: Account; attested: Work['attested'] },
) {
  const [identity, contact, profile] = await Promise.all([
    openIdentity(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
  ]);
  return {
    accountId: account.id,
    status: account.status,
    portal: inPortal(ctx, account.portal).portal.name,
    documentType: identity.type,
    name: identity.name,
    maskedNumber: maskNumber(identity.number),
    validity: identity.validity,
    profile: profile && maskProfile(profile),
    maskedMobile: contact.mobile === '' ? null : maskMobile(contact.mobile),
    isMobileProved: provedAtMsOf(account, 'mobile') !== null,
    maskedEmail: contact.email === '' ? null : maskEmail(contact.email),
    isEmailProved: provedAtMsOf(account, 'email') !== null,
    level: levelOfAccount(account, attested),
    proved: provedOf(attested),
    createdAtMs: account.createdAtMs,
  };
}

/**
 * S-DUP-03: everything the screen of a claim shows: both accounts side by side, and how the holder has answered. The look is
 * recorded for both. What a colleague decided in this round is hidden until it has ended.
 *
 * @throws AppError request.not_found, desk.own_case, desk.consent_withdrawn, desk.held, desk.not_holder, desk.closed
 */
export async function viewClaimCase(ctx: Ctx, staff: SignedInStaff, { caseId }: Key) {
  const found = await loadClaimWork(ctx, staff, caseId);
  const { work, photos, sight, claim, claimant, holder } = found;
  const { row, decisions } = work;
  refuseUnless(claimant !== null, { code: 'request.not_found' });
  const { role } = staff.member;
  const looks = [claimant.account.id, ...(holder === null ? [] : [holder.account.id])];
  await commit(ctx.db, [
    record(ctx, 'desk.viewed', row.accountId, { case: row.id, role }),
    ...looks.slice(1).map((id) => record(ctx, 'desk.viewed', id, { case: row.id, role })),
  ]);
  return {
    ...headOf(row, sight === 'holder'),
    claimant: await sideOf(ctx, claimant),
    holder: holder === null ? null : await sideOf(ctx, holder),
    /** Until when the holder may object, and whether they have. */
    objectUntilMs: claim.objectUntilMs,
    objectedAtMs: claim.objectedAtMs,
    /** When a classmate confirmed who the claimant is; `null`: nobody did, or it was taken back. */
    vouchedAtMs: found.vouchedAtMs,
    photos: photosOf('number_claim', photos),
    outcomes: isEndedCase(row.status)
      ? decisions.map(({ stage, outcome }) => ({ stage, outcome }))
      : [],
  };
}

/**
 * The number in full and the key of the photo, once the look is on record.
 *
 * @throws AppError request.not_found, desk.own_case, desk.consent_withdrawn, desk.held, desk.not_holder, desk.closed
 */
export async function revealClaimCase(ctx: Ctx, staff: SignedInStaff, { caseId }: Key) {
  const { work, photos, claimant, holder } = await loadClaimWork(ctx, staff, caseId);
  const { row } = work;
  refuseUnless(claimant !== null, { code: 'request.not_found' });
  const { role } = staff.member;
  const look = (accountId: string | null, item: string) =>
    record(ctx, 'desk.revealed', accountId, {
      case: row.id,
      role,
      item,
      version: row.version,
    });
  await commit(ctx.db, [
    look(row.accountId, 'number'),
    ...photos.map(({ slot }) => look(row.accountId, slot)),
    ...(holder === null ? [] : [look(holder.account.id, 'number')]),
  ]);
  const photoKeys = await keysOf(
    ctx,
    staff,
    'number_claim',
    photos.map(({ slot, photo }) => ({ slot, photoId: photo.id })),
  );
  const { number } = await openIdentity(ctx, claimant.account);
  return { number, photoKeys, version: row.version };
}

/**
 * S-DUP-04: decides a claim, with a text for the claimant. An approval takes this member's look at photo and number, the end
 * of the time in which the holder may object, or their objection, and a second person.
 *
 * @throws AppError input.invalid, request.not_found, desk.own_case, desk.closed, desk.not_holder, desk.consent_withdrawn,
 * desk.look_required, number_claim.objection_open, staff.forbidden, request.stale
 */
export async function decideClaimCase(
  ctx: Ctx,
  staff: SignedInStaff,
  input: Key & { version: number; outcome: CaseOutcome; text: string },
) {
  const { caseId, version, outcome } = input;
  const text = accepted(parseTicketText(input.text), 'text');
  return decide(ctx, staff, {
    caseId,
    version,
    outcome,
    found: [],
    reasons: [{ code: 'ticket_answer', item: 'answer', mark: null, note: text }],
    async check(work) {
      const { claim } = await claimIn(ctx, work);
      if (outcome !== 'approve') return [];
      const { objectUntilMs, objectedAtMs } = claim;
      const untilMs = objectUntilMs ?? 0;
      refuseUnless(objectedAtMs !== null || ctx.now() >= untilMs, {
        code: 'number_claim.objection_open',
        untilMs,
      });
      return [guardLooked(ctx, work.row.accountId, work.row, ['number', 'holding'])];
    },
  });
}

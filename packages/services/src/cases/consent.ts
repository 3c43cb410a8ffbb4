import { casePhotoTable, caseTable, guard } from '@shiming/db';
import { type AppErrorData, caseKinds, caseRule, type CaseSpec, caseSpecs } from '@shiming/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Ctx, refuseUnless } from '../context.ts';
import { hasCaseConsents, hasLiveConsent, hasOwnPhotoConsent } from '../account/live-consent.ts';

const consentWithdrawn = { code: 'desk.consent_withdrawn' } as const;
/** The kinds that go on with these consents alone. */
const asking = (consents: CaseSpec['consents']) =>
  caseKinds.filter((kind) => caseSpecs[kind].consents === consents);

/** That a case may go on: its person consents, and their account is active; or its kind does not ask for that. */
export const hasConsentFor = (ctx: Pick<Ctx, 'portal' | 'doors'>) => {
  const { id, kind, accountId, portal } = caseTable;
  const hasPhoto = sql`exists (select 1 from ${casePhotoTable} where ${casePhotoTable.caseId} = ${id})`;
  const ofDispute = sql`${hasLiveConsent(ctx, accountId, 'records', { portal })} and (not ${hasPhoto} or ${hasOwnPhotoConsent(ctx, accountId, portal)})`;
  const consents = sql`(case when ${inArray(kind, asking('records'))} then ${ofDispute} else ${hasCaseConsents(ctx, accountId, portal)} end)`;
  return sql<boolean>`(${inArray(kind, asking(null))} or ${consents} and exists (select 1 from "account" as "whose" where "whose"."id" = ${accountId} and "whose"."status" = 'active'))`;
};

/** A guard that the person of a case consents: without it nothing is looked at, decided or made effective. */
export const guardConsent = (
  ctx: Pick<Ctx, 'db' | 'portal' | 'doors'>,
  { id }: { id: string },
  refusal: AppErrorData = consentWithdrawn,
) =>
  guard(
    ctx.db,
    sql`exists (select 1 from ${caseTable} where ${eq(caseTable.id, id)} and ${hasConsentFor(ctx)})`,
    refusal,
  );

/**
 * Refuses where the person of a case does not consent.
 *
 * @throws AppError desk.consent_withdrawn
 */
export const requireConsent = ({ hasConsent }: { hasConsent: boolean }): void =>
  refuseUnless(hasConsent, consentWithdrawn);

/**
 * A statement after a consent was withdrawn or given: what waits and may not go on ends when the time for what was sent back
 * is over, unless its person consents again; what may go on has no end.
 */
export const setEndOfPaused = (
  ctx: Pick<Ctx, 'db' | 'portal' | 'doors' | 'now'>,
  accountId: string,
) =>
  ctx.db
    .update(caseTable)
    .set({
      expiresAtMs: sql`case when ${hasConsentFor(ctx)} then null else coalesce(${caseTable.expiresAtMs}, ${ctx.now() + caseRule.returnedMs}) end`,
      version: sql`${caseTable.version} + 1`,
    })
    .where(
      and(
        eq(caseTable.accountId, accountId),
        eq(caseTable.status, 'waiting'),
        sql`(${caseTable.expiresAtMs} is null) = not ${hasConsentFor(ctx)}`,
      ),
    );

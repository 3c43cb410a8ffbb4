import { caseTable, guard } from '@shiming/db';
import { type AppErrorData, caseKinds, type CaseSpec, caseSpecs } from '@shiming/domain';
import { eq, inArray, sql } from 'drizzle-orm';
import { type Ctx, refuseUnless } from '../context.ts';
import { hasCaseConsents, hasLiveConsent } from '../account/live-consent.ts';

const consentWithdrawn = { code: 'desk.consent_withdrawn' } as const;
/** The kinds that go on with these consents alone. */
const asking = (consents: CaseSpec['consents']) =>
  caseKinds.filter((kind) => caseSpecs[kind].consents === consents);

/** That a case may go on: its person consents, and their account is active; or its kind does not ask for that. */
export const hasConsentFor = (ctx: Pick<Ctx, 'portal' | 'doors'>) => {
  const { kind, accountId, portal } = caseTable;
  const consents = sql`(case when ${inArray(kind, asking('records'))} then ${hasLiveConsent(ctx, accountId, 'records', { portal })} else ${hasCaseConsents(ctx, accountId, portal)} end)`;
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

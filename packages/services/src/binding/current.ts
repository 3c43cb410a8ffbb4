import { numberClaimTable, vouchTable } from '@shiming/db';
import { maskMobile, maskName, type VouchStatus } from '@shiming/domain';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { identifierOf, isClaimant, isProvedOf, openContact } from '../account/account.ts';
import { bindsByMail, isBoundElsewhere } from '../account/binding.ts';
import { identifierIndexes } from '../account/identifiers.ts';
import { claimOf, type FoundClaim } from '../account/number-claims.ts';
import { hasRecordConsent } from '../records/ask.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { isChild, openVouch, studiesOf } from './vouch.ts';

const liveOf = ({ claim: { status }, isVouched }: FoundClaim) =>
  status === 'open' || status === 'noticed' || status === 'in_review'
    ? { status, isVouched }
    : null;

/** Where a request stands: one that nobody answered in time has run out. */
export const statusOf = (
  { status, expiresAtMs }: { status: VouchStatus; expiresAtMs: number },
  nowMs: number,
): VouchStatus | 'expired' => (status === 'waiting' && expiresAtMs <= nowMs ? 'expired' : status);

/**
 * S-BND-01 to 04, S-DUP-05: whether real-name information is bound, by what it can be, and the newest request to a classmate; while
 * the account claims a number, the request for the claim, and nothing is bound. `needs` says what is in the way of a request.
 */
export async function currentBinding(ctx: Ctx, { account, isBound }: SignedIn) {
  const claims = isClaimant(account);
  const newestClaim = ctx.db
    .select({ id: numberClaimTable.id })
    .from(numberClaimTable)
    .where(eq(numberClaimTable.accountId, account.id))
    .orderBy(desc(numberClaimTable.createdAtMs))
    .limit(1);
  const contact = await openContact(ctx, account);
  const email = {
    value: contact.email,
    provedAtMs: identifierOf(account, 'email')?.provedAtMs ?? null,
  };
  const mailIndexes = bindsByMail(email) ? await identifierIndexes(ctx, 'email', email.value) : [];
  const [[[claim], [consent], [elsewhere], [row]], studies, isTooYoung] = await Promise.all([
    ctx.db.batch([
      ...claimOf(ctx, account.id),
      ctx.db
        .select({ isGiven: sql<number>`${hasRecordConsent(ctx, account.id)}` })
        .from(sql`(select 1)`),
      ctx.db.select({ isBound: isBoundElsewhere(account.id, mailIndexes) }).from(sql`(select 1)`),
      ctx.db
        .select()
        .from(vouchTable)
        .where(
          and(
            eq(vouchTable.askerId, account.id),
            claims ? eq(vouchTable.claimId, sql`(${newestClaim})`) : isNull(vouchTable.claimId),
          ),
        )
        .orderBy(desc(vouchTable.createdAtMs))
        .limit(1),
    ]),
    studiesOf(ctx, [account]),
    isChild(ctx, account),
  ]);
  const typed = row && (await openVouch(ctx, row));
  const hasRecord = (studies.get(account.id) ?? []).length > 0;
  const needs = () => {
    if (account.documentType === null) return 'identity' as const;
    if (isTooYoung) return 'age' as const;
    // The authority is asked about a claimant with the request itself.
    if (claims) return consent?.isGiven === 1 ? null : ('consent' as const);
    return hasRecord ? null : ('record' as const);
  };
  return {
    isBound: isBound && !claims,
    isProved: isProvedOf(account),
    hasEmail: contact.email !== '',
    /** S-BND-03: another account is bound by the education mailbox that this person has proved to hold. */
    isMailBoundElsewhere: elsewhere?.isBound === 1,
    /** The claim on a number that waits or is decided, and whether a classmate speaks for it. */
    claim: claims && claim !== undefined ? liveOf(claim) : null,
    classmates: ctx.portal.vouching === null ? null : { needs: needs() },
    request:
      row === undefined || typed === undefined
        ? null
        : {
            vouchId: row.id,
            status: statusOf(row, ctx.now()),
            maskedName: maskName(typed.name),
            maskedMobile: maskMobile(typed.mobile),
            createdAtMs: row.createdAtMs,
            expiresAtMs: row.expiresAtMs,
          },
  };
}

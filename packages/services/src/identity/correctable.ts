import {
  accountTable,
  attestationTable,
  caseTable,
  consentTable,
  numberClaimTable,
  verificationTable,
} from '@shiming/db';
import { liveClaimStatuses, openCaseStatuses } from '@shiming/domain';
import { type AnyColumn, inArray, type SQL, sql } from 'drizzle-orm';
import { isReview } from '../cases/state.ts';
import type { Ctx } from '../context.ts';

/**
 * S-NAM-03: that the identity of an account can still be corrected by its holder: it was given at this portal, the authority
 * answered last that it does not match, and nothing rests on it. No check and no classmate has confirmed it, no service
 * has received it, and neither a review nor a claim on the number is open.
 */
export function isCorrectable(ctx: Pick<Ctx, 'portal'>, accountId: string | AnyColumn): SQL {
  const { portal } = ctx;
  if (!portal.verification.followsIdentity) return sql`0`;
  const [a, v, k, n, c] = [
    attestationTable,
    verificationTable,
    caseTable,
    numberClaimTable,
    consentTable,
  ];
  return sql`((select ${v.status} from ${v} where ${v.accountId} = ${accountId} and ${v.status} <> 'asked' order by ${v.askedAtMs} desc limit 1) in ('mismatched', 'no_record')
    and exists (select 1 from ${accountTable} as "own" where "own"."id" = ${accountId} and "own"."portal" = ${portal.id})
    and not exists (select 1 from ${a} where ${a.accountId} = ${accountId} and ${a.revokedAtMs} is null and ${a.sourceId} <> ${accountId} || '.email')
    and not exists (select 1 from ${k} where ${k.accountId} = ${accountId} and ${isReview} and ${inArray(k.status, [...openCaseStatuses])})
    and not exists (select 1 from ${n} where (${n.accountId} = ${accountId} or ${n.holderId} = ${accountId}) and ${inArray(n.status, [...liveClaimStatuses])})
    and not exists (select 1 from ${c} where ${c.accountId} = ${accountId} and ${c.kind} = 'service'))`;
}

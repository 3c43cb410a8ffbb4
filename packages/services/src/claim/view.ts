import { caseDecisionTable, caseReasonTable, caseTable } from '@shiming/db';
import { shanghaiDate } from '@shiming/domain';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { textOf } from '../ticket/ticket.ts';
import { claimCases } from './case.ts';
import { claimOf, claimsOn, type FoundClaim } from '../account/number-claims.ts';

const dateBefore = (endMs: number | null) => (endMs === null ? null : shanghaiDate(endMs - 1));

const stateOf = ({ claim }: FoundClaim) => ({
  status: claim.status,
  createdAtMs: claim.createdAtMs,
  noticedAtMs: claim.noticedAtMs,
  objectUntil: dateBefore(claim.objectUntilMs),
  objectedAtMs: claim.objectedAtMs,
  endedAtMs: claim.endedAtMs,
});

/**
 * S-DUP-03: where the claims on a number stand that an account has to do with: its own, and those on its own number. Neither
 * side reads who the other is.
 */
export async function viewNumberClaims(ctx: Ctx, { account }: SignedIn) {
  const [[own], others, [row], said] = await ctx.db.batch([
    ...claimOf(ctx, account.id),
    ...claimsOn(ctx, account.id),
    ...claimCases(ctx, account.id),
    ctx.db
      .select({ reason: caseReasonTable, decision: caseDecisionTable })
      .from(caseTable)
      .innerJoin(caseDecisionTable, eq(caseDecisionTable.caseId, caseTable.id))
      .innerJoin(caseReasonTable, eq(caseReasonTable.decisionId, caseDecisionTable.id))
      .where(
        and(
          eq(caseTable.accountId, account.id),
          sql`+${caseTable.kind} = 'number_claim'`,
          // What a second person has yet to see is shown to nobody.
          inArray(caseTable.status, ['returned', 'approved', 'rejected']),
          isNull(caseDecisionTable.undoneAtMs),
        ),
      )
      .orderBy(desc(caseDecisionTable.decidedAtMs))
      .limit(1),
  ]);
  const [last] = said;
  return {
    own:
      own === undefined
        ? null
        : {
            ...stateOf(own),
            claimNumber: own.claim.claimNumber,
            isVerified: own.isClaimantVerified,
            /** The case, once there is one: what is under way of it is waiting for its person. */
            review:
              row === undefined || !isOfClaim(own, row)
                ? null
                : {
                    caseNumber: row.caseNumber ?? '',
                    status: row.status === 'deciding' ? ('waiting' as const) : row.status,
                    dueDate: dateBefore(row.dueAtMs),
                    // What was approved no longer holds once the number was given back.
                    says:
                      last === undefined || own.claim.status === 'undone'
                        ? null
                        : await textOf(ctx, last.reason),
                  },
          },
    onMine: others.map((each) => ({
      ...stateOf(each),
      canObject: each.claim.objectedAtMs === null && isTold(each),
    })),
  };
}

/** Whether a case was begun for this claim, and not for one before it. */
const isOfClaim = ({ claim }: FoundClaim, { createdAtMs }: { createdAtMs: number }): boolean =>
  createdAtMs >= claim.createdAtMs;

const isTold = ({ claim }: FoundClaim): boolean =>
  claim.status === 'noticed' || claim.status === 'in_review';

import {
  accountTable,
  allowanceTable,
  cancellationTable,
  caseTable,
  compiled,
  numberClaimTable,
  sessionTable,
  verificationTable,
} from '@shiming/db';
import {
  isVerified,
  levels,
  type Need,
  type NextStep,
  type NumberClaimFacts,
  nextStepOf,
  type Proved,
  provedOf,
  reviewPeriod,
  type CaseStatus,
  shanghaiDate,
  type Standing,
  startOfNextShanghaiDay,
  startOfShanghaiDay,
  type VerificationStatus,
} from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { isClaimant } from '../account/account.ts';
import { nowOfRequest, oncePerPortal } from '../compiled.ts';
import type { Ctx } from '../context.ts';
import { hasGuardian } from '../guardian/use.ts';
import { missingOf } from '../account/account.ts';
import { isReview } from '../cases/state.ts';
import { isOffered, reviewClaimKind } from '../review/submit.ts';
import { isCorrectable } from '../identity/correctable.ts';
import { abandonedAfterMs, authorityCheck } from '../verification/ask.ts';
import { isOpenSession, sessionFields, type SignedIn } from '../session/session.ts';
import { unseenOf } from '../binding/inbox.ts';
import { unreadOfNewest } from '../notice/list.ts';

type Request = {
  status: CaseStatus;
  dueAtMs: number | null;
  isDueProvisional: 0 | 1;
  expiresAtMs: number | null;
};

type Claim = Pick<NumberClaimFacts, 'status' | 'objectedAtMs'>;

/** When a person may try again: what the fields below are counted from. */
const instants = (nowMs: number) => ({
  nowMs,
  dayFromMs: startOfShanghaiDay(nowMs),
  reviewsFromMs: reviewPeriod(nowMs).fromMs,
});

const used = (kind: string, since: keyof ReturnType<typeof instants>) =>
  sql`count(*) filter (where ${allowanceTable.kind} = ${kind} and ${allowanceTable.atMs} >= ${sql.placeholder(since)})`;

/** What the next step depends on beside the account, for a query that reads the account. */
function standingFields(ctx: Pick<Ctx, 'db' | 'portal'>) {
  const { id } = accountTable;
  const verifications = sql`from ${verificationTable} where ${verificationTable.accountId} = ${id}`;
  const { accountId, status, dueAtMs, isDueProvisional, expiresAtMs, caseNumber } = caseTable;
  const requests = sql`from ${caseTable} where ${accountId} = ${id} and ${isReview}`;
  return {
    // A day lies in its period.
    used: sql`(select json_object('tries', ${used('verification', 'dayFromMs')}, 'reviews', ${used(reviewClaimKind, 'reviewsFromMs')}) from ${allowanceTable} where ${allowanceTable.kind} in ('verification', ${reviewClaimKind}) and ${allowanceTable.subject} = ${id} and ${allowanceTable.atMs} >= ${sql.placeholder('reviewsFromMs')} and ${allowanceTable.isCounted} = 1)`.mapWith(
      (json: string) => JSON.parse(json) as { tries: number; reviews: number },
    ),
    isAsking: sql<number>`exists (select 1 ${verifications} and +${verificationTable.status} = 'asked' and ${verificationTable.askedAtMs} > ${nowOfRequest} - ${abandonedAfterMs})`,
    lastOutcome: sql<VerificationStatus | null>`(select ${verificationTable.status} ${verifications} and ${verificationTable.status} <> 'asked' order by ${verificationTable.askedAtMs} desc limit 1)`,
    isCorrectable: sql<number>`${isCorrectable(ctx, id)}`,
    // A draft that was given up was nothing that ended.
    review: sql<
      string | null
    >`(select json_object('status', ${status}, 'dueAtMs', ${dueAtMs}, 'isDueProvisional', ${isDueProvisional}, 'expiresAtMs', ${expiresAtMs}) ${requests} and (${caseNumber} is not null or ${status} = 'draft') order by ${caseTable.createdAtMs} desc, ${caseTable.id} desc limit 1)`,
    hasGuardian: sql<number>`${hasGuardian(ctx, id)}`,
    numberClaim: sql<
      string | null
    >`(select json_object('status', ${numberClaimTable.status}, 'objectedAtMs', ${numberClaimTable.objectedAtMs}) from ${numberClaimTable} where ${numberClaimTable.accountId} = ${id} and ${numberClaimTable.status} <> 'moved' order by ${numberClaimTable.createdAtMs} desc limit 1)`,
    unread: unreadOfNewest,
    /** Requests in the inbox that were not seen. */
    unseen: unseenOf(ctx, nowOfRequest),
  };
}

const standingQuery = oncePerPortal((deps) =>
  compiled((db) => {
    const ctx = { ...deps, db, now: () => nowOfRequest };
    return db
      .select({ ...sessionFields(ctx), ...standingFields(ctx) })
      .from(sessionTable)
      .innerJoin(accountTable, eq(accountTable.id, sessionTable.accountId))
      .leftJoin(cancellationTable, eq(cancellationTable.accountId, sessionTable.accountId))
      .where(isOpenSession(ctx, sql.placeholder('id')));
  }),
);

/** Finds a live session with its account and what the next step depends on, in one statement. */
export const findStanding = (ctx: Ctx, sessionId: string) =>
  standingQuery(ctx)(ctx.db, { id: sessionId, ...instants(ctx.now()) });

type Found = Pick<
  Awaited<ReturnType<typeof findStanding>>[number],
  keyof ReturnType<typeof standingFields>
>;

/** What a person has proved, what is missing, and the next step towards the services. */
export function standingOf(
  ctx: Pick<Ctx, 'portal' | 'authority' | 'now'>,
  signedIn: SignedIn,
  found: Found,
): {
  next: NextStep;
  proved: Proved | null;
  identityCheck: IdentityCheck;
  missing: readonly Need[];
} {
  const { account, attested, level, hasConsented, cancellationDueAtMs } = signedIn;
  const { portal } = ctx;
  const nowMs = ctx.now();
  const missing = missingOf(ctx, signedIn);
  const standing: Standing = {
    level,
    missing,
    hasConsented,
    cancellationDueAtMs,
    checks: authorityCheck(ctx, account),
    isAsking: found.isAsking === 1,
    triesLeft: Math.max(0, portal.verification.perDay - found.used.tries),
    triesResumeAtMs: startOfNextShanghaiDay(nowMs),
    numberClaim:
      found.numberClaim === null || !isClaimant(account)
        ? null
        : {
            ...(JSON.parse(found.numberClaim) as Claim),
            isClaimantVerified: isVerified({ level: attested?.level ?? 0 }),
          },
    review: found.review === null ? null : reviewOf(JSON.parse(found.review) as Request),
    isReviewOffered: isOffered(ctx, account, found.lastOutcome ?? undefined),
    reviewsLeft: Math.max(0, portal.review.perPeriod - found.used.reviews),
    reviewsResumeAtMs: reviewPeriod(nowMs).untilMs,
  };
  const asked = new Set(portal.services.map(({ level }) => level));
  const highest = levels.findLast((each) => asked.has(each)) ?? 0;
  return {
    next: nextStepOf(standing, highest),
    proved: provedOf(attested),
    identityCheck: identityCheckOf(ctx, { account, attested }, found),
    missing,
  };
}

/**
 * What is to be done about the check that follows an identity at once (S-NAM-03), which holds nothing up: it has no answer yet,
 * or it found a mismatch, which the person can correct or not. `null`: nothing.
 */
export type IdentityCheck = 'due' | 'correctable' | 'mismatched' | null;

function identityCheckOf(
  ctx: Pick<Ctx, 'portal' | 'authority'>,
  { account, attested }: Pick<SignedIn, 'account' | 'attested'>,
  { lastOutcome, isCorrectable: mayCorrect }: Pick<Found, 'lastOutcome' | 'isCorrectable'>,
): IdentityCheck {
  if (!ctx.portal.verification.followsIdentity || attested !== null) return null;
  if (authorityCheck(ctx, account) === 'none') return null;
  if (mayCorrect === 1) return 'correctable';
  return lastOutcome === 'mismatched' || lastOutcome === 'no_record' ? 'mismatched' : 'due';
}

const stateOf = (status: CaseStatus): NonNullable<Standing['review']>['state'] => {
  switch (status) {
    case 'draft':
    case 'returned':
    case 'rejected':
      return status;
    case 'waiting':
    case 'deciding':
      return 'waiting';
    case 'approved':
    case 'withdrawn':
    case 'expired':
      return 'over';
  }
};

const reviewOf = ({ status, dueAtMs, isDueProvisional, expiresAtMs }: Request) => ({
  state: stateOf(status),
  dueDate: dueAtMs === null ? null : shanghaiDate(dueAtMs - 1),
  isDueProvisional: isDueProvisional === 1,
  expiresAtMs,
});

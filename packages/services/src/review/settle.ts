import { accountTable, commit, guard, caseDecisionTable, caseTable, staffTable } from '@shiming/db';
import {
  causesOf,
  groupCaseNumber,
  isSampled,
  type CaseChannel,
  caseAfter,
  reviewMail,
  type ReviewNoticeKind,
  type CaseState,
  type StandingDecision,
} from '@shiming/domain';
import { and, asc, eq, inArray, isNull, lte, notInArray } from 'drizzle-orm';
import { attest } from '../account/attestation.ts';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, inPortal, systemCtx } from '../context.ts';
import { hasCaseConsents } from '../data/live-consent.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { notice } from '../notice/notify.ts';
import { enqueueMail, enqueueSms } from '../outbox/outbox.ts';
import { type Account, openContact, openIdentity, openProfile } from '../account/account.ts';
import { samePersonIds } from '../staff/person.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import { seal, placeOf } from '../vault/vault.ts';
import { keepPhotos } from './photo-store.ts';
import { moveCase, openAnswers, type CaseRow, stateOf } from './state.ts';

/** A message about an outcome is worth sending for a week. */
const messageValidMs = 7 * 24 * 3_600_000;

/**
 * The job that lets decisions take effect when they can no longer be undone: the request ends, goes back to the
 * person, or on to a second one; an approval raises the level and keeps name and validity; the person is told, in
 * the same transaction. Returns how many took effect. One that somebody changed meanwhile waits for the next run.
 */
export async function settleCases(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'review');
  const nowMs = ctx.now();
  return workInSlices(turn, {
    read: async (leftIds) => {
      const due = await ctx.db
        .select({ row: caseTable, account: accountTable })
        .from(caseTable)
        .innerJoin(accountTable, eq(accountTable.id, caseTable.accountId))
        .where(
          and(
            eq(caseTable.status, 'deciding'),
            lte(caseTable.settlesAtMs, nowMs),
            hasCaseConsents(ctx, accountTable.id, caseTable.portal),
            notInArray(caseTable.id, [...leftIds]),
          ),
        )
        .orderBy(asc(caseTable.settlesAtMs))
        .limit(rowsPerSlice);
      if (due.length === 0) return [];
      const decisions = await standingDecisions(
        ctx,
        due.map(({ row }) => row.id),
      );
      return due.map(({ row, account }) => ({
        row,
        account,
        standing: decisions.filter((each) => each.caseId === row.id),
      }));
    },
    idOf: ({ row }) => row.id,
    work: async ({ row, account, standing }) => {
      const last = standing.find(({ round, stage }) => round === row.round && stage === row.stage);
      if (last === undefined) return false;
      const drawn = isSampled(await keyedHash(ctx, `review.sample:${row.id}`));
      const others = standing.filter((each) => each !== last);
      const before = stateOf(row, [...(await asPersons(ctx, last, others)), last]);
      const state = caseAfter(before, { type: 'settle', isSampled: drawn, atMs: nowMs });
      if (typeof state === 'string') return false;
      const causes = causesOf(before, last, drawn);
      const isSecond = row.stage !== 'second' && state.stage === 'second';
      return unlessStale(
        commit(ctx.db, [
          // Withdrawn at this moment, it waits, paused.
          guard(ctx.db, hasCaseConsents(ctx, account.id, row.portal), { code: 'request.stale' }),
          ...moveCase(ctx, row, state, isSecond ? { secondCauses: causes } : {}),
          ctx.db
            .update(caseDecisionTable)
            .set({ settledAtMs: nowMs })
            .where(eq(caseDecisionTable.id, last.id)),
          ...(await outcomeStatements(ctx, row, account, state)),
        ]),
      );
    },
  });
}

/** The decisions of requests that have not been undone, in the order in which they were made. */
const standingDecisions = ({ db }: Pick<Deps, 'db'>, caseIds: readonly string[]) =>
  db
    .select()
    .from(caseDecisionTable)
    .where(
      and(inArray(caseDecisionTable.caseId, [...caseIds]), isNull(caseDecisionTable.undoneAtMs)),
    )
    .orderBy(asc(caseDecisionTable.decidedAtMs));

/** Decisions of which those by another account of the person who made the last one are theirs, too. */
async function asPersons<D extends StandingDecision>(
  ctx: Ctx,
  last: StandingDecision,
  others: readonly D[],
): Promise<readonly D[]> {
  if (others.every(({ round }) => round === last.round)) return others;
  const [member] = await ctx.db.select().from(staffTable).where(eq(staffTable.id, last.reviewerId));
  if (member === undefined) return others;
  const [found] = await ctx.db.batch(await samePersonIds(ctx, member));
  const ids = new Set(found.map(({ id }) => id));
  return others.map((each) =>
    ids.has(each.reviewerId) ? { ...each, reviewerId: last.reviewerId } : each,
  );
}

/** The job that ends what was sent back and never came, and forgets drafts that nobody touches. */
export async function expireCases(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'review');
  const nowMs = ctx.now();
  return workInSlices(turn, {
    read: async (leftIds) =>
      ctx.db
        .select({ row: caseTable, account: accountTable })
        .from(caseTable)
        .innerJoin(accountTable, eq(accountTable.id, caseTable.accountId))
        .where(and(lte(caseTable.expiresAtMs, nowMs), notInArray(caseTable.id, [...leftIds])))
        .limit(rowsPerSlice),
    idOf: ({ row }) => row.id,
    work: async ({ row, account }) => {
      const state = caseAfter(stateOf(row), { type: 'expire', atMs: nowMs });
      if (typeof state === 'string') return false;
      return unlessStale(
        commit(ctx.db, [
          ...moveCase(ctx, row, state),
          ...(await outcomeStatements(ctx, row, account, state)),
        ]),
      );
    },
  });
}

const noticeOf = {
  approved: 'review_approved',
  rejected: 'review_rejected',
  returned: 'review_returned',
  expired: 'review_expired',
} as const satisfies Partial<Record<CaseState['status'], ReviewNoticeKind>>;
const isOutcome = (status: CaseState['status']): status is keyof typeof noticeOf =>
  status in noticeOf;

/** What an outcome does beside the request itself. A case that only goes on to somebody else is nobody's news. */
async function outcomeStatements(
  ctx: Ctx,
  row: CaseRow,
  account: Account,
  { status }: Pick<CaseState, 'status'>,
) {
  if (!isOutcome(status)) return [];
  const kind = noticeOf[status];
  const photos = keepPhotos(ctx, account.id);
  // A draft was nothing yet: nobody is told that it is gone.
  if (row.caseNumber === null) return [photos];
  const caseNumber = groupCaseNumber(row.caseNumber);
  return [
    photos,
    record(ctx, `review.${status}`, account.id, { review: row.id }),
    ...(await newsStatements(ctx, row, account, kind, caseNumber)),
    ...(status === 'approved' ? await approval(ctx, row, account) : []),
  ];
}

/** T-CON-05: tells the person on the page 通知, and by the contact they chose, in the name of the portal of the case. */
export const newsStatements = async (
  anywhere: Ctx,
  { channel, portal }: Pick<CaseRow, 'channel' | 'portal'>,
  account: Account,
  kind: ReviewNoticeKind,
  caseNumber: string,
) => {
  const ctx = inPortal(anywhere, portal);
  return [
    ...notice(ctx, account.id, kind, { caseNumber }),
    ...(channel === 'inbox'
      ? []
      : await messageStatements(ctx, channel, account, kind, caseNumber)),
  ];
};

async function messageStatements(
  ctx: Ctx,
  channel: Exclude<CaseChannel, 'inbox'>,
  account: Account,
  kind: ReviewNoticeKind,
  caseNumber: string,
) {
  const { email, mobile } = await openContact(ctx, account);
  const waits = {
    as: 'decision',
    accountId: account.id,
    expiresAtMs: ctx.now() + messageValidMs,
  } as const;
  if (channel === 'sms') return enqueueSms(ctx, { kind: 'review_news', mobile }, waits);
  const link = `${ctx.address}/account/review`;
  const mail = reviewMail({ portal: ctx.portal.name, kind, caseNumber, link });
  return enqueueMail(ctx, { to: email, ...mail }, waits);
}

/** T-REV-05: the level rises, and name and validity are what the reviewer saw. */
async function approval(ctx: Ctx, row: CaseRow, account: Account) {
  const [identity, stated, profile] = await Promise.all([
    openIdentity(ctx, account),
    openAnswers(ctx, row),
    openProfile(ctx, account),
  ]);
  if (stated === null) throw new Error('a request without answers was approved');
  const { name, validity } = stated;
  const { identityVersion } = account;
  const former = { name: identity.name, validity: identity.validity, identityVersion };
  return [
    ctx.db
      .update(caseTable)
      .set({
        formerIdentitySealed: await seal(
          ctx,
          placeOf(caseTable.formerIdentitySealed, row.id),
          former,
        ),
      })
      .where(eq(caseTable.id, row.id)),
    ...(await attest(ctx, account, identity, {
      kind: 'manual_review',
      sourceId: row.id,
      correction: { name, validity },
      travelPermitNumber: profile?.travelPermitNumber ?? null,
    })),
  ];
}

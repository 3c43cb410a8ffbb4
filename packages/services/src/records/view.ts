import { recordTable } from '@shiming/db';
import {
  differingFields,
  meetsLevel,
  type PersonRecord,
  type RecordAuthorityId,
  type RecordKind,
  recordKinds,
  type RecordOutcome,
  startOfNextShanghaiDay,
  startOfShanghaiDay,
} from '@shiming/domain';
import { and, eq, ne, sql } from 'drizzle-orm';
import { findIdentity, openProfile } from '../account/account.ts';
import { usedSince } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { type Bound, openBound } from './bind.ts';
import { hasRecordConsent, isAsking, openAnswer, type StoredAnswer } from './ask.ts';

/** What an account has of one kind of records. */
export type RecordView = {
  kind: RecordKind;
  authority: RecordAuthorityId;
  /** What came of the last question; `null`: none was asked, `asking`: one is under way. */
  status: RecordOutcome | 'asking' | null;
  /** Of enrolments: the ids of the qualifications that are bound to each. */
  bound: Bound;
  /** The last answer that somebody gave, which may be older. */
  answer:
    | (Omit<StoredAnswer, 'records'> & {
        /** With what each says otherwise than the account (S-NAM-03). */
        records: readonly (PersonRecord & { differs: ReturnType<typeof differingFields> })[];
        outcome: RecordOutcome;
        atMs: number;
      })
    | null;
};

/**
 * The records of a person that the portal shows, by section, with the source and the time of each answer; what is in the way
 * of asking, and what is left of the day's allowance. An answer about a name that the account no longer has is not shown.
 */
export async function viewRecords(ctx: Ctx, { account, level }: SignedIn) {
  const { db, portal } = ctx;
  const shown = ctx.records === null ? null : portal.records;
  if (shown === null) return null;
  const nowMs = ctx.now();
  const [rows, [used], [consent]] = await db.batch([
    db
      .select({ row: recordTable, isAsking: sql<number>`${isAsking(nowMs)}` })
      .from(recordTable)
      .where(
        and(
          eq(recordTable.accountId, account.id),
          eq(recordTable.portal, portal.id),
          // It has a page, and photos, of its own.
          ne(recordTable.kind, 'photo_check'),
        ),
      ),
    usedSince(db, 'record', account.id, startOfShanghaiDay(nowMs)),
    db.select({ isGiven: sql<number>`${hasRecordConsent(ctx, account.id)}` }).from(sql`(select 1)`),
  ]);
  const [identity, profile] = await Promise.all([
    findIdentity(ctx, account),
    openProfile(ctx, account),
  ]);
  const said = {
    sex: identity?.sex ?? profile?.sex ?? null,
    birthDate: identity?.birthDate ?? profile?.birthDate ?? null,
  };
  const viewOf = async (kind: RecordKind): Promise<RecordView> => {
    const found = rows.find(({ row }) => row.kind === kind);
    const row = found?.row;
    const isCurrent = row?.about === account.identityVersion;
    const stored = row !== undefined && isCurrent ? await openAnswer(ctx, row) : null;
    return {
      kind,
      authority: recordKinds[kind].authority,
      bound: row === undefined || !isCurrent ? {} : await openBound(ctx, row),
      status: found?.isAsking === 1 ? 'asking' : (row?.outcome ?? null),
      answer: stored && {
        ...stored,
        records: stored.records.map((record) => ({
          ...record,
          differs: differingFields(record, said),
        })),
        outcome: row?.answerOutcome ?? 'not_found',
        atMs: row?.answeredAtMs ?? 0,
      },
    };
  };
  return {
    sections: await Promise.all(
      shown.sections.map(async ({ id, kinds }) => ({
        id,
        records: await Promise.all(kinds.map(viewOf)),
      })),
    ),
    /** What the person has to do before the authorities can be asked. */
    needs: !meetsLevel(level, shown.level)
      ? ('verification' as const)
      : consent?.isGiven === 1
        ? null
        : ('consent' as const),
    perDay: shown.perDay,
    remainingToday: Math.max(0, shown.perDay - (used?.used ?? 0)),
    resumesAtMs: startOfNextShanghaiDay(nowMs),
  };
}

/** Statements (in a list of one) that delete what an account has of records at the portal of the request. */
export const deleteRecords = ({ db, portal }: Pick<Ctx, 'db' | 'portal'>, accountId: string) =>
  [
    db
      .delete(recordTable)
      .where(and(eq(recordTable.accountId, accountId), eq(recordTable.portal, portal.id))),
  ] as const;

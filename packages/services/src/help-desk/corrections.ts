import { accountTable, correctionTable, staffTable } from '@shiming/db';
import {
  type CorrectionKind,
  type CorrectionStatus,
  isDataCorrection,
  maskField,
  maskName,
} from '@shiming/domain';
import { aliasedTable, and, asc, eq, gt } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { type Account, accountRow, findIdentity } from '../account/account.ts';
import { isSamePerson, openStaffPerson } from '../staff/person.ts';
import type { SignedInStaff, StaffRow } from '../staff/session.ts';
import { open, placeOf } from '../vault/vault.ts';

export type CorrectionRow = typeof correctionTable.$inferSelect;

/** What a correction is about, and by what evidence. */
export type Change = { before: string; after: string; evidence: string };

export const openCorrection = (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, changeSealed }: Pick<CorrectionRow, 'id' | 'changeSealed'>,
) => open<Change>(deps, placeOf(correctionTable.changeSealed, id), changeSealed);

const masked = (kind: CorrectionKind, value: string) =>
  isDataCorrection(kind) ? maskField(kind, value) : value;

/** A correction, masked. */
export type CorrectionView = {
  correctionId: string;
  accountId: string;
  kind: CorrectionKind;
  /** One that has run out is `expired` at once, before the job has written it down. */
  status: CorrectionStatus;
  maskedBefore: string;
  maskedAfter: string;
  requestedBy: { name: string; isSelf: boolean };
  requestedAtMs: number;
  decidedByName: string | null;
  decidedAtMs: number | null;
  expiresAtMs: number;
};

const decider = aliasedTable(staffTable, 'decider');

/** Statements that read corrections, with who asked and who decided. */
export const correctionRows = ({ db }: Pick<Ctx, 'db'>) =>
  db
    .select({ row: correctionTable, requester: staffTable, decider })
    .from(correctionTable)
    .leftJoin(staffTable, eq(staffTable.id, correctionTable.requestedById))
    .leftJoin(decider, eq(decider.id, correctionTable.decidedById));

const nameOf = async (ctx: Ctx, member: StaffRow | null): Promise<string> =>
  member === null ? '' : (await openStaffPerson(ctx, member)).name;

export async function changeView(
  ctx: Ctx,
  { member }: SignedInStaff,
  found: { row: CorrectionRow; requester: StaffRow | null; decider: StaffRow | null },
): Promise<CorrectionView> {
  const { row } = found;
  const { before, after } = await openCorrection(ctx, row);
  const isOver = row.status === 'waiting' && row.expiresAtMs <= ctx.now();
  return {
    correctionId: row.id,
    accountId: row.accountId,
    kind: row.kind,
    status: isOver ? 'expired' : row.status,
    maskedBefore: masked(row.kind, before),
    maskedAfter: masked(row.kind, after),
    requestedBy: {
      name: await nameOf(ctx, found.requester),
      isSelf: found.requester !== null && (await isSamePerson(ctx, member, found.requester)),
    },
    requestedAtMs: row.requestedAtMs,
    decidedByName: found.decider && (await nameOf(ctx, found.decider)),
    decidedAtMs: row.decidedAtMs,
    expiresAtMs: row.expiresAtMs,
  };
}

/** More than wait at a time. */
const shown = 100;

/** T-CON-08: the corrections that wait for a second person, the oldest first, with whose account it is, masked. */
export async function listCorrections(
  ctx: Ctx,
  staff: SignedInStaff,
): Promise<(CorrectionView & { maskedName: string })[]> {
  const found = await ctx.db
    .select({ row: correctionTable, requester: staffTable, decider, account: accountRow })
    .from(correctionTable)
    .innerJoin(accountTable, eq(accountTable.id, correctionTable.accountId))
    .leftJoin(staffTable, eq(staffTable.id, correctionTable.requestedById))
    .leftJoin(decider, eq(decider.id, correctionTable.decidedById))
    .where(and(eq(correctionTable.status, 'waiting'), gt(correctionTable.expiresAtMs, ctx.now())))
    .orderBy(asc(correctionTable.requestedAtMs))
    .limit(shown);
  return Promise.all(
    found.map(async ({ account, ...each }) => ({
      ...(await changeView(ctx, staff, each)),
      maskedName: maskName(await nameOfAccount(ctx, account)),
    })),
  );
}

const nameOfAccount = async (ctx: Ctx, account: Account) =>
  (await findIdentity(ctx, account))?.name ?? '';

import { commit, handoverTable } from '@shiming/db';
import { readSearch } from '@shiming/domain';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, today } from '../context.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { blindIndexes } from '../vault/vault.ts';
import { type HandoverRow, rowOf } from './handover.ts';

const rowsShown = 50;
/** Of those made at one instant. */
const newestFirst = sql`${handoverTable}."rowid" desc`;

const isOfAgency = ({ member }: SignedInStaff) => eq(handoverTable.scope, member.scope ?? '');

/** S-REG-09: the first passwords that the own agency handed over last, newest first. */
export async function listHandovers(ctx: Ctx, staff: SignedInStaff): Promise<HandoverRow[]> {
  const rows = await ctx.db
    .select()
    .from(handoverTable)
    .where(isOfAgency(staff))
    .orderBy(desc(handoverTable.createdAtMs), newestFirst)
    .limit(rowsShown);
  return Promise.all(rows.map((row) => rowOf(ctx, row)));
}

/**
 * Those of the own agency for one person, by the document number or the whole name. That somebody searched is recorded; what
 * they typed is not.
 */
export async function findHandovers(
  ctx: Ctx,
  staff: SignedInStaff,
  { search }: { search: string },
): Promise<HandoverRow[]> {
  const asked = readSearch(search, today(ctx));
  if (asked === null || asked.by === 'caseNumber') return [];
  const { by, value } = asked;
  const indexes = await blindIndexes(ctx, by, value);
  const column = by === 'number' ? handoverTable.numberIndex : handoverTable.nameIndex;
  const [rows] = await commit(ctx.db, [
    ctx.db
      .select()
      .from(handoverTable)
      .where(and(inArray(column, indexes), isOfAgency(staff)))
      .orderBy(desc(handoverTable.createdAtMs), newestFirst)
      .limit(rowsShown),
    record(ctx, 'agency.searched', null, { by, scope: staff.member.scope }),
  ]);
  return Promise.all(rows.map((row) => rowOf(ctx, row)));
}

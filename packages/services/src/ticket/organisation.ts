import { caseTable, organisationTable } from '@shiming/db';
import type { CaseState } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { CaseRow } from '../cases/state.ts';
import { openTicket, type Ticket } from './ticket.ts';

/** The query of the organisation with a code. */
export const organisationOf = ({ db }: Pick<Ctx, 'db'>, code: string) =>
  db.select().from(organisationTable).where(eq(organisationTable.code, code));

/**
 * Whether an approval by one person came too late: the organisation has got its account by another letter since, so that
 * this one would take it over.
 */
export async function isKnownMeanwhile(
  ctx: Ctx,
  row: CaseRow,
  { status, flags }: CaseState,
): Promise<boolean> {
  if (status !== 'approved' || flags.includes('organisation_known')) return false;
  const { organisation } = await openTicket(ctx, row);
  return (await organisationOf(ctx, organisation?.code ?? '')).length > 0;
}

/** Statements that flag a letter for an organisation that has an account already, as it is sent off. */
export function flagKnown(ctx: Pick<Ctx, 'db'>, row: CaseRow, { organisation }: Ticket) {
  if (organisation === undefined) return [];
  const flag = 'organisation_known';
  return [
    ctx.db
      .update(caseTable)
      .set({ flags: sql`json_insert(${caseTable.flags}, '$[#]', ${flag})` })
      .where(
        and(
          eq(caseTable.id, row.id),
          sql`exists ${organisationOf(ctx, organisation.code)}`,
          sql`not exists (select 1 from json_each(${caseTable.flags}) where value = ${flag})`,
        ),
      ),
  ];
}

import { staffTable } from '@shiming/db';
import { mayStaff, staffRoles } from '@shiming/domain';
import { and, eq, inArray } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { openStaffPerson } from '../staff/person.ts';

/** More than decide at any portal. */
const shown = 500;

/** T-CON-02: who decides cases now, by name: whom the queue can be filtered by. */
export async function listReviewers(ctx: Ctx): Promise<{ staffId: string; name: string }[]> {
  const roles = staffRoles.filter((role) => mayStaff(role, 'review.decide'));
  const rows = await ctx.db
    .select({ id: staffTable.id, personSealed: staffTable.personSealed })
    .from(staffTable)
    .where(and(inArray(staffTable.role, roles), eq(staffTable.status, 'active')))
    .limit(shown);
  const named = await Promise.all(
    rows.map(async (row) => ({ staffId: row.id, name: (await openStaffPerson(ctx, row)).name })),
  );
  return named.toSorted((one, other) => one.name.localeCompare(other.name, 'zh-CN'));
}

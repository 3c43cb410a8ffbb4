import { commit, personalTables, registrationTable } from '@shiming/db';
import { eq, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { findRegistration } from './draft.ts';

/** Forgets a registration that the person does not go on with: what was typed, and what came of checks, is gone at once. */
export async function discardRegistration(ctx: Ctx, token: string | null): Promise<void> {
  const registration = await findRegistration(ctx, token);
  if (registration === null) return;
  const checks = personalTables.flatMap(({ table, ofRegistrations }) =>
    ofRegistrations === undefined
      ? []
      : [ctx.db.delete(table).where(ofRegistrations(sql`(${registration.id})`))],
  );
  await commit(ctx.db, [
    ctx.db.delete(registrationTable).where(eq(registrationTable.id, registration.id)),
    ...checks,
  ]);
}

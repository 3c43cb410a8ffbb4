import { commit, registrationTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { findRegistration } from './draft.ts';

/** Forgets a registration that the person does not go on with: what was typed is gone at once. */
export async function discardRegistration(ctx: Ctx, token: string | null): Promise<void> {
  const registration = await findRegistration(ctx, token);
  if (registration === null) return;
  await commit(ctx.db, [
    ctx.db.delete(registrationTable).where(eq(registrationTable.id, registration.id)),
  ]);
}

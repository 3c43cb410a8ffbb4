import { guard, staffPasskeyTable } from '@shiming/db';
import { type AppErrorData, cleanText } from '@shiming/domain';
import type { Passkey } from '@shiming/providers';
import { and, eq, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';

/** How long an authenticator may take. */
export const passkeyChallengeMs = 5 * 60_000;

export type PasskeyRow = typeof staffPasskeyTable.$inferSelect;

const labelLength = 40;

/** The statement (in a list of one) that keeps a new passkey, under the name its holder gave it or the browser's. */
export const keepPasskey = (
  ctx: Pick<Ctx, 'db' | 'now' | 'visitor'>,
  staffId: string,
  passkey: Passkey,
  label: string,
) => {
  const typed = Array.from(cleanText(label)).slice(0, labelLength).join('');
  return [
    ctx.db.insert(staffPasskeyTable).values({
      ...passkey,
      staffId,
      label: typed === '' ? ctx.visitor.label : typed,
      createdAtMs: ctx.now(),
    }),
  ] as const;
};

/**
 * Statements that write down that a passkey was used. Of two signatures with one counter at once, one counts; a
 * passkey that was removed meanwhile does not.
 */
export const usePasskey = (
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { id, counter }: Pick<PasskeyRow, 'id' | 'counter'>,
  newCounter: number,
  refusal: AppErrorData,
) => {
  const asRead = and(eq(staffPasskeyTable.id, id), eq(staffPasskeyTable.counter, counter));
  const same = db.select({ id: staffPasskeyTable.id }).from(staffPasskeyTable).where(asRead);
  return [
    guard(db, sql`exists ${same}`, refusal),
    db
      .update(staffPasskeyTable)
      .set({ counter: newCounter, lastUsedAtMs: now() })
      .where(eq(staffPasskeyTable.id, id)),
  ] as const;
};

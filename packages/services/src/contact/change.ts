import { contactChangeTable } from '@shiming/db';
import { type ContactKind, identifiers, maskEmail, maskMobile } from '@shiming/domain';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Binding } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { open, placeOf } from '../vault/vault.ts';

/** What a change of contact is about; `sessionId` is where it was begun. */
export type ContactChange = {
  before: string;
  after: string;
  sessionId: string;
  /** When the former one was proved; changes of the last release do not say. */
  provedAtMs?: number | null;
};

type ChangeRow = typeof contactChangeTable.$inferSelect;

/** A change that nobody confirms is forgotten after half an hour, or with its code where that is valid for longer. */
export const changeValidMs = 30 * 60_000;

export const openChange = (
  ctx: Ctx,
  { id, changeSealed }: Pick<ChangeRow, 'id' | 'changeSealed'>,
) => open<ContactChange>(ctx, placeOf(contactChangeTable.changeSealed, id), changeSealed);

/** The code to the new contact: an account has one change on its way at a time, and so one code. */
export const contactCode = (accountId: string): Binding => ({
  purpose: 'contact.code',
  subject: accountId,
});

/** Whether a change is none: it proves a contact that the account has. */
export const isSameContact = (
  kind: ContactKind,
  { before, after }: Pick<ContactChange, 'before' | 'after'>,
): boolean => identifiers[kind].canonical(before) === identifiers[kind].canonical(after);

export const maskContact: Record<ContactKind, (contact: string) => string> = {
  mobile: maskMobile,
  email: maskEmail,
};

/** A statement that finds the change of an account that waits for its code. */
export const pendingChange = (ctx: Pick<Ctx, 'db' | 'now'>, accountId: string) =>
  ctx.db
    .select()
    .from(contactChangeTable)
    .where(
      and(
        eq(contactChangeTable.accountId, accountId),
        isNull(contactChangeTable.doneAtMs),
        gt(contactChangeTable.expiresAtMs, ctx.now()),
      ),
    )
    .orderBy(desc(contactChangeTable.createdAtMs))
    .limit(1);

/** The statement (in a list of one) that forgets what waits for its code. */
export const voidPendingChanges = (ctx: Pick<Ctx, 'db'>, accountId: string) =>
  [
    ctx.db
      .delete(contactChangeTable)
      .where(and(eq(contactChangeTable.accountId, accountId), isNull(contactChangeTable.doneAtMs))),
  ] as const;

import { accountTable, attestationTable, identifierTable } from '@shiming/db';
import { isEducationMail } from '@shiming/domain';
import { and, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { ContactOf } from './create.ts';
import { identifierIndexes } from './identifiers.ts';

/** What a binding by education mail came of: the address of the account. */
export const mailBinding = (accountId: string): string => `${accountId}.email`;

/** The row of a binding: real-name information is bound to a person who can be reached or is known. It is no check. */
export const bindingRow = (
  { crypto, now }: Pick<Ctx, 'crypto' | 'now'>,
  accountId: string,
  sourceId: string,
): typeof attestationTable.$inferInsert => ({
  id: crypto.randomToken(12),
  accountId,
  kind: 'binding',
  level: 2,
  about: null,
  sourceId,
  atMs: now(),
});

/** The statement that revokes what a binding came of. */
export const revokeBinding = ({ db, now }: Pick<Ctx, 'db' | 'now'>, sourceId: string) =>
  db
    .update(attestationTable)
    .set({ revokedAtMs: now() })
    .where(and(eq(attestationTable.sourceId, sourceId), isNull(attestationTable.revokedAtMs)));

/** That another account is bound by a mailbox, of which `indexes` are. */
export const isBoundElsewhere = (accountId: string, indexes: readonly string[]) =>
  sql<number>`exists (select 1 from ${identifierTable} as "other"
    join ${accountTable} as "holder" on "holder"."id" = "other"."account_id" and "holder"."status" <> 'closed'
    join ${attestationTable} as "bound" on "bound"."source_id" = "other"."id" and "bound"."revoked_at_ms" is null
    where "other"."kind" = 'email' and "other"."index" in ${indexes} and "other"."account_id" <> ${accountId})`;

/**
 * The statement (in a list of one) that binds an account by the education mail that it has just got, unless another account is bound by that
 * mailbox: people share an address at some portals, and a school gives it to one of them (S-BND-03).
 */
export const bindByMail = async (
  ctx: Pick<Ctx, 'db' | 'crypto' | 'keys'>,
  { accountId, email, atMs }: { accountId: string; email: string; atMs: number },
) => {
  const sourceId = mailBinding(accountId);
  // While keys rotate, the other account may be found under another.
  const indexes = await identifierIndexes(ctx, 'email', email);
  return [
    ctx.db
      .insert(attestationTable)
      .select(
        sql`select ${ctx.crypto.randomToken(12)}, ${accountId}, 'binding', 2, null, ${sourceId}, null, null, ${atMs}, null, null, null, null where not ${isBoundElsewhere(accountId, indexes)}`,
      ),
  ] as const;
};

/** S-BND-04: that a binding of an account stands, by education mail or by a classmate. */
const isBoundBy = (accountId: SQLWrapper) =>
  sql<number>`exists (select 1 from ${attestationTable} where ${attestationTable.accountId} = ${accountId} and ${attestationTable.kind} = 'binding' and ${attestationTable.revokedAtMs} is null)`;

/** The same of the account that a query reads. */
export const hasBinding = isBoundBy(accountTable.id);

/** S-BND-04: that an account is bound, by a mobile that is proved or another binding. */
export const isBound = (accountId: SQLWrapper) =>
  sql`(${isBoundBy(accountId)} or exists (select 1 from ${identifierTable} as "bound" where "bound"."account_id" = ${accountId} and "bound"."kind" = 'mobile' and "bound"."proved_at_ms" is not null))`;

/** S-BND-01: whether an address binds: it is proved, and one of a school's members. */
export const bindsByMail = (email: ContactOf | null | undefined): boolean =>
  email !== null &&
  email !== undefined &&
  email.provedAtMs !== null &&
  isEducationMail(email.value);

import { accountTable, attestationTable } from '@shiming/db';
import { isEducationMail } from '@shiming/domain';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { ContactOf } from './create.ts';

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

/** S-BND-04: that a binding of the account that a query reads stands, by education mail or by a classmate. */
export const hasBinding = sql<number>`exists (select 1 from ${attestationTable} where ${attestationTable.accountId} = ${accountTable.id} and ${attestationTable.kind} = 'binding' and ${attestationTable.revokedAtMs} is null)`;

/** S-BND-01: whether an address binds: it is proved, and one of a school's members. */
export const bindsByMail = (email: ContactOf | null | undefined): boolean =>
  email !== null &&
  email !== undefined &&
  email.provedAtMs !== null &&
  isEducationMail(email.value);

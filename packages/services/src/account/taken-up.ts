import { accountTable, attestationTable } from '@shiming/db';
import { verifiedLevel } from '@shiming/domain';
import { and, eq, isNull, lt, ne, not, or, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/**
 * That the account that a query reads was ever verified: a check has confirmed who its holder is, also where that has run out
 * since. What was revoked does not count.
 */
export const wasVerified: SQL = sql`exists (select 1 from ${attestationTable} where ${attestationTable.accountId} = ${accountTable.id} and ${attestationTable.level} >= ${verifiedLevel} and ${attestationTable.revokedAtMs} is null)`;

/** The same of one account, for a query that does not read it. */
export const wasEverVerified = (accountId: string): SQL =>
  sql`exists (select 1 from ${accountTable} where ${accountTable.id} = ${accountId} and ${wasVerified})`;

/**
 * T-PWD-05: that the account that a query reads is too old for a reset at the portal, and has never been taken up: no
 * password was ever chosen for it, nothing attested, and it is not suspended. Only such an account gives up its number to a registration.
 */
export const isLeftBehind = ({ portal, hasher }: Pick<Ctx, 'portal' | 'hasher'>) =>
  sql<number>`${and(
    lt(accountTable.createdAtMs, portal.recovery.registeredSinceMs),
    // Nobody gets round the operator by registering once more.
    ne(accountTable.status, 'suspended'),
    // The last release wrote the decoy where there is no password.
    or(isNull(accountTable.passwordHash), eq(accountTable.passwordHash, hasher.decoy)),
    eq(accountTable.formerPasswordHashes, []),
    not(wasVerified),
  )}`;

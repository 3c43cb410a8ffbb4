import { accountTable, attestationTable } from '@shiming/db';
import { and, eq, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/** That something was attested of the account that a query reads, also where it no longer stands; not what was revoked. */
export const wasAttested: SQL = sql`exists (select 1 from ${attestationTable} where ${attestationTable.accountId} = ${accountTable.id} and ${attestationTable.revokedAtMs} is null)`;

/**
 * T-PWD-05: that the account that a query reads is too old for a reset at the portal, and has never been taken up: no
 * password was ever chosen for it, and nothing attested. Only such an account gives up its number to a registration.
 */
export const isLeftBehind = ({ portal, hasher }: Pick<Ctx, 'portal' | 'hasher'>) =>
  sql<number>`${and(
    lt(accountTable.createdAtMs, portal.recovery.registeredSinceMs),
    // The last release wrote the decoy where there is no password.
    or(isNull(accountTable.passwordHash), eq(accountTable.passwordHash, hasher.decoy)),
    eq(accountTable.formerPasswordHashes, []),
    not(wasAttested),
  )}`;

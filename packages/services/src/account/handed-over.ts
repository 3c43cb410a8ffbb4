import { accountTable, identifierTable } from '@shiming/db';
import { and, eq, inArray, isNull, not, or, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { wasVerified } from './taken-up.ts';

/**
 * E-ACT-01: that the account that a query reads was handed over by another platform and waits for its holder: it has no
 * password and never had one, no contact was proved and nothing attested. Activating it is the way in, and registering its
 * number is refused. At a portal that activates none its number is simply taken.
 */
export const isHandedOver = ({
  portal: here,
  doors,
  hasher,
}: Pick<Ctx, 'portal' | 'doors' | 'hasher'>) => {
  const activating = here.activates ? doors.filter(({ portal }) => portal.activates) : [];
  const portals = activating.map(({ portal }) => portal.id);
  const hasProved = sql`exists (select 1 from ${identifierTable} where ${identifierTable.accountId} = ${accountTable.id} and ${identifierTable.provedAtMs} is not null)`;
  return sql<number>`${and(
    inArray(accountTable.portal, portals),
    eq(accountTable.status, 'active'),
    or(isNull(accountTable.passwordHash), eq(accountTable.passwordHash, hasher.decoy)),
    eq(accountTable.formerPasswordHashes, []),
    not(hasProved),
    not(wasVerified),
  )}`;
};

import { accountTable, handoverTable, identifierTable } from '@shiming/db';
import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/**
 * S-REG-09: that the account that a query reads was opened with the help of an agency and has no proved contact: it is signed in
 * to by its number where the portal otherwise signs in with contacts.
 */
export const isHelped: SQL = sql`(exists (select 1 from ${handoverTable} where ${handoverTable.accountId} = ${accountTable.id}) and not exists (select 1 from ${identifierTable} as "contact" where "contact"."account_id" = ${accountTable.id} and "contact"."kind" in ('mobile', 'email') and "contact"."proved_at_ms" is not null))`;

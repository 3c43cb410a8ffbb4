import { consentTable } from '@shiming/db';
import type { ConsentKind } from '@shiming/domain';
import { type AnyColumn, sql } from 'drizzle-orm';

/** That an account has given a consent and not withdrawn it: a condition for a guard or a query. */
export const hasLiveConsent = (accountId: string | AnyColumn, kind: ConsentKind) =>
  sql`exists (select 1 from ${consentTable} where ${consentTable.accountId} = ${accountId} and ${consentTable.kind} = ${kind} and ${consentTable.withdrawnAtMs} is null)`;

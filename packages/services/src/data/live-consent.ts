import { consentTable } from '@shiming/db';
import type { ConsentKind } from '@shiming/domain';
import { type AnyColumn, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';

/** Whether a consent counts: it was not withdrawn, and the notice that it was given to still holds. */
export const isLiveConsent = ({ portal }: Pick<Deps, 'portal'>) =>
  sql<boolean>`(${consentTable.withdrawnAtMs} is null and (${consentTable.kind} = 'agreement' or ${consentTable.version} >= ${portal.consentsSince}))`.mapWith(
    Boolean,
  );

/** That an account has given a consent that counts: a condition for a guard or a query. */
export const hasLiveConsent = (
  ctx: Pick<Deps, 'portal'>,
  accountId: string | AnyColumn,
  kind: ConsentKind,
) =>
  sql`exists (select 1 from ${consentTable} where ${consentTable.accountId} = ${accountId} and ${consentTable.kind} = ${kind} and ${isLiveConsent(ctx)})`;

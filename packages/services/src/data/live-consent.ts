import { accountTable, consentTable } from '@shiming/db';
import type { ConsentKind } from '@shiming/domain';
import { type AnyColumn, eq, sql } from 'drizzle-orm';
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

/** A statement that answers whether an account has given the consent to the use of its document number. */
export const consentQuery = (ctx: Pick<Deps, 'db' | 'portal'>, accountId: string) =>
  ctx.db
    .select({ isLive: hasLiveConsent(ctx, accountId, 'document_number').mapWith(Boolean) })
    .from(accountTable)
    .where(eq(accountTable.id, accountId));

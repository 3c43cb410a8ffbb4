import type { CaseState } from '@shiming/domain';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Account } from '../account/account.ts';
import type { Ctx } from '../context.ts';
import type { CaseRow } from './state.ts';

/** Statements for the batch in which a transition takes effect: what it does beside the case itself. */
export type Effect = (
  ctx: Ctx,
  found: { row: CaseRow; account: Account | null; state: CaseState },
) => Promise<readonly BatchItem<'sqlite'>[]>;

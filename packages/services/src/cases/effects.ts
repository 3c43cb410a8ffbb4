import type { CaseKind, CaseState } from '@shiming/domain';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Ctx } from '../context.ts';
import { reviewEffect } from '../review/outcome.ts';
import { ticketEffect } from '../ticket/outcome.ts';
import type { CaseRow } from '../review/state.ts';
import type { Account } from '../account/account.ts';

/** Statements for the batch in which a transition takes effect: what it does beside the case itself. */
export type Effect = (
  ctx: Ctx,
  found: { row: CaseRow; account: Account | null; state: CaseState },
) => Promise<readonly BatchItem<'sqlite'>[]>;

export const effects: Readonly<Record<CaseKind, Effect>> = {
  manual_review: reviewEffect,
  ticket: ticketEffect,
};

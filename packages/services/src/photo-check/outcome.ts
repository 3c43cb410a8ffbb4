import { type CaseStatus, groupCaseNumber } from '@shiming/domain';
import { record } from '../audit/record.ts';
import type { Effect } from '../cases/effect.ts';
import { inPortal } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { dropPhoto, endDispute } from './answer.ts';
import { queueReport } from './report.ts';

const outcomes = ['approved', 'rejected', 'expired'] as const;
const isOutcome = (status: CaseStatus): status is (typeof outcomes)[number] =>
  (outcomes as readonly CaseStatus[]).includes(status);

/**
 * What the school's answer does beside the case itself: the check is open again, the authority is sent the answer, the person
 * gets a notice. The photo stays until it was sent, and goes at once where the record was right.
 */
export const disputeEffect: Effect = async (anywhere, { row, account, state: { status } }) => {
  if (account === null || !isOutcome(status)) return [];
  const ctx = inPortal(anywhere, row.portal);
  return [
    ...endDispute(ctx, row),
    ...(status === 'expired' ? [] : [queueReport(ctx, row)]),
    ...(status === 'approved' ? [] : dropPhoto(ctx, row)),
    record(ctx, `dispute.${status}`, account.id, { case: row.id }),
    ...notice(ctx, account.id, `dispute_${status}`, {
      caseNumber: groupCaseNumber(row.caseNumber ?? ''),
    }),
  ];
};

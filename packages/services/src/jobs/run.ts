import { sealAudit } from '../audit/chain.ts';
import type { Deps } from '../context.ts';
import { deliverMail, settleOutbox } from '../outbox/outbox.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { settleVerifications } from '../verification/verify.ts';
import { clearExpired } from './clear-expired.ts';

/** What a minute's run did, for the log: counts, and the head of the audit chain, which so is kept elsewhere too. */
export type JobReport = {
  deliveredMails: number;
  settledMessages: number;
  settledVerifications: number;
  rotatedRows: number;
  auditBlock: number | null;
  auditHead: string | null;
};

/** Everything that is done every minute. Each job may run twice at once; what one has done the other leaves. */
export async function runJobs(deps: Deps): Promise<JobReport> {
  const deliveredMails = await deliverMail(deps);
  const settledMessages = await settleOutbox(deps);
  const settledVerifications = await settleVerifications(deps);
  await clearExpired(deps);
  const rotatedRows = await rotateKeys(deps);
  const sealed = await sealAudit(deps);
  return {
    deliveredMails,
    settledMessages,
    settledVerifications,
    rotatedRows,
    auditBlock: sealed?.block ?? null,
    auditHead: sealed?.hash ?? null,
  };
}

import { appErrorIn } from '@shiming/domain';
import { sealAudit } from '../audit/chain.ts';
import type { Deps } from '../context.ts';
import { expireChanges } from '../help-desk/decide.ts';
import { rotateCorrections } from '../help-desk/rotate.ts';
import { deliverWaiting, reportOutbox, settleOutbox } from '../outbox/outbox.ts';
import { rotateReviews } from '../review/rotate.ts';
import { expireReviews, settleReviews } from '../review/settle.ts';
import { sweepPhotos } from '../review/sweep-photos.ts';
import { rotateStaff } from '../staff/rotate.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { settleVerifications } from '../verification/ask.ts';
import { clearExpired } from './clear-expired.ts';
import { eraseCancelled } from './erase-cancelled.ts';
import { type SendAlarm, watchSends } from './watch-sends.ts';

/** Fewer than a Worker may open connections in one run, and over before the next begins. */
const messagesOfRun = { limit: 300, budgetMs: 40_000 };

/** What a minute's run did, for the log: counts, and the head of the audit chain, which so is kept elsewhere too. */
export type JobReport = Partial<SendAlarm> & {
  deliveredMessages: number;
  refusedMessages: number;
  unclearMessages: number;
  /** Tried, and to be tried again. */
  postponedMessages: number;
  /** Taken by a sender that died before it gave them away. */
  returnedMessages: number;
  waitingMessages: number;
  oldestWaitingMs: number | null;
  messageAlarms: readonly string[];
  settledVerifications: number;
  settledReviews: number;
  expiredReviews: number;
  expiredCorrections: number;
  erasedAccounts: number;
  /** `null`: the store was down, and the next run does it. */
  removedPhotos: number | null;
  rotatedRows: number;
  auditBlock: number | null;
  auditHead: string | null;
};

/** A store of photos that is down holds up nothing else. */
const unlessDown = (work: Promise<number>): Promise<number | null> =>
  work.catch((error: unknown) => {
    if (appErrorIn(error)?.data.code !== 'service.unavailable') throw error;
    return null;
  });

/** Everything that is done every minute. Each job may run twice at once; what one has done the other leaves. */
export async function runJobs(deps: Deps): Promise<JobReport> {
  const settledMessages = await settleOutbox(deps);
  const settledVerifications = await settleVerifications(deps);
  const settledReviews = await settleReviews(deps);
  const expiredReviews = await expireReviews(deps);
  const erasedAccounts = await eraseCancelled(deps);
  const removedPhotos = await unlessDown(sweepPhotos(deps));
  const expiredCorrections = await expireChanges(deps);
  await clearExpired(deps);
  const rotatedRows =
    (await rotateKeys(deps)) +
    (await rotateStaff(deps)) +
    (await rotateCorrections(deps)) +
    ((await unlessDown(rotateReviews(deps))) ?? 0);
  const sealed = await sealAudit(deps);
  const alarm = await watchSends(deps);
  // Last, for nothing else should wait for a slow mail server.
  const delivered = await deliverWaiting(deps, messagesOfRun);
  const outbox = await reportOutbox(deps);
  return {
    ...alarm,
    deliveredMessages: delivered.accepted,
    refusedMessages: delivered.refused,
    unclearMessages: delivered.unclear + settledMessages.unclear,
    postponedMessages: delivered.postponed,
    returnedMessages: settledMessages.returned,
    waitingMessages: outbox.waiting,
    oldestWaitingMs: outbox.oldestWaitingMs,
    messageAlarms: outbox.alarms,
    settledVerifications,
    settledReviews,
    expiredReviews,
    expiredCorrections,
    erasedAccounts,
    removedPhotos,
    rotatedRows,
    auditBlock: sealed?.block ?? null,
    auditHead: sealed?.hash ?? null,
  };
}

import { alarmOf, type AppErrorCode, appErrorIn, noteOf } from '@shiming/domain';

/** The line of work after the answer that failed. */
export type DeferredLine = {
  procedure: 'deferred';
  requestId: string;
  outcome: AppErrorCode;
  note: string;
  /** What the operator is called for, where it is that. */
  alarm?: string;
};

/**
 * Does what was deferred. What it throws becomes a line: left to the runtime, it would be logged whole, and the message of
 * a database's error has the SQL with what was to be written.
 */
export async function doDeferred(
  work: () => Promise<unknown>,
  requestId: string,
  log: (line: DeferredLine) => void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const outcome = appErrorIn(error)?.data.code ?? 'internal.unexpected';
    const alarm = alarmOf(error);
    log({
      procedure: 'deferred',
      requestId,
      outcome,
      note: noteOf(error),
      ...(alarm === undefined ? {} : { alarm }),
    });
  }
}

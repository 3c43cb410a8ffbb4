import { type Database, isReady, isWritable } from '@shiming/db';

/** How often an isolate asks for the writers' lock, however often it is asked how it is. */
const probeEveryMs = 2_000;
/** The caller wants to know now. */
const patienceMs = 5_000;

/**
 * Says whether the service can do its work: whether the database answers, has every migration and lets somebody write. A
 * question between two probes is answered by the last one, so an answer is the same for everybody who asks in between.
 */
export function createHealth(now: () => number): (db: Database) => Promise<boolean> {
  let probedAtMs = Number.NEGATIVE_INFINITY;
  let couldWrite = true;

  return async (db) => {
    // A clock that was set back does not keep an answer either.
    const isProbe = Math.abs(now() - probedAtMs) >= probeEveryMs;
    if (isProbe) probedAtMs = now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), patienceMs);
    });
    const asked = (isProbe ? isWritable(db) : isReady(db)).catch(() => false);
    const isOk = await Promise.race([asked, tooLate]);
    clearTimeout(timer);
    if (isProbe) couldWrite = isOk;
    return isOk && couldWrite;
  };
}

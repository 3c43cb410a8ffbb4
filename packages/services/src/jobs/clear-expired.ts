import {
  allowanceTable,
  challengeTable,
  commit,
  outboxTable,
  puzzleTable,
  recoveryTable,
  registrationTable,
  sessionTable,
} from '@shiming/db';
import { lt } from 'drizzle-orm';
import type { Deps } from '../context.ts';

const day = 24 * 3_600_000;
/** Network security law, art. 23: logs are kept for six months at least. */
const logMs = 183 * day;

/**
 * The job that forgets what has ended: secrets and drafts at once, messages (which hold a number and a code)
 * a day after they are of no use, the ledger and sessions when their time as a log is over.
 */
export async function clearExpired(deps: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const nowMs = deps.now();
  const { db } = deps;
  await commit(db, [
    db.delete(challengeTable).where(lt(challengeTable.expiresAtMs, nowMs - day)),
    db.delete(puzzleTable).where(lt(puzzleTable.expiresAtMs, nowMs)),
    db.delete(recoveryTable).where(lt(recoveryTable.expiresAtMs, nowMs)),
    db.delete(registrationTable).where(lt(registrationTable.expiresAtMs, nowMs)),
    db.delete(outboxTable).where(lt(outboxTable.expiresAtMs, nowMs - day)),
    db.delete(allowanceTable).where(lt(allowanceTable.atMs, nowMs - logMs)),
    db.delete(sessionTable).where(lt(sessionTable.lastSeenAtMs, nowMs - logMs)),
  ]);
}

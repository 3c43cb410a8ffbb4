import { sql } from 'drizzle-orm';
import newest from '../../../drizzle/newest.json' with { type: 'json' };
import type { Database } from './unit-of-work.ts';

const newestApplied = sql`select max(created_at) as newest from __drizzle_migrations`;

/**
 * Whether the database answers and has every migration this build knows.
 *
 * @throws AppError service.unavailable when it does not answer
 */
export async function isReady(db: Database): Promise<boolean> {
  const [applied] = await db.all<{ newest: number | null }>(newestApplied);
  return (applied?.newest ?? 0) >= newest.atMs;
}

/**
 * The same, and whether it lets somebody write: this waits for the lock of writers as a write does, and writes nothing. A
 * database that serves its readers may have writers that wait for ever.
 *
 * @throws AppError service.unavailable when it does not answer
 */
export async function isWritable(db: Database): Promise<boolean> {
  const [[applied]] = await db.batch([
    db.all<{ newest: number | null }>(newestApplied),
    db.run(sql`update __drizzle_migrations set hash = hash where false`),
  ]);
  return (applied?.newest ?? 0) >= newest.atMs;
}

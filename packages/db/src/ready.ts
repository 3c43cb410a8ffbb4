import { sql } from 'drizzle-orm';
import journal from '../../../drizzle/meta/_journal.json' with { type: 'json' };
import type { Database } from './unit-of-work.ts';

const newestMs = Math.max(...journal.entries.map((entry) => entry.when));

/**
 * Whether the database answers and has every migration this build knows.
 *
 * @throws AppError service.unavailable when it does not answer
 */
export async function isReady(db: Database): Promise<boolean> {
  const [applied] = await db.all<{ newest: number | null }>(
    sql`select max(created_at) as newest from __drizzle_migrations`,
  );
  return (applied?.newest ?? 0) >= newestMs;
}

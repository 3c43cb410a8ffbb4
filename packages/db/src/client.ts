import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { type Connection, createHranaDriver, type Driver } from './hrana.ts';
import { type Database, type Meter, newMeter } from './unit-of-work.ts';

const maxAttempts = 5;

/** Full jitter: 10–20 ms at first, up to 320 ms. */
const backoffMs = (attempt: number) => 10 * 2 ** attempt * (1 + Math.random());

const isBusy = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/** The one place that tries again: another writer held the lock, so nothing has happened yet. */
async function retryBusy<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isBusy(error) || attempt === maxAttempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt - 1)));
    }
  }
}

const readOnly = ({ sql }: { sql: string }) => /^\s*select\b/i.test(sql);

/**
 * A database over a driver. Every statement and every batch is one round trip, counted in `meter`;
 * batches that only read do not take the write lock.
 */
export function databaseOver(driver: Driver, meter: Meter): Database {
  const database = drizzle(
    async (sql, args, method) => {
      meter.roundTrips += 1;
      const { rows } = await retryBusy(() => driver.execute({ sql, args }));
      // What is got is one row; the type knows only lists.
      return { rows: method === 'get' ? (rows[0] as never) : rows };
    },
    (queries) => {
      meter.roundTrips += 1;
      const statements = queries.map(({ sql, params }) => ({ sql, args: params }));
      const mode = statements.every(readOnly) ? 'read' : 'write';
      return retryBusy(() => driver.batch(statements, mode));
    },
  );
  return Object.assign(database, { meter });
}

/**
 * A database for one request: sqld or Turso over HTTP. What it is asked throws AppError service.unavailable when
 * it cannot be reached.
 */
export const connect = (connection: Connection, meter: Meter = newMeter()): Database =>
  databaseOver(createHranaDriver(connection, meter), meter);

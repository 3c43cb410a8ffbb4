import { AppError } from '@shiming/domain';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import { SqliteRemoteDatabase, SQLiteRemoteSession } from 'drizzle-orm/sqlite-proxy';
import {
  type Connection,
  createHranaDriver,
  type Driver,
  inOne,
  type Keeping,
  readOnly,
  tooManyRequests,
  transactionTimeout,
} from './hrana.ts';
import { type Database, type Meter, newMeter } from './unit-of-work.ts';

/** A caller begins no further attempt after so long. */
const patienceMs = 8_000;
const attemptsAtMost = 12;

/** 5–15 ms at first, then twice as long each time, up to half a second. */
const backoffMs = (attempt: number) => Math.min(10 * 2 ** attempt, 500) * (0.5 + Math.random());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A refusal that has left everything as it was: another writer held the lock, the server had too many requests (429), or it
 * ended the transaction because others waited for it.
 */
const isOverload = (code: string): boolean =>
  code.startsWith('SQLITE_BUSY') || code === tooManyRequests || code === transactionTimeout;

/** A refusal that is about the server's disk and not about what was asked; a moment later it is the same. */
const isOfDisk = (code: string): boolean => /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN)/.test(code);

/** The one place that tries again. An overload that lasts comes out as service.unavailable, and a disk that takes nothing at once. */
async function retryOverload<T>(attempts: number, run: () => Promise<T>): Promise<T> {
  const startMs = Date.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const hasTried = attempt === attempts || Date.now() - startMs > patienceMs;
      if (isOfDisk(code) || (hasTried && isOverload(code))) {
        throw new AppError({ code: 'service.unavailable' }, code);
      }
      if (!isOverload(code)) throw error;
      await pause(backoffMs(attempt - 1));
    }
  }
}

/** Drizzle's relational queries are not used. */
type Schema = Record<string, never>;
/** One for all requests: it remembers what the columns of each table are called. */
const dialect = new SQLiteAsyncDialect();

/**
 * A database over a driver. Every statement and every batch is one round trip, counted in `meter`;
 * batches that only read do not take the write lock.
 */
export function databaseOver(driver: Driver, meter: Meter, attempts = attemptsAtMost): Database {
  const once = <Result>(run: () => Promise<Result>): Promise<Result> => {
    meter.roundTrips += 1;
    return retryOverload(attempts, run);
  };
  const ask: Database['ask'] = (question) =>
    once(async () => driver.ask?.(question) ?? (await driver.execute(inOne([question]))).rows);
  const session = new SQLiteRemoteSession<Schema, ExtractTablesWithRelations<Schema>>(
    async (sql, args, method) => {
      const { rows } = await once(() => driver.execute({ sql, args }));
      // What is got is one row; the type knows only lists.
      return { rows: method === 'get' ? (rows[0] as never) : rows };
    },
    dialect,
    undefined,
    (queries) => {
      const statements = queries.map(({ sql, params }) => ({ sql, args: params }));
      const mode = statements.every(readOnly) ? 'read' : 'write';
      return once(() => driver.batch(statements, mode));
    },
  );
  const database = new SqliteRemoteDatabase<Schema>('async', dialect, session, undefined);
  return Object.assign(database, { meter, ask });
}

/**
 * A database for one request: sqld or Turso over HTTP. What it is asked throws AppError service.unavailable when
 * it cannot be reached, does not answer in time, or stays overloaded. With `keeping`, connections are kept for the
 * requests behind this one.
 */
export const connect = (
  connection: Connection,
  meter: Meter = newMeter(),
  keeping?: Keeping,
): Database => databaseOver(createHranaDriver(connection, meter, keeping), meter);

export { createStreams } from './streams.ts';

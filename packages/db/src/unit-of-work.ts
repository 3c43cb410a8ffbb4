import { AppError, type AppErrorData } from '@shiming/domain';
import { sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import type { Question, Rows } from './streams.ts';
import { refusalTable } from './schema/mechanisms.ts';

/** What a request has asked of the database. `rowsRead` is what sqld says it looked at; a local file does not tell. */
export type Meter = { roundTrips: number; rowsRead: number };
export const newMeter = (): Meter => ({ roundTrips: 0, rowsRead: 0 });

export type Database = SqliteRemoteDatabase & {
  readonly meter: Meter;
  /** Asks a query that is built already (`compiled`). */
  ask(question: Question): Promise<Rows>;
};

export type Batch = [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]];

const refusalOf = new WeakMap<object, AppErrorData>();

/**
 * A statement that does nothing where `condition` holds and takes back the whole batch where it does not, or is null;
 * `commit` then throws `refusal`. So a limit is checked inside the same transaction as the write it guards.
 */
export function guard(db: Database, condition: SQL, refusal: AppErrorData) {
  const statement = db.run(
    sql`insert into ${refusalTable} select ${refusal.code} where (${condition}) is not true`,
  );
  refusalOf.set(statement, refusal);
  return statement;
}

/** For a guard: that the write just before it in the batch has met a row. */
export const hasWritten = sql`changes() > 0`;

/** The index of the failed statement, where the error is a batch's. */
function failedStatement(error: unknown): number | null {
  const cause = causeOf(error);
  return cause !== null && 'statementIndex' in cause && typeof cause.statementIndex === 'number'
    ? cause.statementIndex
    : null;
}

/** Drizzle wraps the client's errors; the one with a code is inside. */
function causeOf(error: unknown): (object & { code: string; message: string }) | null {
  let current = error;
  while (typeof current === 'object' && current !== null) {
    if ('code' in current && typeof current.code === 'string' && 'message' in current) {
      return current as { code: string; message: string };
    }
    current = 'cause' in current ? current.cause : null;
  }
  return null;
}

/** Whether a write was refused because `column` (`table.column`) must be unique. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  const cause = causeOf(error);
  return cause !== null && cause.message.includes(`UNIQUE constraint failed: ${column}`);
}

/**
 * One write: one round trip, one transaction. Answers the results in order.
 *
 * @throws AppError when a guard refuses: nothing was written.
 */
export async function commit<const B extends Readonly<Batch>>(db: Database, batch: B) {
  try {
    return await db.batch(batch);
  } catch (error) {
    const index = failedStatement(error);
    const statement = index === null ? undefined : batch[index];
    const refusal = statement === undefined ? undefined : refusalOf.get(statement);
    if (refusal !== undefined && causeOf(error)?.message.includes('CHECK constraint failed')) {
      throw new AppError(refusal);
    }
    throw error;
  }
}

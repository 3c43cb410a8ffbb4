import type { InValue, Row } from '@libsql/client';
import { AppError } from '@shiming/domain';
import type { Meter } from './unit-of-work.ts';

/** Where the database is: `http(s)://…` of sqld, `libsql://…` of Turso; and how long a request to it may take. */
export type Connection = { url: string; authToken?: string | undefined; deadlineMs?: number };

/** A statement and what stands for its question marks. */
export type Statement = { sql: string; args: InValue[] };

/** What can be asked of a database, each in one round trip. Clients of libSQL are this, too. */
export type Driver = {
  execute(statement: Statement): Promise<{ rows: Row[] }>;
  batch(statements: Statement[], mode: 'read' | 'write'): Promise<{ rows: Row[] }[]>;
};

/** What the server says when it has no connection to spare; nothing was done. */
export const tooManyRequests = 'HTTP_429';
/** What sqld says of a transaction that held the lock too long while others waited; nothing of it was written. */
export const transactionTimeout = 'TRANSACTION_TIMEOUT';

/**
 * How long one request may take. sqld makes a writer wait up to 5 s for another one's transaction, and then gives it
 * 5 s of its own.
 */
const usualDeadlineMs = 12_000;

/** What the database refused, under SQLite's name for it; of a batch also which statement it was. */
class DatabaseError extends Error {
  readonly code: string;
  readonly statementIndex: number | null;
  constructor(message: string, code: string, statementIndex: number | null) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
    this.statementIndex = statementIndex;
  }
}

/** Values as they travel. No column holds bytes. */
type Value =
  | { type: 'null' }
  | { type: 'text'; value: string }
  | { type: 'float'; value: number }
  | { type: 'integer'; value: string };
type StatementResult = {
  cols: readonly { name: string | null }[];
  rows: readonly (readonly Value[])[];
  rows_read?: number;
};
type Refusal = { message: string; code?: string | null };
type BatchResult = {
  step_results: readonly (StatementResult | null)[];
  step_errors: readonly (Refusal | null)[];
};
type Answer<Result> = {
  results?: readonly (
    | { type: 'ok'; response?: { result?: Result } }
    | { type: 'error'; error: Refusal }
  )[];
} | null;

const unavailable = (why: string) => new AppError({ code: 'service.unavailable' }, why);

const noAnswer = (error: unknown): never => {
  throw unavailable(error instanceof Error ? error.name : 'no answer');
};

const refused = ({ message, code }: Refusal, statementIndex: number | null) =>
  code === undefined || code === null
    ? unavailable('refused without a code')
    : new DatabaseError(message, code, statementIndex);

function encode(value: InValue): Value {
  if (value === null) return { type: 'null' };
  if (typeof value === 'string') return { type: 'text', value };
  if (typeof value === 'number' && Number.isFinite(value)) return { type: 'float', value };
  if (typeof value === 'boolean' || typeof value === 'bigint') {
    return { type: 'integer', value: String(BigInt(value)) };
  }
  throw new TypeError(`No column takes such a ${typeof value}.`);
}

function decode(value: Value): string | number | null {
  if (value.type === 'null') return null;
  return value.type === 'integer' ? Number(value.value) : value.value;
}

/**
 * Each value can be had by its index and, where the row is listed, stands under its column. Columns may be called as an
 * index is: a literal in a query is called by its text.
 */
const rowsOf = ({ cols, rows }: StatementResult): Row[] =>
  rows.map((sent) => {
    const values = sent.map(decode);
    const named = values.map((value, index) => [cols[index]?.name ?? '', value] as const);
    const row = Object.fromEntries(named) as Row;
    for (const [index, value] of values.entries()) Object.defineProperty(row, index, { value });
    return Object.defineProperty(row, 'length', { value: values.length });
  });

const encoded = ({ sql, args }: Statement) => ({ sql, args: args.map(encode), want_rows: true });
const ok = (step: number) => ({ type: 'ok', step });
const begin = { read: 'BEGIN TRANSACTION READONLY', write: 'BEGIN IMMEDIATE' };

/**
 * Hrana 2 over HTTP, as far as it is needed: a statement, or several in one transaction, in one request.
 *
 * @throws AppError service.unavailable where no database answers in time: what a batch was to write may be written then
 * @throws DatabaseError where it refuses; nothing of a batch has been written then
 *
 * @see https://github.com/tursodatabase/libsql/blob/main/docs/HTTP_V2_SPEC.md
 */
export function createHranaDriver(
  { url, authToken, deadlineMs = usualDeadlineMs }: Connection,
  meter: Meter,
): Driver {
  const pipeline = `${url.replace(/^libsql:/, 'https:').replace(/\/$/, '')}/v2/pipeline`;
  const headers = {
    'content-type': 'application/json',
    // sqld packs every answer, and both sides would spend more on that than on a kilobyte between them.
    'accept-encoding': 'identity',
    ...(authToken === undefined ? {} : { authorization: `Bearer ${authToken}` }),
  };

  async function ask<Result>(request: object): Promise<Result> {
    const body = JSON.stringify({ requests: [request, { type: 'close' }] });
    const signal = AbortSignal.timeout(deadlineMs);
    const response = await fetch(pipeline, { method: 'POST', headers, body, signal }).catch(
      noAnswer,
    );
    if (response.status === 429) {
      await response.body?.cancel();
      throw new DatabaseError('too many requests', tooManyRequests, null);
    }
    if (!response.ok) throw unavailable(`HTTP ${response.status}`);
    const answer: Answer<Result> = await response.json().catch(noAnswer);
    const first = answer?.results?.[0];
    if (first?.type === 'error') throw refused(first.error, null);
    if (first?.response?.result === undefined) throw unavailable('not an answer of a database');
    return first.response.result;
  }

  return {
    async execute(statement) {
      const result = await ask<StatementResult>({ type: 'execute', stmt: encoded(statement) });
      meter.rowsRead += result.rows_read ?? 0;
      return { rows: rowsOf(result) };
    },

    async batch(statements, mode) {
      const commit = statements.length + 1;
      const steps = [
        { stmt: { sql: begin[mode] } },
        ...statements.map((statement, index) => ({
          condition: ok(index),
          stmt: encoded(statement),
        })),
        { condition: ok(commit - 1), stmt: { sql: 'COMMIT' } },
        { condition: { type: 'not', cond: ok(commit) }, stmt: { sql: 'ROLLBACK' } },
      ];
      const result = await ask<BatchResult>({ type: 'batch', batch: { steps } });
      for (const step of result.step_results) meter.rowsRead += step?.rows_read ?? 0;
      for (const [step, error] of result.step_errors.entries()) {
        if (error !== null) throw refused(error, step - 1);
      }
      return statements.map((_, index) => {
        const done = result.step_results[index + 1];
        if (done === undefined || done === null) throw unavailable('a statement without a result');
        return { rows: rowsOf(done) };
      });
    },
  };
}

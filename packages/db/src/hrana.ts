import type { InValue, Row } from '@libsql/client';
import { AppError } from '@shiming/domain';
import type { Asking, Question, Rows, Served, Stream, Streams } from './streams.ts';
import type { Meter } from './unit-of-work.ts';

/** Where the database is: `http(s)://…` of sqld, `libsql://…` of Turso; and how long a request to it may take. */
export type Connection = { url: string; authToken?: string | undefined; deadlineMs?: number };

/** The streams that requests share, and how a request does what outlasts its answer. */
export type Keeping = { streams: Streams; defer: (work: () => Promise<unknown>) => void };

/** A statement and what stands for its question marks. */
export type Statement = { sql: string; args: InValue[] };

/** What can be asked of a database, each in one round trip. Clients of libSQL are this, too. */
export type Driver = {
  execute(statement: Statement): Promise<{ rows: Row[] }>;
  /** Asks a question, along with those of other requests. Without it, it is asked as a statement. */
  ask?(question: Question): Promise<Rows>;
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
  baton?: string | null;
  base_url?: string | null;
  results?: readonly (
    | { type: 'ok'; response?: { result?: Result } }
    | { type: 'error'; error: Refusal }
  )[];
};

/** Whether a statement only reads. */
export const readOnly = ({ sql }: { sql: string }): boolean => /^\s*select\b/i.test(sql);

const unavailable = (why: string) => new AppError({ code: 'service.unavailable' }, why);

const isTooMany = (error: unknown) =>
  error instanceof DatabaseError && error.code === tooManyRequests;

const noAnswer = (error: unknown): never => {
  throw unavailable(error instanceof Error ? error.name : 'no answer');
};

/** That the database has no such stream, or no longer: nothing of the request was done. */
class StreamGone extends Error {}
const isGone = (text: string) =>
  /STREAM_EXPIRED|invalid baton|stream for this baton was closed/i.test(text);

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

/** A row whose values can be had by their indexes, without being listed there. */
class IndexedRow {
  readonly #values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.#values = values;
  }
  get length(): number {
    return this.#values.length;
  }
  static at(row: IndexedRow, index: number): unknown {
    return row.#values[index];
  }
}
/** As many as a result of SQLite has columns at most. */
const columnsAtMost = 2_000;
for (let index = 0; index < columnsAtMost; index += 1) {
  Object.defineProperty(IndexedRow.prototype, index, {
    get(this: IndexedRow) {
      return IndexedRow.at(this, index);
    },
  });
}

/**
 * Each value can be had by its index and, where the row is listed, stands under its column. Columns may be called as an
 * index is: a literal in a query is called by its text.
 */
function rowsOf({ cols, rows }: StatementResult): Row[] {
  const names = cols.map(({ name }) => name ?? '');
  const listed = names.map((name) => !Object.hasOwn(IndexedRow.prototype, name));
  return rows.map((sent) => {
    const values = sent.map(decode);
    const row = new IndexedRow(values) as unknown as Row;
    for (const [index, name] of names.entries()) {
      if (listed[index] === true) row[name] = values[index] ?? null;
    }
    return row;
  });
}

function resultOf<Result>({ results }: Answer<Result>): Result {
  const first = results?.[0];
  if (first?.type === 'error') throw refused(first.error, null);
  if (first?.response?.result === undefined) throw unavailable('not an answer of a database');
  return first.response.result;
}

const pipelineOf = (base: string): string =>
  `${base.replace(/^libsql:/, 'https:').replace(/\/$/, '')}/v2/pipeline`;
const close = { type: 'close' };
const newStream = { baton: null, url: null };

/** How a request may be asked. */
type Manner<Result> = {
  isRead: boolean;
  /** Of what opens a transaction: whether its result, if there is one, says that the transaction has ended. */
  hasEnded?: (result: Result | undefined) => boolean;
};

/** What has begun goes on after the answer. */
const keepGoing = (defer: Keeping['defer'], work: Promise<unknown>) => defer(() => work);

const encoded = ({ sql, args }: Statement) => ({ sql, args: args.map(encode), want_rows: true });
const ok = (step: number) => ({ type: 'ok', step });
const execute = (statement: Statement) => ({ type: 'execute', stmt: encoded(statement) });

/** The statement that asks all of these questions, which have one text. */
export const inOne = (questions: readonly Question[]): Statement => ({
  sql: questions[0]?.sql ?? '',
  args: [JSON.stringify(questions.map(({ args }) => args))],
});

/** The rows of each of so many who have asked in one statement. */
function rowsOfEach({ rows }: StatementResult, askers = 1): Rows[] {
  const each: Rows[] = Array.from({ length: askers }, () => []);
  for (const row of rows) {
    const values = row.map(decode);
    each[Number(values.pop())]?.push(values);
  }
  return each;
}

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
  keeping?: Keeping,
): Driver {
  const pipeline = pipelineOf(url);
  const headers = {
    'content-type': 'application/json',
    // sqld packs every answer, and both sides would spend more on that than on a kilobyte between them.
    'accept-encoding': 'identity',
    ...(authToken === undefined ? {} : { authorization: `Bearer ${authToken}` }),
  };

  async function post<Result>(
    { baton, url: to }: Pick<Stream, 'baton' | 'url'>,
    requests: readonly object[],
    signal: AbortSignal,
  ): Promise<Answer<Result>> {
    const response = await fetch(to ?? pipeline, {
      method: 'POST',
      headers,
      body: JSON.stringify({ baton, requests }),
      signal,
    }).catch(noAnswer);
    if (response.status === 429) {
      await response.body?.cancel();
      throw new DatabaseError('too many requests', tooManyRequests, null);
    }
    if (!response.ok) {
      if (baton !== null && isGone(await response.text().catch(noAnswer))) throw new StreamGone();
      throw unavailable(`HTTP ${response.status}`);
    }
    const answer: Answer<Result> | null = await response.json().catch(noAnswer);
    return answer ?? {};
  }

  /** Closes a stream. What cannot be closed expires. */
  const sendClose = ({ baton, url: to }: Stream) =>
    post({ baton, url: to }, [close], AbortSignal.timeout(deadlineMs)).catch(() => null);

  /**
   * Asks by a kept stream. Where it is gone, a new one is opened, once; and for a read also where it broke, since what a
   * write came to is then not known. A stream whose transaction may still be open is closed: what the next request wrote
   * would be lost with it.
   */
  async function askBy<Result>(
    { streams, defer }: Keeping,
    stream: Stream,
    request: object,
    signal: AbortSignal,
    { isRead, hasEnded }: Manner<Result>,
  ): Promise<Result> {
    const requests = Date.now() >= stream.untilMs ? [request, close] : [request];
    const wasKept = stream.baton !== null;
    let baton: string | null = null;
    try {
      const answer = await post<Result>(stream, requests, signal).catch((error: unknown) => {
        // The stream is as it was.
        if (isTooMany(error)) baton = stream.baton;
        else if (wasKept) {
          const isGone = error instanceof StreamGone;
          if (!isGone) keepGoing(defer, sendClose(stream));
          if (isGone || isRead) return post<Result>(newStream, requests, signal);
        }
        throw error;
      });
      baton = answer.baton ?? null;
      if (typeof answer.base_url === 'string') stream.url = pipelineOf(answer.base_url);
      const [first] = answer.results ?? [];
      const result = first?.type === 'ok' ? first.response?.result : undefined;
      if (baton !== null && hasEnded?.(result) === false) {
        await sendClose({ ...stream, baton });
        baton = null;
      }
      if (baton !== null && !stream.isWatched) {
        stream.isWatched = true;
        keepGoing(defer, closeInTime(streams, stream));
      }
      return resultOf(answer);
    } finally {
      streams.give(stream, baton);
    }
  }

  async function closeInTime(streams: Streams, stream: Stream): Promise<void> {
    if (!(await streams.takeLast(stream))) return;
    await sendClose(stream);
    streams.give(stream, null);
  }

  async function ask<Result>(
    request: object,
    manner: Manner<Result>,
    hasWaited = false,
  ): Promise<Result> {
    const signal = AbortSignal.timeout(deadlineMs);
    const served = hasWaited ? null : await keeping?.streams.take();
    return keeping !== undefined && served && 'stream' in served
      ? askBy(keeping, served.stream, request, signal, manner)
      : resultOf(await post<Result>(newStream, [request, close], signal));
  }

  /**
   * Asks questions of one text in one statement, and serves each: without an answer where the statement came to none. Who waits
   * by then with such a question is asked for next, as long as the stream is kept. Returns why there was no answer.
   */
  async function askTogether(
    keeping: Keeping,
    stream: Stream,
    sql: string,
    asking: readonly Asking[],
  ): Promise<unknown> {
    const { streams, defer } = keeping;
    const signal = AbortSignal.timeout(deadlineMs);
    let rows: Rows[] = [];
    let rowsRead = 0;
    let failure: unknown = null;
    try {
      const request = execute(inOne(asking.map(({ question }) => question)));
      const result = await askBy<StatementResult>(keeping, stream, request, signal, {
        isRead: true,
      });
      rows = rowsOfEach(result, asking.length);
      rowsRead = result.rows_read ?? 0;
    } catch (error) {
      failure = error;
    }
    const upTo = (askers: number) => Math.floor((rowsRead * askers) / asking.length);
    for (const [at, each] of asking.entries()) {
      each.served = { answer: rows[at] ?? null, rowsRead: upTo(at + 1) - upTo(at) };
    }
    if (failure === null && streams.takeOn(stream, sql)) {
      keepGoing(defer, askTogether(keeping, stream, sql, streams.takeAlong(sql)));
    }
    return failure;
  }

  /** Asks a question along with those of its text that wait. Returns what this one came to. */
  async function askAlong(keeping: Keeping, stream: Stream, question: Question): Promise<Served> {
    const { sql } = question;
    const own: Asking = { question, served: undefined };
    const asking = [own, ...keeping.streams.takeAlong(sql)];
    const failure = await askTogether(keeping, stream, sql, asking);
    // Which of several questions is refused is not known.
    const isOfOne = failure instanceof DatabaseError && !isTooMany(failure) && asking.length > 1;
    if (failure !== null && !isOfOne) throw failure;
    return own.served ?? null;
  }

  return {
    async execute(statement) {
      const result = await ask<StatementResult>(execute(statement), {
        isRead: readOnly(statement),
      });
      meter.rowsRead += result.rows_read ?? 0;
      return { rows: rowsOf(result) };
    },

    async ask(question) {
      let served = await keeping?.streams.take(question);
      if (keeping !== undefined && served && 'stream' in served) {
        served = await askAlong(keeping, served.stream, question);
      }
      if (served && 'answer' in served) {
        meter.rowsRead += served.rowsRead;
        if (served.answer !== null) return served.answer;
      }
      // What was asked with others and got no answer asks for itself.
      const request = execute(inOne([question]));
      const result = await ask<StatementResult>(request, { isRead: true }, served === null);
      meter.rowsRead += result.rows_read ?? 0;
      return rowsOfEach(result)[0] ?? [];
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
      const result = await ask<BatchResult>(
        { type: 'batch', batch: { steps } },
        {
          isRead: mode === 'read',
          hasEnded: (came) => {
            const { step_results: done = [], step_errors: failed = [] } = came ?? {};
            const hasDone = (step: number) => (done[step] ?? null) !== null;
            return hasDone(commit) || hasDone(commit + 1) || (failed[0] ?? null) !== null;
          },
        },
      );
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

import { type Client, createClient, type InStatement } from '@libsql/client/http';
import { drizzle } from 'drizzle-orm/libsql/http';
import { AppError, appErrorIn } from '@shiming/domain';
import { type Database, type Meter, newMeter } from './unit-of-work.ts';

/** Where the database is: `http(s)://…` of sqld or Turso. */
export type Connection = { url: string; authToken?: string | undefined };

const maxAttempts = 5;

/** Full jitter: 10–20 ms at first, up to 320 ms. */
const backoffMs = (attempt: number) => 10 * 2 ** attempt * (1 + Math.random());

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const isBusy = (error: unknown) => codeOf(error).startsWith('SQLITE_BUSY');

const unavailable = (why: string) => new AppError({ code: 'service.unavailable' }, why);

/** The server answered, but not as a database. */
const isDown = (error: unknown) =>
  error instanceof SyntaxError || /^(?:SERVER_ERROR|HRANA_|UNKNOWN)/.test(codeOf(error));

const noAnswer = (error: unknown): never => {
  throw unavailable(error instanceof Error ? error.name : 'no answer');
};

/**
 * The one place that tries again: another writer held the lock, so nothing has happened yet.
 *
 * @throws AppError service.unavailable when the database cannot be reached
 */
async function retryBusy<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (isDown(error)) throw appErrorIn(error) ?? unavailable(codeOf(error));
      if (!isBusy(error) || attempt === maxAttempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt - 1)));
    }
  }
}

const readOnly = (statement: InStatement): boolean =>
  /^\s*select\b/i.test(typeof statement === 'string' ? statement : statement.sql);

type StatementResult = { rows_read?: number } | null | undefined;

/** What a pipeline answers, as far as it is counted (Hrana 2, `PipelineRespBody`). */
type PipelineAnswer = {
  results?: readonly {
    response?: { result?: StatementResult & { step_results?: readonly StatementResult[] } };
  }[];
};

function rowsReadIn({ results = [] }: PipelineAnswer): number {
  let rows = 0;
  for (const { response } of results) {
    rows += response?.result?.rows_read ?? 0;
    for (const step of response?.result?.step_results ?? []) rows += step?.rows_read ?? 0;
  }
  return rows;
}

/**
 * Counts the rows that the server says it read. The client speaks Hrana 2 over JSON and asks an answer for
 * nothing but `ok` and `json`, so it is given those: making Requests and Responses anew costs workerd more than
 * everything else on this way.
 */
function meteredFetch(meter: Meter): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init).catch(noAnswer);
    if (!response.ok) throw unavailable(`HTTP ${response.status}`);
    const body: PipelineAnswer = await response.json().catch(noAnswer);
    meter.rowsRead += rowsReadIn(body);
    return { ok: true, json: () => Promise.resolve(body), body: null } as unknown as Response;
  };
}

/**
 * A database over a client. Every execute and every batch is one round trip, counted in `meter`;
 * batches that only read do not take the write lock.
 */
export function databaseOver(client: Client, meter: Meter): Database {
  const metered: Client = Object.create(client, {
    execute: {
      value: (statement: InStatement) => {
        meter.roundTrips += 1;
        return retryBusy(() => client.execute(statement));
      },
    },
    batch: {
      value: (statements: InStatement[]) => {
        meter.roundTrips += 1;
        const mode = statements.every(readOnly) ? 'read' : 'write';
        return retryBusy(() => client.batch(statements, mode));
      },
    },
  });
  return Object.assign(drizzle({ client: metered }), { meter });
}

/** A database for one request: sqld or Turso over HTTP. */
export function connect(connection: Connection, meter: Meter = newMeter()): Database {
  const client = createClient({
    url: connection.url,
    ...(connection.authToken === undefined ? {} : { authToken: connection.authToken }),
    fetch: meteredFetch(meter),
  });
  return databaseOver(client, meter);
}

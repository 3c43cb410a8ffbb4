import type { InValue } from '@libsql/client';
import {
  fillPlaceholders,
  is,
  Param,
  Placeholder,
  QueryPromise,
  sql as drizzleSql,
} from 'drizzle-orm';
import type { RunnableQuery } from 'drizzle-orm/runnable-query';
import { databaseOver } from './client.ts';
import { type Database, newMeter } from './unit-of-work.ts';

const asksNobody = () =>
  Promise.reject(new Error('This query is built here, and asked elsewhere.'));
const builder = databaseOver({ execute: asksNobody, batch: asksNobody }, newMeter());

type Query<Rows> = PromiseLike<Rows> & {
  prepare(): {
    getQuery(): { sql: string; params: unknown[] };
    mapAllResult(rows: unknown): unknown;
  };
};

/** A constant in SQL. It is our own: what comes from outside is a placeholder. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (value === null || typeof value === 'number') return String(value);
  throw new Error(`No constant is a ${typeof value}.`);
}

/** SQL with its constants in it, and each placeholder once as `placed` writes it. */
function withConstants(
  { sql, params }: { sql: string; params: unknown[] },
  placed = (number: number) => `?${number}`,
) {
  const placeholders: unknown[] = [];
  const numberOf = (param: unknown, name: string): string => {
    const known = placeholders.findIndex((each) => nameOf(each) === name);
    return placed(known === -1 ? placeholders.push(param) : known + 1);
  };
  const parts = sql.split('?');
  if (parts.length !== params.length + 1) throw new Error('A question mark is no parameter here.');
  const text = parts.map((part, index) => {
    const param = params[index];
    if (index === params.length) return part;
    const name = nameOf(param);
    return part + (name === null ? literal(param) : numberOf(param, name));
  });
  return { sql: text.join(''), params: placeholders };
}

/** The name of a placeholder, also of one that a column encodes; `null` of a constant. */
function nameOf(param: unknown): string | null {
  const inner = is(param, Param) ? param.value : param;
  return is(inner, Placeholder) ? inner.name : null;
}

/**
 * Where a query begins to say what it reads from, outside of what it selects.
 *
 * @throws Error where it reads from nothing, or where its rows depend on each other: those of all who ask are one answer.
 */
function fromOf(text: string): number {
  let depth = 0;
  let from = -1;
  for (const { 0: found, index } of text.matchAll(/[()]| (?:from|group by|order by|limit) /g)) {
    if (found === '(') depth += 1;
    else if (found === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (found === ' from ') from = from === -1 ? index : from;
    else throw new Error(`A query for all who ask it at once has no${found.trimEnd()}.`);
  }
  if (from === -1) throw new Error('This query reads from nothing.');
  return from;
}

/**
 * A query for all who ask it at once: SQLite plans the session's for longer than it looks for one. Each placeholder is read
 * from a list of what each asks. A row has its values in one list, as JSON, and says last whose it is: value by value Hrana
 * sends three times as much, whose reading takes the Worker longer than any other part of a session check.
 */
function built<Rows>(query: Query<Rows>) {
  const prepared = query.prepare();
  const { sql, params } = withConstants(
    prepared.getQuery(),
    (number) => `"asked" ->> ${number - 1}`,
  );
  const at = fromOf(sql);
  const askers = '(select "key" as "asker", "value" as "asked" from json_each(?1))';
  const fields = sql.slice('select '.length, at);
  const tables = sql.slice(at + ' from'.length);
  // A column without a name of its own is called by its whole text, in each answer.
  const text = `select json_array(${fields}) as "list", "asker" from ${askers} cross join${tables}`;
  return { prepared, params, sql: text };
}

/** The values of a row. SQLite may put what is JSON itself into the list as it is. */
const valuesOfRow = ({ 0: list }: ArrayLike<unknown>): unknown[] =>
  (JSON.parse(String(list)) as unknown[]).map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  );

/**
 * A query that is built when it is asked first, and then once, with a `sql.placeholder` for each value that requests differ
 * in: building it takes longer than the Worker's share of asking it. It reads joined tables, in no order, and all of them.
 */
export function compiled<Rows>(build: (db: Database) => Query<Rows>) {
  let made: ReturnType<typeof built<Rows>> | null = null;
  return async (db: Database, values: Readonly<Record<string, unknown>>): Promise<Rows> => {
    made ??= built(build(builder));
    const { prepared, sql, params } = made;
    const args = fillPlaceholders(params, values) as InValue[];
    const rows = await db.ask({ sql, args });
    return prepared.mapAllResult(rows.map(valuesOfRow)) as Rows;
  };
}

/** What a batch of Drizzle's takes of a statement. */
type Prepared = {
  getQuery(): { sql: string; params: unknown[] };
  mapResult(result: unknown, isFromBatch: boolean): unknown;
};

class Filled<Result> extends QueryPromise<Result> implements RunnableQuery<Result, 'sqlite'> {
  declare readonly _: RunnableQuery<Result, 'sqlite'>['_'];
  readonly #db: Database;
  readonly #prepared: Prepared;
  constructor(db: Database, prepared: Prepared) {
    super();
    this.#db = db;
    this.#prepared = prepared;
  }
  _prepare(): Prepared {
    return this.#prepared;
  }
  async execute(): Promise<Result> {
    const [result] = await this.#db.batch([this]);
    return result;
  }
}

/** The same for a statement that stands in batches, or is awaited alone, as any other. It is built when it is first needed. */
export function compiledStatement<Result>(
  build: (db: Database) => RunnableQuery<Result, 'sqlite'> & { prepare(): unknown },
) {
  let built: { prepared: Prepared; query: ReturnType<Prepared['getQuery']> } | undefined;
  return (db: Database, values: Readonly<Record<string, unknown>>) => {
    if (built === undefined) {
      const prepared = build(builder).prepare() as Prepared;
      const query = prepared.getQuery();
      built = { prepared, query: { ...query, ...withConstants(query) } };
    }
    const { prepared, query } = built;
    return new Filled<Result>(db, {
      getQuery: () => ({ ...query, params: fillPlaceholders(query.params, values) }),
      mapResult: (result, isFromBatch) => prepared.mapResult(result, isFromBatch),
    });
  };
}

/** Placeholders for a list, and the values for them. A list of another length is another statement. */
export const placeholdersOf = (name: string, length: number): Placeholder[] =>
  Array.from({ length }, (_, index) => drizzleSql.placeholder(`${name}${index}`));
export const valuesOf = (name: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, index) => [`${name}${index}`, value]));

/** Makes something once for each shape that it comes in, such as a statement for each length of a list. */
export function oncePer<Shape extends readonly (string | number | boolean)[], T>(
  make: (...shape: Shape) => T,
): (...shape: Shape) => T {
  const made = new Map<string, T>();
  return (...shape) => {
    const key = shape.join();
    const found = made.get(key) ?? make(...shape);
    made.set(key, found);
    return found;
  };
}

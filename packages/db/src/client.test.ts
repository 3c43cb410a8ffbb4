import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, createClient } from '@libsql/client/sqlite3';
import { appErrorIn } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, databaseOver } from './client.ts';
import { puzzleTable } from './schema/index.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { commit, type Database, newMeter } from './unit-of-work.ts';

const unavailable = { code: 'service.unavailable' };
const puzzle = (db: Database, id: string) =>
  db
    .insert(puzzleTable)
    .values({ id, purpose: 'login', deviceId: 'd', x: 0, width: 320, expiresAtMs: 1 });

const read = (url: string) => connect({ url }).select().from(puzzleTable);

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('another writer holds the lock', () => {
  let database: TestDatabase;
  let writer: Client;
  let clients: Client[];
  beforeEach(async () => {
    database = await createTestDatabase();
    writer = createClient({ url: database.url });
    clients = [writer];
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await database.remove();
  });

  /**
   * A client that counts how often it is asked, and tells before each time. Each time it comes with a new
   * connection, as over HTTP: the local driver cannot use one again that has found the lock taken.
   */
  function watched(before: (attempt: number) => Promise<void> | void) {
    let attempts = 0;
    const told = async <T>(run: (client: Client) => Promise<T>) => {
      attempts += 1;
      await before(attempts);
      const client = createClient({ url: database.url });
      clients.push(client);
      return run(client);
    };
    const watching: Client = Object.create(writer, {
      batch: {
        value: (...of: Parameters<Client['batch']>) => told((client) => client.batch(...of)),
      },
      execute: { value: (of: string) => told((client) => client.execute(of)) },
    });
    return { watching, attempts: () => attempts };
  }

  test('a write is tried again until the lock is free, and is one round trip in the meter', async () => {
    const held = await writer.transaction('write');
    await held.execute("insert into puzzle values ('theirs', 'login', 'd', 0, 320, 1)");
    const { watching, attempts } = watched((attempt) =>
      attempt === 3 ? held.commit() : undefined,
    );
    const meter = newMeter();
    const db = databaseOver(watching, meter);
    await commit(db, [puzzle(db, 'ours')]);
    expect(attempts()).toBe(3);
    expect(meter.roundTrips).toBe(1);
    expect(await database.connect().$count(puzzleTable)).toBe(2);
  });

  test('a single statement is tried again too', async () => {
    const held = await writer.transaction('write');
    const { watching, attempts } = watched((attempt) =>
      attempt === 2 ? held.rollback() : undefined,
    );
    await puzzle(databaseOver(watching, newMeter()), 'ours');
    expect(attempts()).toBe(2);
  });

  test('a lock that stays is service.unavailable with the reason for the log; nothing was written', async () => {
    const held = await writer.transaction('write');
    const { watching, attempts } = watched(() => {});
    const db = databaseOver(watching, newMeter(), 5);
    const error = appErrorIn(await errorOf(commit(db, [puzzle(db, 'ours')])));
    expect(error?.data).toEqual(unavailable);
    expect(error?.logNote).toBe('SQLITE_BUSY');
    expect(attempts()).toBe(5);
    await held.rollback();
    expect(await database.connect().$count(puzzleTable)).toBe(0);
  });

  test('whoever only reads does not wait', async () => {
    const held = await writer.transaction('write');
    const { watching, attempts } = watched(() => {});
    const db = databaseOver(watching, newMeter());
    await db.batch([db.select().from(puzzleTable), db.select().from(puzzleTable)]);
    expect(attempts()).toBe(1);
    await held.rollback();
  });

  test('an error that is not about the lock is not tried again', async () => {
    const { watching, attempts } = watched(() => {});
    const db = databaseOver(watching, newMeter());
    await commit(db, [puzzle(db, 'a')]);
    await errorOf(commit(db, [puzzle(db, 'a')]));
    expect(attempts()).toBe(2);
  });
});

/** A batch whose transaction the server ends with this code. */
const refusedWith = (code: string) => ({
  type: 'ok',
  response: {
    type: 'batch',
    result: {
      step_results: [{ cols: [], rows: [] }, { cols: [], rows: [] }, null, null],
      step_errors: [null, null, { message: 'refused', code }, { message: 'none is active' }],
    },
  },
});

describe('the way to the database', () => {
  let server: Server | null = null;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = null;
  });

  /** Something that answers where the database should be. */
  async function answering(
    answer: (response: ServerResponse, index: number) => void,
  ): Promise<{ url: string; requests: string[] }> {
    const requests: string[] = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      answer(response, requests.length);
    });
    await new Promise<void>((resolve) => {
      server?.listen(0, '127.0.0.1', resolve);
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
  }

  test('nobody there is service.unavailable, for a read, a batch and a raw statement', async () => {
    const db = connect({ url: 'http://127.0.0.1:1' });
    const works = [
      db.select().from(puzzleTable),
      db.batch([db.select().from(puzzleTable)]),
      commit(db, [puzzle(db, 'a')]),
      db.all('select 1'),
    ];
    for (const work of works) {
      const error = await errorOf(Promise.resolve(work));
      expect(appErrorIn(error)?.data).toEqual(unavailable);
    }
  });

  test.for([
    [503, 'application/json', ''],
    [502, 'text/html', '<h1>Bad Gateway</h1>'],
    [500, 'application/json', '{"error":"internal"}'],
    [401, 'application/json', '{"error":"Unauthorized"}'],
    [404, 'text/plain', 'not here'],
    [200, 'text/html', '<h1>Welcome</h1>'],
    [200, 'application/json', '{}'],
    [200, 'application/json', '[]'],
    [200, 'application/json', ''],
  ] as const)(
    'a server that answers %i (%s) with "%s" is service.unavailable',
    async ([status, type, body]) => {
      const { url } = await answering((response) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
      expect(appErrorIn(await errorOf(Promise.resolve(read(url))))?.data).toEqual(unavailable);
    },
  );

  test('an answer that breaks off is service.unavailable', async () => {
    const { url } = await answering((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"results":', () => response.destroy());
    });
    expect(appErrorIn(await errorOf(Promise.resolve(read(url))))?.data).toEqual(unavailable);
  });

  test.for([
    ['never answers', () => {}],
    [
      'stops in the middle',
      (response: ServerResponse) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    ],
  ] as const)(
    'a server that %s is service.unavailable when the deadline is over, and is asked once',
    async ([, answer]) => {
      const { url, requests } = await answering(answer);
      const db = connect({ url, deadlineMs: 50 });
      const error = appErrorIn(await errorOf(Promise.resolve(db.all('select 1'))));
      expect(error?.data).toEqual(unavailable);
      expect(error?.logNote).toBe('TimeoutError');
      // On a busy machine the deadline may be over before the request has arrived.
      expect(requests.length).toBeLessThan(2);
    },
  );

  test.for([
    [429, { error: 'Timed out while opening database connection' }],
    [200, { results: [refusedWith('TRANSACTION_TIMEOUT')] }],
    [200, { results: [refusedWith('SQLITE_BUSY')] }],
  ] as const)(
    'a write refused with %i %o is sent again, for nothing of it was written',
    async ([status, body]) => {
      const done = { cols: [], rows: [] };
      const result = { step_results: [done, done, done, null], step_errors: [] };
      const { url, requests } = await answering((response, index) => {
        const isThird = index === 3;
        const results = [{ type: 'ok', response: { type: 'batch', result } }];
        response
          .writeHead(isThird ? 200 : status, { 'content-type': 'application/json' })
          .end(JSON.stringify(isThird ? { results } : body));
      });
      const db = connect({ url });
      await commit(db, [puzzle(db, 'a')]);
      expect(requests).toHaveLength(3);
    },
  );

  test('a column that is called as an index or a property of a row is read by its place', async () => {
    const cols = [{ name: 'id' }, { name: '1' }, { name: 'length' }, { name: '0' }];
    const row = ['a', 'b', 'c', 'd'].map((value) => ({ type: 'text', value }));
    const { url } = await answering((response) => {
      const result = { cols, rows: [row] };
      const results = [{ type: 'ok', response: { type: 'execute', result } }];
      response.end(JSON.stringify({ results }));
    });
    const values = { one: sql<string>`1`, two: sql<string>`1`, three: sql<string>`2` };
    const [found] = await connect({ url })
      .select({ ...values, four: sql<string>`0` })
      .from(puzzleTable);
    expect(found).toEqual({ one: 'a', two: 'b', three: 'c', four: 'd' });
  });

  test.for(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'])(
    'a disk that takes nothing (%s) is service.unavailable with the reason for the log, and not asked again',
    async (code) => {
      const { url, requests } = await answering((response) => {
        response.end(JSON.stringify({ results: [refusedWith(code)] }));
      });
      const error = appErrorIn(
        await errorOf(commit(connect({ url }), [puzzle(connect({ url }), 'a')])),
      );
      expect(error?.data).toEqual(unavailable);
      expect(error?.logNote).toBe(code);
      expect(requests).toHaveLength(1);
    },
  );

  test('a mistake that the database names is not sent again', async () => {
    const { url, requests } = await answering((response) => {
      response.end(JSON.stringify({ results: [refusedWith('SQLITE_CONSTRAINT')] }));
    });
    const db = connect({ url });
    const error = await errorOf(commit(db, [puzzle(db, 'a')]));
    expect(appErrorIn(error)).toBeNull();
    expect(requests).toHaveLength(1);
  });

  test('a statement is one request, and the rows that the server says it read are metered', async () => {
    const result = {
      cols: [{ name: 'n' }],
      rows: [[{ type: 'integer', value: '7' }]],
      affected_row_count: 0,
      last_insert_rowid: null,
      rows_read: 3,
    };
    const results = [
      { type: 'ok', response: { type: 'execute', result } },
      { type: 'ok', response: { type: 'close' } },
    ];
    const { url, requests } = await answering((response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ baton: null, base_url: null, results }));
    });
    const meter = newMeter();
    const db = connect({ url }, meter);
    expect(await db.all('select 7 as n')).toEqual([{ n: 7 }]);
    expect(meter).toEqual({ roundTrips: 1, rowsRead: 3 });
    expect(requests).toEqual(['POST /v2/pipeline']);
  });
});

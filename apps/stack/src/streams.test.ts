import { createServer, connect as connectTo, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commit, newMeter, puzzleTable } from '@shiming/db';
import { connect, createStreams } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import { appErrorIn } from '@shiming/domain';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Sqld, startSqld } from './sqld.ts';

let dir: string;
let sqld: Sqld;
const stops: (() => unknown)[] = [];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiming-streams-'));
  sqld = await startSqld({ dir });
  await migrate(sqld.url);
});
beforeEach(async () => {
  await connect({ url: sqld.url }).delete(puzzleTable);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await sqld.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Asks sqld itself, without our client. */
async function ask(requests: readonly object[], baton: string | null = null) {
  const body = JSON.stringify({ baton, requests });
  const response = await fetch(`${sqld.url}/v2/pipeline`, { method: 'POST', body });
  const text = await response.text();
  return { status: response.status, baton: /"baton":"([^"]+)"/.exec(text)?.[1] ?? null };
}
/** sqld has two connections, and would hold one for ten seconds. */
const close = { type: 'close' };

/** What lies between an isolate and the database: it counts requests, and can break off the answer to one. */
async function startWay() {
  const seen = { requests: 0, opened: 0, kept: 0, closed: 0 };
  const way = { seen, url: '', breakOff: null as 'request' | 'answer' | null };
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connectTo(sqld.port, '127.0.0.1');
    let isToBreak = false;
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => [inner, outer].map((each) => each.destroy()));
    }
    inner.on('data', (bytes) => {
      const text = bytes.toString();
      if (text.startsWith('POST ')) seen.requests += 1;
      if (text.includes('{"baton":null')) seen.opened += 1;
      if (text.includes('{"baton":"')) {
        seen.kept += 1;
        isToBreak = way.breakOff === 'answer';
        if (way.breakOff === 'request') inner.destroy();
      }
      if (text.includes('{"type":"close"}')) seen.closed += 1;
      if (!inner.destroyed) outer.write(bytes);
      if (isToBreak || inner.destroyed) way.breakOff = null;
    });
    outer.on('data', (bytes) => {
      if (!isToBreak) return inner.write(bytes);
      const baton = /"baton":"([^"]+)"/.exec(bytes.toString())?.[1] ?? null;
      stops.push(() => ask([close], baton));
      return inner.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  way.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return way;
}

/** Limits of time that no request of a busy machine reaches. */
const patient = { keptMs: 600_000, waitMs: 600_000, passedOverMs: 600_000 };

/** An isolate: each request has a connection of its own over the streams that all share. */
function isolate(url: string, options: Parameters<typeof createStreams>[0] = {}) {
  const streams = createStreams({ ...patient, ...options });
  const deferred: Promise<unknown>[] = [];
  const defer = (work: () => Promise<unknown>) => void deferred.push(work());
  stops.push(async () => {
    for (let left = 2; left > 0; left -= 1) {
      const served = await streams.take();
      if (served !== null && 'stream' in served && served.stream.baton !== null) {
        await ask([close], served.stream.baton);
      }
    }
  });
  return { db: () => connect({ url }, newMeter(), { streams, defer }), streams, deferred };
}

type Db = ReturnType<typeof connect>;
const puzzle = (db: Db, id: string) =>
  db
    .insert(puzzleTable)
    .values({ id, purpose: 'login', deviceId: 'd', x: 0, width: 320, expiresAtMs: 1 });
const write = (db: Db, id: string) => commit(db, [puzzle(db, id)]);
const ids = async (db: Db) =>
  (await db.select({ id: puzzleTable.id }).from(puzzleTable)).map(({ id }) => id).toSorted();
const refusalOf = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => null,
    (error: unknown) => appErrorIn(error)?.data.code,
  );

test('eighty reads and writes at once share two connections, and each gets its own answer', async () => {
  const way = await startWay();
  const { db } = isolate(way.url);
  const names = Array.from({ length: 80 }, (_, index) => `p${index}`);
  await Promise.all(
    names.map(async (name) => {
      await write(db(), name);
      expect(await db().all(`select '${name}' as name`)).toEqual([{ name }]);
    }),
  );
  expect(await ids(db())).toEqual(names.toSorted());
  expect(way.seen).toMatchObject({ opened: 2, closed: 0 });
});

const byId = 'select puzzle.id, "key" from json_each(?1) join puzzle on puzzle.id = "value" ->> 0';
const echo = 'select "value" ->> 0, "key" from json_each(?1)';
const short = (db: Db, name: string, sql = echo) =>
  db.ask({ sql, args: [name] }).then((rows) => rows.map((row) => row[0])[0]);

test('it says how many are kept and in use, and how many requests wait', async () => {
  const streams = createStreams({ bound: 1 });
  const served = await streams.take();
  if (served === null || !('stream' in served)) throw new Error('no stream');
  const waiting = streams.take();
  expect(streams.state()).toEqual({ kept: 0, in_use: 1, waiting: 1 });
  streams.give(served.stream, 'baton');
  await waiting;
  streams.give(served.stream, 'baton');
  expect(streams.state()).toEqual({ kept: 1, in_use: 0, waiting: 0 });
});

test('a clock that is set back by hours lets nobody wait for hours', async () => {
  const streams = createStreams({ waitMs: 50, lostMs: 1_000 });
  await Promise.all([streams.take(), streams.take()]);
  const waiting = streams.take();
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now - 2 * 3_600_000);
  try {
    // Who waits goes without one, and what was taken before counts as lost.
    expect(await waiting).toBeNull();
    expect(await streams.take()).toMatchObject({ stream: { baton: null } });
  } finally {
    clock.mockRestore();
  }
});

test('a question that nobody takes along gets a stream before those who came later', async () => {
  const streams = createStreams({ ...patient, bound: 1 });
  const served = await streams.take();
  if (served === null || !('stream' in served)) throw new Error('no stream');
  const question = Promise.resolve(streams.take({ sql: '', args: [] })).then(() => 'question');
  const later = Promise.resolve(streams.take()).then(() => 'later');
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now + patient.passedOverMs + 1);
  streams.give(served.stream, 'baton');
  clock.mockRestore();
  expect(await Promise.race([question, later])).toBe('question');
  streams.give(served.stream, 'baton');
  expect(await later).toBe('later');
});

test('questions wait for those under way, writes do not, and a question that is lost holds them up for a moment', async () => {
  const question = { sql: '', args: [] };
  const streams = createStreams({ ...patient, passedOverMs: 5_000 });
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
  try {
    await streams.take(question);
    const second = Promise.resolve(streams.take(question));
    expect(streams.state()).toEqual({ kept: 0, in_use: 1, waiting: 1 });
    const write = await streams.take();
    if (write === null || !('stream' in write)) throw new Error('no stream');
    streams.give(write.stream, 'baton');
    // The first is never given back.
    clock.mockReturnValue(now + 5_001);
    expect(await second).toMatchObject({ stream: { baton: 'baton' } });
  } finally {
    clock.mockRestore();
  }
});

test('short questions that wait go along with others, and each gets its own answer or refusal', async () => {
  const way = await startWay();
  const { db } = isolate(way.url);
  const names = Array.from({ length: 100 }, (_, index) => `p${index}`);
  const mistake = refusalOf(db().ask({ sql: 'select none from nowhere', args: [] }));
  const texts = [echo, `${echo} limit 1000`];
  const asked = Promise.all(names.map((name, index) => short(db(), name, texts[index % 2])));
  await Promise.all([write(db(), 'a'), write(db(), 'b')]);
  expect(await asked).toEqual(names);
  expect(await mistake).toBeUndefined();
  expect(await ids(db())).toEqual(['a', 'b']);
  expect(way.seen.opened).toBe(2);
  expect(way.seen.requests).toBeLessThan(30);
});

test('those who begin to wait while others are asked for are asked for as soon as these have their answer', async () => {
  const way = await startWay();
  // Nobody who waits looks, so nobody asks for themselves.
  const { db, streams } = isolate(way.url, { lookMs: patient.waitMs });
  const first = short(db(), 'a');
  await pause(0);
  for (const name of ['b', 'c']) void short(db(), name);
  expect(streams.state()).toMatchObject({ in_use: 1, waiting: 2 });
  expect(await first).toBe('a');
  await vi.waitFor(() => expect(streams.state()).toEqual({ kept: 1, in_use: 0, waiting: 0 }));
  expect(way.seen).toMatchObject({ requests: 2, opened: 1 });
});

test('a stream is taken on for those who wait with a question of that text, while it is kept and nobody else has it', async () => {
  const question = { sql: 'same', args: [] };
  const streams = createStreams({ ...patient, bound: 1, lookMs: patient.waitMs });
  const served = await streams.take(question);
  if (served === null || !('stream' in served)) throw new Error('no stream');
  const { stream } = served;
  expect(streams.takeOn(stream, 'same')).toBe(false);
  streams.give(stream, 'baton');
  expect(streams.takeOn(stream, 'same')).toBe(false);
  await streams.take(question);
  void streams.take(question);
  streams.give(stream, 'baton');
  expect(streams.takeOn(stream, 'other')).toBe(false);
  expect(streams.takeOn(stream, 'same')).toBe(true);
  expect(streams.takeAlong('same')).toHaveLength(1);
  // Who waits for a stream of their own comes first.
  void streams.take(question);
  void streams.take();
  streams.give(stream, 'baton');
  expect(streams.takeOn(stream, 'same')).toBe(false);
  expect(streams.state()).toEqual({ kept: 0, in_use: 1, waiting: 1 });
  streams.give(stream, 'baton');
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now + patient.keptMs);
  try {
    expect(streams.takeOn(stream, 'same')).toBe(false);
  } finally {
    clock.mockRestore();
  }
});

test('who waits looks when it is likely to be served, and not all the time', async () => {
  vi.useFakeTimers();
  try {
    const question = { sql: 'same', args: [] };
    const streams = createStreams({ bound: 1 });
    const lap = async (later?: () => void) => {
      const served = await streams.take(question);
      if (served === null || !('stream' in served)) throw new Error('no stream');
      await vi.advanceTimersByTimeAsync(20);
      later?.();
      await vi.advanceTimersByTimeAsync(20);
      const along = streams.takeAlong('same');
      streams.give(served.stream, 'baton');
      for (const each of along) each.served = { answer: [], rowsRead: 0 };
    };
    for (let laps = 0; laps < 20; laps += 1) await lap();
    // No spy, whose restoration would bring back the timers that stand still.
    const set = globalThis.setTimeout;
    let timers = 0;
    globalThis.setTimeout = ((...given: Parameters<typeof set>) => {
      timers += 1;
      return set(...given);
    }) as typeof set;
    let waiting: unknown;
    await lap(() => {
      waiting = streams.take(question);
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(await waiting).toEqual({ answer: [], rowsRead: 0 });
    expect(timers).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test('of the rows that one statement looked at each who asked in it has a share', async () => {
  const way = await startWay();
  const { db } = isolate(way.url);
  await write(db(), 'a');
  const askers = Array.from({ length: 20 }, db);
  await Promise.all(askers.map((each) => short(each, 'a', byId)));
  expect(way.seen.requests).toBeLessThan(askers.length);
  expect(Math.min(...askers.map(({ meter }) => meter.rowsRead))).toBeGreaterThan(0);
});

test('of many who ask at once each gets the row that it asked for, and who asks for none gets none', async () => {
  const way = await startWay();
  const { db } = isolate(way.url);
  await Promise.all(['a', 'b', 'c'].map((id) => write(db(), id)));
  const requests = way.seen.requests;
  // What a cookie may say: nothing of it is read as anything but an id.
  const strange = [
    'none',
    '',
    '"',
    '\\',
    "' or '1'='1",
    '"],["a"',
    '[["a"]]',
    'a\u0000',
    '\ud800',
    '人',
  ];
  const names = Array.from({ length: 20 }, () => ['b', ...strange, 'a', 'c']).flat();
  const asked = await Promise.all(names.map((name) => short(db(), name, byId)));
  expect(asked).toEqual(names.map((name) => (/^[abc]$/.test(name) ? name : undefined)));
  expect(way.seen.requests - requests).toBeLessThan(names.length / 3);
});

test('a question that is refused is refused to the one who asks it, and to nobody whose question it went along with', async () => {
  const way = await startWay();
  const { db } = isolate(way.url);
  const read = `select json_extract("value" ->> 0, '$'), "key" from json_each(?1)`;
  const asked = Array.from({ length: 20 }, (_, index) =>
    short(db(), index === 7 ? 'no JSON' : `${index}`, read).catch(() => 'refused'),
  );
  const answers = Array.from({ length: 20 }, (_, index) => (index === 7 ? 'refused' : index));
  expect(await Promise.all(asked)).toEqual(answers);
  expect(way.seen.opened).toBe(2);
});

test('what was deleted before a question was asked is in no answer, however many ask meanwhile', async () => {
  const { db } = isolate(sqld.url);
  const end = new AbortController();
  const others = Array.from({ length: 8 }, async () => {
    while (!end.signal.aborted) await short(db(), 'none', byId);
  });
  const askMany = (id: string) =>
    Promise.all(Array.from({ length: 20 }, () => short(db(), id, byId)));
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await write(db(), id);
    expect(new Set(await askMany(id))).toEqual(new Set([id]));
    await db().run(`delete from puzzle where id = '${id}'`);
    expect(new Set(await askMany(id))).toEqual(new Set([undefined]));
  }
  end.abort();
  await Promise.all(others);
});

test('a database that is killed under questions: each gets its own answer or none, and the next are answered', async () => {
  const { db } = isolate(sqld.url);
  const names = Array.from({ length: 200 }, (_, index) => `p${index}`);
  await Promise.all(names.slice(0, 20).map((id) => write(db(), id)));
  const ask = (name: string) => short(db(), name, byId).then((id) => id ?? 'nobody');
  const works = names.map(async (name, index) => {
    const came = await ask(name).catch((error: unknown) => appErrorIn(error)?.data.code);
    if (index === 20) process.kill(sqld.service.pid, 'SIGKILL');
    return came;
  });
  const came = await Promise.all(works);
  await sqld.service.ended;
  for (const [index, each] of came.entries()) {
    expect([index < 20 ? `p${index}` : 'nobody', 'service.unavailable']).toContain(each);
  }
  expect(came).toContain('service.unavailable');
  sqld = await startSqld({ dir, port: sqld.port });
  const again = await Promise.all(names.map(ask));
  expect(again).toEqual(names.map((name, index) => (index < 20 ? name : 'nobody')));
});

test.each(['request', 'answer'] as const)(
  'where the %s breaks that questions went along with, they are all answered all the same',
  async (breakOff) => {
    const way = await startWay();
    const { db } = isolate(way.url);
    await write(db(), 'a');
    way.breakOff = breakOff;
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
    expect(await Promise.all(names.map((name) => short(db(), name)))).toEqual(names);
    expect(way.breakOff).toBeNull();
  },
);

test('where the database is gone, each question that went along says so', async () => {
  const { db } = isolate('http://127.0.0.1:1');
  const works = Array.from({ length: 20 }, (_, index) => refusalOf(short(db(), `p${index}`)));
  expect(new Set(await Promise.all(works))).toEqual(new Set(['service.unavailable']));
});

test('a refused batch leaves its stream as it was, with nothing of the batch', async () => {
  const way = await startWay();
  const { db } = isolate(way.url);
  await write(db(), 'a');
  const refused = commit(db(), [puzzle(db(), 'b'), puzzle(db(), 'a')]);
  await expect(refused).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT' });
  await write(db(), 'c');
  expect(await ids(connect({ url: sqld.url }))).toEqual(['a', 'c']);
  expect(way.seen.opened).toBe(1);
});

test.each(['read', 'write'] as const)(
  'a %s that sqld gives up in the middle of its transaction takes its stream along: what others write stays',
  async (mode) => {
    const way = await startWay();
    const { db } = isolate(way.url);
    await write(db(), 'a');
    // Each fits, and all of them are more than an answer takes.
    const large = Array.from({ length: 12 }, () => db().all('select hex(zeroblob(900000))'));
    const given = db().batch([
      mode === 'read' ? db().all('select 1') : puzzle(db(), 'b'),
      ...large,
    ]);
    await expect(given).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    await puzzle(db(), 'c');
    await write(db(), 'd');
    expect(await ids(connect({ url: sqld.url }))).toEqual(['a', 'c', 'd']);
    expect(way.seen).toMatchObject({ opened: 2, closed: 1 });
  },
);

test.each(['request', 'answer'] as const)(
  'a stream that breaks with the %s: a read is answered by another one',
  async (breakOff) => {
    const way = await startWay();
    const { db } = isolate(way.url);
    await write(db(), 'a');
    way.breakOff = breakOff;
    expect(await ids(db())).toEqual(['a']);
    expect(way.breakOff).toBeNull();
    expect(way.seen.opened).toBe(2);
  },
);

test.each([
  ['request', ['a']],
  ['answer', ['a', 'b']],
] as const)(
  'a stream that breaks with the %s of a write: it is not written again',
  async (breakOff, left) => {
    const way = await startWay();
    const { db } = isolate(way.url);
    await write(db(), 'a');
    way.breakOff = breakOff;
    expect(await refusalOf(write(db(), 'b'))).toBe('service.unavailable');
    await write(db(), 'c');
    expect(await ids(db())).toEqual([...left, 'c']);
  },
);

test('a database that was started again knows no stream: each write is written once by a new one', async () => {
  const { db } = isolate(sqld.url);
  await Promise.all([write(db(), 'a'), write(db(), 'b')]);
  const { port } = sqld;
  await sqld.stop();
  sqld = await startSqld({ dir, port });
  await Promise.all(['c', 'd', 'e', 'f'].map((id) => write(db(), id)));
  expect(await ids(db())).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('a database that is killed under writes: what was answered is there, once, and what comes later is written', async () => {
  const { db } = isolate(sqld.url);
  await write(db(), 'first');
  const names = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const works = names.map(async (name, index) => {
    const refusal = await refusalOf(write(db(), name));
    if (index === 5) process.kill(sqld.service.pid, 'SIGKILL');
    return refusal;
  });
  const refusals = await Promise.all(works);
  await sqld.service.ended;
  expect(refusals).toContain('service.unavailable');
  sqld = await startSqld({ dir, port: sqld.port });
  const there = await ids(db());
  const answered = names.filter((_, index) => refusals[index] === null);
  expect(there).toEqual(expect.arrayContaining(['first', ...answered]));
  await write(db(), 'last');
  expect(await ids(db())).toContain('last');
});

test('a stream that two use is refused to the second: a read opens another, a write is not repeated', async () => {
  const { db, streams } = isolate(sqld.url);
  await write(db(), 'a');
  const useUp = async () => {
    const served = await streams.take();
    if (served === null || 'answer' in served) throw new Error('no stream');
    const { stream } = served;
    const { baton } = stream;
    const next = await ask([], baton);
    streams.give(stream, baton);
    return next.baton;
  };
  const first = await useUp();
  expect(await ids(db())).toEqual(['a']);
  await ask([close], first);
  const second = await useUp();
  expect(await refusalOf(write(db(), 'b'))).toBe('service.unavailable');
  await ask([close], second);
  await write(db(), 'c');
  expect(await ids(db())).toEqual(['a', 'c']);
});

test('streams that are kept too long are closed: others get their connections', async () => {
  const way = await startWay();
  const { db, deferred } = isolate(way.url, { keptMs: 1 });
  await Promise.all([ids(db()), ids(db())]);
  await Promise.all(deferred);
  const select = { type: 'execute', stmt: { sql: 'select 1' } };
  const others = await Promise.all([1, 2, 3].map(() => ask([select, close])));
  expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(way.seen.closed).toBe(way.seen.opened);
});

test('a request that finds no stream in time opens a connection of its own, and lost streams are forgotten', async () => {
  const way = await startWay();
  const { db, streams } = isolate(way.url, { waitMs: 1, lostMs: -1 });
  // Requests that died with them, before they had asked.
  const lost = [streams.take(), streams.take()];
  expect(lost).not.toContain(null);
  await write(db(), 'a');
  expect(await ids(db())).toEqual(['a']);

  const busy = isolate(way.url, { waitMs: 1 });
  await Promise.all([busy.streams.take(), busy.streams.take()]);
  await write(busy.db(), 'b');
  expect(await ids(busy.db())).toEqual(['a', 'b']);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBareWorker } from './bare-worker.ts';
import { bundleWorker, text } from './bench/bundle.ts';
import { load } from './bench/load.ts';
import type { RunningService } from './children.ts';
import { root } from './paths.ts';
import { freePort } from './ports.ts';
import { type Sqld, startSqld } from './sqld.ts';

/** Asks questions of one text by our client of the database, whose streams all requests share, and counts what goes to the database. */
const worker = `
import { connect, createStreams } from ${text(join(root, 'packages/db/src/client.ts'))};
const streams = createStreams();
const send = fetch;
let sent = 0;
globalThis.fetch = (...given) => {
  sent += 1;
  return send(...given);
};
const sql = 'select "value" ->> 0, "key" from json_each(?1)';
export default {
  async fetch(request, env, execution) {
    if (request.url.endsWith('/sent')) return new Response(String(sent));
    const defer = (work) => execution.waitUntil(work());
    const db = connect({ url: env.DATABASE_URL }, undefined, { streams, defer });
    for (let questions = 0; questions < 10; questions += 1) {
      const own = crypto.randomUUID();
      const [[answer]] = await db.ask({ sql, args: [own] });
      if (answer !== own) return new Response('', { status: 500 });
    }
    return new Response('ok');
  },
};`;

let dir: string;
let sqld: Sqld;
let workerd: RunningService;
let port: number;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiming-workerd-'));
  sqld = await startSqld({ dir: join(dir, 'sqld') });
  const bundle = await bundleWorker(join(dir, 'source'), worker);
  port = await freePort();
  workerd = await startBareWorker({ dir, bundle, port, settings: { DATABASE_URL: sqld.url } });
});
afterAll(async () => {
  await workerd?.stop();
  await sqld?.stop();
  await rm(dir, { recursive: true, force: true });
});

test('workerd ends none of many requests that wait for the streams of each other, and each gets its own answers', async () => {
  const calls = Array.from({ length: 1_000 }, () => ({ path: '/' }));
  // It throws at any answer but 200.
  expect(await load(port, 16, calls)).toHaveLength(calls.length);
  const sent = await (await fetch(`http://127.0.0.1:${port}/sent`)).text();
  expect(Number(sent)).toBeLessThan((calls.length * 10) / 2);
}, 120_000);

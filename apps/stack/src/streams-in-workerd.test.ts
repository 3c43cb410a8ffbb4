import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBareWorker } from './bare-worker.ts';
import { load } from './bench/load.ts';
import type { RunningService } from './children.ts';
import { root } from './paths.ts';
import { freePort } from './ports.ts';

/** Asks of a request, each by a stream or along with the one of another request, as the client of the database asks. */
const worker = `
const streams = createStreams();
async function askTogether(stream, asking, execution) {
  await scheduler.wait(0);
  streams.give(stream, 'baton');
  for (const each of asking) each.served = { answer: each.question };
  if (streams.takeOn(stream, 'same')) {
    execution.waitUntil(askTogether(stream, streams.takeAlong('same'), execution));
  }
}
async function ask(question, execution) {
  const served = await streams.take({ sql: 'same', question });
  if (served === null) return question;
  if ('answer' in served) return served.answer.question;
  await askTogether(served.stream, streams.takeAlong('same'), execution);
  return question;
}
export default {
  async fetch(request, env, execution) {
    for (let question = 0; question < 10; question += 1) {
      if ((await ask(question, execution)) !== question) return new Response('', { status: 500 });
    }
    return new Response('ok');
  },
};`;

let dir: string;
let workerd: RunningService;
let port: number;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiming-workerd-'));
  const source = await readFile(join(root, 'packages/db/src/streams.ts'), 'utf8');
  const streams = stripTypeScriptTypes(source).replaceAll(/^export /gm, '');
  await writeFile(join(dir, 'index.js'), streams + worker);
  port = await freePort();
  workerd = await startBareWorker({ dir, bundle: dir, port, settings: {} });
});
afterAll(async () => {
  await workerd.stop();
  await rm(dir, { recursive: true, force: true });
});

test('workerd ends none of many requests that wait for the streams of each other, and each gets its own answer', async () => {
  const calls = Array.from({ length: 1_000 }, () => ({ path: '/' }));
  // It throws at any answer but 200.
  expect(await load(port, 16, calls)).toHaveLength(calls.length);
}, 60_000);

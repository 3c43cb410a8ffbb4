import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWritable } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RunningService, startService } from './children.ts';
import { type Keeper, keepRunning } from './keep-running.ts';
import { startSqld } from './sqld.ts';

let dir: string;
let keeper: Keeper | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiming-keep-'));
});
afterEach(async () => {
  await keeper?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** A sqld that is kept, the line that was last said of it, and when there is the next one. */
async function keptSqld(deadlineMs: number) {
  const first = await startSqld({ dir });
  const { port, url } = first;
  await migrate(url);
  const lines: string[] = [];
  keeper = keepRunning(first.service, {
    start: async () => (await startSqld({ dir, port })).service,
    isAnswering: () => isWritable(connect({ url, deadlineMs })),
    log: (line) => lines.push(line),
    everyMs: 100,
  });
  return { url, pid: first.service.pid, lines };
}

describe('sqld is kept running', () => {
  test.for([
    // A machine with much to do is no silence.
    ['SIGKILL', 'sqld ended by itself: it is started again.', 30_000],
    ['SIGSTOP', 'sqld does not answer: it is started again.', 300],
  ] as const)('%s: it is started again with what was written', async ([signal, line, deadline]) => {
    const { url, pid, lines } = await keptSqld(deadline);
    const db = connect({ url });
    await db.run("insert into puzzle values ('before', 'login', 'd', 0, 320, 1)");
    process.kill(-pid, signal);
    await vi.waitUntil(() => lines.length > 0, { timeout: 100_000 });
    await vi.waitUntil(() => isWritable(db).catch(() => false), { timeout: 100_000 });
    expect(lines).toEqual([line]);
    expect(await db.all('select id from puzzle')).toEqual([{ id: 'before' }]);
  });

  test('a writer that keeps the lock: readers are served, and the probe says no', async () => {
    const { url } = await startSqld({ dir }).then((sqld) => {
      keeper = { broken: new Promise(() => {}), stop: () => sqld.stop() };
      return sqld;
    });
    await migrate(url);
    const requests = [{ type: 'execute', stmt: { sql: 'begin immediate' } }];
    await fetch(`${url}/v2/pipeline`, { method: 'POST', body: JSON.stringify({ requests }) });
    const db = connect({ url, deadlineMs: 500 });
    expect(await db.all('select 1 as one')).toEqual([{ one: 1 }]);
    expect(await isWritable(db).catch(() => false)).toBe(false);
  });
});

/** A process that does what Node is told to. */
const node = (script: string): RunningService =>
  startService({
    name: 'service',
    command: process.execPath,
    args: ['-e', script],
    logFile: join(dir, 'service.log'),
  });

test('what is stopped while the service starts again has ended with it', async () => {
  const starting: { service: RunningService; goOn: () => void }[] = [];
  keeper = keepRunning(node('process.exit(1)'), {
    isAnswering: async () => true,
    log: () => {},
    start: async () => {
      const service = node('setInterval(() => {}, 1_000)');
      await new Promise<void>((goOn) => starting.push({ service, goOn }));
      return service;
    },
  });
  await vi.waitUntil(() => starting.length > 0, { timeout: 100_000 });
  const stopped = keeper.stop();
  starting[0]?.goOn();
  await stopped;
  expect(starting.map(({ service }) => service.hasEnded())).toEqual([true]);
});

describe('what cannot be kept running', () => {
  const kept = { isAnswering: async () => true, log: () => {}, everyMs: 10 };

  test('a service that ends again and again is given up with a sentence and its last lines', async () => {
    const script = "console.log('no such address'); process.exit(1)";
    keeper = keepRunning(node(script), { ...kept, start: async () => node(script) });
    expect(await keeper.broken).toBe(
      'service ended by itself again and again. Its last lines:\nno such address',
    );
  });

  test('one that does not start again, too', async () => {
    keeper = keepRunning(node('process.exit(1)'), {
      ...kept,
      start: () => Promise.reject(new Error('The port is taken.')),
    });
    expect(await keeper.broken).toBe(
      'service ended by itself and does not start again. The port is taken.',
    );
  });
});

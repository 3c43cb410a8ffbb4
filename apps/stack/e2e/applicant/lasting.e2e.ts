import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { database, dataDir, webUrl } from '../harness.ts';

/** The processes of this stack whose command line has `word`, where the system tells (Linux). */
const processesWith = (word: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
        return command.includes(word) && `${command}${environment}`.includes(dataDir);
      } catch {
        return false;
      }
    })
    .map(Number);

const isHealthy = async () =>
  fetch(`${webUrl}/healthz`, { signal: AbortSignal.timeout(3_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Sends a body without its length, as it comes. */
async function sendChunked(method: string, path: string, type: string, bytes: number) {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const sent = request(
      `${webUrl}${path}`,
      { method, headers: { 'content-type': type } },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode, body }));
      },
    );
    sent.on('error', reject);
    Readable.from(Array.from({ length: bytes / chunk.length }, () => chunk)).pipe(sent);
  });
}

test.for([
  ['POST', '/trpc/login.signIn', 'application/json', { code: 'request.too_large' }],
  ['PUT', '/photos/a', 'image/jpeg', { code: 'photo.refused', reason: 'too_large' }],
  ['POST', '/wechat', 'text/xml', { code: 'request.too_large' }],
] as const)(
  'two megabytes without a length to %s %s are too large',
  async ([method, path, type, app]) => {
    const { status, body } = await sendChunked(method, path, type, 2 * 1024 * 1024);
    expect([status, JSON.parse(body)]).toMatchObject([413, { error: { data: { app } } }]);
  },
);

test.runIf(process.platform === 'linux').for(['workerd', 'sqld'])(
  'with every %s killed the service is there again by itself, with what it had',
  async (word) => {
    await database().run(
      `insert into puzzle values ('${word}', 'login', 'd', 0, 320, ${Date.now() + 600_000})`,
    );
    const pids = processesWith(word);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await vi.waitUntil(isHealthy, { timeout: 300_000, interval: 500 });
    const rows = await database().all(`select id from puzzle where id = '${word}'`);
    expect(rows).toEqual([{ id: word }]);
  },
);

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startClock } from './stack.ts';

test('the clock runs the jobs each minute, and says when they fail', async () => {
  let runs = 0;
  const server = createServer(({ url }, response) => {
    if (url === '/cdn-cgi/local/scheduled') runs += 1;
    response.writeHead(runs === 1 ? 200 : 500).end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
    server.close();
  });
  const lines: string[] = [];
  const { port } = server.address() as AddressInfo;
  const stop = startClock([[`http://127.0.0.1:${port}`]], (line) => lines.push(line));
  vi.advanceTimersByTime(60_000);
  await expect.poll(() => runs).toBe(1);
  vi.advanceTimersByTime(60_000);
  await expect.poll(() => lines).toEqual([expect.stringContaining('The scheduled jobs failed')]);
  stop();
  vi.advanceTimersByTime(600_000);
  expect(runs).toBe(2);
});

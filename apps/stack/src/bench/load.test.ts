import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { again, flows, load } from './load.ts';

let server: Server | null = null;
afterEach(() => server?.close());

async function listen(answer: RequestListener): Promise<number> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test('every call is answered once, over as many connections as are asked for, whatever frames the answers', async () => {
  const seen: string[] = [];
  const sockets = new Set<unknown>();
  const port = await listen((request, response) => {
    sockets.add(request.socket);
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${body}`);
      if (request.url === '/chunks') {
        response.write('a');
        response.write('b\r\n0\r\n\r\n');
      }
      response.end('x'.repeat(70_000));
    });
  });
  const calls = Array.from({ length: 20 }, (_, index) => ({
    path: index % 2 === 0 ? '/chunks' : '/length',
    body: { index },
  }));
  expect(await load(port, 4, calls)).toHaveLength(20);
  expect(seen.toSorted()).toEqual(
    calls.map(({ path, body }) => `POST ${path} ${JSON.stringify(body)}`).toSorted(),
  );
  expect(sockets.size).toBe(4);
});

test('an answer that is not one of success ends the load with its status', async () => {
  const port = await listen((_, response) => response.writeHead(429).end('too many'));
  await expect(load(port, 2, again({ path: '/' }))).rejects.toThrow('429');
});

test('of works no more than asked for are under way at once', async () => {
  let [underWay, most] = [0, 0];
  const work = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
  };
  const times = await flows(
    Array.from({ length: 9 }, () => work),
    2,
  );
  expect(times).toHaveLength(9);
  expect(most).toBe(2);
});

import { createServer, request as httpRequest } from 'node:http';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createShimingClient, solveProofOfWork } from '@shiming/client';
import { vendorPaths } from '@shiming/sandbox';
import { startSandbox } from '@shiming/sandbox/server';
import { afterAll, expect, inject, test } from 'vitest';
import { startBareWorker } from '../src/bare-worker.ts';
import { completeProfile, registerCitizen } from '../src/bench-citizen.ts';
import { freePort } from '../src/ports.ts';
import { newKeys } from '../src/secrets.ts';
import { localSettings, startDatabase } from '../src/stack.ts';

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** The identity authority, which holds its answers back until `answer` is called. */
async function startWaitingAuthority(sandboxUrl: string) {
  const told = new EventEmitter();
  const isTold = once(told, 'answer');
  const server = createServer((request, response) => {
    // Unchanged: the signature covers the host and the path.
    const { method, headers } = request;
    const onward = httpRequest(`${sandboxUrl}${request.url}`, { method, headers });
    onward.once('response', (found) => {
      response.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(response);
    });
    void isTold.then(() => request.pipe(onward));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${vendorPaths.tencentFaceid}`;
  return { url, isAsked: once(server, 'request'), answer: () => told.emit('answer') };
}

/** Sends a request and ends its connection as an application does that is killed: workerd does not notice a polite end. */
async function hangUp(request: Request, when: Promise<unknown>): Promise<never> {
  const headers = Object.fromEntries(request.headers);
  const sent = httpRequest(request.url, { method: request.method, headers });
  sent.once('error', () => {}).end(await request.text());
  await when;
  sent.socket?.resetAndDestroy();
  throw new Error('hung up');
}

// Not through wrangler: its proxies keep a request going whose client has hung up.
test('T-VER-02: a client that hangs up while the authority is asked has used a try, and is verified', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-hang-up-'));
  stops.push(() => rmSync(dir, { recursive: true, force: true }));
  const sqld = await startDatabase(dir, 0);
  stops.push(() => sqld.stop());
  const { url: sandboxUrl, smtpPort, ...outside } = await startSandbox({ port: 0, smtpPort: 0 });
  stops.push(() => outside.close());
  const authority = await startWaitingAuthority(sandboxUrl);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const worker = await startBareWorker({
    dir,
    bundle: join(inject('bundles'), 'worker'),
    port,
    settings: {
      ...localSettings({ publicOrigin: url, databaseUrl: sqld.url, sandboxUrl, smtpPort }),
      ...newKeys(),
      TENCENT_FACEID_ENDPOINT: authority.url,
    },
  });
  stops.push(() => worker.stop());

  let hangUpWhen: Promise<unknown> | null = null;
  const client = createShimingClient({
    url,
    fetch: (request) => (hangUpWhen === null ? fetch(request) : hangUp(request, hangUpWhen)),
  });
  const { answers } = await registerCitizen(client, {
    ticket: () => solveProofOfWork(client, 'register'),
    codeTo: async (mobile) => outside.sandbox.phone.lastCode(mobile) ?? '',
  });
  await completeProfile(client);
  const { perDay } = await client.verification.view.query();

  const { name, validityStart, validityTerm } = answers;
  hangUpWhen = authority.isAsked;
  const left = client.verification.verify.mutate({ name, validityStart, validityTerm });
  await expect(left).rejects.toThrow('hung up');
  hangUpWhen = null;
  // A later connection is served: that of the client who left has been seen to close.
  expect((await fetch(`${url}/healthz`)).ok).toBe(true);
  authority.answer();
  await expect
    .poll(() => client.verification.view.query())
    .toMatchObject({ level: 3, remainingToday: perDay - 1 });
});

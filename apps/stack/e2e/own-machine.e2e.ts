import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { createShimingClient, solveProofOfWork } from '@shiming/client';
import { connect } from '@shiming/db/client';
import { startOfNextShanghaiDay } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { startSandbox } from '@shiming/sandbox/server';
import { officeWithKey } from '@shiming/services/testing/office';
import { afterAll, expect, test } from 'vitest';
import { completeProfile, registerCitizen } from '../src/bench-citizen.ts';
import { startService, waitUntilReady } from '../src/children.ts';
import { freePort } from '../src/ports.ts';
import { release } from '../src/release.ts';
import { newKeys } from '../src/secrets.ts';
import { localSettings, startDatabase } from '../src/stack.ts';

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** A bucket in a folder, at a server that checks what is signed. */
async function startBucket(dir: string) {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory: join(dir, 'bucket'),
    silent: true,
    configureBuckets: [{ name: 'photos' }],
  });
  const { port } = await server.run();
  stops.push(() => server.close());
  return `http://127.0.0.1:${port}/photos`;
}

/** Asks the socket of a process, as the timers do. */
async function ask(socketPath: string, path: string) {
  const asked = httpRequest({ socketPath, path }).end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body };
}

/** Runs the jobs of a minute. Answers the status. */
const runJobs = async (socketPath: string) => (await ask(socketPath, '/')).status;

test('a release runs in a machine room of one’s own: two processes, photos over S3, jobs by a socket', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-own-'));
  stops.push(() => rmSync(dir, { recursive: true, force: true }));
  const folder = join(dir, 'release');
  await release(folder);
  // By the name that an update changes.
  const name = join(dir, 'current');
  const becomes = (of: string) => {
    rmSync(name, { force: true });
    symlinkSync(of, name);
  };
  becomes(folder);
  const sqld = await startDatabase(dir, 0);
  stops.push(() => sqld.stop());
  const { url: sandboxUrl, smtpPort, ...outside } = await startSandbox({ port: 0, smtpPort: 0 });
  stops.push(() => outside.close());
  const ports = [await freePort(), await freePort()] as const;
  const origins = ports.map((port) => `http://127.0.0.1:${port}`);
  const [publicOrigin = '', secondOrigin = ''] = origins;

  // Secrets are files with a line end, as an editor leaves them.
  const secrets = join(dir, 'secrets');
  mkdirSync(secrets);
  const { SMTP_PASSWORD = '', ...settings } = localSettings({
    publicOrigin,
    databaseUrl: sqld.url,
    sandboxUrl,
    smtpPort,
  });
  // The keys of two kinds are for 国密.
  const keys = newKeys();
  for (const kind of ['VAULT_KEYS', 'AUDIT_KEYS']) keys[kind] = `sm1:${keys[kind]?.slice(3)}`;
  const hidden = { ...keys, SMTP_PASSWORD, S3_SECRET_ACCESS_KEY: 'S3RVER' };
  for (const [name, value] of Object.entries(hidden)) {
    writeFileSync(join(secrets, name), `${value}\n`);
  }
  const start = async (port: number) => {
    const socket = join(dir, `jobs-${port}.sock`);
    const service = startService({
      name: `workerd-${port}`,
      command: join(name, 'start.sh'),
      args: [],
      env: {
        ...settings,
        CLIENT_ADDRESS_HEADER: 'x-real-ip',
        S3_BUCKET_URL: await bucketUrl,
        S3_REGION: 'cn-north-1',
        S3_ACCESS_KEY_ID: 'S3RVER',
        SECRETS_DIR: secrets,
        HTTP_ADDRESS: `127.0.0.1:${port}`,
        JOBS_SOCKET: socket,
      },
      logFile: join(dir, `workerd-${port}.log`),
    });
    stops.push(() => service.stop());
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
    await waitUntilReady(service, isReady, 20_000);
    return { service, socket };
  };
  const bucketUrl = startBucket(dir);
  const [first, second] = [await start(ports[0]), await start(ports[1])];

  // Pages and files, with what a browser keeps of them, while the name means another release already.
  becomes(dir);
  const page = await fetch(`${publicOrigin}/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
  const file = await fetch(`${publicOrigin}${script}`);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  const etag = file.headers.get('etag') ?? '';
  const again = await fetch(`${publicOrigin}${script}`, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  for (const path of ['/assets/gone.js', '/assets/']) {
    const gone = await fetch(`${publicOrigin}${path}`);
    expect([path, gone.status, gone.headers.get('cache-control')]).toEqual([path, 404, 'no-store']);
  }

  becomes(folder);

  // The OpenID provider, which has no address of its own.
  const discovery = await fetch(`${publicOrigin}/oidc/.well-known/openid-configuration`);
  expect(await discovery.json()).toMatchObject({ issuer: `${publicOrigin}/oidc` });

  // A person at either process, with an address that the proxy has set.
  let cookie = '';
  let at = publicOrigin;
  const client = createShimingClient({
    url: publicOrigin,
    fetch: (request) => {
      cookie = request.headers.get('cookie') ?? '';
      const to = new Request(request.url.replace(publicOrigin, at), request);
      to.headers.set('x-real-ip', '203.0.113.7');
      return fetch(to);
    },
  });
  const { answers } = await registerCitizen(client, {
    ticket: () => solveProofOfWork(client, 'register'),
    codeTo: async (mobile) => outside.sandbox.phone.lastCode(mobile) ?? '',
  });
  await completeProfile(client);
  const { validityStart, validityTerm } = answers;
  await client.verification.verify.mutate({ name: '别人', validityStart, validityTerm });
  await client.data.giveConsent.mutate({ kind: 'photos', hasAgreed: false });
  await client.session.current.query();
  const headers = { cookie, origin: publicOrigin, 'x-real-ip': '203.0.113.7' };
  const sent = await fetch(`${publicOrigin}/photos/a`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'image/jpeg' },
    body: new Uint8Array(jpegOf()),
  });
  expect(sent.status).toBe(200);
  const { result } = (await sent.json()) as { result: { data: { photoId: string } } };
  const photoAt = async (origin: string) => {
    const answer = await fetch(`${origin}/photos/${result.data.photoId}`, { headers });
    return new Uint8Array(await answer.arrayBuffer());
  };
  expect(await photoAt(secondOrigin)).toEqual(jpegOf());

  // An office that signs by SM2 believes the answers of both.
  const office = await officeWithKey(
    { db: connect({ url: sqld.url }) },
    {
      url: `${publicOrigin}/business/office/v1/authorisation.check`,
      keysUrl: `${publicOrigin}/business/office/v1/keys`,
      keyId: 'office-sm2',
      now: () => Date.now(),
      async fetch(request) {
        const to = new Request(request.url.replace(publicOrigin, at), request);
        to.headers.set('x-real-ip', '203.0.113.8');
        return fetch(to);
      },
    },
    'sm2-sm3',
  );
  for (at of origins) {
    const reply = await office.check({ idNumber: '000000190001010000', purpose: 'establish' });
    expect(reply).toMatchObject({ status: 200, isGenuine: true, said: { answer: 'no' } });
  }
  at = publicOrigin;

  // The jobs run by the socket alone; what they write is there for both.
  expect(await runJobs(first.socket)).toBe(200);
  expect((await fetch(`${publicOrigin}/jobs`)).headers.get('content-type')).toContain('text/html');

  // So are the metrics: what the process has counted, and what was measured of the database. The code that was sent counts
  // today, whichever day that is by then.
  const midnightMs = startOfNextShanghaiDay(Date.now());
  await connect({ url: sqld.url }).run(`update allowance set at_ms = ${midnightMs}`);
  const { body: metrics } = await ask(first.socket, '/metrics');
  const bucketHost = new URL(await bucketUrl).host;
  for (const line of [
    'shiming_database_up 1',
    'shiming_sms_today 1',
    `shiming_calls_total{host="${bucketHost}",result="answered"} 1`,
    'shiming_calls_total{host="oidc",result="answered"} 1',
    'shiming_job_failures_total{job="messages"} 0',
    'shiming_streams{state="waiting"} 0',
  ]) {
    expect(metrics.split('\n')).toContain(line);
  }
  expect(metrics).toMatch(/^shiming_answers_total\{outcome="ok"\} \d\d+$/m);
  expect((await fetch(`${publicOrigin}/metrics`)).headers.get('content-type')).toContain(
    'text/html',
  );

  // One process is taken away and started again, at its old socket; the other goes on.
  await first.service.stop();
  at = secondOrigin;
  expect(await client.session.current.query()).not.toBeNull();
  expect(await photoAt(secondOrigin)).toEqual(jpegOf());
  const back = await start(ports[0]);
  expect(await runJobs(back.socket)).toBe(200);
  expect(await runJobs(second.socket)).toBe(200);
  expect(await photoAt(publicOrigin)).toEqual(jpegOf());
});

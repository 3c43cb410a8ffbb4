import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { createShimingClient, solveProofOfWork } from '@shiming/client';
import { type Browser, chromium } from 'playwright-core';
import { completeProfile, registerCitizen } from './bench-citizen.ts';
import { ensureChromium } from './browser.ts';
import { buildWeb, buildWorker } from './build.ts';
import { runCommand } from './lifetime.ts';
import { freePort, freePorts } from './ports.ts';
import { startStack } from './stack.ts';

const rounds = 5;
const slow = { kbps: 1_600, latencyMs: 150, cpu: 4 };
const targets = { paintMs: 900, shift: 0.02, kb: 50 };
/** The sentences of failures come a second after the page. */
const settleMs = 1_500;

const publicPaths = [
  '/',
  '/login',
  '/help',
  '/recovery',
  '/undo',
  '/privacy',
  '/agreement',
  '/accessibility',
  '/register',
  '/register/document',
];
const ownPaths = [
  '/',
  '/account',
  '/account/profile',
  '/account/verification',
  '/account/security',
  '/account/notices',
  '/account/data',
  '/account/review',
  '/account/password',
];

const isText = /^(?:text\/|application\/(?:javascript|json)|image\/svg)/;

/** What stands before the Worker where it is deployed: it sends text compressed. */
function startEdge(port: number, workerPort: number, origin: string) {
  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    // What is local compresses by other rules.
    const { 'accept-encoding': _accepted, ...headers } = asked.headers;
    if (headers.origin !== undefined) headers.origin = origin;
    const { url, method } = asked;
    const onward = request({ host: '127.0.0.1', port: workerPort, path: url, method, headers });
    onward.once('response', (found) => {
      const isSmaller = isText.test(found.headers['content-type'] ?? '');
      const { 'content-length': _, ...kept } = found.headers;
      if (isSmaller) {
        answer.writeHead(found.statusCode ?? 502, { ...kept, 'content-encoding': 'gzip' });
        found.pipe(createGzip()).pipe(answer);
      } else {
        answer.writeHead(found.statusCode ?? 502, found.headers);
        found.pipe(answer);
      }
    });
    onward.once('error', () => answer.destroy());
    asked.pipe(onward);
  };
  return new Promise<{ stop(): void }>((resolve) => {
    const server = createServer(pass);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        stop() {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}

/** Somebody who has registered: the cookie of the session. */
async function signedIn(
  url: string,
  lastCode: (mobile: string) => Promise<string>,
): Promise<string> {
  let session = '';
  const client = createShimingClient({
    url,
    async fetch(call) {
      const answer = await fetch(call);
      for (const cookie of answer.headers.getSetCookie()) {
        session = /^__Host-session=([^;]+)/.exec(cookie)?.[1] ?? session;
      }
      return answer;
    },
  });
  await registerCitizen(client, {
    ticket: () => solveProofOfWork(client, 'register'),
    codeTo: lastCode,
  });
  await completeProfile(client);
  return session;
}

interface Visit {
  readonly paintMs: number;
  readonly largestMs: number;
  readonly shift: number;
  readonly kb: number;
}

/** Opens a page in a browser that has nothing kept, on a slow phone with a slow connection. */
async function visit(browser: Browser, origin: string, path: string, session: string | null) {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
  });
  try {
    if (session !== null) {
      const url = origin.replace('http:', 'https:');
      await context.addCookies([{ name: '__Host-session', value: session, url, httpOnly: true }]);
    }
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    const bytesPerSecond = (slow.kbps * 1000) / 8;
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.latencyMs,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu });
    await page.addInitScript(() => {
      const seen = { largestMs: 0, shift: 0 };
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.largestMs = entry.startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
          seen.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(path);
    await page.locator('[data-painted]').waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(settleMs);
    await page.waitForLoadState('networkidle');
    const seen = await page.evaluate(() => ({
      ...(globalThis as unknown as { seen: { largestMs: number; shift: number } }).seen,
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      kb:
        (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
          .filter(({ name }) => name.endsWith('.js'))
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1024,
    }));
    return seen;
  } finally {
    await context.close();
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function printRow(name: string, visits: readonly Visit[]): void {
  const of = (key: keyof Visit) => median(visits.map((each) => each[key]));
  const [paintMs, largestMs, shift, kb] = [of('paintMs'), of('largestMs'), of('shift'), of('kb')];
  const above = [
    paintMs > targets.paintMs ? 'first paint' : '',
    shift > targets.shift ? 'CLS' : '',
    kb > targets.kb ? 'KB' : '',
  ].filter(Boolean);
  console.log(
    [
      name.padEnd(28),
      paintMs.toFixed(0).padStart(11),
      largestMs.toFixed(0).padStart(6),
      shift.toFixed(3).padStart(6),
      kb.toFixed(1).padStart(6),
      above.length === 0 ? '' : `  ABOVE: ${above.join(', ')}`,
    ].join(' '),
  );
}

await runCommand(async () => {
  if ((await buildWeb('warn')) !== 0) throw new Error('The SPA does not build.');
  const dir = mkdtempSync(join(tmpdir(), 'shiming-pages-'));
  const bundle = join(dir, 'worker');
  if ((await buildWorker(bundle, 'error')) !== 0) throw new Error('The Worker does not build.');
  const ports = await freePorts();
  const stack = await startStack({ ports, dataDir: join(dir, 'data'), bundle, log: () => {} });
  const edgePort = await freePort();
  const edge = await startEdge(edgePort, ports.web, stack.webUrl);
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const session = await signedIn(stack.webUrl, async (mobile) => {
      for (;;) {
        const answer = await fetch(`${stack.phoneUrl}/phone/messages?mobile=${mobile}`);
        const code = ((await answer.json()) as { code: string | null }[]).at(-1)?.code;
        if (typeof code === 'string') return code;
        await pause(100);
      }
    });
    const { kbps, latencyMs, cpu } = slow;
    console.log(`${kbps} kbps, ${latencyMs} ms, ${cpu} × CPU; medians of ${rounds}; scripts in KB
page                         first paint    LCP    CLS     KB`);
    const origin = `http://localhost:${edgePort}`;
    const pages = [
      ...publicPaths.map((path) => [path, null] as const),
      ...ownPaths.map((path) => [path, session] as const),
    ];
    for (const [path, as] of pages) {
      const visits: Visit[] = [];
      while (visits.length < rounds) visits.push(await visit(browser, origin, path, as));
      printRow(as === null ? path : `${path} (signed in)`, visits);
    }
  } finally {
    await browser.close();
    edge.stop();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});

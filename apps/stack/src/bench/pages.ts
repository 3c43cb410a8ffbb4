import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { createShimingClient, solveProofOfWork } from '@shiming/client';
import { type Browser, chromium, type Page } from 'playwright-core';
import { completeProfile, registerCitizen } from '../bench-citizen.ts';
import { ensureChromium } from '../browser.ts';
import { buildWeb, buildWorkers } from '../build.ts';
import { freePort, freePorts } from '../ports.ts';
import { startStack } from '../stack.ts';
import { median } from './measure.ts';
import { type BenchContext, partOf } from './part.ts';
import { table } from './report.ts';

const slow = { kbps: 1_600, latencyMs: 150, cpu: 4 };
const targets = { paintMs: 900, shift: 0.02, inpMs: 200, scriptKb: 40 };
/** The sentences of failures come a second after the page. */
const settleMs = 1_500;
/** Until the last answer to a tap or a key has been counted. */
const interactionMs = 500;

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
  /** The slowest answer to a tap or a key. */
  readonly inpMs: number;
  /** The longest time that the main thread answered nobody. */
  readonly taskMs: number;
  readonly scriptKb: number;
  /** Everything that came over the network, with its headers. */
  readonly transferKb: number;
}

/** What the page's own observers have found. */
interface Seen {
  readonly seen: { largestMs: number; shift: number; inpMs: number; taskMs: number };
}

/** What TypeScript does not know of entries: of a shift, and of an event. */
interface Observed {
  readonly value?: number;
  readonly interactionId?: number;
}

/** What leads nowhere: a tap on the heading, three steps of the keyboard and, where there is a field, a letter in it. */
async function interact(page: Page): Promise<void> {
  const heading = page.locator('h1').first();
  if (await heading.isVisible()) await heading.tap();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
  const field = page.locator('main input:not([type=checkbox], [type=radio], [type=file])').first();
  if ((await field.count()) > 0 && (await field.isEditable())) {
    await field.tap();
    await page.keyboard.press('a');
  }
  await page.waitForTimeout(interactionMs);
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
    let transferred = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      transferred += encodedDataLength;
    });
    await page.addInitScript(() => {
      const seen = { largestMs: 0, shift: 0, inpMs: 0, taskMs: 0 };
      Object.assign(globalThis, { seen });
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & Observed)[]) {
          const { entryType, startTime, duration, value = 0, interactionId = 0 } = entry;
          if (entryType === 'largest-contentful-paint') seen.largestMs = startTime;
          if (entryType === 'layout-shift') seen.shift += value;
          if (entryType === 'longtask') seen.taskMs = Math.max(seen.taskMs, duration);
          if (interactionId > 0) seen.inpMs = Math.max(seen.inpMs, duration);
        }
      });
      for (const type of ['largest-contentful-paint', 'layout-shift', 'longtask', 'event']) {
        const options = { type, buffered: true, durationThreshold: 16 };
        observer.observe(options);
      }
    });
    await page.goto(path);
    await page.locator('[data-painted]').waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(settleMs);
    await page.waitForLoadState('networkidle');
    const shiftBefore = await page.evaluate(() => (globalThis as unknown as Seen).seen.shift);
    await interact(page);
    const seen = await page.evaluate(() => ({
      ...(globalThis as unknown as Seen).seen,
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      scriptKb:
        (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
          .filter(({ name }) => name.endsWith('.js'))
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1024,
    }));
    return { ...seen, shift: shiftBefore, transferKb: transferred / 1024 };
  } finally {
    await context.close();
  }
}

interface PageResult {
  readonly path: string;
  readonly isSignedIn: boolean;
  readonly medians: Visit;
}

const keys = [
  'paintMs',
  'largestMs',
  'inpMs',
  'taskMs',
  'shift',
  'scriptKb',
  'transferKb',
] as const satisfies readonly (keyof Visit)[];

const mediansOf = (visits: readonly Visit[]): Visit =>
  Object.fromEntries(
    keys.map((key) => [key, median(visits.map((each) => each[key]))]),
  ) as unknown as Visit;

async function measure(context: BenchContext): Promise<readonly PageResult[]> {
  const { dir, rounds, say, paths } = context;
  if ((await buildWeb('warn')) !== 0) throw new Error('The SPA does not build.');
  const bundles = join(dir, 'pages-workers');
  await buildWorkers(bundles, 'error');
  const ports = await freePorts();
  const stack = await startStack({ ports, dataDir: join(dir, 'pages'), bundles, log: () => {} });
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
    const origin = `http://localhost:${edgePort}`;
    const pages = [
      ...publicPaths.map((path) => [path, null] as const),
      ...ownPaths.map((path) => [path, session] as const),
    ];
    const results: PageResult[] = [];
    for (const [path, as] of pages) {
      if (paths.length > 0 && !paths.includes(path)) continue;
      say(`${path} …`);
      const visits: Visit[] = [];
      while (visits.length < rounds) visits.push(await visit(browser, origin, path, as));
      results.push({ path, isSignedIn: as !== null, medians: mediansOf(visits) });
    }
    return results;
  } finally {
    await browser.close();
    edge.stop();
    await stack.stop();
  }
}

const aboveOf = ({ paintMs, shift, inpMs, scriptKb }: Visit): string =>
  [
    paintMs > targets.paintMs ? 'first paint' : '',
    shift > targets.shift ? 'CLS' : '',
    inpMs > targets.inpMs ? 'INP' : '',
    scriptKb > targets.scriptKb ? 'script' : '',
  ]
    .filter(Boolean)
    .join(', ');

/** `pnpm bench pages /login /account` for these alone. */
export const pagesPart = partOf<readonly PageResult[]>({
  id: 'pages',
  title: 'Pages',
  isUsual: false,
  measure,
  render: (results) =>
    `In Chromium with nothing kept, at ${slow.kbps / 1000} Mbit/s, ${slow.latencyMs} ms and a processor that is ${slow.cpu} times slower; medians. INP: the slowest answer to a
tap on the heading, three steps of the keyboard and a letter in the first field; Chromium reports none below 16 ms. At most: first
paint ${targets.paintMs} ms, CLS ${targets.shift}, INP ${targets.inpMs} ms, script ${targets.scriptKb} KB.

${table(
  [
    'page',
    'first paint, ms',
    'LCP, ms',
    'INP, ms',
    'longest task, ms',
    'CLS',
    'script, KB',
    'all, KB',
    'above',
  ],
  results.map(({ path, isSignedIn, medians }) => [
    isSignedIn ? `${path} (signed in)` : path,
    medians.paintMs.toFixed(0),
    medians.largestMs.toFixed(0),
    medians.inpMs < 16 ? '< 16' : medians.inpMs.toFixed(0),
    medians.taskMs.toFixed(0),
    medians.shift.toFixed(3),
    medians.scriptKb.toFixed(1),
    medians.transferKb.toFixed(1),
    aboveOf(medians),
  ]),
)}`,
});

import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import type {
  AuthorityMode,
  ChatAnswer,
  GatewayMode,
  PhoneMessage,
  RecordMode,
} from '@shiming/sandbox';
import type { AxeResults, RunOptions } from 'axe-core';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { expect, inject } from 'vitest';
import { ensureChromium } from '../src/browser.ts';
import { dataDir as resultsDir, webDist } from '../src/paths.ts';
import { freePorts } from '../src/ports.ts';
import { registerServices } from '../src/register-services.ts';
import { startStack } from '../src/stack.ts';

/** Where the stack of this process keeps its database and its keys. */
export const dataDir = mkdtempSync(join(tmpdir(), 'shiming-e2e-'));

const databaseDir = join(dataDir, 'sqld');
const fillDatabase = () => cpSync(inject('database'), databaseDir, { recursive: true });

fillDatabase();
/** The stack of this process, which one file after another has for itself. */
const stack = await startStack({
  ports: await freePorts(),
  dataDir,
  bundles: inject('bundles'),
  // No journey depends on where in a minute it is: each runs the jobs when it needs them.
  hasClock: false,
  log: () => {},
});

export const { webUrl, phoneUrl, databaseUrl } = stack;

globalThis.renewStack = async () => {
  await stack.stopDatabase();
  rmSync(databaseDir, { recursive: true });
  fillDatabase();
  await stack.startDatabase();
  await registerServices(databaseUrl, phoneUrl);
  await stack.restartSandbox();
};

globalThis.endOfProcess = async () => {
  await (await launched)?.close();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
};

/** The database of the stack, for what no browser can see or bring about. */
export const database = () => connect({ url: databaseUrl });

/** The address, as a pattern, of the script that was built of `source`, a file of the web. */
export function scriptOf(source: string): string {
  const manifest = JSON.parse(readFileSync(join(webDist, '.vite/manifest.json'), 'utf8'));
  return `**/${manifest[source].file}`;
}

/** From now on every sign-in is too old to be a proof (T-PRO-05). */
export const longAfterSigningIn = () => database().run('update session set proved_at_ms = null');

const disabledFeatures = [
  // A page of the browser's own for its address bar, which nobody sees here: a second of processor time a window.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // What Playwright disables. Of two such switches the last counts, and that is this one.
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const browserArguments = [
  `--disable-features=${disabledFeatures.join(',')}`,
  // A document lives for seconds: what V8's optimizing compilers take is never earned back.
  '--js-flags=--no-maglev --no-turbofan',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

const phoneScreen: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  // Nothing that is shown depends on it but how sharp a picture is.
  deviceScaleFactor: process.env['SHIMING_SCREENSHOTS'] ? 2 : 1,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};

const deskScreen: BrowserContextOptions = {
  viewport: { width: 1280, height: 900 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};

const tolerated = new WeakMap<Page, RegExp[]>();

/** Lets console errors that match `pattern` pass on this page: the test makes that trouble itself. */
export function tolerate(page: Page, pattern: RegExp): void {
  tolerated.set(page, [...(tolerated.get(page) ?? []), pattern]);
}

/** A refusal by the API is an answer that the page handles; Chromium logs its status all the same. */
function isRefusal(text: string, url: string): boolean {
  const isApi = /^(?:\/\w+)?\/(?:trpc|photos)\//.test(new URL(url, webUrl).pathname);
  return /status of 4\d\d/.test(text) && isApi;
}

const launch = ({ without = [], and = [] }: Record<string, string[]> = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: [...browserArguments, ...and],
    ignoreDefaultArgs: without,
  });

let launched: Promise<Browser> | undefined;

/** The browser of this process. */
const browser = (): Promise<Browser> => (launched ??= launch());

/** Keeps what the pages showed where a journey failed, what they complained of and still waited for, and the Worker's log, in `.shiming/failures`. */
async function keepFailure(
  pages: readonly Page[],
  open: ReadonlySet<Request>,
  complaints: readonly string[],
): Promise<void> {
  const folder = join(resultsDir, 'failures', String(Date.now()));
  mkdirSync(folder, { recursive: true });
  cpSync(join(dataDir, 'worker.log'), join(folder, 'worker.log'));
  const waiting = Array.from(open, (request) => `${request.method()} ${request.url()}`);
  const shown = pages.map((page) => page.url());
  writeFileSync(join(folder, 'pages.txt'), [...shown, ...waiting, ...complaints, ''].join('\n'));
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join(folder, `page-${index + 1}.png`), fullPage: true });
  }
}

/** Resolves when the page listens: documents are painted before their script has come. */
export const listens = (page: Page): Promise<void> =>
  page.mainFrame().locator(listening).waitFor({ state: 'attached' });

/** The document, once nothing in it is only painted. */
const listening = 'html:not(:has([data-painted]))';

/**
 * Lets a page's locators find nothing in a document that does not listen yet, and a heading by its whole name alone. For what is only
 * painted, ask its `mainFrame()`, and for the inside of `has` too, because that is looked for in what surrounds it.
 */
function waitForPages(page: Page): void {
  for (const name of ['goto', 'reload', 'goBack', 'goForward'] as const) {
    const go: (...values: never[]) => Promise<unknown> = page[name].bind(page);
    Object.assign(page, {
      [name]: async (...values: never[]) => {
        const answer = await go(...values);
        await listens(page);
        return answer;
      },
    });
  }
  const document = page.mainFrame().locator(listening);
  for (const name of ['locator', 'getByLabel', 'getByText'] as const) {
    Object.assign(page, { [name]: document[name].bind(document) });
  }
  const getByRole: Page['getByRole'] = (role, options) =>
    // A heading that has the words among others is that of another page.
    document.getByRole(role, role === 'heading' ? { exact: true, ...options } : options);
  Object.assign(page, { getByRole });
}

async function visit(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  from: Promise<Browser> = browser(),
): Promise<void> {
  const context = await (await from).newContext({ baseURL: webUrl, ...options });
  context.setDefaultTimeout(90_000);
  context.on('page', waitForPages);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !isRefusal(message.text(), url)) {
      complaints.push(`console: ${message.text()} (${url})`);
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOurs = [webUrl, phoneUrl].includes(url.origin);
    if (!isOurs && url.protocol.startsWith('http')) complaints.push(`third party: ${url.origin}`);
  });
  const open = new Set<Request>();
  context.on('request', (request) => open.add(request));
  context.on('requestfinished', (request) => open.delete(request));
  context.on('requestfailed', (request) => open.delete(request));
  try {
    await use(page);
  } catch (error) {
    await keepFailure(context.pages(), open, complaints).catch(() => {});
    throw error;
  } finally {
    await context.close();
  }
  const patterns = tolerated.get(page) ?? [];
  expect(complaints.filter((line) => !patterns.some((pattern) => pattern.test(line)))).toEqual([]);
}

/**
 * Hands `use` a page of the product on a phone (390 × 844, touch, zh-CN) in a context of its own,
 * and fails if the page threw, logged an error or asked anything of another origin.
 */
export const onPhone = (
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> => visit({ ...phoneScreen, ...options }, use);

/** The same on a desktop (1280 × 900). */
export const onDesktop = (
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> => visit({ ...deskScreen, ...options }, use);

/** The same on a phone whose browser keeps pages that are left in memory, as all do but Playwright's. */
export async function withPagesKept(use: (page: Page) => Promise<void>): Promise<void> {
  await withBrowser(launch({ without: ['--disable-back-forward-cache'] }), use);
}

/** The same on a phone whose camera shows a film (film.ts), from its beginning each time it is opened. */
export const withCamera = (
  film: string,
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> =>
  withBrowser(launch({ and: [`--use-file-for-fake-video-capture=${film}`] }), use, options);

async function withBrowser(
  launching: Promise<Browser>,
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const own = await launching;
  try {
    await visit({ ...phoneScreen, ...options }, use, Promise.resolve(own));
  } finally {
    await own.close();
  }
}

const axeOptions: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // Style sheets are fetched for one rule, which is experimental and does not run.
  preload: false,
};

/** axe as it is loaded into a page: the smaller of its two files, since each document needs it again. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** In the page: what `faultsOf` reports; `null` where axe is not loaded. */
async function look(options: RunOptions): Promise<string[] | null> {
  if (!('axe' in window)) return null;
  const { violations } = await (window.axe as { run(of: RunOptions): Promise<AxeResults> }).run(
    options,
  );

  const html = document.documentElement;
  const now = html.className;
  const isConsole = location.pathname.startsWith('/console');
  // The console has one larger size, all other pages have two.
  const sizes = isConsole ? ['', 'large'] : ['', 'large', 'large larger'];
  const tooWide = sizes.filter((size) => {
    html.className = `${now} ${size}`;
    return html.scrollWidth > html.clientWidth;
  });
  html.className = now;

  const foreign: string[] = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { textContent, parentElement } = walk.currentNode;
    if (parentElement?.checkVisibility() !== true) continue;
    const language = parentElement.closest('[lang]')?.getAttribute('lang') ?? '';
    const isForeign = language.startsWith('en')
      ? /\p{Script=Han}/u.test(textContent ?? '')
      : /[a-z]{3,} [a-z]{2,}/.test(textContent ?? '');
    if (isForeign) foreign.push(`${textContent} is marked as ${language}`);
  }

  // The console is for keyboard and mouse, and its rows are close.
  const targets = isConsole ? [] : document.querySelectorAll('a[href], button, summary, select');
  const small = Array.from(targets)
    .filter((target) => {
      if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        return false;
      // A link within a sentence is as high as its line (WCAG 2.5.8, exception "inline").
      const around = target.parentElement;
      if (target.localName === 'a' && around !== null) {
        const others = Array.from(around.childNodes).filter((node) => node !== target);
        if (others.some((node) => node instanceof Text && node.data.trim() !== '')) return false;
      }
      const area = target.closest('label') ?? target;
      const { width, height } = area.getBoundingClientRect();
      return width > 1 && height > 1 && height < 43.5;
    })
    .map((target) => {
      const { width, height } = target.getBoundingClientRect();
      return `${target.localName}.${target.className} "${target.textContent}" is ${Math.round(width)} × ${Math.round(height)}`;
    });

  return [
    ...foreign,
    ...small,
    ...violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help} — ${node.target.join(' ')}`),
    ),
    ...tooWide.map((size) => `wider than the screen: text ${size || 'as it is'}`),
  ];
}

/**
 * What is wrong with the page as it is now: what axe finds (WCAG 2.2 A and AA, and best practice), in which text
 * sizes it is wider than the screen, which words stand under the name of the other language (WCAG 3.1.2), and what is
 * less than 44 px high to press. axe's own adapter for Playwright loads it into the page and into an empty one each
 * time, for frames of other origins, which no page has: ten times the work.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  const looking = `(${String(look)})(${JSON.stringify(axeOptions)})`;
  const faults = await page.evaluate<string[] | null>(looking);
  return faults ?? page.evaluate<string[]>(`${axeSource}\n${looking}`);
}

/** Keeps a picture of the whole page in `.shiming/screenshots` when `SHIMING_SCREENSHOTS` is set. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['SHIMING_SCREENSHOTS']) return;
  const folder = join(resultsDir, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Keeps a picture of the page as it is now, and finds nothing wrong with it. */
export async function looksRight(page: Page, name: string): Promise<void> {
  await picture(page, name);
  await expect.poll(() => faultsOf(page)).toEqual([]);
}

/** The same on a phone and on a desktop. */
export async function looksRightOnBoth(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await looksRight(page, `${name}-${width}`);
  }
}

/** The same, and once more in English and dark; afterwards the page is as it was. */
export async function looksRightInBoth(page: Page, name: string): Promise<void> {
  await looksRightOnBoth(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: '中文' }).waitFor();
  await looksRightOnBoth(page, `${name}-en-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: 'English' }).waitFor();
}

/** Stops sqld, runs `during`, and starts sqld again with the same data. */
export async function withoutDatabase(during: () => Promise<void>): Promise<void> {
  await stack.stopDatabase();
  try {
    await during();
  } finally {
    await stack.startDatabase();
  }
}

/** Runs the Worker's scheduled jobs now. */
export const runScheduled = (): Promise<void> => stack.runScheduled();

/** Makes every use of something limited a minute older: one number gets one code a minute. */
export async function aMinuteLater(): Promise<void> {
  await database().run('update allowance set at_ms = at_ms - 61000');
}

/** The code in the newest text message to a mobile number that has one, once there are `count` of them. */
export async function readCode(mobile: string, count = 1): Promise<string> {
  let codes: string[] = [];
  await expect
    .poll(async () => {
      codes = (await textsTo(mobile)).flatMap(({ code }) => code ?? []);
      return codes.length;
    })
    .toBe(count);
  return codes.at(-1) ?? '';
}

async function tellSandbox(path: string, body: Record<string, string>): Promise<void> {
  const response = await fetch(`${phoneUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

/** Puts the SMS gateway into a mode (slow, refusing, down …) for the time of `during`. */
export async function withGateway(mode: GatewayMode, during: () => Promise<void>): Promise<void> {
  await tellSandbox('/control/gateway/aliyun', { mode });
  try {
    await during();
  } finally {
    await tellSandbox('/control/gateway/aliyun', { mode: 'working' });
  }
}

/** Puts the identity authority into a mode (slow, busy, down …) for the time of `during`. */
export async function withAuthority(
  mode: AuthorityMode,
  during: () => Promise<void>,
): Promise<void> {
  await tellSandbox('/control/authority', { mode });
  try {
    await during();
  } finally {
    await tellSandbox('/control/authority', { mode: 'working' });
  }
}

/** Puts the gateway of records into a mode (down, source_down …) for the time of `during`. */
export async function withRecords(mode: RecordMode, during: () => Promise<void>): Promise<void> {
  await tellSandbox('/control/records', { mode });
  try {
    await during();
  } finally {
    await tellSandbox('/control/records', { mode: 'working' });
  }
}

/** Puts the mail server into a mode (busy, down …) for the time of `during`. */
export async function withMail(mode: string, during: () => Promise<void>): Promise<void> {
  await tellSandbox('/control/mail', { mode });
  try {
    await during();
  } finally {
    await tellSandbox('/control/mail', { mode: 'working' });
  }
}

/** Has every link of an arriving mail fetched, as mail scanners do, for the time of `during`. */
export async function withMailScanner(during: () => Promise<void>): Promise<void> {
  await tellSandbox('/control/mail-scanner', { mode: 'on' });
  try {
    await during();
  } finally {
    await tellSandbox('/control/mail-scanner', { mode: 'off' });
  }
}

/** Puts WeChat's API into a mode (slow, busy, down …) for the time of `during`. */
export async function withWeChat(mode: string, during: () => Promise<void>): Promise<void> {
  await tellSandbox('/control/wechat', { mode });
  try {
    await during();
  } finally {
    await tellSandbox('/control/wechat', { mode: 'working' });
  }
}

/** Somebody's WeChat, which does not follow the service account yet. Each action resolves with what the chat answers. */
export function newWeChat() {
  const openId = `o${randomBytes(24).toString('base64url').slice(0, 27)}`;
  const act = async (action: string, body: Record<string, string> = {}): Promise<string> => {
    const response = await fetch(`${phoneUrl}/wechat/${openId}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
    const answer = (await response.json()) as ChatAnswer;
    return answer.text ?? '';
  };
  return {
    /** Scans the QR code that was drawn last. */
    async scan(): Promise<string> {
      const response = await fetch(`${phoneUrl}/wechat/codes`);
      const [newest] = (await response.json()) as { url: string }[];
      return act('scan', { url: newest?.url ?? '' });
    },
    follow: () => act('follow'),
    press: (key: 'GET_CODE' | 'RESET_PASSWORD') => act('press', { key }),
    type: (text: string) => act('type', { text }),
  };
}

/** The text messages that arrived at a number, oldest first. */
export async function textsTo(mobile: string): Promise<PhoneMessage[]> {
  const response = await fetch(`${phoneUrl}/phone/messages?mobile=${mobile}`);
  return (await response.json()) as PhoneMessage[];
}

type ReceivedMail = { subject: string; links: string[]; transport: string; scannedLinks: number };

async function allMailsTo(address: string): Promise<ReceivedMail[]> {
  const response = await fetch(`${phoneUrl}/mail/messages?address=${encodeURIComponent(address)}`);
  return (await response.json()) as ReceivedMail[];
}

const provesAddress = (link: string) => new URL(link).pathname.endsWith('/mail');

/** The mails that arrived at an address, oldest first, without those that prove it. */
export const mailsTo = async (address: string): Promise<ReceivedMail[]> =>
  (await allMailsTo(address)).filter(({ links }) => !links.some(provesAddress));

/** The newest link that proves an address, once there are so many. */
export async function provingLink(address: string, count = 1): Promise<string> {
  let links: string[] = [];
  await expect
    .poll(async () => {
      links = (await allMailsTo(address)).flatMap((mail) => mail.links).filter(provesAddress);
      return links.length;
    })
    .toBe(count);
  return links.at(-1) ?? '';
}

/** Opens a 网证 in the sandbox for the citizen with this document number. */
export const openCtid = (number: string): Promise<void> => tellSandbox('/ctid', { number });

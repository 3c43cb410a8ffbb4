import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { createAliyunMail } from './aliyun-mail.ts';
import { AliyunSms } from './aliyun-sms.ts';
import { bodyField } from './body-field.ts';
import { citizens } from './citizens.ts';
import type { Citizen } from './citizens.ts';
import { sandboxCredentials } from './credentials.ts';
import type { SandboxCredentials } from './credentials.ts';
import { IdentityRegister } from './identity-register.ts';
import { MailHost, visitLocally } from './mail.ts';
import { mailRoutes } from './mail-routes.ts';
import {
  authorityModes,
  createModeSwitch,
  encryptionModes,
  gatewayModes,
  mailModes,
  ministryModes,
  recordModes,
  repeatModes,
  scannerModes,
  weChatModes,
} from './mode.ts';
import type { AuthorityMode, GatewayMode, MinistryMode, ModeSwitch, RecordMode } from './mode.ts';
import { PhoneMemory } from './phone.ts';
import type { Phone } from './phone.ts';
import { RecordGateway } from './record-gateway.ts';
import { answerTencentFaceid } from './tencent-faceid.ts';
import { answerTencentIai } from './tencent-iai.ts';
import { TencentSms } from './tencent-sms.ts';
import { WeChat } from './wechat.ts';
import type { SandboxWeChat } from './wechat.ts';
import { weChatRoutes } from './wechat-routes.ts';

export type SmsVendor = 'aliyun' | 'tencent';

export type SandboxOptions = {
  now?: () => number;
  credentials?: Partial<SandboxCredentials>;
  /** Whether the SMS vendors enforce their own limits per number (default `true`). */
  vendorLimits?: boolean;
  /** How late an answer comes in the mode `slow` (default 8000). */
  slowMs?: number;
  /** How late the answer about a slow citizen comes (default 3000). */
  slowCitizenMs?: number;
  /** How long a push to our service may take (default 5000, as on the WeChat platform). */
  pushTimeoutMs?: number;
  /** How many messages the phone and the mailboxes remember, each (default 200 and 1000). */
  remembers?: number;
  /** How a mail scanner opens a link (default: the global `fetch`, and addresses of this machine only). */
  visit?: (request: Request) => Promise<Response>;
};

/** The authority as tests steer and watch it. `queries` counts what it was asked, by number. */
export type SandboxAuthority = ModeSwitch<AuthorityMode> & {
  readonly queries: ReadonlyMap<string, number>;
  /** Opens a 网证 for the citizen with this document number; `false` when there is none. */
  openCtid(number: string): boolean;
  /** Takes somebody into the register who is not among the citizens. */
  takeIn(citizen: Citizen): void;
};

/**
 * The gateway of records as tests steer and watch it. `queries` counts what it was asked, by number; `reports` holds what it
 * has taken, as JSON, by the id of the dispute.
 */
export type SandboxRecords = ModeSwitch<RecordMode> & {
  readonly queries: ReadonlyMap<string, number>;
  readonly reports: ReadonlyMap<string, string>;
};

/**
 * The outside world in one object. `fetch` is the whole of it, for whatever calls vendors; it keeps the contract of
 * the global `fetch`: a vendor that is `down` makes it reject with a `TypeError`, an aborted signal with its reason.
 */
export type Sandbox = {
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /** The same for a real port, where a vendor that is `down` answers 503 with an empty body. */
  readonly serve: (request: Request) => Promise<Response>;
  readonly phone: Phone;
  gateway(vendor: SmsVendor): ModeSwitch<GatewayMode>;
  readonly authority: SandboxAuthority;
  readonly citizens: readonly Citizen[];
  readonly records: SandboxRecords;
  /** The ministry's sign-in, which only the server serves. */
  readonly ministry: ModeSwitch<MinistryMode>;
  readonly mail: MailHost;
  readonly wechat: SandboxWeChat;
  /**
   * Forgets messages, queries, nonces, limits, 网证, mails and chats, and sets every switch back. A menu and the
   * address for pushes stay. After `down`, the SMTP port opens a moment later: wait for `mail.setMode('working')`.
   */
  reset(): void;
};

/** Where each vendor answers, under one origin. */
export const vendorPaths = {
  aliyunSms: '/vendors/aliyun/sms/',
  tencentSms: '/vendors/tencent/sms/',
  tencentFaceid: '/vendors/tencent/faceid/',
  tencentIai: '/vendors/tencent/iai/',
  records: '/vendors/records/',
  ministry: '/vendors/ministry',
  aliyunMail: '/vendors/aliyun/mail/',
  wechat: '/vendors/wechat/',
} as const;

const pageFiles = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/phone.css': ['phone.css', 'text/css; charset=utf-8'],
  '/phone.js': ['phone.js', 'text/javascript; charset=utf-8'],
  '/dom.js': ['dom.js', 'text/javascript; charset=utf-8'],
  '/mail.js': ['mail.js', 'text/javascript; charset=utf-8'],
  '/wechat.js': ['wechat.js', 'text/javascript; charset=utf-8'],
} as const;

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const {
    now = Date.now,
    vendorLimits = true,
    slowMs = 8000,
    slowCitizenMs = 3000,
    pushTimeoutMs = 5000,
    remembers,
    visit = visitLocally,
  } = options;
  const credentials = { ...sandboxCredentials, ...options.credentials };
  const phone = new PhoneMemory(remembers);
  const register = new IdentityRegister();
  const gateways = {
    aliyun: createModeSwitch<GatewayMode>('working'),
    tencent: createModeSwitch<GatewayMode>('working'),
  };
  const authority = createModeSwitch<AuthorityMode>('working');
  const recordMode = createModeSwitch<RecordMode>('working');
  const ministry = createModeSwitch<MinistryMode>('working');
  const records = new RecordGateway({
    now,
    credentials: credentials.records,
    mode: recordMode,
    slowCitizenMs,
  });
  const aliyunSms = new AliyunSms({
    now,
    credentials: credentials.aliyun,
    gateway: gateways.aliyun,
    phone,
    hasLimits: vendorLimits,
  });
  const tencentSms = new TencentSms({
    now,
    credentials: credentials.tencent,
    gateway: gateways.tencent,
    phone,
    hasLimits: vendorLimits,
  });

  const mail = new MailHost({ now, visit, remembers });
  const aliyunMail = createAliyunMail({ now, credentials: credentials.aliyun, mail });
  const wechat = new WeChat({ now, credentials: credentials.wechat, pushTimeoutMs });

  const switchOf = (pathname: string) => {
    if (pathname.startsWith(vendorPaths.aliyunSms)) return gateways.aliyun;
    if (pathname.startsWith(vendorPaths.tencentSms)) return gateways.tencent;
    if (pathname.startsWith(vendorPaths.tencentFaceid)) return authority;
    if (pathname.startsWith(vendorPaths.tencentIai)) return authority;
    if (pathname.startsWith(vendorPaths.records)) return recordMode;
    if (pathname.startsWith(vendorPaths.aliyunMail)) return mail;
    if (pathname.startsWith(vendorPaths.wechat)) return wechat;
    return null;
  };
  const modeOf = (pathname: string): 'slow' | 'down' | 'dropping' | 'other' => {
    const mode = switchOf(pathname)?.mode;
    return mode === 'slow' || mode === 'down' || mode === 'dropping' ? mode : 'other';
  };

  const app = new Hono();
  app.use('/vendors/*', async (c, next) => {
    const mode = modeOf(c.req.path);
    if (mode === 'down') return c.body(null, 503);
    await next();
    if (mode === 'slow') await delay(slowMs, undefined, { ref: false });
    if (mode === 'dropping') c.res = new Response(null, { status: 504 });
    return undefined;
  });
  app.on(['GET', 'POST'], vendorPaths.aliyunSms, (c) => aliyunSms.answer(c.req.raw));
  app.post(vendorPaths.tencentSms, (c) => tencentSms.answer(c.req.raw));
  app.post(vendorPaths.tencentFaceid, (c) =>
    answerTencentFaceid(c.req.raw, {
      now,
      credentials: credentials.tencent,
      authority,
      register,
      slowCitizenMs,
    }),
  );

  app.post(vendorPaths.tencentIai, (c) =>
    answerTencentIai(c.req.raw, { now, credentials: credentials.tencent }),
  );
  app.post(vendorPaths.records, (c) => records.answer(c.req.raw));
  app.post(vendorPaths.aliyunMail, (c) => aliyunMail.answer(c.req.raw));
  app.all(`${vendorPaths.wechat}*`, (c) =>
    wechat.api.answer(c.req.path.slice(vendorPaths.wechat.length), c.req.raw),
  );

  for (const [path, [file, contentType]] of Object.entries(pageFiles)) {
    app.get(path, async (c) =>
      c.body(await readFile(new URL(`phone-page/${file}`, import.meta.url)), 200, {
        'content-type': contentType,
        'content-security-policy':
          "default-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      }),
    );
  }
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/phone/messages', (c) => c.json(phone.messages(c.req.query('mobile'))));
  app.route('/mail', mailRoutes(mail));
  app.route('/wechat', weChatRoutes(wechat));
  app.get('/citizens', (c) =>
    c.json(citizens.map((citizen) => ({ ...citizen, hasCtid: register.hasCtid(citizen.number) }))),
  );
  app.get('/control', (c) =>
    c.json({
      gateways: { aliyun: gateways.aliyun.mode, tencent: gateways.tencent.mode },
      authority: authority.mode,
      records: recordMode.mode,
      ministry: ministry.mode,
      mail: mail.mode,
      mailScanner: mail.scanner.mode,
      wechat: wechat.mode,
      wechatEncryption: wechat.encryption.mode,
      wechatRepeat: wechat.repeat.mode,
    }),
  );
  app.post('/control/gateway/:vendor', async (c) => {
    const vendor = c.req.param('vendor');
    if (vendor !== 'aliyun' && vendor !== 'tencent')
      return c.json({ error: 'no_such_vendor' }, 404);
    return switchMode(c, gateways[vendor], gatewayModes);
  });
  app.post('/control/authority', (c) => switchMode(c, authority, authorityModes));
  app.post('/control/records', (c) => switchMode(c, recordMode, recordModes));
  app.post('/control/ministry', (c) => switchMode(c, ministry, ministryModes));
  app.post('/control/mail', (c) => switchMode(c, mail, mailModes));
  app.post('/control/mail-scanner', (c) => switchMode(c, mail.scanner, scannerModes));
  app.post('/control/wechat', (c) => switchMode(c, wechat, weChatModes));
  app.post('/control/wechat-encryption', (c) => switchMode(c, wechat.encryption, encryptionModes));
  app.post('/control/wechat-repeat', (c) => switchMode(c, wechat.repeat, repeatModes));
  app.post('/ctid', async (c) => {
    const number = await bodyField(c, 'number');
    return number !== null && register.openCtid(number)
      ? c.json({ number })
      : c.json({ error: 'no_such_citizen' }, 404);
  });

  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const mode = modeOf(new URL(request.url).pathname);
      if (mode === 'down') throw new TypeError('fetch failed');
      const aborted = new Promise<never>((_, reject) => {
        const abort = () => reject(request.signal.reason);
        request.signal.addEventListener('abort', abort, { once: true });
      });
      const response = await Promise.race([app.fetch(request), aborted]);
      if (mode === 'dropping') throw new TypeError('fetch failed');
      return response;
    },
    serve: async (request) => app.fetch(request),
    phone,
    gateway: (vendor) => gateways[vendor],
    authority: {
      get mode() {
        return authority.mode;
      },
      setMode: (mode) => authority.setMode(mode),
      queries: register.queries,
      openCtid: (number) => register.openCtid(number),
      takeIn: (citizen) => register.takeIn(citizen),
    },
    citizens,
    records: {
      get mode() {
        return recordMode.mode;
      },
      setMode: (mode) => recordMode.setMode(mode),
      queries: records.queries,
      reports: records.reports,
    },
    ministry,
    mail,
    wechat,
    reset() {
      phone.clear();
      register.reset();
      records.reset();
      aliyunSms.reset();
      tencentSms.reset();
      mail.reset();
      aliyunMail.reset();
      wechat.reset();
      for (const each of [gateways.aliyun, gateways.tencent, authority, recordMode]) {
        each.setMode('working');
      }
      ministry.setMode('working');
    },
  };
}

async function switchMode<Mode extends string>(
  c: Context,
  control: { setMode(mode: Mode): void | Promise<void> },
  modes: readonly Mode[],
): Promise<Response> {
  const wanted = await bodyField(c, 'mode');
  const mode = modes.find((candidate) => candidate === wanted);
  if (mode === undefined) return c.json({ error: 'no_such_mode', modes }, 400);
  await control.setMode(mode);
  return c.json({ mode });
}

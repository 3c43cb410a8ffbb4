import { type ApiContext, appRouter, type CookieName, type Cookies } from '@shiming/api';
import { isReady, newMeter } from '@shiming/db';
import { type AppErrorCode, type AppErrorData, appErrorIn } from '@shiming/domain';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import type { World } from './world.ts';
import { visitorOf } from './visitor.ts';

/** Larger than any input of any procedure. */
const bodyLimitBytes = 64 * 1024;
const deviceCookieSeconds = 180 * 24 * 3600;

type Assets = { fetch(request: Request): Promise<Response> };
type Env = { Bindings: { ASSETS: Assets }; Variables: { requestId: string } };

/** One line for each request; nothing personal, so no path of a page and no address. */
type LogLine = {
  requestId: string;
  method: string;
  procedure: string;
  outcome: AppErrorCode | 'ok';
  status: number;
  roundTrips: number;
  rowsRead: number;
  ms: number;
  note?: string;
};

export type AppOptions = {
  world: World;
  publicOrigin: string;
  log: (line: LogLine) => void;
  newId: () => string;
  now: () => number;
};

function cookiesOf(c: Context<Env>): Cookies {
  const attributes = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;
  const names: Record<CookieName, string> = {
    session: 'session',
    registration: 'registration',
    device: 'device',
  };
  return {
    read: (name) => getCookie(c, names[name], 'host') ?? null,
    write: (name, value, maxAge) =>
      setCookie(c, names[name], value, { ...attributes, prefix: 'host', maxAge }),
    clear: (name) => {
      deleteCookie(c, `__Host-${names[name]}`, attributes);
    },
  };
}

/** A refusal in the form of the API, for what is refused before it. */
const refuse = (c: Context<Env>, status: 403 | 413 | 503, app: AppErrorData) =>
  c.json({ error: { message: app.code, code: -32600, data: { httpStatus: status, app } } }, status);

/**
 * A change is only taken from our own pages. Browsers send `Origin` with every POST, and `Sec-Fetch-Site`
 * since 2020–2023; a program that sends neither carries no one else's cookies.
 */
function isForeign(c: Context<Env>, publicOrigin: string): boolean {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  return (
    (origin !== undefined && origin !== publicOrigin) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  );
}

/** The whole Worker as a Hono app: headers, origin, body limit, log line, API, health, pages. */
export function createApp({ world, publicOrigin, log, newId, now }: AppOptions) {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    c.set('requestId', newId());
    await next();
    c.res.headers.set('x-request-id', c.get('requestId'));
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      strictTransportSecurity: 'max-age=63072000; includeSubDomains',
      referrerPolicy: 'no-referrer',
      crossOriginOpenerPolicy: 'same-origin',
      crossOriginResourcePolicy: 'same-origin',
      xFrameOptions: 'DENY',
      permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
    }),
  );

  app.get('/healthz', async (c) => {
    c.header('cache-control', 'no-store');
    try {
      const deps = world.depsFor((work) => c.executionCtx.waitUntil(work));
      const ok = await isReady(deps.db);
      return c.json({ ok }, ok ? 200 : 503);
    } catch {
      return c.json({ ok: false }, 503);
    }
  });

  app.use('/trpc/*', async (c, next) => {
    if (c.req.method !== 'GET' && isForeign(c, publicOrigin)) {
      return refuse(c, 403, { code: 'request.origin_refused' });
    }
    return next();
  });
  app.use(
    '/trpc/*',
    bodyLimit({
      maxSize: bodyLimitBytes,
      onError: (c) => refuse(c as Context<Env>, 413, { code: 'request.too_large' }),
    }),
  );
  app.all('/trpc/*', async (c) => {
    const startMs = now();
    const meter = newMeter();
    const cookies = cookiesOf(c);
    const deps = world.depsFor((work) => c.executionCtx.waitUntil(work), meter);
    const deviceCookie = cookies.read('device');
    const visitor = visitorOf(
      { address: c.req.header('cf-connecting-ip'), agent: c.req.header('user-agent') },
      deviceCookie,
      newId,
    );
    if (deviceCookie === null) cookies.write('device', visitor.deviceId, deviceCookieSeconds);
    const told: { procedure: string; outcome: AppErrorCode | 'ok'; note: string | undefined } = {
      procedure: '',
      outcome: 'request.not_found',
      note: undefined,
    };
    const context: ApiContext = {
      ctx: { ...deps, actor: { type: 'anonymous' }, visitor, requestId: c.get('requestId') },
      cookies,
      report: (procedure, outcome, note) => Object.assign(told, { procedure, outcome, note }),
    };
    const answer = await fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      createContext: () => context,
      allowBatching: false,
    });
    const response = c.newResponse(answer.body, answer.status as 200, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      'cache-control': 'no-store',
    });
    const { note, ...outcome } = told;
    log({
      requestId: c.get('requestId'),
      method: c.req.method,
      ...outcome,
      status: answer.status,
      roundTrips: meter.roundTrips,
      rowsRead: meter.rowsRead,
      ms: now() - startMs,
      ...(note === undefined ? {} : { note }),
    });
    return response;
  });

  app.get('*', async (c) => {
    // A page brings the device cookie, so that the requests it makes at once all carry the same one.
    const cookies = cookiesOf(c);
    if (cookies.read('device') === null) cookies.write('device', newId(), deviceCookieSeconds);
    const found = await c.env.ASSETS.fetch(c.req.raw);
    // Every other path is a page of the SPA, which knows its routes and says which it does not have.
    const asset =
      found.status === 404 ? await c.env.ASSETS.fetch(new Request(new URL('/', c.req.url))) : found;
    const headers = Object.fromEntries(asset.headers);
    return c.newResponse(asset.body, asset.status as 200, {
      ...headers,
      'cache-control': 'no-cache',
    });
  });

  app.onError((error, c) => {
    const known = appErrorIn(error);
    const data: AppErrorData = known?.data ?? {
      code: 'internal.unexpected',
      requestId: c.get('requestId'),
    };
    log({
      requestId: c.get('requestId'),
      method: c.req.method,
      procedure: '',
      outcome: data.code,
      status: 503,
      roundTrips: 0,
      rowsRead: 0,
      ms: 0,
      note: error.name,
    });
    return refuse(c, 503, data);
  });

  return app;
}

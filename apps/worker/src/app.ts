import { type ApiContext, appRouter, type Cookies } from '@shiming/api';
import { isReady, type Meter, newMeter } from '@shiming/db';
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
/** What a request's log line will say, as far as it is known. `procedure` is a known name, never what was sent. */
type Told = { procedure: string; outcome: AppErrorCode | 'ok'; note: string | undefined };
type Env = {
  Bindings: { ASSETS: Assets };
  Variables: { requestId: string; told: Told; meter: Meter };
};

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
  return {
    read: (name) => getCookie(c, name, 'host') ?? null,
    write: (name, value, maxAge) =>
      setCookie(c, name, value, { ...attributes, prefix: 'host', maxAge }),
    clear: (name) => {
      deleteCookie(c, `__Host-${name}`, attributes);
    },
  };
}

/** A refusal in the form of the API, for what is refused outside it. */
function refuse(c: Context<Env>, status: 403 | 404 | 413 | 415 | 500 | 503, app: AppErrorData) {
  c.get('told').outcome = app.code;
  c.header('cache-control', 'no-store');
  const error = { code: -32600, message: app.code, data: { httpStatus: status, app } };
  return c.json({ error }, status);
}

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

/** tRPC also reads forms and plain bytes; no procedure takes them, and a form can be sent by any page. */
const isJson = (c: Context<Env>) =>
  /^application\/json(?:\s*;|$)/i.test(c.req.header('content-type') ?? '');

/** The whole Worker as a Hono app: headers, origin, body limit, log line, API, health, pages. */
export function createApp({ world, publicOrigin, log, newId, now }: AppOptions) {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    const startMs = now();
    const requestId = newId();
    const told: Told = { procedure: '', outcome: 'ok', note: undefined };
    const meter = newMeter();
    c.set('requestId', requestId);
    c.set('told', told);
    c.set('meter', meter);
    await next();
    c.res.headers.set('x-request-id', requestId);
    const { note, ...outcome } = told;
    log({
      requestId,
      method: c.req.method,
      ...outcome,
      status: c.res.status,
      roundTrips: meter.roundTrips,
      rowsRead: meter.rowsRead,
      ms: now() - startMs,
      ...(note === undefined ? {} : { note }),
    });
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
    const told = c.get('told');
    told.procedure = 'healthz';
    c.header('cache-control', 'no-store');
    const deps = world.depsFor((work) => c.executionCtx.waitUntil(work), c.get('meter'));
    const ok = await isReady(deps.db).catch(() => false);
    if (!ok) told.outcome = 'service.unavailable';
    return c.json({ ok }, ok ? 200 : 503);
  });

  app.use('/trpc/*', async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (isForeign(c, publicOrigin)) return refuse(c, 403, { code: 'request.origin_refused' });
    if (!isJson(c)) return refuse(c, 415, { code: 'input.invalid', fields: {} });
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
    const told = c.get('told');
    const cookies = cookiesOf(c);
    const deps = world.depsFor((work) => c.executionCtx.waitUntil(work), c.get('meter'));
    const deviceCookie = cookies.read('device');
    const visitor = visitorOf(
      { address: c.req.header('cf-connecting-ip'), agent: c.req.header('user-agent') },
      deviceCookie,
      newId,
    );
    if (deviceCookie?.split('.')[0] !== visitor.deviceId) {
      cookies.write('device', visitor.deviceId, deviceCookieSeconds);
    }
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
    // Refused before it came to a procedure, which would have told.
    if (told.procedure === '' && !answer.ok) {
      told.outcome = answer.status === 400 ? 'input.invalid' : 'request.not_found';
    }
    return c.newResponse(answer.body, answer.status as 200, {
      ...Object.fromEntries(answer.headers),
      'cache-control': 'no-store',
    });
  });

  app.get('*', async (c) => {
    c.get('told').procedure = 'page';
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

  app.notFound((c) => refuse(c, 404, { code: 'request.not_found' }));
  app.onError((error, c) => {
    const known = appErrorIn(error);
    c.get('told').note = known?.logNote ?? error.name;
    return known?.data.code === 'service.unavailable'
      ? refuse(c, 503, known.data)
      : refuse(c, 500, { code: 'internal.unexpected', requestId: c.get('requestId') });
  });

  return app;
}

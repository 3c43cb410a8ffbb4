import {
  drawnFromHeader,
  parseDrawnFrom,
  answerCall,
  type ApiContext,
  type CookieName,
  type Cookies,
  getCasePhoto,
  getPhoto,
  putPhoto,
  putPhotoByLink,
  putClaimPhoto,
  putTicketFile,
} from '@shiming/api';
import { type Meter, newMeter } from '@shiming/db';
import {
  type AppErrorCode,
  type AppErrorData,
  appErrorIn,
  noteOf,
  pageVersion,
  pageVersionHeader,
  type PortalPlace,
  weChatReplies,
} from '@shiming/domain';
import { receiveWeChatPush } from '@shiming/services/chat/receive';
import { answerOffice, isOfficeAct, listAnswerKeys } from '@shiming/services/authorisation/office';
import { type Ctx, type Deps, inPortal, noSessions, systemCtx } from '@shiming/services/context';
import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { World } from './world.ts';
import { type DeferredLine, doDeferred } from './deferred.ts';
import { createHealth } from './health.ts';
import { limitBody } from './limit-body.ts';
import { officeRequestOf } from './office-request.ts';
import {
  consolePermissions,
  consolePolicy,
  dataHeaders,
  documentHeaders,
} from './security-headers.ts';
import { visitorOf } from './visitor.ts';

/** Larger than any input without a picture. */
const bodyLimitBytes = 64 * 1024;
/** What takes pictures along, in base64: a dispute the photo of a diploma, a face three frames. */
const pictureLimits = [
  [/\/trpc\/photoCheck\.dispute$/, 448 * 1024],
  [/\/trpc\/face\.(?:submit|signIn|proveRecovery|activate)$/, 832 * 1024],
] as const;
/** A little more than any photo that is taken: what is above says so in the words of a photo. */
const photoLimitBytes = 256 * 1024;
/** A question of an office has a few hundred bytes. */
const officeLimitBytes = 4 * 1024;
/** How the log names what an office was answered. */
const officeOutcomes: Readonly<Record<number, AppErrorCode>> = {
  400: 'input.invalid',
  401: 'request.origin_refused',
  404: 'request.not_found',
  409: 'request.stale',
  429: 'request.too_many',
};
const deviceCookieSeconds = 180 * 24 * 3600;

/** Something that answers requests: the files of the build, or another Worker. */
type Fetcher = { fetch(request: Request): Promise<Response> };
/** What a request's log line will say, as far as it is known. `procedure` is a known name, never what was sent. */
type Told = { procedure: string; outcome: AppErrorCode | 'ok'; note: string | undefined };
type Env = {
  Bindings: { ASSETS: Fetcher; OIDC?: Fetcher };
  Variables: {
    requestId: string;
    /** The portal whose address was asked for. */
    place: PortalPlace;
    told: Told;
    meter: Meter;
    /** The work for after the answer; `null` once that has begun. */
    deferred: (() => Promise<unknown>)[] | null;
  };
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
  world: Omit<World, 'streams'>;
  portals: readonly [PortalPlace, ...PortalPlace[]];
  publicOrigin: string;
  /** The header with the visitor's address; without one all visitors share what one address has. */
  addressHeader: string | null;
  log: (line: LogLine | DeferredLine) => void;
  newId: () => string;
  now: () => number;
};

/** Nobody comes to the console from elsewhere with a session that matters there. */
const sameSite = (name: CookieName) => (name === 'staff' ? 'Strict' : 'Lax');

function cookiesOf(c: Context<Env>): Cookies {
  const held = getCookie(c);
  const attributes = { httpOnly: true, secure: true, path: '/' } as const;
  return {
    read: (name) => held[`__Host-${name}`] ?? null,
    write: (name, value, maxAge) =>
      setCookie(c, name, value, {
        ...attributes,
        sameSite: sameSite(name),
        prefix: 'host',
        maxAge,
      }),
    clear: (name) => {
      deleteCookie(c, `__Host-${name}`, { ...attributes, sameSite: sameSite(name) });
    },
  };
}

const isChange = (c: Context<Env>) => c.req.method !== 'GET' && c.req.method !== 'HEAD';

/** A refusal in the form of the API, for what is refused outside it. */
function refuse(c: Context<Env>, status: number, app: AppErrorData) {
  c.get('told').outcome = app.code;
  c.header('cache-control', 'no-store');
  const error = { code: -32600, message: app.code, data: { httpStatus: status, app } };
  return c.json({ error }, status as 500);
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

/**
 * Whether the request is of a page of another release. Pages say which version they speak; those of before they did
 * are known by the `Origin` that browsers send with each change. Other programs need not say any.
 */
function isOutdated(c: Context<Env>): boolean {
  const version = c.req.header(pageVersionHeader);
  if (version !== undefined) return version !== pageVersion;
  return isChange(c) && c.req.header('origin') !== undefined;
}

/** tRPC also reads forms and plain bytes; no procedure takes them, and a form can be sent by any page. */
const isJson = (c: Context<Env>) =>
  /^application\/json(?:\s*;|$)/i.test(c.req.header('content-type') ?? '');

/** What a form of a page sends by itself. */
const isForm = (c: Context<Env>) =>
  /^application\/x-www-form-urlencoded(?:\s*;|$)/i.test(c.req.header('content-type') ?? '');

/** No form can send this type, so no other page can without asking first. */
const isJpeg = (c: Context<Env>) =>
  /^image\/jpeg(?:\s*;|$)/i.test(c.req.header('content-type') ?? '');

/** Only at the first portal: what belongs to the house. */
const ofTheHouse = /^\/(?:assets|console|desk|healthz|oidc|pages)(?:\/|$)/;

/** The path in the address of a request, which is in its normal form. */
const pathOf = (url: string): string => /^[^/]*\/\/[^/]*(\/[^?#]*)/.exec(url)?.[1] ?? '/';

/** Tells for an address the portal it is of, and the path behind the portal's prefix. */
function placesOf([first, ...others]: AppOptions['portals']) {
  return (url: string): PortalPlace & { path: string } => {
    const pathname = pathOf(url);
    const place = others.find(({ prefix }) => `${pathname}/`.startsWith(`${prefix}/`)) ?? first;
    const path = pathname.slice(place.prefix.length) || '/';
    return { ...place, path: place !== first && ofTheHouse.test(path) ? pathname : path };
  };
}

/** The whole Worker as a Hono app: headers, origin, body limit, log line, API, health, pages. */
export function createApp(options: AppOptions) {
  const { world, publicOrigin, addressHeader, log, newId, now } = options;
  const placeIn = placesOf(options.portals);
  const places = new WeakMap<Request, ReturnType<typeof placeIn>>();
  const placeOf = (request: Request) => {
    const place = places.get(request) ?? placeIn(request.url);
    places.set(request, place);
    return place;
  };
  // The prefix of a portal is taken off here, once: every route below is the same at each.
  const app = new Hono<Env>({ getPath: (request) => placeOf(request).path });
  /** Does work after the answer, to its end. */
  const doLater = (c: Context<Env>, work: () => Promise<unknown>) =>
    c.executionCtx.waitUntil(doDeferred(work, c.get('requestId'), log));
  /** Keeps work for after the answer. What such work defers in turn begins at once. */
  const deferFor =
    (c: Context<Env>): Deps['defer'] =>
    (work) => {
      const kept = c.get('deferred');
      if (kept === null) doLater(c, work);
      else kept.push(work);
    };
  const depsOf = (c: Context<Env>): Deps =>
    inPortal(world.depsFor(deferFor(c), c.get('meter')), c.get('place').portal.id);
  const isHealthy = createHealth(now);

  // A client that hangs up ends nothing that has begun: a vendor who was asked is paid, so what the vendor said is written
  // down and counted, and a connection of the database is given back.
  app.use(async (c, next) => {
    const answering = next();
    c.executionCtx.waitUntil(answering);
    await answering;
  });
  app.use(async (c, next) => {
    const startMs = now();
    const requestId = newId();
    const told: Told = { procedure: '', outcome: 'ok', note: undefined };
    const meter = newMeter();
    c.set('requestId', requestId);
    c.set('place', placeOf(c.req.raw));
    c.set('told', told);
    c.set('meter', meter);
    c.set('deferred', []);
    await next();
    c.res.headers.set('x-request-id', requestId);
    // Devices are minutes or years wrong: pages count and compare by this clock.
    c.res.headers.set('x-server-time', String(now()));
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
    // Not before: what is to be sent has been written by now.
    const kept = c.get('deferred') ?? [];
    c.set('deferred', null);
    for (const work of kept) doLater(c, work);
  });
  // Somebody else's file: opened by itself it may do nothing at all. Said after the headers of all answers.
  app.use('/desk/photos/*', async (c, next) => {
    await next();
    c.res.headers.set(
      'content-security-policy',
      "sandbox; default-src 'none'; frame-ancestors 'none'",
    );
  });
  app.use('/console/*', async (c, next) => {
    await next();
    c.res.headers.set('content-security-policy', consolePolicy);
    c.res.headers.set('permissions-policy', consolePermissions);
  });
  // The camera is for the document that shows a face to the authority, and for no other.
  app.use('/face', async (c, next) => {
    await next();
    if (c.get('place').portal.face === null) return;
    const policy = c.res.headers.get('permissions-policy') ?? '';
    c.res.headers.set('permissions-policy', policy.replace('camera=()', 'camera=(self)'));
  });
  app.use(async (c, next) => {
    await next();
    const isData = c.res.headers.get('content-type')?.startsWith('application/json') === true;
    for (const [name, value] of isData ? dataHeaders : documentHeaders) {
      c.res.headers.set(name, value);
    }
  });

  app.get('/healthz', async (c) => {
    const told = c.get('told');
    told.procedure = 'healthz';
    c.header('cache-control', 'no-store');
    const ok = await isHealthy(depsOf(c).db);
    if (!ok) told.outcome = 'service.unavailable';
    return c.json({ ok }, ok ? 200 : 503);
  });

  /** What a procedure gets of a request. The device cookie is renewed where it is not one. */
  const contextOf = (c: Context<Env>): ApiContext => {
    const told = c.get('told');
    const cookies = cookiesOf(c);
    const deps = depsOf(c);
    const deviceCookie = cookies.read('device');
    const visitor = visitorOf(
      {
        address: addressHeader === null ? undefined : c.req.header(addressHeader),
        agent: c.req.header('user-agent'),
      },
      deviceCookie,
      { session: cookies.read('session'), staff: cookies.read('staff') },
      newId,
    );
    if (deviceCookie?.split('.')[0] !== visitor.deviceId) {
      cookies.write('device', visitor.deviceId, deviceCookieSeconds);
    }
    return {
      ctx: { ...deps, actor: { type: 'anonymous' }, visitor, requestId: c.get('requestId') },
      cookies,
      drawnFrom: parseDrawnFrom(c.req.header(drawnFromHeader)),
      report: (procedure, outcome, note) => Object.assign(told, { procedure, outcome, note }),
    };
  };

  app.use('/trpc/*', async (c, next) => {
    const isFromElsewhere = isChange(c) && isForeign(c, publicOrigin);
    if (isFromElsewhere) return refuse(c, 403, { code: 'request.origin_refused' });
    if (isOutdated(c)) return refuse(c, 409, { code: 'page.outdated' });
    if (isChange(c) && !isJson(c)) return refuse(c, 415, { code: 'input.invalid', fields: {} });
    return next();
  });
  const limitTo = (maxBytes: number) =>
    limitBody<Env>(maxBytes, (c) => refuse(c, 413, { code: 'request.too_large' }));
  const limitInput = limitTo(bodyLimitBytes);
  const limitsOfPictures = pictureLimits.map(([path, bytes]) => [path, limitTo(bytes)] as const);
  app.use('/trpc/*', (c, next) => {
    const [, limit = limitInput] = limitsOfPictures.find(([path]) => path.test(c.req.path)) ?? [];
    return limit(c, next);
  });
  app.all('/trpc/*', async (c) => {
    const told = c.get('told');
    const context = contextOf(c);
    const answer = await answerCall(context, c.req.raw, c.req.path.slice('/trpc/'.length));
    // Refused before it came to a procedure, which would have told.
    if (told.procedure === '' && answer.status >= 400) {
      told.outcome = answer.status === 400 ? 'input.invalid' : 'request.not_found';
    }
    return c.newResponse(answer.body, answer.status as 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(answer.allow === undefined ? {} : { allow: answer.allow }),
    });
  });

  // Photos are bytes and larger than any JSON, so they have a way of their own, with a limit of its own.
  app.put(
    '/photos/:side',
    async (c, next) => {
      c.get('told').procedure = 'photo.put';
      if (isForeign(c, publicOrigin)) return refuse(c, 403, { code: 'request.origin_refused' });
      if (!isJpeg(c)) return refuse(c, 415, { code: 'photo.refused', reason: 'not_jpeg' });
      return next();
    },
    limitBody<Env>(photoLimitBytes, (c) =>
      refuse(c, 413, { code: 'photo.refused', reason: 'too_large' }),
    ),
    async (c) => {
      const file = new Uint8Array(await c.req.arrayBuffer());
      // A phone that holds the link for one photo is not signed in; the link is a secret, so it is in no address.
      const link = c.req.header('x-photo-link');
      const ticket = c.req.header('x-ticket');
      const agrees = c.req.header('x-agrees') === 'photos';
      const side = c.req.param('side');
      const put = () => {
        if (side === 'claim') return putClaimPhoto(contextOf(c), file, agrees);
        if (ticket !== undefined) return putTicketFile(contextOf(c), ticket, file, agrees);
        if (link !== undefined) return putPhotoByLink(contextOf(c), link, file);
        return putPhoto(contextOf(c), side, file);
      };
      const answer = await put();
      if (!answer.ok) return refuse(c, answer.status, answer.app);
      c.header('cache-control', 'no-store');
      return c.json({ result: { data: answer.value } });
    },
  );
  app.get('/photos/:id', async (c) => {
    const answer = await getPhoto(contextOf(c), c.req.param('id'));
    if (!answer.ok) return refuse(c, answer.status, answer.app);
    return c.body(new Uint8Array(answer.value), 200, {
      'content-type': 'image/jpeg',
      'content-disposition': 'inline; filename="photo.jpg"',
      'cache-control': 'no-store',
    });
  });

  app.get('/desk/photos/:caseId/:side', async (c) => {
    const { caseId, side } = c.req.param();
    const answer = await getCasePhoto(contextOf(c), caseId, side);
    if (!answer.ok) return refuse(c, answer.status, answer.app);
    return c.body(new Uint8Array(answer.value), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    });
  });

  app.use(
    '/wechat',
    limitBody<Env>(bodyLimitBytes, (c) => refuse(c, 413, { code: 'request.too_large' })),
  );
  // No page calls this, so there is no origin to check: the platform signs what it sends.
  app.get('/wechat', async (c) => {
    c.get('told').procedure = 'wechat';
    c.header('cache-control', 'no-store');
    const query = new URL(c.req.url).searchParams;
    const echo = await world.weChatInbox(c.get('place').portal.id)?.verifyAddress(query);
    return typeof echo !== 'string'
      ? refuse(c, 403, { code: 'request.origin_refused' })
      : c.text(echo);
  });
  app.post('/wechat', async (c) => {
    const told = c.get('told');
    told.procedure = 'wechat';
    c.header('cache-control', 'no-store');
    const query = new URL(c.req.url).searchParams;
    const opened = await world
      .weChatInbox(c.get('place').portal.id)
      ?.open(query, await c.req.text());
    if (opened === undefined || opened === null) {
      told.note = 'not an encrypted push in XML (安全模式)';
      return refuse(c, 403, { code: 'request.origin_refused' });
    }
    const requestId = c.get('requestId');
    const deps = depsOf(c);
    const visitor = {
      address: '',
      deviceId: '',
      deviceMarks: [],
      held: noSessions,
      label: 'WeChat',
    };
    const ctx: Ctx = { ...deps, actor: { type: 'anonymous' }, visitor, requestId };
    const work = receiveWeChatPush(ctx, opened.push).catch((error: unknown) => {
      const known = appErrorIn(error);
      told.outcome = known?.data.code ?? 'internal.unexpected';
      told.note = noteOf(error);
      return weChatReplies.unavailable;
    });
    // After five seconds the platform hangs up and sends the push again. The work goes on, and what it comes to
    // is what the repetition gets; an answer before it is done, such as `success`, would end the repetitions.
    c.executionCtx.waitUntil(work);
    return c.body(await opened.answer(await work), 200, {
      'content-type': 'text/xml; charset=utf-8',
    });
  });

  // Offices call this by their programs, which sign what they send; no browser does, so no cookie is given.
  app.get('/office/v1/keys', async (c) => {
    c.get('told').procedure = 'office.keys';
    return c.json(await listAnswerKeys(depsOf(c)), 200, { 'cache-control': 'public, max-age=300' });
  });
  app.post(
    '/office/v1/:act',
    limitBody<Env>(officeLimitBytes, (c) => refuse(c, 413, { code: 'request.too_large' })),
    async (c) => {
      const told = c.get('told');
      const act = c.req.param('act');
      if (!isOfficeAct(act)) return refuse(c, 404, { code: 'request.not_found' });
      told.procedure = `office.${act}`;
      const ctx = systemCtx(depsOf(c), 'office');
      const { status, body, headers } = await answerOffice(
        { ...ctx, requestId: c.get('requestId') },
        await officeRequestOf(c.req.raw, publicOrigin),
        act,
      );
      told.outcome = officeOutcomes[status] ?? 'ok';
      return c.body(body, status as 200, {
        ...headers,
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
    },
  );

  /**
   * The OpenID provider, for the services behind the gate: a Worker of its own, which believes what the headers say of the
   * address. So those of a visitor do not reach it.
   */
  const askProvider = async (c: Context<Env>) => {
    const told = c.get('told');
    told.procedure = 'oidc';
    const { url, headers: sent, method, body } = c.req.raw;
    const { pathname, search } = new URL(url);
    const headers = new Headers(sent);
    for (const name of sent.keys()) if (/^(?:x-)?forwarded/.test(name)) headers.delete(name);
    const { protocol, host } = new URL(publicOrigin);
    headers.set('x-forwarded-proto', protocol.slice(0, -1));
    headers.set('x-forwarded-host', host);
    const asked = new Request(`${publicOrigin}${pathname}${search}`, {
      method,
      headers,
      body,
      redirect: 'manual',
    });
    const answer = await c.env.OIDC?.fetch(asked);
    if (answer === undefined) return refuse(c, 404, { code: 'request.not_found' });
    if (answer.status >= 500) told.outcome = 'service.unavailable';
    else if (answer.status >= 400) told.outcome = 'input.invalid';
    return new Response(answer.body, answer);
  };
  app.all('/oidc/*', limitInput, askProvider);
  app.get('/.well-known/oauth-authorization-server/oidc', askProvider);

  /** One of the documents that the build wrote. `validators` are the headers by which a browser asks for a newer one. */
  const documentOf = (c: Context<Env>, name: string, validators: HeadersInit = {}) =>
    c.env.ASSETS.fetch(
      new Request(new URL(`/pages/${name}.html`, c.req.url), { headers: validators }),
    );

  const pageAnswer = (c: Context<Env>, document: Response, cacheControl: string) => {
    // A page brings the device cookie, so that the requests it makes at once all carry the same one.
    const cookies = cookiesOf(c);
    if (cookies.read('device') === null) cookies.write('device', newId(), deviceCookieSeconds);
    const { body, status, headers } = document;
    return c.newResponse(body, status as 200, {
      ...Object.fromEntries(headers),
      'cache-control': cacheControl,
    });
  };

  // Every page of the console is its one document. What a shared computer keeps of it is nothing.
  app.get('/console/*', async (c) => {
    c.get('told').procedure = 'console';
    return pageAnswer(c, await documentOf(c, 'console'), 'no-store');
  });

  // Files are served before a request comes here: what is asked for below their folder is of another release.
  app.get('/assets/*', (c) => refuse(c, 404, { code: 'request.not_found' }));

  // Every other path is a page of the SPA, which knows its routes and says which it does not have. Public pages have
  // a document of their own; the others begin with the frame. What is painted must be what the script will show: who is
  // signed in, or has begun to register, gets the frame, too.
  app.get('*', async (c) => {
    c.get('told').procedure = 'page';
    const language = getCookie(c, 'language') === 'en' ? 'en' : 'zh';
    const cookies = cookiesOf(c);
    const isSignedIn = cookies.read('session') !== null;
    // Going back must not bring a page of somebody who has signed out.
    const known = isSignedIn ? undefined : c.req.header('if-none-match');
    const validators = known === undefined ? {} : { 'if-none-match': known };
    const { path } = c.req;
    const hasBegun = path.startsWith('/register') && cookies.read('registration') !== null;
    const { portal, prefix } = c.get('place');
    const folder = prefix === '' ? `_first/${portal.id}` : portal.id;
    const name = path === '/' ? 'home' : /^\/([a-z]+(?:\/[a-z]+)?)\/?$/.exec(path)?.[1];
    const own =
      name === undefined || (hasBegun && !isSignedIn)
        ? null
        : await documentOf(
            c,
            `${folder}/${isSignedIn ? '_signed-in/' : ''}${name}.${language}`,
            validators,
          );
    const isThere = own?.status === 200 || own?.status === 304;
    const frame = `${folder}/${isSignedIn ? '_signed-in' : '_other'}.${language}`;
    const document = isThere ? own : await documentOf(c, frame, validators);
    if (document.status === 404) throw new Error('the pages were built for other PORTALS');
    return pageAnswer(c, document, isSignedIn ? 'no-store' : 'private, no-cache');
  });
  // A form that was sent before its script had come. What it brought is not looked at.
  app.post('*', (c, next) => {
    if (!isForm(c)) return next();
    c.get('told').procedure = 'page';
    return c.redirect(`${publicOrigin}${new URL(c.req.url).pathname}`, 303);
  });

  app.notFound((c) => refuse(c, 404, { code: 'request.not_found' }));
  app.onError((error, c) => {
    const known = appErrorIn(error);
    c.get('told').note = noteOf(error);
    return known?.data.code === 'service.unavailable'
      ? refuse(c, 503, known.data)
      : refuse(c, 500, { code: 'internal.unexpected', requestId: c.get('requestId') });
  });

  return app;
}

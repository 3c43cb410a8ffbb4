import {
  answerOf,
  type Call,
  callOver,
  citizenWith,
  correctionOf,
  passwordAnswers,
  procedures,
  profileAnswersOf,
  register,
  signIn,
  succeeded,
  ticketFor,
} from '@shiming/api/testing';
import { connect } from '@shiming/db/client';
import { pageVersion, pageVersionHeader, parsePortals, weChatReplies } from '@shiming/domain';
import { createFirstAdministrator } from '@shiming/services/staff/first-administrator';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '@shiming/services/testing';
import { chatOn, codeIn, testInbox } from '@shiming/services/testing/chat';
import { appCode, madeUpNumber } from '@shiming/services/testing/staff';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';

const publicOrigin = 'https://shiming.test';

/** The Worker's app over the services' test world, with a browser that keeps cookies. */
async function createTestApp() {
  const world: TestWorld = await createTestWorld();
  const lines: Record<string, unknown>[] = [];
  let isDatabaseDown = false;
  let ids = 0;
  const defers: ((work: () => Promise<unknown>) => void)[] = [];
  const app = createApp({
    world: {
      weChatInbox: () => testInbox(world),
      depsFor(defer, meter) {
        const ctx = world.ctx(meter === undefined ? {} : { meter });
        // Nobody listens on this port.
        const db = isDatabaseDown ? connect({ url: 'http://127.0.0.1:1' }, meter) : ctx.db;
        defers.push(defer);
        return { ...ctx, db, defer };
      },
    },
    portals: parsePortals('teacher,student,business'),
    publicOrigin,
    addressHeader: 'x-real-ip',
    log: (line) => lines.push(line),
    newId: () => `id-${(ids += 1)}`,
    now: () => world.nowMs(),
  });
  const pages: Record<string, string> = {
    '/pages/_first/teacher/home.zh.html': '<!doctype html>home',
    '/pages/_first/teacher/home.en.html': '<!doctype html>home in English',
    '/pages/_first/teacher/register/document.zh.html': '<!doctype html>document',
    '/pages/_first/teacher/_other.zh.html': '<!doctype html>frame',
    '/pages/student/home.zh.html': '<!doctype html>students',
    '/pages/student/_other.zh.html': '<!doctype html>students’ frame',
    '/pages/business/home.zh.html': '<!doctype html>businesses',
    '/pages/business/_other.zh.html': '<!doctype html>businesses’ frame',
    '/pages/_first/teacher/_signed-in.zh.html': '<!doctype html>frame of the signed-in',
    '/pages/_first/teacher/_signed-in/account.zh.html': '<!doctype html>frame of the account',
    '/pages/console.html': '<!doctype html><title>console',
  };
  const assets = {
    fetch: async (request: Request) => {
      const page = pages[new URL(request.url).pathname];
      if (page === undefined) return new Response('none', { status: 404 });
      const headers = { etag: '"1"', 'content-type': 'text/html; charset=utf-8' };
      const isKnown = request.headers.get('if-none-match') === '"1"';
      return isKnown
        ? new Response(null, { status: 304, headers })
        : new Response(page, { headers });
    },
  };
  const deferred: Promise<unknown>[] = [];
  const execution = {
    waitUntil: (work: Promise<unknown>) => void deferred.push(Promise.resolve(work)),
    passThroughOnException: () => {},
    props: {},
  };
  const send = async (request: Request, env: object = { ASSETS: assets }) =>
    app.fetch(request, env, execution);
  const page = (path: string, init?: RequestInit) =>
    send(new Request(`${publicOrigin}${path}`, init));

  const cookies = new Map<string, string>();
  /** Sends as a browser does: with the cookies it holds, and keeps those it is given. */
  const browse = async (request: Request): Promise<Response> => {
    const held = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (held !== '') request.headers.set('cookie', held);
    const response = await send(request);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    world,
    lines,
    send,
    page,
    cookies,
    browse,
    call: callOver(browse) satisfies Call,
    stopDatabase: () => (isDatabaseDown = true),
    startDatabase: () => (isDatabaseDown = false),
    /** What the runtime was asked to see to its end, though the client hangs up. */
    kept: deferred,
    /** Defers work as the last request does. */
    defer: (work: () => Promise<unknown>) => defers.at(-1)?.(work),
    close: async () => {
      await Promise.all(deferred);
      await world.close();
    },
  };
}

let it: Awaited<ReturnType<typeof createTestApp>>;
beforeEach(async () => {
  it = await createTestApp();
});
afterEach(() => it.close());

const post = (path: string, init: { headers?: Record<string, string>; body?: string } = {}) =>
  new Request(`${publicOrigin}/trpc/${path}`, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

/** The five ways of an answer: a page, the API, a refusal of each kind, a fault. */
const answers: Record<string, () => Promise<Response>> = {
  'a page': () => it.page('/'),
  'a page of the SPA': () => it.page('/register'),
  'a page that is unchanged': () => it.page('/', { headers: { 'if-none-match': '"1"' } }),
  'HEAD of a page': () => it.page('/', { method: 'HEAD' }),
  'a page of the console': () => it.page('/console/cases/1'),
  health: () => it.page('/healthz'),
  'the API': () => it.page('/trpc/entry.services'),
  'a refusal of the API': () => it.page('/trpc/session.list'),
  'an unknown procedure': () => it.page('/trpc/no.such'),
  'a foreign origin': () => it.send(post('session.signOut', { headers: { origin: 'null' } })),
  'a body too large': () => it.send(post('login.signIn', { body: 'x'.repeat(1_048_576) })),
  'a file that is not there': () => it.page('/assets/gone.js'),
  'an unknown method': () => it.page('/', { method: 'DELETE' }),
  'a fault': () => it.send(new Request(`${publicOrigin}/`), { ASSETS: undefined }),
};

describe('sign-in protection: headers', () => {
  test.each(Object.entries(answers))('%s carries every security header', async (_, answer) => {
    const { headers } = await answer();
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-request-id')).toMatch(/^id-\d+$/);
    expect(Number(headers.get('x-server-time'))).toBeGreaterThan(0);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toMatch(/^(?:no-store|private, no-cache)$/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const isDocument = headers.get('content-type')?.startsWith('application/json') !== true;
    expect(headers.get('cross-origin-opener-policy')).toBe(isDocument ? 'same-origin' : null);
    expect(headers.has('permissions-policy')).toBe(isDocument);
    expect(policy.includes("script-src 'self'")).toBe(isDocument);
    expect(policy.includes("base-uri 'none'")).toBe(isDocument);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test('T-CON-01: every path of the console is its document, kept by nobody, which may only ask us', async () => {
    for (const path of ['/console', '/console/', '/console/cases/1?x=1']) {
      const response = await it.page(path, { headers: { 'if-none-match': '"1"' } });
      expect(await response.text()).toContain('<title>console');
      expect(response.headers.get('cache-control')).toBe('no-store');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("connect-src 'self'");
      expect(policy).toContain("form-action 'none'");
      expect(policy).not.toContain('worker-src');
      expect(response.headers.get('permissions-policy')).toContain(
        'publickey-credentials-get=(self)',
      );
    }
    expect((await it.page('/consoles')).headers.get('cache-control')).toBe('private, no-cache');
  });

  test('answers of the API are kept by nobody', async () => {
    for (const path of [
      '/trpc/entry.services',
      '/trpc/session.list',
      '/trpc/no.such',
      '/healthz',
    ]) {
      expect((await it.page(path)).headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('sign-in protection: where a change comes from', () => {
  const page = { [pageVersionHeader]: pageVersion };
  const own = { ...page, origin: publicOrigin, 'sec-fetch-site': 'same-origin' };
  test.each([
    ['our page', own, 200],
    ['our page, of an old browser', { ...page, origin: publicOrigin }, 200],
    ['the address bar', { 'sec-fetch-site': 'none' }, 200],
    ['a program', {}, 200],
    ['another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, 403],
    ['another site, of an old browser', { origin: 'https://evil.test' }, 403],
    ['a frame without an origin', { origin: 'null' }, 403],
    ['our site over http', { origin: 'http://shiming.test' }, 403],
    ['a neighbouring port', { origin: `${publicOrigin}:8443` }, 403],
    ['a domain that begins like ours', { origin: `${publicOrigin}.evil.test` }, 403],
    ['a neighbouring subdomain', { origin: publicOrigin, 'sec-fetch-site': 'same-site' }, 403],
    ['a page that claims our origin', { ...own, 'sec-fetch-site': 'cross-site' }, 403],
  ])('from %s', async (_, headers, status) => {
    const body = JSON.stringify({ isHeavy: false });
    const answer = await answerOf(await it.send(post('puzzle.drawProofOfWork', { headers, body })));
    const refusal = status === 403 ? { code: 'request.origin_refused' } : null;
    expect([answer.status, answer.app]).toEqual([status, refusal]);
  });

  test.each([
    ['a page of before pages said their version', { origin: publicOrigin }, 'page.outdated'],
    ['a page of the last release', { ...own, [pageVersionHeader]: '1' }, 'page.outdated'],
    ['a page of another site', { origin: 'https://evil.test' }, 'request.origin_refused'],
    ['a page of this release', own, undefined],
    ['a program', {}, undefined],
  ])('after a release, %s', async (_, headers, code) => {
    const body = JSON.stringify({ isHeavy: false });
    const answer = await answerOf(await it.send(post('puzzle.drawProofOfWork', { headers, body })));
    expect(answer.app?.code).toBe(code);
  });

  test('after a release, a question of the last one is refused too, before it is answered in words it does not know', async () => {
    const statuses = ['1', pageVersion].map(async (version) => {
      const headers = { [pageVersionHeader]: version };
      return (await it.page('/trpc/entry.services', { headers })).status;
    });
    expect(await Promise.all(statuses)).toEqual([409, 200]);
  });

  test('reading is no change: a query may come from anywhere, and no other site may see the answer', async () => {
    const headers = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    const response = await it.page('/trpc/entry.services', { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await it.page('/trpc/login.signIn', { method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('T-VER-02: a client that hangs up', () => {
  test('ends no change that has begun, and no query, which would take a connection of the database along', async () => {
    const body = JSON.stringify({ isHeavy: false });
    const answer = it.send(post('puzzle.drawProofOfWork', { body }));
    expect(it.kept).toHaveLength(1);
    let isOver = false;
    const kept = it.kept[0]?.then(() => (isOver = true));
    expect(isOver).toBe(false);
    await Promise.all([answer, kept]);
    expect(it.lines).toMatchObject([{ procedure: 'puzzle.drawProofOfWork', outcome: 'ok' }]);
    await it.page('/trpc/entry.services');
    expect(it.kept).toHaveLength(2);
  });
});

test('what is deferred after the answer, by work that was, is done to its end as well', async () => {
  await it.page('/healthz');
  const before = it.kept.length;
  let isDone = false;
  it.defer(async () => {
    await Promise.resolve();
    isDone = true;
  });
  await Promise.all(it.kept.slice(before));
  expect(isDone).toBe(true);
});

test('the OpenID provider gets the public address from us, whatever a visitor says of it', async () => {
  const { send } = await createTestApp();
  const asked: Request[] = [];
  const provider = {
    fetch: async (request: Request) => {
      asked.push(request);
      const headers = new Headers({ location: 'https://service.example/', 'set-cookie': 'one=1' });
      headers.append('set-cookie', 'two=2');
      return new Response(null, { status: 303, headers });
    },
  };
  const answer = await send(
    new Request('http://10.0.0.1/oidc/auth?client_id=a', {
      headers: {
        forwarded: 'host=evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-prefix': '/evil',
        cookie: '__Host-session=a.b',
      },
    }),
    { OIDC: provider },
  );
  expect(asked[0]?.url).toBe(`${publicOrigin}/oidc/auth?client_id=a`);
  expect(Object.fromEntries(asked[0]?.headers ?? [])).toEqual({
    cookie: '__Host-session=a.b',
    'x-forwarded-host': 'shiming.test',
    'x-forwarded-proto': 'https',
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    'https://service.example/',
  ]);
  expect(answer.headers.getSetCookie()).toEqual(['one=1', 'two=2']);
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
  const none = await send(new Request(`${publicOrigin}/oidc/token`, { method: 'POST' }), {});
  expect(none.status).toBe(404);
});

describe('bad input: what is no call of the API', () => {
  test('a body of 1 MB is refused with 413, with and without a length', async () => {
    const body = JSON.stringify({ number: 'x'.repeat(1_048_576) });
    const length = { 'content-length': String(body.length) };
    for (const headers of [{}, length, { ...length, 'transfer-encoding': 'chunked' }]) {
      const answer = await answerOf(await it.send(post('login.signIn', { body, headers })));
      expect([answer.status, answer.app]).toEqual([413, { code: 'request.too_large' }]);
    }
  });

  test('S-REC-02a: a dispute takes a photo with it, which no other call does', async () => {
    const body = JSON.stringify({ photo: 'x'.repeat(400_000) });
    const dispute = await answerOf(await it.send(post('photoCheck.dispute', { body })));
    expect(dispute.app).toEqual({ code: 'session.required' });
    const confirm = await answerOf(await it.send(post('photoCheck.confirm', { body })));
    expect(confirm.app).toEqual({ code: 'request.too_large' });
  });

  test.each([
    ['face.submit', 819_200, 'session.required'],
    ['face.submit', 900_000, 'request.too_large'],
    ['face.begin', 90_000, 'request.too_large'],
  ] as const)(
    'E-FAC-01: %s takes three pictures, %i bytes being %s',
    async (path, length, code) => {
      const body = JSON.stringify({ frames: ['x'.repeat(length)] });
      const { app } = await answerOf(await it.send(post(path, { body })));
      expect(app?.code).toBe(code);
    },
  );

  test('a body just within the limit is read', async () => {
    const body = JSON.stringify({ number: 'x'.repeat(60_000) });
    const answer = await answerOf(await it.send(post('login.signIn', { body })));
    expect([answer.status, answer.app?.code]).toEqual([400, 'input.invalid']);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/jsonx',
    'text/plain; application/json',
    '',
  ])('a change with the content type %j is refused and not made', async (type) => {
    await register(it.call, it.world, citizenWith(it.world, { outcome: 'match' }));
    const request = post('session.signOut', { headers: { 'content-type': type }, body: '{}' });
    const answer = await answerOf(await it.browse(request));
    expect([answer.status, answer.app]).toEqual([415, { code: 'input.invalid', fields: {} }]);
    succeeded(await it.call('session.list'));
  });

  test.each([
    ['GET', 'no.such', 404],
    ['GET', '__proto__', 404],
    ['GET', 'session', 404],
    ['POST', 'no.such', 404],
    ['GET', '%E0%A4%A', 404],
    ['GET', 'session.signOut', 405],
    ['POST', 'session.list', 405],
    ['PUT', 'session.signOut', 405],
  ])('%s %s is not found', async (method, path, status) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await answerOf(await it.page(`/trpc/${path}`, { method, headers }));
    expect([answer.status, answer.app]).toEqual([status, { code: 'request.not_found' }]);
    expect(answer.headers.has('allow')).toBe(status === 405);
    expect(it.lines.at(-1)).toMatchObject({ outcome: 'request.not_found' });
  });

  test.each([
    '/trpc/entry.services?batch=1&input={}',
    '/trpc/entry.enter?input=%7B',
    '/trpc/entry.services?connectionParams=x',
  ])('%s is refused as bad input', async (path) => {
    await register(it.call, it.world, citizenWith(it.world, { outcome: 'match' }));
    const answer = await answerOf(await it.browse(new Request(`${publicOrigin}${path}`)));
    expect([answer.status, answer.app]).toEqual([400, { code: 'input.invalid', fields: {} }]);
    expect(it.lines.at(-1)).toMatchObject({ outcome: 'input.invalid', status: 400 });
  });

  test('HEAD answers without a body', async () => {
    for (const path of ['/', '/healthz', '/trpc/entry.services']) {
      const response = await it.page(path, { method: 'HEAD' });
      expect(response.ok).toBe(true);
      expect(await response.text()).toBe('');
    }
  });

  test('other methods and paths are refused in the form of the API', async () => {
    const answer = await answerOf(await it.page('/register', { method: 'POST' }));
    expect([answer.status, answer.app]).toEqual([404, { code: 'request.not_found' }]);
  });
});

/** What a browser is shown at an address. */
const shown = async (path: string) => (await it.browse(new Request(publicOrigin + path))).text();
const policyOf = async (path: string) =>
  (await it.page(path)).headers.get('permissions-policy') ?? '';

describe('the portals of an operator', () => {
  test('the first stands at /, the others below their ids, and only there', async () => {
    expect(await shown('/')).toMatch(/home$/);
    expect(await shown('/student')).toMatch(/students$/);
    expect(await shown('/student/')).toMatch(/students$/);
    expect(await shown('/student/account')).toMatch(/students’ frame$/);
    for (const path of ['/teacher', '/students', '/student/student', '/Student']) {
      expect(await shown(path)).toMatch(/frame$/);
    }
  });

  test('what belongs to the house is at no portal but the first', async () => {
    const cases = it.world.ctx().crypto.randomToken(12);
    for (const path of [
      'console/sign-in',
      'healthz',
      `desk/photos/${cases}/a`,
      'pages/console.html',
    ]) {
      expect(await shown(`/student/${path}`)).toMatch(/students’ frame$/);
    }
  });

  test('the API below a prefix is that of its portal, with the same cookies', async () => {
    const person = citizenWith(it.world, { outcome: 'match' });
    await register(it.call, it.world, person);
    const ask = async (prefix: string, path: string) =>
      (await it.browse(new Request(`${publicOrigin}${prefix}/trpc/${path}`))).json() as Promise<{
        result: { data: { id: string; maskedName: string }[] & { hasAgreed: boolean } };
      }>;
    const services = async (prefix: string) =>
      (await ask(prefix, 'entry.services')).result.data.map(({ id }) => id);
    expect(await services('')).toEqual(['certification', 'periodic-registration']);
    expect(await services('/business')).toEqual(['company-registration', 'registration-office']);
    // A session opens every door; what each asks for is its own.
    expect((await ask('', 'session.current')).result.data).toMatchObject({ hasAgreed: true });
    expect((await ask('/student', 'session.current')).result.data).toMatchObject({
      hasAgreed: false,
    });
  });

  test('the camera is for one document of a portal that uses it', async () => {
    expect(await policyOf('/business/face')).toContain('camera=(self)');
    const others = [
      '/',
      '/face',
      '/student/face',
      '/business',
      '/business/login',
      '/business/face/face',
      '/business/account/levels',
    ];
    const policies = await Promise.all(others.map(policyOf));
    expect(policies.filter((policy) => !policy.includes('camera=()'))).toEqual([]);
  });

  test('pages that were built for other portals are a fault, not an empty answer', async () => {
    const none = { ASSETS: { fetch: async () => new Response('none', { status: 404 }) } };
    expect((await it.send(new Request(`${publicOrigin}/`), none)).status).toBe(500);
  });
});

describe('ARCHITECTURE 11: cookies', () => {
  test('the device cookie comes with the first page and is kept', async () => {
    const first = await it.browse(new Request(`${publicOrigin}/`));
    expect(first.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-device=id-\d+; Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const again = await it.browse(new Request(`${publicOrigin}/`));
    expect(again.headers.getSetCookie()).toEqual([]);
    expect((await it.call('entry.services')).headers.getSetCookie()).toEqual([]);
  });

  test('all are __Host-, HttpOnly, Secure, SameSite=Lax, for the whole path and no domain', async () => {
    const given: string[] = [];
    const call = callOver(async (request) => {
      const response = await it.browse(request);
      given.push(...response.headers.getSetCookie());
      return response;
    });
    const citizen = citizenWith(it.world, { outcome: 'match' });
    await register(call, it.world, citizen);
    succeeded(await signIn(call, it.world, citizen.number, testPassword));
    succeeded(await call('session.signOut'));
    const names = new Set(given.map((cookie) => cookie.split('=')[0]));
    expect(names).toEqual(
      new Set(['__Host-device', '__Host-ministry', '__Host-registration', '__Host-session']),
    );
    for (const cookie of given) {
      const attributes = cookie
        .split('; ')
        .slice(1)
        .filter((each) => !each.startsWith('Max-Age'));
      expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    }
  });

  test('T-CON-01: the console has a cookie of its own, SameSite=Strict', async () => {
    const { link } = await createFirstAdministrator(it.world.ctx(), {
      loginName: 'root',
      name: '管理一',
      email: 'root@staff.example.cn',
      number: madeUpNumber(),
    });
    const input = { link: new URL(link).hash.slice(1) };
    const { secret } = succeeded(await it.call('staff.acceptSecret', input)) as { secret: string };
    const accepted = await it.call('staff.acceptByPassword', {
      ...input,
      password: testPassword,
      passwordAgain: testPassword,
      code: appCode(secret, it.world.nowMs()),
    });
    succeeded(accepted);
    const [given = '', ...others] = accepted.headers
      .getSetCookie()
      .filter((cookie) => !cookie.startsWith('__Host-device='));
    expect(others).toEqual([]);
    expect(given).toMatch(
      /^__Host-staff=[\w-]+\.[\w-]+; Max-Age=36000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(succeeded(await it.call('staff.current'))).toMatchObject({ loginName: 'root' });
    const ended = await it.call('staff.signOut');
    expect(ended.headers.getSetCookie().join()).toMatch(
      /^__Host-staff=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('one answer can set several: the first sign-in gives session and device', async () => {
    const citizen = citizenWith(it.world, { outcome: 'match' });
    await register(it.call, it.world, citizen);
    const ticket = await ticketFor(it.call, it.world, 'login');
    const answer = await it.call('login.signIn', {
      name: citizen.number,
      password: testPassword,
      ticket,
    });
    const names = answer.headers.getSetCookie().map((cookie) => cookie.replace(/=.*/, ''));
    expect(names.toSorted()).toEqual(['__Host-device', '__Host-session']);
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  test('sign-out and the end of a registration take their cookies away', async () => {
    await register(it.call, it.world, citizenWith(it.world, { outcome: 'match' }));
    expect(it.cookies.has('__Host-registration')).toBe(false);
    expect(it.cookies.has('__Host-session')).toBe(true);
    succeeded(await it.call('session.signOut'));
    expect(it.cookies.has('__Host-session')).toBe(false);
  });

  test.each(['', '.mark', '%'])(
    'a device cookie %j that holds no id is replaced',
    async (value) => {
      it.cookies.set('__Host-device', value);
      await expect(ticketFor(it.call, it.world, 'login')).resolves.not.toBe('');
    },
  );
});

describe('pages', () => {
  test('keep the type and etag of the file and are asked for anew each time', async () => {
    const { status, headers } = await it.page('/');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  test('of somebody who is signed in are kept by nobody', async () => {
    await register(it.call, it.world, citizenWith(it.world, { outcome: 'match' }));
    const known = { 'if-none-match': '"1"' };
    const { status, headers } = await it.browse(
      new Request(`${publicOrigin}/account`, { headers: known }),
    );
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  test('are painted as the person will see them: public ones whole, in the language of the cookie', async () => {
    expect(await shown('/')).toContain('home');
    it.cookies.set('language', 'en');
    expect(await shown('/?from=menu')).toContain('home in English');
    it.cookies.set('language', '../../console');
    expect(await shown('/register/document')).toContain('document');
    expect(await shown('/register/document/')).toContain('document');
    for (const path of [
      '/account',
      '/_signed-in',
      '/console.html',
      '/pages/console',
      '/%5fother',
    ]) {
      expect(await shown(path)).toMatch(/frame$/);
    }
    it.cookies.set('__Host-registration', 'begun');
    expect(await shown('/register/document')).toMatch(/frame$/);
    it.cookies.set('__Host-session', 'signed in');
    expect(await shown('/')).toContain('frame of the signed-in');
    expect(await shown('/account')).toContain('frame of the account');
  });

  test('that are sent a form come again, and what was in it goes nowhere', async () => {
    const body = new URLSearchParams({ password: 'secret' });
    for (const path of ['/login', '//elsewhere.example/login', '/console/sign-in']) {
      const { status, headers } = await it.page(path, { method: 'POST', body });
      expect([status, headers.get('location')]).toEqual([303, `${publicOrigin}${path}`]);
    }
    expect(JSON.stringify(it.lines)).not.toContain('secret');
  });

  test('are not what answers for a file of another release, and that answer is kept by nobody', async () => {
    const { status, headers } = await it.page('/assets/home-of-yesterday.js');
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  test('that have not changed answer 304 without a body', async () => {
    const response = await it.page('/', { headers: { 'if-none-match': '"1"' } });
    expect([response.status, await response.text()]).toEqual([304, '']);
  });
});

describe('operation: health', () => {
  test('is 200 only when database and migrations are in order', async () => {
    const well = await it.page('/healthz');
    expect([well.status, await well.json()]).toEqual([200, { ok: true }]);

    await it.world.ctx().db.run('update __drizzle_migrations set created_at = created_at - 1');
    const old = await it.page('/healthz');
    expect([old.status, await old.json()]).toEqual([503, { ok: false }]);

    it.stopDatabase();
    const down = await it.page('/healthz');
    expect([down.status, await down.json()]).toEqual([503, { ok: false }]);
    expect(it.lines.at(-1)).toMatchObject({ procedure: 'healthz', outcome: 'service.unavailable' });
  });
});

describe('operation: the log', () => {
  const keys = [
    'method',
    'ms',
    'outcome',
    'procedure',
    'requestId',
    'roundTrips',
    'rowsRead',
    'status',
  ];

  test('has one line a request, whatever came of it', async () => {
    const notes = new Map<string, unknown>();
    for (const [name, answer] of Object.entries(answers)) {
      it.lines.length = 0;
      const { status, headers } = await answer();
      expect(it.lines).toHaveLength(1);
      const [{ note, ...line } = {}] = it.lines;
      expect(Object.keys(line).toSorted()).toEqual(keys);
      expect(line).toMatchObject({ status, requestId: headers.get('x-request-id') });
      if (note !== undefined) notes.set(name, note);
    }
    expect([...notes]).toEqual([['a fault', 'TypeError']]);
  });

  test('tells procedure, outcome and round trips', async () => {
    await it.call('session.list');
    expect(it.lines.at(-1)).toMatchObject({
      method: 'GET',
      procedure: 'session.list',
      outcome: 'session.required',
      status: 401,
      roundTrips: 0,
    });
    await it.call('puzzle.draw', { purpose: 'login' });
    expect(it.lines.at(-1)).toMatchObject({
      method: 'POST',
      procedure: 'puzzle.draw',
      outcome: 'ok',
      status: 200,
      roundTrips: 1,
    });
  });

  test('of a whole job, with mistakes on the way, holds nothing personal and no secret', async () => {
    const { world, call, cookies } = it;
    const citizen = citizenWith(world, { documentType: 'hmt_residence_permit' });
    const seen = new Set<string>();
    const keep = callOver(async (request) => {
      const response = await it.browse(request);
      for (const value of cookies.values()) seen.add(value);
      return response;
    });
    await it.browse(new Request(`${publicOrigin}/register?number=${citizen.number}`));
    await keep('registration.saveDocument', { number: citizen.number, name: citizen.name });
    await keep(`no.${citizen.number}`);
    await register(keep, world, citizen);
    await signIn(keep, world, citizen.number, 'Wrong-password-1!');
    succeeded(await signIn(keep, world, citizen.number, testPassword));
    succeeded(await keep('profile.save', profileAnswersOf(citizen)));
    succeeded(await keep('proof.byPassword', { password: testPassword }));
    succeeded(await keep('profile.reveal'));
    expect((await keep('verification.verify', correctionOf(citizen))).app).toMatchObject({
      code: 'verification.no_authority',
    });
    it.stopDatabase();
    await keep('session.list');
    await signIn(call, world, citizen.number, testPassword).catch(() => null);
    it.startDatabase();

    const log = JSON.stringify(it.lines);
    expect(it.lines.length).toBeGreaterThan(15);
    expect(seen.size).toBeGreaterThan(3);
    const personal = [
      citizen.number,
      citizen.name,
      citizen.mobile,
      citizen.travelPermitNumber ?? '',
      citizen.localDocumentNumber ?? '',
      'someone@example.com',
      testPassword,
      'Wrong-password-1!',
      '203.0.113',
      ...world.sandbox.phone.messages().map(({ code }) => code),
      ...[...seen].flatMap((value) => value.split('.')).filter((part) => !part.startsWith('id-')),
    ];
    for (const datum of personal) {
      expect(datum).not.toBe('');
      expect(log).not.toContain(datum);
    }
  });
});

describe('bad days: the database stops and starts again', () => {
  test('every procedure refuses with service.unavailable or without the database, never with a fault', async () => {
    await register(it.call, it.world, citizenWith(it.world, { outcome: 'match' }));
    it.stopDatabase();
    for (const path of Object.keys(procedures)) {
      const { status, app } = await it.call(path, {});
      expect([path, app?.code]).not.toEqual([path, 'internal.unexpected']);
      expect([path, status]).not.toEqual([path, 500]);
    }
    const answer = await it.call('session.list');
    expect([answer.status, answer.app]).toEqual([503, { code: 'service.unavailable' }]);
    expect(it.lines.at(-1)).toMatchObject({ outcome: 'service.unavailable', status: 503 });
  });

  test('the person goes on where it was', async () => {
    const { world, call } = it;
    const citizen = citizenWith(world, { outcome: 'match' });
    await register(call, world, citizen);
    it.stopDatabase();
    const down = await call('profile.save', profileAnswersOf(citizen));
    expect(down.app).toEqual({ code: 'service.unavailable' });
    it.startDatabase();
    succeeded(await call('profile.save', profileAnswersOf(citizen)));
    const verified = await call('verification.verify', correctionOf(citizen));
    expect(succeeded(verified)).toMatchObject({ outcome: 'matched' });
  });
});

/** A phone whose pushes come to the Worker, and what was pushed. */
async function phone(mobile: string) {
  const user = await chatOn(it.world, mobile);
  const pushed: { url: string; body: string }[] = [];
  it.world.sandbox.wechat.setPush(async (request) => {
    pushed.push({ url: request.url, body: await request.clone().text() });
    return it.send(request);
  }, `${publicOrigin}/wechat`);
  return { user, pushed };
}

const again = ({ url, body }: { url: string; body: string }) =>
  it.send(new Request(url, { method: 'POST', body }));

/** A registration up to the QR code. */
async function drawn(citizen: ReturnType<typeof citizenWith>): Promise<string> {
  succeeded(await it.call('registration.saveDocument', documentAnswersOf(citizen)));
  succeeded(await it.call('registration.savePassword', passwordAnswers));
  const ticket = await ticketFor(it.call, it.world, 'register');
  const contact = { email: 'someone@example.com', mobile: citizen.mobile, ticket };
  const scene = succeeded(await it.call('registration.sendWeChatCode', contact));
  return (scene as { scene: { url: string } }).scene.url;
}

describe('T-REG-13, T-PWD-04: what the WeChat platform sends', () => {
  test('the address is verified with the right signature, and with no other', async () => {
    await phone('19900000001');
    expect(await it.world.sandbox.wechat.verifyAddress()).toEqual({ isVerified: true, detail: '' });
    const forged = await it.page('/wechat?signature=00&timestamp=1795233600&nonce=n&echostr=e');
    expect(forged.status).toBe(403);
    expect((await it.page('/wechat')).status).toBe(403);
  });

  test('a registration by a code in the chat, pushed three times each: one code', async () => {
    const citizen = citizenWith(it.world, { outcome: 'match' });
    const url = await drawn(citizen);
    const { user, pushed } = await phone(citizen.mobile);
    it.world.sandbox.wechat.repeat.setMode('thrice');
    await user.scan(url);
    expect((await user.follow()).trouble).toBeNull();
    await user.press('GET_CODE');
    const { texts, trouble } = await user.type(citizen.number);
    expect(trouble).toBeNull();
    expect(texts).toHaveLength(3);
    expect(new Set(texts).size).toBe(1);
    // The same push a moment later, as a recording of it or the platform would send it.
    const repeated = pushed.at(-1);
    expect(repeated === undefined ? 0 : (await again(repeated)).status).toBe(200);
    const claims = await it.world
      .ctx()
      .db.all("select id from allowance where kind = 'wechat' and is_counted = 1");
    expect(claims).toHaveLength(1);
    succeeded(await it.call('registration.proveContact', { code: codeIn(texts[0] ?? null) }));
    succeeded(await it.call('registration.submit', { hasAgreed: true }));
    expect(succeeded(await it.call('wechat.current'))).toMatchObject({
      boundAtMs: it.world.nowMs(),
    });
  });

  test.each(['compatible', 'plain'] as const)(
    'X-02: pushed in the %s mode: refused, nothing is done, and the log line says what to set',
    async (mode) => {
      const { user } = await phone('19900000001');
      it.world.sandbox.wechat.encryption.setMode(mode);
      expect((await user.follow()).trouble).toBe('no_answer');
      expect(it.lines.at(-1)).toMatchObject({
        procedure: 'wechat',
        status: 403,
        note: 'not an encrypted push in XML (安全模式)',
      });
      expect(await it.world.ctx().db.all('select id from wechat_push')).toEqual([]);
    },
  );

  test('a push is taken from any origin, and answered as XML that nobody keeps', async () => {
    const { user, pushed } = await phone('19900000001');
    await user.follow();
    const [push] = pushed;
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    const answer = await it.send(
      new Request(push?.url ?? '', { method: 'POST', body: push?.body ?? '', headers }),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('X-02: altered, of another token, as JSON or too large: refused, and nothing is done', async () => {
    const { user, pushed } = await phone('19900000001');
    await user.follow();
    const [push] = pushed;
    if (push === undefined) throw new Error('nothing was pushed');
    const { url, body } = push;
    const rows = () => it.world.ctx().db.all('select id from wechat_push');
    const before = await rows();
    const unsigned = `${publicOrigin}/wechat`;
    for (const [address, sent, status] of [
      [url.replace(/msg_signature=./, 'msg_signature=!'), body, 403],
      [url, body.replace(/Encrypt><!\[CDATA\[./, 'Encrypt><![CDATA[!'), 403],
      [unsigned, body, 403],
      [unsigned, '{"FromUserName":"o"}', 403],
      [url, 'x'.repeat(65_537), 413],
    ] as const) {
      const answer = await again({ url: address, body: sent });
      expect([sent.slice(0, 30), answer.status]).toEqual([sent.slice(0, 30), status]);
    }
    it.world.advance(6 * 60_000);
    expect((await again({ url, body })).status).toBe(403);
    expect(await rows()).toEqual(before);
  });

  test('the log line names the procedure, and neither who it was nor what was said', async () => {
    const { user } = await phone('19900000001');
    await user.follow();
    await user.type('110199199508150119');
    const lines = it.lines.filter(({ procedure }) => procedure === 'wechat');
    expect(lines).toMatchObject([
      { outcome: 'ok', status: 200, roundTrips: 2 },
      { outcome: 'ok', status: 200, roundTrips: 2 },
    ]);
    expect(JSON.stringify(it.lines)).not.toMatch(new RegExp(`110199|${user.openId}`));
  });

  test('without a database the chat says so, and the next message is answered', async () => {
    const { user } = await phone('19900000001');
    await user.follow();
    it.stopDatabase();
    expect((await user.press('GET_CODE')).text).toBe(weChatReplies.unavailable);
    expect(it.lines.at(-1)).toMatchObject({ procedure: 'wechat', outcome: 'service.unavailable' });
    it.startDatabase();
    expect((await user.press('GET_CODE')).text).toBe(weChatReplies.scanForCode);
  });

  test('later than the platform waits: it hangs up, the work goes on, and the repetition has its answer', async () => {
    const citizen = citizenWith(it.world, { outcome: 'match' });
    const url = await drawn(citizen);
    const { user } = await phone(citizen.mobile);
    await user.scan(url);
    await user.follow();
    const answers: string[] = [];
    it.world.sandbox.wechat.setPush(async (request) => {
      const answer = await it.send(request);
      // The first answer is lost on its way.
      if (answers.push(await answer.clone().text()) === 1) throw new TypeError('hung up');
      return answer;
    }, `${publicOrigin}/wechat`);
    const { texts, pushes } = await user.type(citizen.number);
    expect(pushes).toBe(2);
    succeeded(await it.call('registration.proveContact', { code: codeIn(texts[0] ?? null) }));
  });
});

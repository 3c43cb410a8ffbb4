import { describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { createWeChatPlatform } from './platform.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4, 0, 0);

/** A platform whose answers `answers` gives by path, on a clock of our own, and what it was asked. */
function setUp(answers: Record<string, unknown> = {}) {
  const state = {
    nowMs: NOW_MS,
    tokens: 0,
    asked: [] as { path: string; query: string; body: unknown }[],
    answers: {
      '/cgi-bin/qrcode/create': {
        ticket: 't',
        expire_seconds: 600,
        url: 'http://weixin.qq.com/q/a',
      },
      '/cgi-bin/menu/create': { errcode: 0, errmsg: 'ok' },
      ...answers,
    } as Record<string, unknown>,
  };
  const fetch: Fetch = async (request) => {
    const { pathname, search } = new URL(request.url);
    state.asked.push({ path: pathname, query: search, body: await request.json() });
    if (Object.hasOwn(state.answers, pathname)) {
      const answer = state.answers[pathname];
      return Response.json(Array.isArray(answer) ? (answer.shift() ?? {}) : answer);
    }
    state.tokens += 1;
    return Response.json({ access_token: `made-up-${state.tokens}`, expires_in: 7200 });
  };
  const platform = createWeChatPlatform({
    endpoint: 'https://api.weixin.qq.com',
    appId: 'wx1',
    appSecret: 'made-up-secret',
    fetch,
    now: () => state.nowMs,
    timeoutMs: 5_000,
  });
  return { state, platform };
}

const ask = (fetch: Fetch) =>
  createWeChatPlatform({
    endpoint: 'https://api.weixin.qq.com',
    appId: 'wx1',
    appSecret: 's',
    fetch,
    now: () => NOW_MS,
    timeoutMs: 5,
  }).createSceneCode('a', 600);

const down = (vendorCode: string) => ({ outcome: 'down', vendorCode });

const done = {
  outcome: 'done',
  value: { url: 'http://weixin.qq.com/q/a', expiresAtMs: NOW_MS + 600_000 },
};

describe('the platform of a WeChat service account', () => {
  test('a scene code is asked for with a token of the stable interface', async () => {
    const { state, platform } = setUp();
    expect(await platform.createSceneCode('reg_1', 600)).toEqual(done);
    expect(state.asked).toEqual([
      {
        path: '/cgi-bin/stable_token',
        query: '',
        body: {
          grant_type: 'client_credential',
          appid: 'wx1',
          secret: 'made-up-secret',
          force_refresh: false,
        },
      },
      {
        path: '/cgi-bin/qrcode/create',
        query: '?access_token=made-up-1',
        body: {
          expire_seconds: 600,
          action_name: 'QR_STR_SCENE',
          action_info: { scene: { scene_str: 'reg_1' } },
        },
      },
    ]);
  });

  test('an endpoint may have a path, as that of a relay has', async () => {
    const asked: string[] = [];
    const platform = createWeChatPlatform({
      endpoint: 'https://relay.example.com/wechat/',
      appId: 'wx1',
      appSecret: 's',
      fetch: ({ url }) => {
        asked.push(url);
        return Response.json({ access_token: 't', expires_in: 7200 });
      },
      now: () => NOW_MS,
      timeoutMs: 5_000,
    });
    await platform.createMenu([]);
    expect(asked).toEqual([
      'https://relay.example.com/wechat/cgi-bin/stable_token',
      'https://relay.example.com/wechat/cgi-bin/menu/create?access_token=t',
    ]);
  });

  test('the menu has a button for each key', async () => {
    const { state, platform } = setUp();
    const buttons = [
      { name: '取验证码', key: 'GET_CODE' },
      { name: '重置密码', key: 'RESET_PASSWORD' },
    ];
    expect(await platform.createMenu(buttons)).toEqual({ outcome: 'done', value: null });
    expect(state.asked[1]).toEqual({
      path: '/cgi-bin/menu/create',
      query: '?access_token=made-up-1',
      body: {
        button: [
          { type: 'click', name: '取验证码', key: 'GET_CODE' },
          { type: 'click', name: '重置密码', key: 'RESET_PASSWORD' },
        ],
      },
    });
  });

  test('a token serves until five minutes before its end', async () => {
    const { state, platform } = setUp();
    await platform.createSceneCode('a', 600);
    state.nowMs = NOW_MS + 6_900_000 - 1;
    await platform.createSceneCode('a', 600);
    expect(state.tokens).toBe(1);
    state.nowMs += 1;
    await platform.createSceneCode('a', 600);
    expect(state.tokens).toBe(2);
    expect(state.asked.at(-1)?.query).toBe('?access_token=made-up-2');
  });

  test.each([40001, 40014, 42001])(
    'a token that has gone stale (%i) is replaced, once',
    async (errcode) => {
      const good = { ticket: 't', expire_seconds: 600, url: 'http://weixin.qq.com/q/a' };
      const { state, platform } = setUp({ '/cgi-bin/qrcode/create': [{ errcode }, good] });
      expect(await platform.createSceneCode('a', 600)).toEqual(done);
      expect(state.asked.at(-1)?.query).toBe('?access_token=made-up-2');

      state.answers['/cgi-bin/qrcode/create'] = { errcode };
      state.asked = [];
      expect(await platform.createSceneCode('a', 600)).toEqual({
        outcome: 'misconfigured',
        vendorCode: String(errcode),
      });
      expect(state.asked.map(({ path }) => path)).toEqual([
        '/cgi-bin/qrcode/create',
        '/cgi-bin/stable_token',
        '/cgi-bin/qrcode/create',
      ]);
    },
  );

  test.each([
    [-1, 'busy'],
    [45009, 'busy'],
    [45011, 'busy'],
    [40013, 'misconfigured'],
    [40125, 'misconfigured'],
    [40164, 'misconfigured'],
    [48001, 'misconfigured'],
  ])('errcode %i is %s, from the token interface and from the others', async (errcode, outcome) => {
    const failure = { outcome, vendorCode: String(errcode) };
    const answer = { errcode, errmsg: '…' };
    for (const path of ['/cgi-bin/stable_token', '/cgi-bin/qrcode/create']) {
      expect(await setUp({ [path]: answer }).platform.createSceneCode('a', 600)).toEqual(failure);
    }
    expect(await setUp({ '/cgi-bin/menu/create': answer }).platform.createMenu([])).toEqual(
      failure,
    );
  });

  test('a token interface that failed is asked again the next time', async () => {
    const { state, platform } = setUp({ '/cgi-bin/stable_token': { errcode: -1 } });
    expect(await platform.createSceneCode('a', 600)).toMatchObject({ outcome: 'busy' });
    delete state.answers['/cgi-bin/stable_token'];
    expect(await platform.createSceneCode('a', 600)).toEqual(done);
  });

  test.each([null, [], 'ok', {}, { url: 'u' }, { url: '', expire_seconds: 600 }, { errcode: '0' }])(
    'an answer that makes no sense is down: %j',
    async (answer) => {
      const platform = (path: string) => setUp({ [path]: answer }).platform;
      const malformed = { outcome: 'down', vendorCode: 'malformed_answer' };
      const code = platform('/cgi-bin/qrcode/create').createSceneCode('a', 600);
      expect((await code).outcome).toBe('down');
      expect(await platform('/cgi-bin/stable_token').createSceneCode('a', 600)).toEqual(malformed);
    },
  );

  test('no connection, no answer in time and a page instead of JSON are down', async () => {
    expect(await ask(() => Promise.reject(new TypeError('x')))).toEqual(down('network_error'));
    expect(await ask(() => new Promise(() => {}))).toEqual(down('timeout'));
    expect(await ask(() => new Response('<html>'))).toEqual(down('malformed_answer'));
    expect(await ask(() => new Response('', { status: 502 }))).toEqual(down('http_502'));
  });
});

import { describe, expect, test } from 'vitest';
import { sandboxCredentials } from './credentials.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';

const startMs = Date.parse('2026-11-21T12:00:00+08:00');
const { appId, appSecret } = sandboxCredentials.wechat;
const tokenRequest = { grant_type: 'client_credential', appid: appId, secret: appSecret };
const scene = (scene_str: string) => ({
  expire_seconds: 600,
  action_name: 'QR_STR_SCENE',
  action_info: { scene: { scene_str } },
});
const click = (name: string, key: string) => ({ type: 'click', name, key });

type Answer = {
  errcode?: number;
  errmsg?: string;
  access_token?: string;
  expires_in?: number;
  url?: string;
  ticket?: string;
};

const at = (path: string) => `https://sandbox.test${vendorPaths.wechat}cgi-bin/${path}`;

function world() {
  let nowMs = startMs;
  const sandbox = createSandbox({ now: () => nowMs });
  const post = async (path: string, body: unknown): Promise<Answer> => {
    const response = await sandbox.fetch(at(path), { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return response.json() as Promise<Answer>;
  };
  const token = async (extra: object = {}) =>
    (await post('stable_token', { ...tokenRequest, ...extra })).access_token ?? 'none';
  return { sandbox, post, token, pass: (ms: number) => (nowMs += ms) };
}

describe('stable_token', () => {
  test('the same token comes back until five minutes before its end, then both are good', async () => {
    const { post, token, pass } = world();
    const first = await token();
    expect(first).toHaveLength(512);
    pass(6_000_000);
    expect(await post('stable_token', tokenRequest)).toEqual({
      access_token: first,
      expires_in: 1200,
    });
    pass(900_000);
    const second = await token();
    expect(second).not.toBe(first);
    const create = (value: string) => post(`qrcode/create?access_token=${value}`, scene('reg_1'));
    expect(await create(first)).toHaveProperty('url');
    expect(await create(second)).toHaveProperty('url');
    pass(300_000);
    expect(await create(first)).toMatchObject({ errcode: 42001 });
    expect(await create(second)).toHaveProperty('url');
  });

  test('a forced refresh ends the old token, and within 30 seconds does nothing', async () => {
    const { post, token, pass } = world();
    const first = await token();
    expect(await token({ force_refresh: true })).toBe(first);
    pass(30_000);
    const second = await token({ force_refresh: true });
    expect(second).not.toBe(first);
    expect(await post(`qrcode/create?access_token=${first}`, scene('reg_1'))).toMatchObject({
      errcode: 40001,
    });
  });

  test.each([
    [{ grant_type: 'authorization_code' }, 40002],
    [{ appid: 'wx0' }, 40013],
    [{ secret: 'wrong' }, 40125],
  ])('%j is refused with %i', async (change, errcode) => {
    expect(await world().post('stable_token', { ...tokenRequest, ...change })).toEqual({
      errcode,
      errmsg: expect.any(String),
    });
  });
});

describe('qrcode/create', () => {
  test('a scene becomes a code that WeChat knows, newest first', async () => {
    const { sandbox, post, token } = world();
    const value = await token();
    const create = (name: string) => post(`qrcode/create?access_token=${value}`, scene(name));
    const { url = '', ticket, ...rest } = await create('reg_1');
    expect(rest).toEqual({ expire_seconds: 600 });
    expect(url).toMatch(/^http:\/\/weixin\.qq\.com\/q\/[\w-]+$/);
    await create('reg_2');
    expect(sandbox.wechat.codes).toMatchObject([
      { scene: 'reg_2' },
      { url, ticket, scene: 'reg_1', createdAtMs: startMs, expiresAtMs: startMs + 600_000 },
    ]);
  });

  test.each<[object, number]>([
    [{ action_name: 'QR_SCENE' }, 40052],
    [{ action_info: {} }, 40053],
    [scene(''), 40053],
    [scene('x'.repeat(65)), 40053],
    [{ expire_seconds: 2_592_001 }, 40035],
    [{ expire_seconds: 0 }, 40035],
  ])('%j is refused with %i', async (change, errcode) => {
    const { post, token } = world();
    expect(
      await post(`qrcode/create?access_token=${await token()}`, { ...scene('reg_1'), ...change }),
    ).toMatchObject({ errcode });
  });
});

describe('menu/create', () => {
  test('the menu is as created, with buttons below buttons', async () => {
    const { sandbox, post, token } = world();
    const button = [
      click('取验证码', 'GET_CODE'),
      { name: '更多', sub_button: [{ type: 'view', name: '网站', url: 'https://service.test/' }] },
    ];
    expect(await post(`menu/create?access_token=${await token()}`, { button })).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(sandbox.wechat.menu).toEqual(button);
    sandbox.reset();
    expect(sandbox.wechat.menu).toEqual(button);
  });

  test.each<[unknown, number]>([
    [undefined, 40016],
    [[], 40016],
    [Array.from({ length: 4 }, () => click('a', 'b')), 40016],
    [[click('取验证码六个字', 'b')], 40018],
    [[click('a', '')], 40019],
    [[{ type: 'view', name: 'a', url: 'service' }], 40020],
    [[{ type: 'scan', name: 'a' }], 40017],
    [[{ name: 'a', sub_button: Array.from({ length: 6 }, () => click('a', 'b')) }], 40023],
    [[{ name: 'a', sub_button: [click('a', '')] }], 40026],
  ])('%j is refused with %i', async (button, errcode) => {
    const { sandbox, post, token } = world();
    expect(await post(`menu/create?access_token=${await token()}`, { button })).toMatchObject({
      errcode,
    });
    expect(sandbox.wechat.menu).toEqual([]);
  });
});

describe('every call', () => {
  test('wants POST, a known path, a token that is good, and JSON', async () => {
    const { sandbox, post, token } = world();
    expect(await (await sandbox.fetch(at('stable_token'))).json()).toMatchObject({
      errcode: 43002,
    });
    expect(await post('user/info', {})).toMatchObject({ errcode: 40066 });
    expect(await post('../toString', {})).toMatchObject({ errcode: 40066 });
    expect(await post('qrcode/create', scene('reg_1'))).toMatchObject({ errcode: 41001 });
    expect(await post('qrcode/create?access_token=x', scene('reg_1'))).toMatchObject({
      errcode: 40001,
    });
    expect(await post(`qrcode/create?access_token=${await token()}`, 'text')).toMatchObject({
      errcode: 47001,
    });
  });

  test('busy is errcode -1, down is a call that fails', async () => {
    const { sandbox, post } = world();
    sandbox.wechat.setMode('busy');
    expect(await post('stable_token', tokenRequest)).toMatchObject({ errcode: -1 });
    sandbox.wechat.setMode('down');
    await expect(post('stable_token', tokenRequest)).rejects.toThrow(TypeError);
  });
});

import { describe, expect, test } from 'vitest';
import { citizens } from './citizens.ts';
import { sandboxCredentials } from './credentials.ts';
import type { EncryptionMode } from './mode.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';
import { element, encryptedAnswer, readPush, textAnswer } from './testing/chat-service.ts';
import type { ReceivedPush } from './testing/chat-service.ts';
import { isOpenId, openIdOf, sandboxWeChat } from './wechat-account.ts';

const startMs = Date.parse('2026-11-21T12:00:00+08:00');
const openId = openIdOf('19900000001');
const notice = '该公众号提供的服务出现故障，请稍后再试';

/** Our service answers as `reply` says; by default encrypted, with the event or what was typed. */
function world(
  reply: (push: ReceivedPush) => Response | Promise<Response> = (push) =>
    new Response(
      encryptedAnswer(
        textAnswer(push, `收到${element(push.xml, 'Event')}${element(push.xml, 'Content')}`),
      ),
    ),
) {
  let nowMs = startMs;
  const sandbox = createSandbox({ now: () => nowMs, pushTimeoutMs: 50 });
  const { wechat } = sandbox;
  const pushes: ReceivedPush[] = [];
  wechat.setPush(async (request) => {
    const push = await readPush(request);
    pushes.push(push);
    return reply(push);
  }, 'https://service.test/wechat?portal=teacher');
  const { appId, appSecret } = sandboxCredentials.wechat;
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const url = `https://sandbox.test${vendorPaths.wechat}cgi-bin/${path}`;
    const response = await sandbox.fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return response.json() as Promise<Record<string, string>>;
  };
  const token = async () =>
    (
      await post('stable_token', {
        grant_type: 'client_credential',
        appid: appId,
        secret: appSecret,
      })
    )['access_token'] ?? '';
  return {
    wechat,
    pushes,
    user: wechat.user(openId),
    pass: (ms: number) => (nowMs += ms),
    newCode: async (scene: string) => {
      const answer = await post(`qrcode/create?access_token=${await token()}`, {
        expire_seconds: 600,
        action_name: 'QR_STR_SCENE',
        action_info: { scene: { scene_str: scene } },
      });
      return answer['url'] ?? '';
    },
    createMenu: async () =>
      post(`menu/create?access_token=${await token()}`, {
        button: [
          { type: 'click', name: '取验证码', key: 'GET_CODE' },
          {
            name: '更多',
            sub_button: [{ type: 'view', name: '网站', url: 'https://service.test/' }],
          },
        ],
      }),
  };
}

const event = ({ xml }: ReceivedPush) => ({
  event: element(xml, 'Event'),
  key: element(xml, 'EventKey'),
  ticket: element(xml, 'Ticket'),
});

describe('what a person does', () => {
  test('T-REG-13: scanning a code leads to the account, and following pushes its scene', async () => {
    const { wechat, user, pushes, newCode } = world();
    const url = await newCode('reg_1');
    expect(await user.scan(url)).toMatchObject({ pushes: 0, isFollowing: false, text: null });
    expect(pushes).toEqual([]);
    expect(await user.follow()).toEqual({
      text: '收到subscribe',
      texts: ['收到subscribe'],
      pushes: 1,
      trouble: null,
      detail: '',
      isFollowing: true,
    });
    const ticket = wechat.codes[0]?.ticket;
    expect(pushes.map(event)).toEqual([{ event: 'subscribe', key: 'qrscene_reg_1', ticket }]);
  });

  test('T-PRO-06: someone who follows already pushes SCAN', async () => {
    const { wechat, user, pushes, newCode } = world();
    await user.follow();
    await user.scan(await newCode('bind_1'));
    const ticket = wechat.codes[0]?.ticket;
    expect(pushes.map(event)).toEqual([
      { event: 'subscribe', key: '', ticket: '' },
      { event: 'SCAN', key: 'bind_1', ticket },
    ]);
  });

  test('menu buttons push CLICK and VIEW, and only those that were created', async () => {
    const { user, pushes, createMenu } = world();
    await user.follow();
    await expect(user.press('GET_CODE')).rejects.toMatchObject({ code: 'no_such_button' });
    await createMenu();
    expect((await user.press('GET_CODE')).text).toBe('收到CLICK');
    await user.press('https://service.test/');
    await expect(user.press('RESET')).rejects.toMatchObject({ code: 'no_such_button' });
    expect(pushes.slice(1).map(event)).toEqual([
      { event: 'CLICK', key: 'GET_CODE', ticket: '' },
      { event: 'VIEW', key: 'https://service.test/', ticket: '' },
    ]);
  });

  test('typing pushes a text with a MsgId that no double can hold, and shows the answer', async () => {
    const { user, pushes, pass } = world();
    await user.follow();
    pass(1000);
    expect((await user.type('110199199508150119 & <你好>]]')).text).toBe(
      '收到110199199508150119 & <你好>]]',
    );
    const { xml = '', query } = pushes[1] ?? {};
    expect(element(xml, 'FromUserName')).toBe(openId);
    expect(element(xml, 'ToUserName')).toBe(sandboxWeChat.accountId);
    expect(element(xml, 'CreateTime')).toBe(String(startMs / 1000 + 1));
    const messageId = element(xml, 'MsgId');
    expect(String(Number(messageId))).not.toBe(messageId);
    expect(query).toMatchObject({ openid: openId, portal: 'teacher', encrypt_type: 'aes' });
    expect(user.chat.map((line) => [line.from, line.text])).toEqual([
      ['wechat', '关注了公众号'],
      ['account', '收到subscribe'],
      ['person', '110199199508150119 & <你好>]]'],
      ['account', '收到110199199508150119 & <你好>]]'],
    ]);
  });

  test('unfollowing pushes, shows nothing, and ends everything else', async () => {
    const { user, pushes } = world();
    await user.follow();
    expect(await user.unfollow()).toMatchObject({ isFollowing: false });
    expect(pushes.map((push) => event(push).event)).toEqual(['subscribe', 'unsubscribe']);
    expect(user.chat.at(-1)?.text).toBe('取消了关注');
    for (const act of [user.type('x'), user.press('x'), user.unfollow()]) {
      await expect(act).rejects.toMatchObject({ code: 'not_following' });
    }
  });

  test('codes that are unknown or over, and actions that make no sense, push nothing', async () => {
    const { user, pushes, newCode, pass } = world();
    const url = await newCode('reg_1');
    await expect(user.scan(`${url}x`)).rejects.toMatchObject({ code: 'no_such_code' });
    pass(600_000);
    await expect(user.scan(url)).rejects.toMatchObject({ code: 'code_expired' });
    await user.follow();
    await expect(user.follow()).rejects.toMatchObject({ code: 'already_following' });
    await expect(user.type(' ')).rejects.toMatchObject({ code: 'empty_text' });
    expect(pushes).toHaveLength(1);
  });

  test('each citizen has an openid of their own', () => {
    const openIds = citizens.map(({ mobile }) => openIdOf(mobile));
    expect(new Set(openIds).size).toBe(citizens.length);
    expect(openIds.every(isOpenId)).toBe(true);
    expect(isOpenId('19900000001')).toBe(false);
  });
});

describe('how it is pushed', () => {
  test.each<[EncryptionMode, boolean, boolean]>([
    ['encrypted', false, true],
    ['compatible', true, true],
    ['plain', true, false],
  ])('%s: plain in the body %s, encrypted %s', async (mode, hasPlain, hasEncrypted) => {
    const { wechat, user, pushes } = world((push) => {
      const answer = textAnswer(push, '好');
      return new Response(hasEncrypted ? encryptedAnswer(answer) : answer);
    });
    wechat.encryption.setMode(mode);
    expect(await user.follow()).toMatchObject({ text: '好', trouble: null });
    const { body = '', query } = pushes[0] ?? {};
    expect(body.includes('<Event>')).toBe(hasPlain);
    expect(body.includes('<Encrypt>')).toBe(hasEncrypted);
    expect(query).toHaveProperty('signature');
    expect('msg_signature' in (query ?? {})).toBe(hasEncrypted);
  });

  test('compatible: an answer in plain is taken too', async () => {
    const { wechat, user } = world((push) => new Response(textAnswer(push, '好')));
    wechat.encryption.setMode('compatible');
    expect(await user.follow()).toMatchObject({ text: '好' });
  });

  test.each(['', 'success'])(
    'the answer "%s" shows nothing and is not tried again',
    async (text) => {
      const { user } = world(() => new Response(text));
      expect(await user.follow()).toMatchObject({
        texts: [],
        text: null,
        pushes: 1,
        trouble: null,
      });
      expect(user.chat).toHaveLength(1);
    },
  );

  test('without an answer in time it is pushed again three times, with the same MsgId and time', async () => {
    let isMute = false;
    const { user, pushes, pass } = world((push) =>
      isMute
        ? new Promise<Response>(() => {})
        : new Response(encryptedAnswer(textAnswer(push, '好'))),
    );
    await user.follow();
    isMute = true;
    pass(1000);
    expect(await user.type('x')).toMatchObject({ text: null, pushes: 4, trouble: 'no_answer' });
    const repeated = pushes.slice(1);
    expect(new Set(repeated.map(({ xml }) => xml)).size).toBe(1);
    expect(new Set(repeated.map(({ query }) => query['nonce'])).size).toBe(4);
    expect(user.chat.at(-1)).toMatchObject({ from: 'wechat', text: notice });
  });

  test.each([201, 302, 500])('an answer with HTTP %i counts as none', async (status) => {
    let count = 0;
    const { user } = world((push) => {
      count += 1;
      return count < 3
        ? new Response('success', { status })
        : new Response(encryptedAnswer(textAnswer(push, '好')));
    });
    expect(await user.follow()).toMatchObject({ text: '好', pushes: 3, trouble: null });
  });

  test('a service that cannot be reached is tried again', async () => {
    const { user } = world(() => Promise.reject(new TypeError('fetch failed')));
    expect(await user.follow()).toMatchObject({ pushes: 4, trouble: 'no_answer' });
  });

  test('thrice: three pushes of one message at once, and every answer is shown', async () => {
    const { wechat, user, pushes } = world();
    await user.follow();
    wechat.repeat.setMode('thrice');
    expect(await user.type('x')).toMatchObject({ texts: ['收到x', '收到x', '收到x'], pushes: 3 });
    expect(new Set(pushes.slice(1).map(({ xml }) => xml)).size).toBe(1);
  });
});

describe('answers that WeChat does not take', () => {
  const answers: [string, (push: ReceivedPush) => string, string][] = [
    ['JSON', () => '{"errcode":0}', 'neither success nor XML'],
    ['plain', (push) => textAnswer(push, '好'), 'not encrypted'],
    [
      'signed with another token',
      (push) => encryptedAnswer(textAnswer(push, '好'), { signedWith: 'another' }),
      'MsgSignature',
    ],
    [
      'for another AppID',
      (push) => encryptedAnswer(textAnswer(push, '好'), { receiver: 'wx0' }),
      'AppID',
    ],
    ['not swapped', ({ xml }) => encryptedAnswer(xml), 'swapped'],
    ['empty', (push) => encryptedAnswer(textAnswer(push, '')), 'Content is empty'],
    [
      'an image',
      (push) => encryptedAnswer(textAnswer(push, '好').replace('[text]', '[image]')),
      'MsgType image',
    ],
    ['too long', (push) => encryptedAnswer(textAnswer(push, '好'.repeat(30_000))), 'too long'],
  ];
  test.each(answers)('%s: the person is told of a fault, once', async (_, answer, detail) => {
    const { user } = world((push) => new Response(answer(push)));
    expect(await user.follow()).toMatchObject({
      text: null,
      pushes: 1,
      trouble: 'bad_answer',
      detail: expect.stringContaining(detail),
    });
    expect(user.chat.at(-1)?.text).toBe(notice);
  });
});

describe('the address for pushes', () => {
  test('is verified when echostr comes back as it was', async () => {
    const { wechat } = world();
    wechat.setPush(async (request) => {
      const { query } = await readPush(request);
      return new Response(query['echostr'] ?? '');
    });
    expect(await wechat.verifyAddress()).toEqual({ isVerified: true, detail: '' });
  });

  test.each<[string, () => Promise<Response>]>([
    ['quoted', async () => new Response('"1"')],
    ['refused', async () => new Response('', { status: 403 })],
    ['mute', () => new Promise(() => {})],
  ])('is not when the answer is %s', async (_, answer) => {
    const { wechat } = world();
    wechat.setPush(answer);
    expect(await wechat.verifyAddress()).toMatchObject({ isVerified: false });
  });

  test('without one, nothing is answered', async () => {
    const user = createSandbox().wechat.user(openId);
    expect(await user.follow()).toMatchObject({
      trouble: 'no_answer',
      detail: expect.stringContaining('no address'),
    });
  });
});

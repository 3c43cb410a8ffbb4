import { describe, expect, test } from 'vitest';
import { decryptWeChat, encryptWeChat, signWeChat, WeChatCipherError } from './wechat-crypto.ts';
import { readXml, writeXml } from './wechat-xml.ts';

/** Published with the platform's own libraries (加解密方案); the message needs 30 bytes of padding. */
const published = {
  token: 'QDG6eK',
  keys: {
    encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    appId: 'wx5823bf96d3bd56c7',
  },
  echo: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  message:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};

/** Made for this: a key of the whole alphabet and a push as a service account gets it. */
const own = {
  token: 'pamtest',
  keys: {
    encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    appId: 'wxb11529c136998cb6',
  },
  fields: {
    ToUserName: 'gh_7f083739789a',
    FromUserName: 'oABC',
    CreateTime: 1409304348,
    MsgType: 'event',
    Event: 'CLICK',
    EventKey: 'GET_CODE',
  },
  random: Buffer.from('aaaabbbbccccdddd'),
};

describe('signatures', () => {
  test.each([
    [['AAAAA', '1714037059', '486452656'], '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    [['pamtest', '1409304348', 'xxxxxx'], '76480565cbe296026c53aaacd1ad523a1ddba24f'],
    [
      [published.token, '1409659589', '263014780', published.echo],
      '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    ],
    [
      [published.token, '1409659813', '1372623149', published.message],
      '477715d11cdb4164915debcba66cb864d751f3e6',
    ],
  ])('%# is the published one', (parts, signature) => {
    expect(signWeChat(...parts)).toBe(signature);
  });
});

describe('encryption', () => {
  test('the published messages open, whatever their padding', () => {
    expect(decryptWeChat(published.echo, published.keys)).toBe('1616140317555161061');
    expect(readXml(decryptWeChat(published.message, published.keys))).toMatchObject({
      Content: 'hello',
      MsgId: '4561255354251345929',
    });
  });

  test('a push is encrypted and signed as the known one', () => {
    const encrypted = encryptWeChat(writeXml(own.fields), own.keys, own.random);
    expect(encrypted).toHaveLength(428);
    expect(encrypted.startsWith('jn1L23DB+6ELqJ+6bruv24G7tPgDS9n1')).toBe(true);
    expect(signWeChat(own.token, '1409304348', 'xxxxxx', encrypted)).toBe(
      '76100351570263c1f811156a7062958902869f15',
    );
  });

  test('every length comes back, so every padding from 1 to 32', () => {
    for (let length = 0; length < 64; length++) {
      const text = '实'.repeat(length % 3) + 'x'.repeat(length);
      const encrypted = encryptWeChat(text, own.keys);
      expect(Buffer.from(encrypted, 'base64').length % 32).toBe(0);
      expect(decryptWeChat(encrypted, own.keys)).toBe(text);
    }
  });

  test('another key, another AppID, and what is no cipher text do not open', () => {
    const encrypted = encryptWeChat('hello', own.keys);
    const { encodingAesKey } = published.keys;
    for (const open of [
      () => decryptWeChat(encrypted, { ...own.keys, encodingAesKey }),
      () => decryptWeChat(encrypted, { ...own.keys, appId: 'wxb11529c136998cb7' }),
      () => decryptWeChat(encrypted.slice(0, 40), own.keys),
      () => decryptWeChat('', own.keys),
    ]) {
      expect(open).toThrow(WeChatCipherError);
    }
  });
});

describe('XML', () => {
  test('what a person types comes back as it was', () => {
    for (const Content of [']]>', '<b>&amp;</b>', ' 110199199508150119 ', '😀', 'a]]>]]>b']) {
      expect(readXml(writeXml({ Content }))).toEqual({ Content });
    }
  });

  test('what is not one <xml> element is nothing', () => {
    for (const text of ['', 'success', '{"errcode":0}', '<xml>', '<a>b</a>', '<xml/>']) {
      expect(readXml(text)).toBeNull();
    }
  });
});

import { assert, describe, expect, test } from 'vitest';
import { OWN, PUBLISHED } from '../testing/wechat-vectors.ts';
import { createMessageEncryption, signatureOf } from './encryption.ts';
import { createWeChatInbox } from './inbox.ts';

const NOW_MS = Number(OWN.timestamp) * 1000;
type Settings = { token?: string; appId?: string; accountId?: string };
const inboxAt = (nowMs: number, changes: Settings = {}) =>
  createWeChatInbox({
    token: OWN.token,
    encodingAesKey: OWN.key,
    appId: OWN.accountId,
    accountId: 'gh_1',
    now: () => nowMs,
    ...changes,
  });
const inbox = inboxAt(NOW_MS);
/** The account that the vector of our own is addressed to. */
const own = inboxAt(NOW_MS, { accountId: 'gh_7f083739789a' });
const encryption = createMessageEncryption(OWN.key);

const plainQuery = async (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    timestamp: OWN.timestamp,
    nonce: OWN.nonce,
    signature: await signatureOf(OWN.token, OWN.timestamp, OWN.nonce),
    ...changes,
  });
/** As the platform asks in safe mode: with the plain signature, too. */
const encryptedQuery = async (encrypted: string, changes: Record<string, string> = {}) =>
  plainQuery({
    encrypt_type: 'aes',
    msg_signature: await signatureOf(OWN.token, OWN.timestamp, OWN.nonce, encrypted),
    ...changes,
  });
const ownQuery = (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    encrypt_type: 'aes',
    timestamp: OWN.timestamp,
    nonce: OWN.nonce,
    msg_signature: OWN.signature,
    ...changes,
  });
const envelope = (encrypted: string) =>
  `<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;

const xmlOf = (elements: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName>\n<FromUserName><![CDATA[oABC]]></FromUserName>\n<CreateTime>1409304348</CreateTime>\n${elements}</xml>`;
const event = (name: string, rest = '') =>
  xmlOf(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${rest}`);
const textMessage = (content: string) =>
  xmlOf(
    `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>23</MsgId>`,
  );

const openPlain = async (body: string) => inbox.open(await plainQuery(), body);

/** Encrypts and signs as the platform does, then opens. */
async function openEncrypted(xml: string, appId: string = OWN.accountId, by = inbox) {
  const encrypted = await encryption.encrypt(new Uint8Array(16), xml, appId);
  return by.open(await encryptedQuery(encrypted), envelope(encrypted));
}

const elementOf = (xml: string, name: string) =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(xml)?.[1] ?? '';

describe('the platform checks our address', () => {
  test('it gets its text back when the signature is right', async () => {
    const sample = createWeChatInbox({
      token: 'AAAAA',
      encodingAesKey: OWN.key,
      appId: OWN.accountId,
      accountId: 'gh_1',
      now: () => 1714037059_000,
    });
    const query = new URLSearchParams({
      signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78',
      timestamp: '1714037059',
      nonce: '486452656',
      echostr: '4375120948345356249',
    });
    expect(await sample.verifyAddress(query)).toBe('4375120948345356249');
  });

  test('X-02: any other signature, time, nonce or token gets nothing', async () => {
    const query = await plainQuery({ echostr: 'e' });
    expect(await inbox.verifyAddress(query)).toBe('e');
    const signature = query.get('signature') ?? '';
    for (let i = 0; i < signature.length; i++) {
      const forged =
        signature.slice(0, i) + (signature[i] === '0' ? '1' : '0') + signature.slice(i + 1);
      const changed = await plainQuery({ echostr: 'e', signature: forged });
      expect(await inbox.verifyAddress(changed)).toBeNull();
    }
    for (const changes of [{ signature: '' }, { timestamp: '1409304349' }, { nonce: 'y' }]) {
      const changed = await plainQuery({ echostr: 'e', ...changes });
      expect(await inbox.verifyAddress(changed)).toBeNull();
    }
    expect(await inboxAt(NOW_MS, { token: 'other' }).verifyAddress(query)).toBeNull();
    expect(await inbox.verifyAddress(await plainQuery())).toBeNull();
    expect(await inbox.verifyAddress(new URLSearchParams())).toBeNull();
  });
});

describe('what a person did', () => {
  const base = { openId: 'oABC', accountId: 'gh_1' };
  const eventOf = (name: string, key = '') => ({
    ...base,
    eventId: `oABC:1409304348:${name}:${key}`,
  });

  test.each([
    [
      event('subscribe', '<EventKey><![CDATA[]]></EventKey>'),
      { ...eventOf('subscribe'), type: 'followed', scene: null },
    ],
    [event('subscribe'), { ...eventOf('subscribe'), type: 'followed', scene: null }],
    [
      event('subscribe', '<EventKey><![CDATA[qrscene_reg_1]]></EventKey><Ticket>t</Ticket>'),
      { ...eventOf('subscribe', 'qrscene_reg_1'), type: 'followed', scene: 'reg_1' },
    ],
    [event('unsubscribe'), { ...eventOf('unsubscribe'), type: 'unfollowed' }],
    [
      event('SCAN', '<EventKey><![CDATA[0123]]></EventKey>'),
      { ...eventOf('SCAN', '0123'), type: 'scanned', scene: '0123' },
    ],
    [
      event('CLICK', '<EventKey><![CDATA[GET_CODE]]></EventKey>'),
      { ...eventOf('CLICK', 'GET_CODE'), type: 'menu', key: 'GET_CODE' },
    ],
    [
      event('VIEW', '<EventKey>https://example.com</EventKey>'),
      { ...eventOf('VIEW', 'https://example.com'), type: 'other' },
    ],
    [event('CLICK'), { ...eventOf('CLICK'), type: 'other' }],
    [
      textMessage(' 110199199508150119 &amp;<b> '),
      { ...base, eventId: '23', type: 'text', text: ' 110199199508150119 &amp;<b> ' },
    ],
    [
      textMessage('a').replace('<Content>', '<More><Content>no</Content></More>\n<Content>'),
      { ...base, eventId: '23', type: 'text', text: 'a' },
    ],
    [textMessage(''), { ...base, eventId: '23', type: 'text', text: '' }],
    [
      xmlOf('<MsgType>image</MsgType><PicUrl>u</PicUrl><MsgId>7</MsgId>'),
      { ...base, eventId: '7', type: 'other' },
    ],
  ])('%s', async (xml, push) => {
    expect((await openEncrypted(xml))?.push).toEqual(push);
  });

  test('a repetition has the same eventId, another event has not', async () => {
    const ids = await Promise.all(
      [
        event('CLICK'),
        event('CLICK'),
        event('CLICK', '<EventKey><![CDATA[GET_CODE]]></EventKey>'),
        event('SCAN'),
        textMessage('a'),
      ].map(async (xml) => (await openEncrypted(xml))?.push.eventId),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    ['JSON', '{"ToUserName":"gh_1","FromUserName":"oABC"}'],
    ['nothing', ''],
    ['another root', '<yml><FromUserName>oABC</FromUserName></yml>'],
    ['no sender', xmlOf('<MsgType>text</MsgType>').replace('FromUserName', 'From')],
    ['two senders', event('CLICK', '<FromUserName>oXYZ</FromUserName>')],
    ['no type', xmlOf('')],
    ['no time', event('CLICK').replaceAll('CreateTime', 'Time')],
    ['a broken element', xmlOf('<MsgType>text</MsgTyp>')],
    ['nested', `<xml>${event('CLICK')}</xml>`],
    ['a prototype', '<xml><__proto__><FromUserName>o</FromUserName></__proto__></xml>'],
    ['deep nesting', `<xml>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</xml>`],
    ['DOCTYPE', `<!DOCTYPE xml [<!ENTITY a "x">]>${event('CLICK')}`],
    ['DOCTYPE further in', xmlOf('<!DOCTYPE x [<!ENTITY a "x">]><MsgType>text</MsgType>')],
    ['an attribute', xmlOf('<MsgType a="b">text</MsgType>')],
    ['a comment', xmlOf('<!-- --><MsgType>text</MsgType>')],
    ['a second root', `${textMessage('a')}${textMessage('b')}`],
    ['a text behind', `${textMessage('a')}b`],
    ['an end too many', `${textMessage('a')}</xml>`],
    ['no end', textMessage('a').replace('</xml>', '')],
    ['an end within a CDATA section', xmlOf('<MsgType><![CDATA[text</MsgType>')],
    ['an entity of nobody', xmlOf('<MsgType>text</MsgType><Content>&a;</Content>')],
    ['too much', xmlOf(`<MsgType>text</MsgType><Content>${'a'.repeat(65_536)}</Content>`)],
  ])('X-02: %s is not understood, and nothing is thrown', async (_, body) => {
    expect(await openPlain(body)).toBeNull();
    expect(await openEncrypted(body)).toBeNull();
    expect(await inbox.open(await encryptedQuery(''), body)).toBeNull();
  });
});

describe('X-02: a plain push', () => {
  test('does not open, however well its address is signed: the signature says nothing of the body', async () => {
    expect(await openPlain(event('CLICK'))).toBeNull();
    expect(await openPlain(textMessage('110199199508150119'))).toBeNull();
  });
});

describe('X-02: an encrypted push', () => {
  test('in safe mode opens', async () => {
    expect((await own.open(ownQuery(), envelope(OWN.encrypted)))?.push).toEqual({
      type: 'menu',
      key: 'GET_CODE',
      openId: 'oABC',
      accountId: 'gh_7f083739789a',
      eventId: 'oABC:1409304348:CLICK:GET_CODE',
    });
  });

  test("the platform's published message opens (30 bytes of padding)", async () => {
    const { token, key, accountId, timestamp, nonce, signature, encrypted } = PUBLISHED.message;
    const published = createWeChatInbox({
      token,
      encodingAesKey: key,
      appId: accountId,
      accountId,
      now: () => Number(timestamp) * 1000,
    });
    const query = new URLSearchParams({
      encrypt_type: 'aes',
      timestamp,
      nonce,
      msg_signature: signature,
    });
    expect((await published.open(query, envelope(encrypted)))?.push).toMatchObject({
      type: 'text',
      text: 'hello',
      eventId: '4561255354251345929',
    });
  });

  test('with a plain copy beside it, as in compatible mode, does not open', async () => {
    const body = event('CLICK', `<EventKey>FORGED</EventKey><Encrypt>${OWN.encrypted}</Encrypt>`);
    expect(await own.open(ownQuery(), body)).toBeNull();
  });

  test('to another account does not open, though the key and the AppID are ours', async () => {
    const other = inboxAt(NOW_MS, { accountId: 'gh_2' });
    expect(await openEncrypted(event('CLICK'), OWN.accountId, other)).toBeNull();
    expect(await openEncrypted(event('CLICK'))).not.toBeNull();
  });

  test('the plain copy alone does not pass for it', async () => {
    const query = await encryptedQuery(OWN.encrypted);
    expect(await inbox.open(query, event('CLICK'))).toBeNull();
  });

  test('with any character of its signature changed, or without one, does not open', async () => {
    for (let i = 0; i < OWN.signature.length; i++) {
      const changed = OWN.signature[i] === '0' ? '1' : '0';
      const msg_signature = OWN.signature.slice(0, i) + changed + OWN.signature.slice(i + 1);
      expect(await own.open(ownQuery({ msg_signature }), envelope(OWN.encrypted))).toBeNull();
    }
    expect(await own.open(ownQuery({ msg_signature: '' }), envelope(OWN.encrypted))).toBeNull();
    // The plain signature says nothing about the content.
    const plain = await plainQuery({ encrypt_type: 'aes' });
    expect(await inbox.open(plain, envelope(OWN.encrypted))).toBeNull();
  });

  test('changed on the way does not open', async () => {
    const changed = `${OWN.encrypted.slice(0, 100)}A${OWN.encrypted.slice(101)}`;
    expect(changed).not.toBe(OWN.encrypted);
    expect(await own.open(ownQuery(), envelope(changed))).toBeNull();
    // Signed rightly, it still is not what it says.
    const end = `${OWN.encrypted.slice(0, -24)}${'A'.repeat(22)}==`;
    expect(await inbox.open(await encryptedQuery(end), envelope(end))).toBeNull();
  });

  test('for another account does not open', async () => {
    expect(await openEncrypted(event('CLICK'), 'wxanother')).toBeNull();
    expect(await openEncrypted(event('CLICK'), '')).toBeNull();
    const other = inboxAt(NOW_MS, { appId: 'wxanother', accountId: 'gh_7f083739789a' });
    expect(await other.open(ownQuery(), envelope(OWN.encrypted))).toBeNull();
  });

  test.each([
    [-300_001, false],
    [-300_000, true],
    [300_000, true],
    [300_001, false],
  ])('%i ms away from its time opens: %s', async (offsetMs, doesOpen) => {
    const late = inboxAt(NOW_MS + offsetMs, { accountId: 'gh_7f083739789a' });
    expect((await late.open(ownQuery(), envelope(OWN.encrypted))) !== null).toBe(doesOpen);
  });

  test.each(['', 'x', '1e9', '-1409304348', '1409304348.5', ' 1409304348'])(
    'signed with the time %j does not open',
    async (timestamp) => {
      const msg_signature = await signatureOf(OWN.token, timestamp, OWN.nonce, OWN.encrypted);
      const query = ownQuery({ timestamp, msg_signature });
      expect(await own.open(query, envelope(OWN.encrypted))).toBeNull();
    },
  );
});

describe('the answer', () => {
  test('is encrypted and signed, from the account to the person, and differs each time', async () => {
    const opened = await openEncrypted(event('CLICK'));
    assert(opened);
    const xml = await opened.answer('验证码 012345');
    const encrypted = elementOf(xml, 'Encrypt');
    const timestamp = elementOf(xml, 'TimeStamp');
    expect(timestamp).toBe(OWN.timestamp);
    expect(elementOf(xml, 'MsgSignature')).toBe(
      await signatureOf(OWN.token, timestamp, elementOf(xml, 'Nonce'), encrypted),
    );
    const { text, accountId } = await encryption.decrypt(encrypted);
    expect(accountId).toBe(OWN.accountId);
    expect(elementOf(text, 'ToUserName')).toBe('oABC');
    expect(elementOf(text, 'FromUserName')).toBe('gh_1');
    expect(elementOf(text, 'CreateTime')).toBe(OWN.timestamp);
    expect(elementOf(text, 'MsgType')).toBe('text');
    expect(elementOf(text, 'Content')).toBe('验证码 012345');
    expect(xml).not.toContain('012345');
    expect(await opened.answer('验证码 012345')).not.toBe(xml);
  });

  test('none is success', async () => {
    expect(await (await openEncrypted(event('CLICK')))?.answer(null)).toBe('success');
  });

  test('X-02: no element can be put in by way of the text', async () => {
    const opened = await openEncrypted(textMessage('a'));
    const xml = (await opened?.answer('a]]></Content><Content>b')) ?? '';
    const { text } = await encryption.decrypt(elementOf(xml, 'Encrypt'));
    expect(text).toContain(
      '<Content><![CDATA[a]]]]><![CDATA[></Content><Content>b]]></Content></xml>',
    );
  });
});

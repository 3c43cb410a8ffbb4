import { webCrypto } from '../crypto/web-crypto.ts';
import { member, text } from '../json.ts';
import { createMessageEncryption, signatureOf } from './encryption.ts';
import type { PushQuery, WeChatInbox, WeChatPush } from './port.ts';

/** How far the platform's clock and ours may be apart: an older push was recorded and is being played again. */
const SKEW_MS = 5 * 60_000;
const MAX_BODY_LENGTH = 65_536;

/** Tells the platform that the push has arrived and wants no answer. */
const NO_ANSWER = 'success';

const SCENE_PREFIX = 'qrscene_';

/** A CDATA section, a tag, or text between them. No attribute, entity, comment or declaration. */
const part = /<!\[CDATA\[(?<said>[^]*?)\]\]>|<(?<end>\/?)(?<name>\w+)>|[^<&]+/g;

/**
 * The texts of the elements in `<xml>`, as far as the platform writes XML: no prolog, no DOCTYPE, no name twice; what has
 * elements of its own has no text. `undefined` where it is anything else.
 */
function textsOf(body: string): Partial<Record<string, string>> | undefined {
  const xml = body.trim();
  if (xml.length > MAX_BODY_LENGTH || !xml.startsWith('<xml>')) return undefined;
  const texts = new Map<string, string>();
  const parents = new Set<string>();
  const open: string[] = [];
  let readTo = 0;
  for (const { 0: all, index, groups: { said = all, end, name } = {} } of xml.matchAll(part)) {
    // Something between the parts, a second root, or a name twice.
    if (index !== readTo || (open.length === 0 && index > 0)) return undefined;
    readTo += all.length;
    const within = open[1];
    if (name === undefined) {
      if (within !== undefined) texts.set(within, texts.get(within) + said);
    } else if (end === '/') {
      if (open.pop() !== name) return undefined;
    } else {
      if (open.length === 1 && texts.has(name)) return undefined;
      if (open.length === 1) texts.set(name, '');
      if (within !== undefined) parents.add(within);
      open.push(name);
    }
  }
  if (readTo !== xml.length || open.length > 0) return undefined;
  return Object.fromEntries([...texts].filter(([name]) => !parents.has(name)));
}

const cdata = (value: string) => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html */
function readPush(xml: unknown): WeChatPush | null {
  const openId = text(xml, 'FromUserName');
  const accountId = text(xml, 'ToUserName');
  const createTime = text(xml, 'CreateTime');
  const messageType = text(xml, 'MsgType');
  if (openId === null || accountId === null || createTime === null || messageType === null) {
    return null;
  }
  const event = text(xml, 'Event') ?? '';
  const key = text(xml, 'EventKey');
  // With the key, since one second is enough for two buttons.
  const eventId = text(xml, 'MsgId') ?? [openId, createTime, event, key ?? ''].join(':');
  const base = { openId, accountId, eventId };

  if (messageType === 'text') return { ...base, type: 'text', text: text(xml, 'Content') ?? '' };
  if (messageType !== 'event') return { ...base, type: 'other' };
  switch (event) {
    case 'subscribe': {
      const scene = key?.startsWith(SCENE_PREFIX) ? key.slice(SCENE_PREFIX.length) : null;
      return { ...base, type: 'followed', scene };
    }
    case 'unsubscribe':
      return { ...base, type: 'unfollowed' };
    case 'SCAN':
      return key === null ? { ...base, type: 'other' } : { ...base, type: 'scanned', scene: key };
    case 'CLICK':
      return key === null ? { ...base, type: 'other' } : { ...base, type: 'menu', key };
    default:
      return { ...base, type: 'other' };
  }
}

/**
 * What the platform sends to our address in 安全模式, encrypted, with XML as the push format. The other two modes are
 * refused: 明文 (plain), whose signature says nothing of the body, so that anybody who has seen one address of a push can
 * push what they like; and 兼容, which has a plain copy in the same body. Nothing here rejects: what is not the
 * platform's, not for this account, older than five minutes, longer than 64 Ki characters or not understood is `null`.
 *
 * @param options.accountId The service account's 原始 ID (`gh_…`), to which every push is addressed.
 * @param options.encodingAesKey 43 characters.
 * @throws Error, at once, when it is not a key.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html
 */
export function createWeChatInbox({
  token,
  encodingAesKey,
  appId,
  accountId,
  now,
}: {
  token: string;
  encodingAesKey: string;
  appId: string;
  accountId: string;
  now: () => number;
}): WeChatInbox {
  const encryption = createMessageEncryption(encodingAesKey);

  /** Whether `parameter` of the query signs the query, with `content` where there is some, and now. */
  async function isSigned(query: PushQuery, parameter: string, ...content: string[]) {
    const timestamp = query.get('timestamp') ?? '';
    const nonce = query.get('nonce') ?? '';
    const isNow =
      /^\d{1,12}$/.test(timestamp) && Math.abs(now() - Number(timestamp) * 1000) <= SKEW_MS;
    const expected = await signatureOf(token, timestamp, nonce, ...content);
    return webCrypto.equal(expected, query.get(parameter) ?? '') && isNow;
  }

  async function encryptAnswer(answer: string): Promise<string> {
    const encrypted = await encryption.encrypt(webCrypto.randomBytes(16), answer, appId);
    const timestamp = String(Math.floor(now() / 1000));
    const nonce = webCrypto.randomToken(12);
    const signature = await signatureOf(token, timestamp, nonce, encrypted);
    return (
      `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature>` +
      `<TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
    );
  }

  async function decrypt(query: PushQuery, encrypted: string): Promise<string | null> {
    if (!(await isSigned(query, 'msg_signature', encrypted))) return null;
    try {
      const message = await encryption.decrypt(encrypted);
      return message.accountId === appId ? message.text : null;
    } catch {
      return null;
    }
  }

  return {
    async verifyAddress(query) {
      const echo = query.get('echostr');
      return echo !== null && (await isSigned(query, 'signature')) ? echo : null;
    },

    async open(query, body) {
      const envelope = textsOf(body);
      const encrypted = text(envelope, 'Encrypt');
      const isPlainToo = member(envelope, 'FromUserName') !== undefined;
      if (encrypted === null || isPlainToo) return null;
      const message = await decrypt(query, encrypted);
      const push = message === null ? null : readPush(textsOf(message));
      if (push === null || push.accountId !== accountId) return null;

      return {
        push,
        async answer(answer) {
          if (answer === null) return NO_ANSWER;
          const message =
            `<xml><ToUserName>${cdata(push.openId)}</ToUserName>` +
            `<FromUserName>${cdata(push.accountId)}</FromUserName>` +
            `<CreateTime>${Math.floor(now() / 1000)}</CreateTime>` +
            `<MsgType>${cdata('text')}</MsgType><Content>${cdata(answer)}</Content></xml>`;
          return encryptAnswer(message);
        },
      };
    },
  };
}

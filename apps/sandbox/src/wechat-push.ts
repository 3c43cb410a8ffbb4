import { randomBytes, randomInt } from 'node:crypto';
import type { WeChatCredentials } from './credentials.ts';
import type { EncryptionMode, ModeSwitch, RepeatMode } from './mode.ts';
import { sandboxWeChat } from './wechat-account.ts';
import { decryptWeChat, encryptWeChat, signWeChat, WeChatCipherError } from './wechat-crypto.ts';
import { readXml, writeXml } from './wechat-xml.ts';
import type { XmlFields } from './wechat-xml.ts';

/** How the platform calls our service: in-process, or the global `fetch`. */
export type PushHandler = (request: Request) => Promise<Response>;

/**
 * What came of a message or an event. `texts` are the passive answers, one for each push that got one; `pushes` counts
 * the requests that were made. `trouble` is why the chat says that the service is at fault: nothing came within the
 * limit after all retries, or something that the platform does not take; `detail` says which, for a developer.
 */
export type PushOutcome = {
  texts: string[];
  pushes: number;
  trouble: 'no_answer' | 'bad_answer' | null;
  detail: string;
};

type Options = {
  now: () => number;
  credentials: WeChatCredentials;
  encryption: ModeSwitch<EncryptionMode>;
  repeat: ModeSwitch<RepeatMode>;
  timeoutMs: number;
};

const retries = 3;
const maxAnswerBytes = 65_536;

/** What a push got; `late` means nothing in time, which is the one case that is tried again. */
type Reply = { late: string } | { text: string | null } | { bad: string };

/**
 * Pushes messages and events to our service as the WeChat platform does: signed, in the chosen encryption, 5 seconds
 * for the answer, which must be HTTP 200, and 3 retries with the same body fields. Reads passive answers in the same
 * encryption. Source: developers.weixin.qq.com, 接收普通消息, 接收事件推送, 被动回复用户消息, 消息加解密说明.
 */
export class WeChatPush {
  readonly #options: Options;
  #handler: PushHandler = () => Promise.reject(new Error('no address to push to is set'));
  #url = 'https://service.sandbox.test/wechat';

  constructor(options: Options) {
    this.#options = options;
  }

  /** Where pushes go. In-process the address matters only as `request.url`. */
  setTarget(handler: PushHandler, url = this.#url): void {
    this.#handler = handler;
    this.#url = url;
  }

  /** What the platform does when the address is saved: GET with `echostr`, which must come back. */
  async verifyAddress(): Promise<{ isVerified: boolean; detail: string }> {
    const echo = String(randomInt(2 ** 47));
    const url = this.#signedUrl({ echostr: echo });
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await inTime(this.#handler(new Request(url, { signal })), signal);
      const text = await inTime(response.text(), signal);
      const isVerified = response.status === 200 && text === echo;
      return { isVerified, detail: isVerified ? '' : `HTTP ${response.status}, echostr not back` };
    } catch (error) {
      return { isVerified: false, detail: String(error) };
    }
  }

  /** Pushes one message or event; with `thrice`, three times at once. */
  async push(openId: string, fields: XmlFields): Promise<PushOutcome> {
    const times = this.#options.repeat.mode === 'thrice' ? 3 : 1;
    const content = {
      ToUserName: sandboxWeChat.accountId,
      FromUserName: openId,
      CreateTime: Math.floor(this.#options.now() / 1000),
      ...fields,
    };
    const results = await Promise.all(
      Array.from({ length: times }, () => this.#pushUntilAnswered(openId, content)),
    );
    const replies = results.map(({ reply }) => reply);
    const bad = replies.find((reply) => 'bad' in reply);
    const late = replies.find((reply) => 'late' in reply);
    return {
      texts: replies.flatMap((reply) => ('text' in reply && reply.text !== null ? reply.text : [])),
      pushes: results.reduce((sum, { pushes }) => sum + pushes, 0),
      trouble: bad ? 'bad_answer' : late ? 'no_answer' : null,
      detail: bad?.bad ?? late?.late ?? '',
    };
  }

  async #pushUntilAnswered(
    openId: string,
    fields: XmlFields,
  ): Promise<{ reply: Reply; pushes: number }> {
    let reply: Reply = { late: '' };
    let pushes = 0;
    while (pushes <= retries && 'late' in reply) {
      pushes += 1;
      reply = await this.#pushOnce(openId, fields);
    }
    return { reply, pushes };
  }

  async #pushOnce(openId: string, fields: XmlFields): Promise<Reply> {
    const { credentials, encryption, timeoutMs } = this.#options;
    const plain = writeXml(fields);
    const encrypted = encryption.mode === 'plain' ? null : encryptWeChat(plain, credentials);
    const body =
      encrypted === null
        ? plain
        : encryption.mode === 'compatible'
          ? writeXml({ ...fields, Encrypt: encrypted })
          : writeXml({ ToUserName: sandboxWeChat.accountId, Encrypt: encrypted });
    const signal = AbortSignal.timeout(timeoutMs);
    const request = new Request(this.#signedUrl({ openid: openId }, encrypted), {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      redirect: 'manual',
      body,
      signal,
    });
    let answer: string;
    try {
      const response = await inTime(this.#handler(request), signal);
      answer = await inTime(response.text(), signal);
      if (response.status !== 200) return { late: `HTTP ${response.status}` };
    } catch (error) {
      return { late: String(error) };
    }
    return this.#readAnswer(openId, answer);
  }

  #signedUrl(parameters: Record<string, string>, encrypted: string | null = null): string {
    const { credentials, now } = this.#options;
    const timestamp = String(Math.floor(now() / 1000));
    const nonce = String(randomInt(100_000_000, 2_000_000_000));
    const url = new URL(this.#url);
    const signature = signWeChat(credentials.token, timestamp, nonce);
    for (const [name, value] of Object.entries({ signature, timestamp, nonce, ...parameters })) {
      url.searchParams.set(name, value);
    }
    if (encrypted !== null) {
      url.searchParams.set('encrypt_type', 'aes');
      url.searchParams.set(
        'msg_signature',
        signWeChat(credentials.token, timestamp, nonce, encrypted),
      );
    }
    return url.href;
  }

  #readAnswer(openId: string, answer: string): Reply {
    if (answer === '' || answer === 'success') return { text: null };
    if (Buffer.byteLength(answer) > maxAnswerBytes) return { bad: 'the answer is too long' };
    const outer = readXml(answer);
    if (outer === null) return { bad: 'the answer is neither success nor XML' };
    const { mode } = this.#options.encryption;
    let fields: Partial<Record<string, string>> | null = outer;
    if (outer['Encrypt'] !== undefined && mode !== 'plain') {
      const opened = this.#open(outer);
      if ('bad' in opened) return opened;
      fields = readXml(opened.xml);
    } else if (mode === 'encrypted') return { bad: 'the answer is not encrypted' };

    const { ToUserName, FromUserName, CreateTime = '', MsgType, Content = '' } = fields ?? {};
    if (ToUserName !== openId || FromUserName !== sandboxWeChat.accountId) {
      return { bad: 'ToUserName and FromUserName are not those of the push, swapped' };
    }
    if (!/^\d+$/.test(CreateTime)) return { bad: 'CreateTime is not a number' };
    if (MsgType !== 'text') return { bad: `MsgType ${MsgType} is not one that this chat shows` };
    return Content === '' ? { bad: 'Content is empty' } : { text: Content };
  }

  #open(outer: Partial<Record<string, string>>): { xml: string } | { bad: string } {
    const { credentials } = this.#options;
    const { Encrypt = '', MsgSignature = '', TimeStamp = '', Nonce = '' } = outer;
    if (signWeChat(credentials.token, TimeStamp, Nonce, Encrypt) !== MsgSignature) {
      return { bad: 'MsgSignature does not match' };
    }
    try {
      return { xml: decryptWeChat(Encrypt, credentials) };
    } catch (error) {
      if (!(error instanceof WeChatCipherError)) throw error;
      return { bad: error.message };
    }
  }
}

/** A number for a message, beyond what a double can hold, as the platform's are. */
export function newMessageId(): bigint {
  return 23_000_000_000_000_000n + (BigInt(`0x${randomBytes(6).toString('hex')}`) | 1n);
}

function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
}

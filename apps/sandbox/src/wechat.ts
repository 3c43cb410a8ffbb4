import type { WeChatCredentials } from './credentials.ts';
import { createModeSwitch } from './mode.ts';
import type { EncryptionMode, ModeSwitch, RepeatMode, WeChatMode } from './mode.ts';
import { WeChatApi } from './wechat-api.ts';
import type { MenuButton, SceneCode } from './wechat-api.ts';
import { newMessageId, WeChatPush } from './wechat-push.ts';
import type { PushHandler, PushOutcome } from './wechat-push.ts';
import type { XmlFields } from './wechat-xml.ts';

/** What the chat shows at once after a person did something. `text` is the first of `texts`. */
export type ChatAnswer = PushOutcome & { text: string | null; isFollowing: boolean };

/** A line of a chat: what the person typed, what the account answered, or what WeChat itself notes. */
export type ChatLine = {
  id: string;
  from: 'person' | 'account' | 'wechat';
  text: string;
  atMs: number;
};

export type WeChatRefusalCode =
  | 'no_such_code'
  | 'code_expired'
  | 'not_following'
  | 'already_following'
  | 'no_such_button'
  | 'empty_text';

/** What WeChat does not let a person do; nothing is pushed. */
export class WeChatRefusal extends Error {
  readonly code: WeChatRefusalCode;

  constructor(code: WeChatRefusalCode) {
    super(code);
    this.code = code;
  }
}

/**
 * One person with one phone, as this service account knows them. Each action resolves with what the chat then shows,
 * or rejects with a `WeChatRefusal`.
 */
export type WeChatUser = {
  readonly openId: string;
  readonly isFollowing: boolean;
  readonly chat: readonly ChatLine[];
  /** Scans a code. Someone who does not follow yet is shown the account, and nothing is pushed before `follow`. */
  scan(url: string): Promise<ChatAnswer>;
  /** Follows, with the scene of a code that was scanned before. */
  follow(): Promise<ChatAnswer>;
  unfollow(): Promise<ChatAnswer>;
  /** Presses a button of the menu: the key of a click, the address of a view. */
  press(key: string): Promise<ChatAnswer>;
  type(text: string): Promise<ChatAnswer>;
};

/** The WeChat platform as tests steer and watch it. The switch is that of its API. */
export type SandboxWeChat = ModeSwitch<WeChatMode> & {
  readonly encryption: ModeSwitch<EncryptionMode>;
  readonly repeat: ModeSwitch<RepeatMode>;
  /** Codes created lately, newest first. */
  readonly codes: readonly SceneCode[];
  readonly menu: readonly MenuButton[];
  user(openId: string): WeChatUser;
  /** Where pushes go; `url` is the address they carry. */
  setPush(push: PushHandler, url?: string): void;
  /** Checks the address as the platform does when it is saved. */
  verifyAddress(): Promise<{ isVerified: boolean; detail: string }>;
};

type Options = { now: () => number; credentials: WeChatCredentials; pushTimeoutMs: number };

const notice = '该公众号提供的服务出现故障，请稍后再试';
const rememberedLines = 200;

export class WeChat implements SandboxWeChat {
  readonly encryption = createModeSwitch<EncryptionMode>('encrypted');
  readonly repeat = createModeSwitch<RepeatMode>('once');
  readonly api: WeChatApi;
  readonly #now: () => number;
  readonly #apiMode = createModeSwitch<WeChatMode>('working');
  readonly #push: WeChatPush;
  readonly #people = new Map<string, Person>();

  constructor({ now, credentials, pushTimeoutMs }: Options) {
    this.#now = now;
    this.api = new WeChatApi({ now, credentials, api: this.#apiMode });
    this.#push = new WeChatPush({
      now,
      credentials,
      encryption: this.encryption,
      repeat: this.repeat,
      timeoutMs: pushTimeoutMs,
    });
  }

  get mode(): WeChatMode {
    return this.#apiMode.mode;
  }

  setMode(mode: WeChatMode): void {
    this.#apiMode.setMode(mode);
  }

  get codes(): readonly SceneCode[] {
    return this.api.codes;
  }

  get menu(): readonly MenuButton[] {
    return this.api.menu;
  }

  user(openId: string): WeChatUser {
    const known = this.#people.get(openId);
    if (known !== undefined) return known;
    const person = new Person({ openId, now: this.#now, api: this.api, push: this.#push });
    this.#people.set(openId, person);
    return person;
  }

  setPush(push: PushHandler, url?: string): void {
    this.#push.setTarget(push, url);
  }

  verifyAddress(): Promise<{ isVerified: boolean; detail: string }> {
    return this.#push.verifyAddress();
  }

  /** Forgets people, chats, codes and tokens, and sets every switch back. */
  reset(): void {
    this.#people.clear();
    this.api.reset();
    this.setMode('working');
    this.encryption.setMode('encrypted');
    this.repeat.setMode('once');
  }
}

type PersonOptions = { openId: string; now: () => number; api: WeChatApi; push: WeChatPush };

class Person implements WeChatUser {
  readonly openId: string;
  readonly #options: PersonOptions;
  #isFollowing = false;
  #scanned: SceneCode | null = null;
  #lines: ChatLine[] = [];

  constructor(options: PersonOptions) {
    this.openId = options.openId;
    this.#options = options;
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get chat(): readonly ChatLine[] {
    return this.#lines;
  }

  async scan(url: string): Promise<ChatAnswer> {
    const { api, now } = this.#options;
    const code = api.codes.find((each) => each.url === url.trim());
    if (code === undefined) throw new WeChatRefusal('no_such_code');
    if (code.expiresAtMs <= now()) throw new WeChatRefusal('code_expired');
    this.#note('wechat', '扫描了二维码');
    if (!this.#isFollowing) {
      this.#scanned = code;
      return {
        text: null,
        texts: [],
        pushes: 0,
        trouble: null,
        detail: '',
        isFollowing: false,
      };
    }
    return this.#happens('SCAN', { EventKey: code.scene, Ticket: code.ticket });
  }

  async follow(): Promise<ChatAnswer> {
    if (this.#isFollowing) throw new WeChatRefusal('already_following');
    const code = this.#scanned;
    this.#isFollowing = true;
    this.#scanned = null;
    this.#note('wechat', '关注了公众号');
    return this.#happens(
      'subscribe',
      code === null ? { EventKey: '' } : { EventKey: `qrscene_${code.scene}`, Ticket: code.ticket },
    );
  }

  async unfollow(): Promise<ChatAnswer> {
    this.#mustFollow();
    this.#isFollowing = false;
    this.#note('wechat', '取消了关注');
    return this.#happens('unsubscribe', { EventKey: '' });
  }

  async press(key: string): Promise<ChatAnswer> {
    this.#mustFollow();
    const buttons = this.#options.api.menu.flatMap((button) => button.sub_button ?? [button]);
    const button = buttons.find((each) => (each.key ?? each.url) === key);
    if (button === undefined) throw new WeChatRefusal('no_such_button');
    this.#note('wechat', `点了菜单「${button.name}」`);
    return this.#happens(button.type === 'view' ? 'VIEW' : 'CLICK', { EventKey: key });
  }

  async type(text: string): Promise<ChatAnswer> {
    this.#mustFollow();
    if (text.trim() === '') throw new WeChatRefusal('empty_text');
    this.#note('person', text);
    return this.#deliver({ MsgType: 'text', Content: text, MsgId: newMessageId() });
  }

  #mustFollow(): void {
    if (!this.#isFollowing) throw new WeChatRefusal('not_following');
  }

  #happens(event: string, fields: XmlFields): Promise<ChatAnswer> {
    return this.#deliver({ MsgType: 'event', Event: event, ...fields });
  }

  async #deliver(fields: XmlFields): Promise<ChatAnswer> {
    const outcome = await this.#options.push.push(this.openId, fields);
    if (this.#isFollowing) {
      for (const text of outcome.texts) this.#note('account', text);
      if (outcome.trouble !== null) this.#note('wechat', notice);
    }
    return { ...outcome, text: outcome.texts[0] ?? null, isFollowing: this.#isFollowing };
  }

  #note(from: ChatLine['from'], text: string): void {
    const line = { id: crypto.randomUUID(), from, text, atMs: this.#options.now() };
    this.#lines = [...this.#lines, line].slice(-rememberedLines);
  }
}

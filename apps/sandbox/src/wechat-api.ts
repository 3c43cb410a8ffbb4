import { randomBytes } from 'node:crypto';
import type { WeChatCredentials } from './credentials.ts';
import type { ModeSwitch, WeChatMode } from './mode.ts';

/** A QR code with a scene. `url` is what the code says, `ticket` what the pushes about it carry. */
export type SceneCode = {
  url: string;
  ticket: string;
  scene: string;
  createdAtMs: number;
  expiresAtMs: number;
};

/** A button of the menu as it was created: with a key, with an address, or with buttons below it. */
export type MenuButton = {
  name: string;
  type?: 'click' | 'view';
  key?: string;
  url?: string;
  sub_button?: MenuButton[];
};

type Options = {
  now: () => number;
  credentials: WeChatCredentials;
  api: ModeSwitch<WeChatMode>;
};

type Token = { value: string; issuedAtMs: number; expiresAtMs: number };
type Json = Readonly<Record<string, unknown>>;

/** `errcode` and `errmsg`; a request that failed is HTTP 200 all the same. */
class WeChatApiError extends Error {
  readonly errcode: number;

  constructor(errcode: number, message: string) {
    super(message);
    this.errcode = errcode;
  }
}

const tokenLifetimeMs = 7_200_000;
const renewalMs = 300_000;
const forcedPauseMs = 30_000;
const maxCodeSeconds = 2_592_000;
const rememberedCodes = 50;

/**
 * The part of the WeChat platform's API that this product uses: stable_token, QR codes with a scene, the menu.
 * Source: developers.weixin.qq.com, getStableAccessToken, 生成带参数的二维码, 创建菜单, 全局返回码.
 */
export class WeChatApi {
  readonly #options: Options;
  #tokens: Token[] = [];
  #codes: SceneCode[] = [];
  #menu: MenuButton[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  /** The codes created lately, newest first. */
  get codes(): readonly SceneCode[] {
    return this.#codes;
  }

  /** The menu as last created; empty when there is none. */
  get menu(): readonly MenuButton[] {
    return this.#menu;
  }

  /** Forgets tokens and codes. The menu stays: it belongs to the account. */
  reset(): void {
    this.#tokens = [];
    this.#codes = [];
  }

  /** `path` is what follows the host, such as `cgi-bin/stable_token`. */
  async answer(path: string, request: Request): Promise<Response> {
    try {
      return Response.json(await this.#call(path, request));
    } catch (error) {
      if (!(error instanceof WeChatApiError)) throw error;
      const errmsg = `${error.message} rid: ${randomBytes(4).toString('hex')}`;
      return Response.json({ errcode: error.errcode, errmsg });
    }
  }

  async #call(path: string, request: Request): Promise<Json> {
    const operation = new Map<string, (body: Json) => Json>([
      ['cgi-bin/stable_token', (body) => this.#issueToken(body)],
      ['cgi-bin/qrcode/create', (body) => this.#createCode(body)],
      ['cgi-bin/menu/create', (body) => this.#createMenu(body)],
    ]).get(path);
    if (operation === undefined) throw new WeChatApiError(40066, 'invalid url');
    if (request.method !== 'POST') throw new WeChatApiError(43002, 'require POST method');
    if (this.#options.api.mode === 'busy') throw new WeChatApiError(-1, 'system error');
    if (path !== 'cgi-bin/stable_token') {
      this.#checkToken(new URL(request.url).searchParams.get('access_token'));
    }
    const body: unknown = await request.json().catch(() => null);
    if (!isObject(body)) throw new WeChatApiError(47001, 'data format error');
    return operation(body);
  }

  #issueToken(body: Json): Json {
    const { appId, appSecret } = this.#options.credentials;
    const nowMs = this.#options.now();
    if (body['grant_type'] !== 'client_credential') {
      throw new WeChatApiError(40002, 'invalid grant_type');
    }
    if (body['appid'] !== appId) throw new WeChatApiError(40013, 'invalid appid');
    if (body['secret'] !== appSecret) throw new WeChatApiError(40125, 'invalid appsecret');

    const newest = this.#tokens.at(-1);
    const isForced =
      body['force_refresh'] === true && nowMs - (newest?.issuedAtMs ?? -Infinity) >= forcedPauseMs;
    if (newest === undefined || isForced || newest.expiresAtMs - nowMs <= renewalMs) {
      // The platform asks for room for 512 characters.
      const value = `90_${randomBytes(384).toString('base64url')}`.slice(0, 512);
      const token = { value, issuedAtMs: nowMs, expiresAtMs: nowMs + tokenLifetimeMs };
      // In the last five minutes of a token the new one and the old one are both good.
      this.#tokens = isForced ? [token] : [...this.#tokens.slice(-1), token];
      return { access_token: token.value, expires_in: tokenLifetimeMs / 1000 };
    }
    return {
      access_token: newest.value,
      expires_in: Math.floor((newest.expiresAtMs - nowMs) / 1000),
    };
  }

  #checkToken(value: string | null): void {
    if (value === null || value === '') throw new WeChatApiError(41001, 'access_token missing');
    const token = this.#tokens.find((each) => each.value === value);
    if (token === undefined) {
      throw new WeChatApiError(40001, 'invalid credential, access_token is invalid or not latest');
    }
    if (token.expiresAtMs <= this.#options.now()) {
      throw new WeChatApiError(42001, 'access_token expired');
    }
  }

  #createCode(body: Json): Json {
    if (body['action_name'] !== 'QR_STR_SCENE') {
      throw new WeChatApiError(40052, 'invalid action name');
    }
    const scene = member(member(body['action_info'], 'scene'), 'scene_str');
    if (typeof scene !== 'string' || scene === '' || scene.length > 64) {
      throw new WeChatApiError(40053, 'invalid action info');
    }
    const seconds = body['expire_seconds'] ?? 60;
    if (!Number.isInteger(seconds) || Number(seconds) < 1 || Number(seconds) > maxCodeSeconds) {
      throw new WeChatApiError(40035, 'invalid parameter');
    }
    const nowMs = this.#options.now();
    const code = {
      url: `http://weixin.qq.com/q/02${randomBytes(15).toString('base64url')}`,
      ticket: `gQ${randomBytes(69).toString('base64')}==`,
      scene,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + Number(seconds) * 1000,
    };
    this.#codes = [code, ...this.#codes].slice(0, rememberedCodes);
    return { ticket: code.ticket, expire_seconds: Number(seconds), url: code.url };
  }

  #createMenu(body: Json): Json {
    this.#menu = readButtons(body['button'], 'top');
    return { errcode: 0, errmsg: 'ok' };
  }
}

const buttonRules = {
  top: { count: 3, nameBytes: 16, countError: 40016, nameError: 40018, typeError: 40017 },
  sub: { count: 5, nameBytes: 60, countError: 40023, nameError: 40025, typeError: 40024 },
} as const;

function readButtons(value: unknown, level: 'top' | 'sub'): MenuButton[] {
  const rules = buttonRules[level];
  if (!Array.isArray(value) || value.length === 0 || value.length > rules.count) {
    throw new WeChatApiError(rules.countError, 'invalid button size');
  }
  return value.map((button: unknown): MenuButton => {
    const name = member(button, 'name');
    if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > rules.nameBytes) {
      throw new WeChatApiError(rules.nameError, 'invalid button name size');
    }
    const below = member(button, 'sub_button');
    if (level === 'top' && Array.isArray(below) && below.length > 0) {
      return { name, sub_button: readButtons(below, 'sub') };
    }
    const type = member(button, 'type');
    const key = member(button, 'key');
    const url = member(button, 'url');
    if (type === 'click') {
      if (typeof key !== 'string' || key === '' || Buffer.byteLength(key) > 128) {
        throw new WeChatApiError(level === 'top' ? 40019 : 40026, 'invalid button key size');
      }
      return { name, type, key };
    }
    if (type === 'view') {
      if (typeof url !== 'string' || !URL.canParse(url) || Buffer.byteLength(url) > 1024) {
        throw new WeChatApiError(level === 'top' ? 40020 : 40027, 'invalid button url size');
      }
      return { name, type, url };
    }
    throw new WeChatApiError(rules.typeError, 'invalid button type');
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

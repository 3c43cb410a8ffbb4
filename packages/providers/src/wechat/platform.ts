import { exchange, type Fetch } from '../http/exchange.ts';
import { member, text } from '../json.ts';
import type { SceneCode, WeChatPlatform, WeChatResult } from './port.ts';

/** The platform hands out the next access token this long before the end of one, and takes both meanwhile. */
const RENEWAL_MS = 5 * 60_000;

/** The platform is busy, or has answered enough for this minute or day. */
const BUSY = new Set([-1, 45009, 45011]);
/** The access token is wrong or over: another one was forced elsewhere. */
const STALE_TOKEN = new Set([40001, 40014, 42001]);

type Failure = Exclude<WeChatResult<never>, { outcome: 'done' }>;

/** @see https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html */
function failureOf(errorCode: number): Failure {
  // Apart from these the platform refuses our account, secret, address or request as such (40013, 40125, 40164).
  return { outcome: BUSY.has(errorCode) ? 'busy' : 'misconfigured', vendorCode: String(errorCode) };
}

const malformed: Failure = { outcome: 'down', vendorCode: 'malformed_answer' };

/**
 * The platform's API for a service account (服务号). It answers only the IP addresses on the account's list (40164).
 *
 * @param options.endpoint `https://api.weixin.qq.com`; one with a path ends with a slash.
 */
export function createWeChatPlatform({
  endpoint,
  appId,
  appSecret,
  fetch,
  now,
  timeoutMs,
}: {
  endpoint: string;
  appId: string;
  appSecret: string;
  fetch: Fetch;
  now: () => number;
  timeoutMs: number;
}): WeChatPlatform {
  // The value, not the promise of it: in workerd a request must not wait for another's.
  let cached: { accessToken: string; untilMs: number } | null = null;

  async function post(url: URL, parameters: unknown): Promise<WeChatResult<unknown>> {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify(parameters);
    const answer = await exchange(fetch, url, { headers, body }, timeoutMs);
    if (!answer.isAnswered) return { outcome: 'down', vendorCode: answer.trouble };
    if (answer.status !== 200) return { outcome: 'down', vendorCode: `http_${answer.status}` };
    if (typeof answer.json !== 'object' || answer.json === null) return malformed;
    const errorCode = member(answer.json, 'errcode') ?? 0;
    if (typeof errorCode !== 'number') return malformed;
    return errorCode === 0 ? { outcome: 'done', value: answer.json } : failureOf(errorCode);
  }

  /**
   * Everybody who asks gets the same one, so isolates do not end each other's.
   * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/getStableAccessToken.html
   */
  async function accessToken(): Promise<WeChatResult<string>> {
    const nowMs = now();
    if (cached !== null && nowMs < cached.untilMs) {
      return { outcome: 'done', value: cached.accessToken };
    }
    const answer = await post(new URL('cgi-bin/stable_token', endpoint), {
      grant_type: 'client_credential',
      appid: appId,
      secret: appSecret,
      force_refresh: false,
    });
    if (answer.outcome !== 'done') return answer;
    const value = text(answer.value, 'access_token');
    const expiresInSeconds = member(answer.value, 'expires_in');
    if (value === null || typeof expiresInSeconds !== 'number') return malformed;
    cached = { accessToken: value, untilMs: nowMs + expiresInSeconds * 1000 - RENEWAL_MS };
    return { outcome: 'done', value };
  }

  async function call(path: string, parameters: unknown): Promise<WeChatResult<unknown>> {
    const attempt = async () => {
      const token = await accessToken();
      if (token.outcome !== 'done') return token;
      const url = new URL(path, endpoint);
      url.searchParams.set('access_token', token.value);
      return post(url, parameters);
    };
    const answer = await attempt();
    if (answer.outcome === 'done' || !STALE_TOKEN.has(Number(answer.vendorCode))) return answer;
    cached = null;
    return attempt();
  }

  return {
    /** @see https://developers.weixin.qq.com/doc/offiaccount/Account_Management/Generating_a_Parametric_QR_Code.html */
    async createSceneCode(scene, validSeconds): Promise<WeChatResult<SceneCode>> {
      const nowMs = now();
      const answer = await call('cgi-bin/qrcode/create', {
        expire_seconds: validSeconds,
        action_name: 'QR_STR_SCENE',
        action_info: { scene: { scene_str: scene } },
      });
      if (answer.outcome !== 'done') return answer;
      const url = text(answer.value, 'url');
      const seconds = member(answer.value, 'expire_seconds');
      if (url === null || typeof seconds !== 'number') return malformed;
      return { outcome: 'done', value: { url, expiresAtMs: nowMs + seconds * 1000 } };
    },

    /** @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html */
    async createMenu(buttons): Promise<WeChatResult<null>> {
      const answer = await call('cgi-bin/menu/create', {
        button: buttons.map(({ name, key }) => ({ type: 'click', name, key })),
      });
      return answer.outcome === 'done' ? { outcome: 'done', value: null } : answer;
    },
  };
}

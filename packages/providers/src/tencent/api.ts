import { exchange, type Fetch } from '../http/exchange.ts';
import { member, text } from '../json.ts';
import { signTc3 } from '../signing/tc3.ts';

export type TencentAccount = {
  /** Of the product, such as `https://sms.tencentcloudapi.com`. */
  endpoint: string;
  secretId: string;
  secretKey: string;
  region: string;
  fetch: Fetch;
  now: () => number;
  timeoutMs: number;
};

/**
 * What came back: the `Response` object, or an error code: the vendor's own, or one of ours in lower case
 * (`timeout`, `network_error`, `malformed_answer`, `http_503`). Either may carry the vendor's request id.
 */
export type TencentAnswer =
  | { isOk: true; response: unknown; requestId: string | null }
  | { isOk: false; code: string; requestId: string | null };

const CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * Calls one product of Tencent Cloud (API 3.0, errors come with HTTP 200). Never rejects.
 * @see https://cloud.tencent.com/document/api/382/52063
 */
export function createTencentApi(
  { endpoint, secretId, secretKey, region, fetch, now, timeoutMs }: TencentAccount,
  product: { service: string; version: string },
): (action: string, parameters: Record<string, unknown>) => Promise<TencentAnswer> {
  const url = new URL(endpoint);

  return async (action, parameters) => {
    const body = JSON.stringify(parameters);
    const timestamp = Math.floor(now() / 1000);
    const authorization = await signTc3({
      secretId,
      secretKey,
      service: product.service,
      method: 'POST',
      url,
      contentType: CONTENT_TYPE,
      body,
      timestamp,
    });
    const headers = {
      authorization,
      'content-type': CONTENT_TYPE,
      'x-tc-action': action,
      'x-tc-version': product.version,
      'x-tc-timestamp': String(timestamp),
      'x-tc-region': region,
    };
    const answer = await exchange(fetch, url, { headers, body }, timeoutMs);
    if (!answer.isAnswered) return { isOk: false, code: answer.trouble, requestId: null };

    const response = member(answer.json, 'Response');
    const requestId = text(response, 'RequestId');
    const error = text(member(response, 'Error'), 'Code');
    if (answer.status >= 500 || (answer.status !== 200 && error === null)) {
      return { isOk: false, code: `http_${answer.status}`, requestId };
    }
    if (error !== null) return { isOk: false, code: error, requestId };
    return { isOk: true, response, requestId };
  };
}

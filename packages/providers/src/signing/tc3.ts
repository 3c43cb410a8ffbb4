import { hmacSha256 } from '../crypto/web-crypto.ts';
import { hex, sha256Hex } from './hex.ts';

/**
 * Signs a request to Tencent Cloud with TC3-HMAC-SHA256.
 *
 * @param request.url Host, path and query are signed as they are.
 * @param request.service First label of the product's own domain, such as `sms` or `faceid`.
 * @param request.timestamp Seconds since 1970, the same as in `X-TC-Timestamp`.
 * @returns The value of the `authorization` header. `content-type` and `host` must be sent as signed.
 * @see https://cloud.tencent.com/document/api/213/30654
 */
export async function signTc3(request: {
  secretId: string;
  secretKey: string;
  service: string;
  method: 'GET' | 'POST';
  url: URL;
  contentType: string;
  body: string;
  timestamp: number;
}): Promise<string> {
  const { url, service } = request;
  const date = new Date(request.timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1),
    `content-type:${request.contentType}`,
    `host:${url.host}`,
    '',
    'content-type;host',
    await sha256Hex(request.body),
  ].join('\n');
  const toSign = ['TC3-HMAC-SHA256', request.timestamp, scope, await sha256Hex(canonical)];

  let key: Uint8Array = new TextEncoder().encode(`TC3${request.secretKey}`);
  for (const part of [date, service, 'tc3_request']) key = await hmacSha256(key, part);
  const signature = hex(await hmacSha256(key, toSign.join('\n')));
  return `TC3-HMAC-SHA256 Credential=${request.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

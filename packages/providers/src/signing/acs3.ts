import { hmacSha256 } from '../crypto/web-crypto.ts';
import { hex, sha256Hex } from './hex.ts';

/** RFC 3986: only unreserved characters stay as they are. */
const percentEncode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The query string of `parameters` in the one order and encoding that ACS3 signs. */
export function acs3Query(parameters: Record<string, string>): string {
  return Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

/**
 * Signs a request to Alibaba Cloud with ACS3-HMAC-SHA256.
 *
 * @param request.url Its query must be written by `acs3Query`. Host and path are signed as they are.
 * @param request.contentType Of a body that needs one: signed, and among the headers returned.
 * @param request.nonce Used once.
 * @returns The headers to send, `authorization` among them, but not `host`, which follows from the URL.
 * @see https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 */
export async function signAcs3(request: {
  accessKeyId: string;
  accessKeySecret: string;
  method: 'GET' | 'POST';
  url: URL;
  action: string;
  version: string;
  body: string;
  contentType?: string;
  nonce: string;
  nowMs: number;
}): Promise<Record<string, string>> {
  const { url } = request;
  const contentType =
    request.contentType === undefined ? {} : { 'content-type': request.contentType };
  const headers = {
    'x-acs-action': request.action,
    'x-acs-content-sha256': await sha256Hex(request.body),
    'x-acs-date': new Date(request.nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  const signed = Object.entries({ ...contentType, host: url.host, ...headers });
  const signedNames = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    signedNames,
    headers['x-acs-content-sha256'],
  ].join('\n');
  const toSign = `ACS3-HMAC-SHA256\n${await sha256Hex(canonical)}`;
  const key = new TextEncoder().encode(request.accessKeySecret);
  const signature = hex(await hmacSha256(key, toSign));
  return {
    ...contentType,
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=${request.accessKeyId},SignedHeaders=${signedNames},Signature=${signature}`,
  };
}

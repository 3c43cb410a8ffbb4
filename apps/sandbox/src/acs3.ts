import { equalHex, hmacSha256, sha256Hex } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';

/** An access key of Aliyun's RAM. */
export type AliyunCredentials = { accessKeyId: string; accessKeySecret: string };

/** An error of Aliyun's API gateway: `{ Code, Message, RequestId }` with an HTTP status. */
export type AliyunError = { status: number; code: string; message: string };

const allowedSkewMs = 15 * 60_000;

const alwaysSigned = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];

/**
 * Checks a request as Aliyun's gateway does (signature mechanism V3, `ACS3-HMAC-SHA256`): access key, date within
 * 15 minutes, every `x-acs-*` header and `host` signed, body hash, signature, and a nonce that was not used before.
 * `nonces` remembers the used ones with the time they may be forgotten; only a genuine request uses one up.
 * Returns `null` for a genuine request. Source: help.aliyun.com, "V3 版本请求体 & 签名机制".
 */
export function verifyAcs3(
  request: SignedRequest,
  credentials: AliyunCredentials,
  nowMs: number,
  nonces: Map<string, number>,
): AliyunError | null {
  const { headers } = request;
  const authorization =
    /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      headers.get('authorization') ?? '',
    );
  const [, keyId, signedList, signature] = authorization ?? [];
  if (keyId === undefined || signedList === undefined || signature === undefined) {
    return refusal(400, 'IncompleteSignature', 'The Authorization header is missing or malformed.');
  }
  const signed = signedList.split(';');
  const unsigned = [
    ...alwaysSigned,
    ...[...headers.keys()].filter((name) => name.startsWith('x-acs-')),
  ].find((name) => !headers.has(name) || !signed.includes(name));
  if (unsigned !== undefined || signed.some((name) => !headers.has(name))) {
    return refusal(
      400,
      'IncompleteSignature',
      `Not present and signed: ${unsigned ?? signedList}.`,
    );
  }

  if (keyId !== credentials.accessKeyId) {
    return refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  }

  const date = headers.get('x-acs-date') ?? '';
  const dateMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(dateMs)) {
    return refusal(400, 'InvalidTimeStamp.Format', 'Specified time stamp is not well formatted.');
  }
  if (Math.abs(nowMs - dateMs) > allowedSkewMs) {
    return refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date is expired.');
  }

  const bodyHash = sha256Hex(request.body);
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...signed.toSorted().map((name) => `${name}:${(headers.get(name) ?? '').trim()}`),
    '',
    signed.toSorted().join(';'),
    headers.get('x-acs-content-sha256'),
  ].join('\n');
  const expected = Buffer.from(
    hmacSha256(credentials.accessKeySecret, `ACS3-HMAC-SHA256\n${sha256Hex(canonical)}`),
  ).toString('hex');
  if (!equalHex(expected, signature) || headers.get('x-acs-content-sha256') !== bodyHash) {
    return refusal(
      400,
      'SignatureDoesNotMatch',
      'Specified signature does not match our calculation.',
    );
  }

  for (const [nonce, forgetAtMs] of nonces) if (forgetAtMs < nowMs) nonces.delete(nonce);
  const nonce = headers.get('x-acs-signature-nonce') ?? '';
  if (nonces.has(nonce)) {
    return refusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  nonces.set(nonce, dateMs + allowedSkewMs);
  return null;
}

function refusal(status: number, code: string, message: string): AliyunError {
  return { status, code, message };
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => [rfc3986(name), rfc3986(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function rfc3986(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

import { equalHex, hmacSha256, sha256Hex } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';

/** An API key of Tencent Cloud. */
export type TencentCredentials = { secretId: string; secretKey: string };

/** An error of Tencent Cloud's API 3.0, sent as `Response.Error` with HTTP 200. */
export type TencentError = { code: string; message: string };

const allowedSkewMs = 5 * 60_000;

/**
 * Checks a request as Tencent Cloud does (signature method v3, `TC3-HMAC-SHA256`): key, timestamp within 5 minutes,
 * credential scope of that day and this `service`, `content-type` and `host` signed, signature over the body.
 * Returns `null` for a genuine request. Source: cloud.tencent.com/document/api/213/30654.
 */
export function verifyTc3(
  request: SignedRequest,
  credentials: TencentCredentials,
  service: string,
  nowMs: number,
): TencentError | null {
  const { headers } = request;
  const authorization =
    /^TC3-HMAC-SHA256 Credential=([^/\s]+)\/([^/\s]+)\/([^/\s]+)\/tc3_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      headers.get('authorization') ?? '',
    );
  const [, secretId, date, signedService, signedList, signature] = authorization ?? [];
  const signed = signedList?.split(';') ?? [];
  const seconds = headers.get('x-tc-timestamp') ?? '';
  if (
    secretId === undefined ||
    date === undefined ||
    signature === undefined ||
    signedService !== service ||
    !/^\d{1,11}$/.test(seconds) ||
    date !== new Date(Number(seconds) * 1000).toISOString().slice(0, 10) ||
    !['content-type', 'host'].every((name) => signed.includes(name)) ||
    signed.some((name) => !headers.has(name))
  ) {
    return {
      code: 'AuthFailure.InvalidAuthorization',
      message: '请求头部的 `Authorization` 不符合腾讯云标准。',
    };
  }
  if (Math.abs(nowMs - Number(seconds) * 1000) > allowedSkewMs) {
    return {
      code: 'AuthFailure.SignatureExpire',
      message: '签名过期。Timestamp 和服务器时间相差不得超过五分钟。',
    };
  }
  if (secretId !== credentials.secretId) {
    return { code: 'AuthFailure.SecretIdNotFound', message: '密钥不存在。' };
  }

  const canonical = [
    request.method,
    request.path,
    request.query,
    ...signed.toSorted().map((name) => `${name}:${(headers.get(name) ?? '').trim().toLowerCase()}`),
    '',
    signed.toSorted().join(';'),
    sha256Hex(request.body),
  ].join('\n');
  const scope = `${date}/${service}/tc3_request`;
  const dateKey = hmacSha256(`TC3${credentials.secretKey}`, date);
  const signingKey = hmacSha256(hmacSha256(dateKey, service), 'tc3_request');
  const expected = Buffer.from(
    hmacSha256(signingKey, `TC3-HMAC-SHA256\n${seconds}\n${scope}\n${sha256Hex(canonical)}`),
  ).toString('hex');
  return equalHex(expected, signature)
    ? null
    : {
        code: 'AuthFailure.SignatureFailure',
        message: '签名错误。签名计算错误，请对照调用方式中的签名方法文档检查签名计算过程。',
      };
}

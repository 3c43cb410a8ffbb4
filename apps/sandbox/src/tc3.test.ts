import { describe, expect, test } from 'vitest';
import type { SignedRequest } from './signed-request.ts';
import { verifyTc3 } from './tc3.ts';

const credentials = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
};

function post(service: string, body: string, signature: string): SignedRequest {
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: new Headers({
      host: `${service}.tencentcloudapi.com`,
      'content-type': 'application/json; charset=utf-8',
      'x-tc-timestamp': '1551113065',
      authorization: `TC3-HMAC-SHA256 Credential=${credentials.secretId}/2019-02-25/${service}/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`,
    }),
    body: new TextEncoder().encode(body),
  };
}

const nowMs = 1_551_113_065_000;
const published = () =>
  post(
    'cvm',
    String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
    '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  );

const codeAt = (ms: number) => verifyTc3(published(), credentials, 'cvm', ms)?.code;

function changed(change: (request: SignedRequest) => void): string | undefined {
  const request = published();
  change(request);
  return verifyTc3(request, credentials, 'cvm', nowMs)?.code;
}

describe('TC3', () => {
  test('the published POST example is genuine', () => {
    expect(verifyTc3(published(), credentials, 'cvm', nowMs)).toBeNull();
  });

  test('the published GET example is genuine', () => {
    const request: SignedRequest = {
      method: 'GET',
      path: '/',
      query: 'Limit=10&Offset=0',
      headers: new Headers({
        host: 'cvm.tencentcloudapi.com',
        'content-type': 'application/x-www-form-urlencoded',
        'x-tc-timestamp': '1539084154',
        authorization: `TC3-HMAC-SHA256 Credential=${credentials.secretId}/2018-10-09/cvm/tc3_request, SignedHeaders=content-type;host, Signature=5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474`,
      }),
      body: new Uint8Array(),
    };
    expect(verifyTc3(request, credentials, 'cvm', 1_539_084_154_000)).toBeNull();
  });

  test('bodies with Chinese are genuine', () => {
    const sms = post(
      'sms',
      '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400000000","SignName":"示例","TemplateId":"1110","TemplateParamSet":["123456","5"]}',
      '4997013f05e2447d01d5504e8087c874031c954ffeb76d8df4feb125fa2f850f',
    );
    expect(verifyTc3(sms, credentials, 'sms', nowMs)).toBeNull();
    const identity = post(
      'faceid',
      '{"Name":"测试","IdCard":"110199199508150119","ValidityBegin":"20220301","ValidityEnd":"20420301"}',
      '78a76f97837674b0128a1ed35443215d1abc9ea4832f048eb29d518d75e1de42',
    );
    expect(verifyTc3(identity, credentials, 'faceid', nowMs)).toBeNull();
  });

  test.each<[string, (request: SignedRequest) => void]>([
    ['method', (r) => (r.method = 'GET')],
    ['path', (r) => (r.path = '/x')],
    ['query', (r) => (r.query = 'a=1')],
    ['host', (r) => r.headers.set('host', 'sms.tencentcloudapi.com')],
    ['content type', (r) => r.headers.set('content-type', 'application/json')],
    ['body', (r) => (r.body = r.body.map((byte, index) => (index === 1 ? byte ^ 1 : byte)))],
    ['timestamp', (r) => r.headers.set('x-tc-timestamp', '1551113066')],
    [
      'signature',
      (r) =>
        r.headers.set(
          'authorization',
          (r.headers.get('authorization') ?? '').replace('Signature=7', 'Signature=6'),
        ),
    ],
  ])('a changed %s does not match the signature', (_, change) => {
    expect(changed(change)).toBe('AuthFailure.SignatureFailure');
  });

  test.each<[string, (request: SignedRequest) => void]>([
    ['no Authorization', (r) => r.headers.delete('authorization')],
    ['no timestamp', (r) => r.headers.delete('x-tc-timestamp')],
    [
      'the scope of another day',
      (r) =>
        r.headers.set(
          'authorization',
          (r.headers.get('authorization') ?? '').replace('2019-02-25', '2019-02-26'),
        ),
    ],
    [
      'the host left unsigned',
      (r) =>
        r.headers.set(
          'authorization',
          (r.headers.get('authorization') ?? '').replace('content-type;host', 'content-type'),
        ),
    ],
  ])('a request with %s is not authorised', (_, change) => {
    expect(changed(change)).toBe('AuthFailure.InvalidAuthorization');
  });

  test('a signature for one service is not good for another', () => {
    expect(verifyTc3(published(), credentials, 'faceid', nowMs)?.code).toBe(
      'AuthFailure.InvalidAuthorization',
    );
  });

  test('a timestamp is good for 5 minutes either way', () => {
    expect(codeAt(nowMs + 300_000)).toBeUndefined();
    expect(codeAt(nowMs - 300_000)).toBeUndefined();
    expect(codeAt(nowMs + 300_001)).toBe('AuthFailure.SignatureExpire');
    expect(codeAt(nowMs - 300_001)).toBe('AuthFailure.SignatureExpire');
  });

  test('an unknown key and a wrong secret are told apart', () => {
    const unknown = { ...credentials, secretId: 'AKIDanother' };
    const wrong = { ...credentials, secretKey: 'another' };
    expect(verifyTc3(published(), unknown, 'cvm', nowMs)?.code).toBe(
      'AuthFailure.SecretIdNotFound',
    );
    expect(verifyTc3(published(), wrong, 'cvm', nowMs)?.code).toBe('AuthFailure.SignatureFailure');
  });
});

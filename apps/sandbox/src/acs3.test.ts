import { describe, expect, test } from 'vitest';
import { verifyAcs3 } from './acs3.ts';
import { sha256Hex } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';

const credentials = { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' };
const nowMs = Date.parse('2023-10-26T10:22:32Z');
const signedHeaders =
  'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';

function vector(
  host: string,
  action: string,
  version: string,
  parameters: Record<string, string>,
  signature: string,
): SignedRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(parameters).toString(),
    headers: new Headers({
      host,
      'x-acs-action': action,
      'x-acs-content-sha256': sha256Hex(''),
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': version,
      authorization: `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=${signedHeaders},Signature=${signature}`,
    }),
    body: new Uint8Array(),
  };
}

const published = () =>
  vector(
    'ecs.cn-shanghai.aliyuncs.com',
    'RunInstances',
    '2014-05-26',
    {
      RegionId: 'cn-shanghai',
      ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
    },
    '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );

const codeAt = (ms: number) => verifyAcs3(published(), credentials, ms, new Map())?.code;

function changed(change: (request: SignedRequest) => void): string | undefined {
  const request = published();
  change(request);
  return verifyAcs3(request, credentials, nowMs, new Map())?.code;
}

describe('ACS3', () => {
  test('the published example is genuine', () => {
    expect(verifyAcs3(published(), credentials, nowMs, new Map())).toBeNull();
  });

  test('parameters with Chinese, quotes and braces are genuine', () => {
    const sms = vector(
      'dysmsapi.aliyuncs.com',
      'SendSms',
      '2017-05-25',
      {
        PhoneNumbers: '13800138000',
        SignName: '示例',
        TemplateCode: 'SMS_00000001',
        TemplateParam: '{"code":"123456"}',
      },
      '11e5609bfa7751e33fe5b77e3d8218fe1a23626de7cec45158ef1436a7781b48',
    );
    expect(verifyAcs3(sms, credentials, nowMs, new Map())).toBeNull();
    const identity = vector(
      'cloudauth.aliyuncs.com',
      'Id2MetaPeriodVerify',
      '2019-03-07',
      {
        ParamType: 'normal',
        UserName: '测试',
        IdentifyNum: '110199199508150119',
        ValidityStartDate: '20220301',
        ValidityEndDate: '20420301',
      },
      '4b7ffb5cb295770500604e24a536d40eca8af7c108e55db8f90809a9573e19cc',
    );
    expect(verifyAcs3(identity, credentials, nowMs, new Map())).toBeNull();
  });

  test.each<[string, (request: SignedRequest) => void]>([
    ['method', (r) => (r.method = 'GET')],
    ['path', (r) => (r.path = '/x')],
    ['query', (r) => (r.query = r.query.replace('cn-shanghai', 'cn-shanghaj'))],
    ['host', (r) => r.headers.set('host', 'ecs.cn-beijing.aliyuncs.com')],
    ['action', (r) => r.headers.set('x-acs-action', 'StopInstances')],
    ['body', (r) => (r.body = new Uint8Array([0]))],
    ['nonce', (r) => r.headers.set('x-acs-signature-nonce', '3156853299f313e23d1673dc12e1703e')],
    [
      'signature',
      (r) =>
        r.headers.set(
          'authorization',
          (r.headers.get('authorization') ?? '').replace('Signature=0', 'Signature=1'),
        ),
    ],
  ])('a changed %s does not match the signature', (_, change) => {
    expect(changed(change)).toBe('SignatureDoesNotMatch');
  });

  test('a body hash that is signed but not that of the body does not match', () => {
    expect(changed((r) => r.headers.set('x-acs-content-sha256', sha256Hex('other')))).toBe(
      'SignatureDoesNotMatch',
    );
  });

  test.each<[string, (request: SignedRequest) => void]>([
    ['no Authorization', (r) => r.headers.delete('authorization')],
    ['a signed header missing', (r) => r.headers.delete('x-acs-date')],
    ['a public header left unsigned', (r) => r.headers.set('x-acs-security-token', 'x')],
    [
      'the nonce left unsigned',
      (r) =>
        r.headers.set(
          'authorization',
          (r.headers.get('authorization') ?? '').replace('x-acs-signature-nonce;', ''),
        ),
    ],
  ])('a request with %s is incomplete', (_, change) => {
    expect(changed(change)).toBe('IncompleteSignature');
  });

  test('a date is good for 15 minutes either way', () => {
    expect(codeAt(nowMs + 900_000)).toBeUndefined();
    expect(codeAt(nowMs - 900_000)).toBeUndefined();
    expect(codeAt(nowMs + 900_001)).toBe('InvalidTimeStamp.Expired');
    expect(codeAt(nowMs - 900_001)).toBe('InvalidTimeStamp.Expired');
    expect(changed((r) => r.headers.set('x-acs-date', '2023-10-26 10:22:32'))).toBe(
      'InvalidTimeStamp.Format',
    );
  });

  test('a nonce is good once, and a forged request does not use it up', () => {
    const nonces = new Map<string, number>();
    const forged = published();
    forged.path = '/x';
    expect(verifyAcs3(forged, credentials, nowMs, nonces)?.code).toBe('SignatureDoesNotMatch');
    expect(verifyAcs3(published(), credentials, nowMs, nonces)).toBeNull();
    expect(verifyAcs3(published(), credentials, nowMs + 900_000, nonces)?.code).toBe(
      'SignatureNonceUsed',
    );
  });

  test('an unknown key and a wrong secret are told apart', () => {
    const unknown = { ...credentials, accessKeyId: 'Another' };
    const wrong = { ...credentials, accessKeySecret: 'Another' };
    expect(verifyAcs3(published(), unknown, nowMs, new Map())).toMatchObject({
      status: 404,
      code: 'InvalidAccessKeyId.NotFound',
    });
    expect(verifyAcs3(published(), wrong, nowMs, new Map())?.code).toBe('SignatureDoesNotMatch');
  });
});

import { describe, expect, test } from 'vitest';
import { acs3Query, signAcs3 } from './acs3.ts';
import { signTc3 } from './tc3.ts';

const credentials = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
};
const json = { method: 'POST', contentType: 'application/json; charset=utf-8' } as const;

const signTc3For = (endpoint: string) =>
  signTc3({
    ...credentials,
    ...json,
    service: 'sms',
    url: new URL(endpoint),
    body: '',
    timestamp: 0,
  });

async function signAcs3For(
  endpoint: string,
  action: string,
  version: string,
  parameters: Record<string, string>,
) {
  const url = new URL(endpoint);
  url.search = acs3Query(parameters);
  return signAcs3({
    accessKeyId: 'YourAccessKeyId',
    accessKeySecret: 'YourAccessKeySecret',
    method: 'POST',
    url,
    action,
    version,
    body: '',
    nonce: '3156853299f313e23d1673dc12e1703d',
    nowMs: Date.UTC(2023, 9, 26, 10, 22, 32),
  });
}

const acs3Authorization = (signature: string) =>
  `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=${signature}`;

describe('TC3-HMAC-SHA256', () => {
  test.each([
    {
      name: "Tencent's published GET",
      request: {
        service: 'cvm',
        method: 'GET',
        url: new URL('https://cvm.tencentcloudapi.com/?Limit=10&Offset=0'),
        contentType: 'application/x-www-form-urlencoded',
        body: '',
        timestamp: 1539084154,
      } as const,
      scope: '2018-10-09/cvm/tc3_request',
      signature: '5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474',
    },
    {
      name: "Tencent's published POST",
      request: {
        ...json,
        service: 'cvm',
        url: new URL('https://cvm.tencentcloudapi.com/'),
        body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
        timestamp: 1551113065,
      },
      scope: '2019-02-25/cvm/tc3_request',
      signature: '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    },
    {
      name: 'a made-up SendSms',
      request: {
        ...json,
        service: 'sms',
        url: new URL('https://sms.tencentcloudapi.com/'),
        body: '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400000000","SignName":"示例","TemplateId":"1110","TemplateParamSet":["123456","5"]}',
        timestamp: 1551113065,
      },
      scope: '2019-02-25/sms/tc3_request',
      signature: '4997013f05e2447d01d5504e8087c874031c954ffeb76d8df4feb125fa2f850f',
    },
    {
      name: 'a made-up CheckIdNameDate',
      request: {
        ...json,
        service: 'faceid',
        url: new URL('https://faceid.tencentcloudapi.com/'),
        body: '{"Name":"测试","IdCard":"110199199508150119","ValidityBegin":"20220301","ValidityEnd":"20420301"}',
        timestamp: 1551113065,
      },
      scope: '2019-02-25/faceid/tc3_request',
      signature: '78a76f97837674b0128a1ed35443215d1abc9ea4832f048eb29d518d75e1de42',
    },
  ])('signs $name as the vendor does', async ({ request, scope, signature }) => {
    expect(await signTc3({ ...credentials, ...request })).toBe(
      `TC3-HMAC-SHA256 Credential=${credentials.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
    );
  });

  test('the path and the port of the endpoint are part of what is signed', async () => {
    const signatures = await Promise.all(
      ['http://localhost:1/', 'http://localhost:2/', 'http://localhost:1/sms'].map(signTc3For),
    );
    expect(new Set(signatures).size).toBe(3);
  });
});

describe('ACS3-HMAC-SHA256', () => {
  test("signs Alibaba's published RunInstances as the vendor does", async () => {
    const headers = await signAcs3For(
      'https://ecs.cn-shanghai.aliyuncs.com/',
      'RunInstances',
      '2014-05-26',
      {
        RegionId: 'cn-shanghai',
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
      },
    );
    expect(headers).toEqual({
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
      authorization: acs3Authorization(
        '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
      ),
    });
  });

  test('signs a made-up SendSms and Id2MetaPeriodVerify as computed independently', async () => {
    const sms = await signAcs3For('https://dysmsapi.aliyuncs.com/', 'SendSms', '2017-05-25', {
      PhoneNumbers: '13800138000',
      SignName: '示例',
      TemplateCode: 'SMS_00000001',
      TemplateParam: '{"code":"123456"}',
    });
    expect(sms['authorization']).toBe(
      acs3Authorization('11e5609bfa7751e33fe5b77e3d8218fe1a23626de7cec45158ef1436a7781b48'),
    );
    const identity = await signAcs3For(
      'https://cloudauth.aliyuncs.com/',
      'Id2MetaPeriodVerify',
      '2019-03-07',
      {
        ParamType: 'normal',
        UserName: '测试',
        IdentifyNum: '110199199508150119',
        ValidityStartDate: '20220301',
        ValidityEndDate: '20420301',
      },
    );
    expect(identity['authorization']).toBe(
      acs3Authorization('4b7ffb5cb295770500604e24a536d40eca8af7c108e55db8f90809a9573e19cc'),
    );
  });

  test("signs a form and its content type as the vendor's own client (openapi-core) does", async () => {
    const headers = await signAcs3({
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
      method: 'POST',
      url: new URL('https://dm.aliyuncs.com'),
      action: 'SingleSendMail',
      version: '2015-11-23',
      body: acs3Query({
        ToAddress: 'zhang.san@example.com',
        Subject: '重置密码',
        AccountName: 'no-reply@mail.example.com',
      }),
      contentType: 'application/x-www-form-urlencoded',
      nonce: '3156853299f313e23d1673dc12e1703d',
      nowMs: Date.UTC(2023, 9, 26, 10, 22, 32),
    });
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(headers['authorization']).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,' +
        'SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
        'Signature=8575896cfe0398027e1deeda46eac525c81ee7e0b1425a04520f7ff085c98e96',
    );
  });

  test('the query is sorted and encoded as RFC 3986 asks, and the URL keeps it so', () => {
    const query = acs3Query({ b: "!'()*~ +", a1: '', a: '实' });
    expect(query).toBe('a=%E5%AE%9E&a1=&b=%21%27%28%29%2A~%20%2B');
    const url = new URL('https://dysmsapi.aliyuncs.com/');
    url.search = query;
    expect(url.search).toBe(`?${query}`);
  });

  test('the path of the endpoint is part of what is signed', async () => {
    const a = await signAcs3For('http://localhost:1/a', 'SendSms', '2017-05-25', {});
    const b = await signAcs3For('http://localhost:1/b', 'SendSms', '2017-05-25', {});
    expect(a['authorization']).not.toBe(b['authorization']);
  });
});

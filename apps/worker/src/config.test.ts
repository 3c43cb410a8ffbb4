import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

/** 32 bytes that look random, as base64url. */
const key = (seed: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, i) => (seed + i * 37) % 256)).toString('base64url');

const production = {
  ENVIRONMENT: 'production',
  PORTALS: 'teacher',
  PUBLIC_ORIGIN: 'https://account.example.cn/',
  CLIENT_ADDRESS_HEADER: 'CF-Connecting-IP',
  DATABASE_URL: 'libsql://shiming.example.cn',
  DATABASE_AUTH_TOKEN: 'a-made-up-database-token',
  VAULT_KEYS: `k2:${key(1)},k1:${key(2)}`,
  INDEX_KEYS: `k1:${key(3)}`,
  TOKEN_KEYS: `k1:${key(4)}`,
  AUDIT_KEYS: `k1:${key(5)}`,
  ALIYUN_SMS_ENDPOINT: 'https://sms.example.cn',
  ALIYUN_ACCESS_KEY_ID: 'a-made-up-aliyun-id',
  ALIYUN_ACCESS_KEY_SECRET: 'a-made-up-aliyun-secret',
  ALIYUN_SMS_SIGN_NAME: '教师资格网',
  ALIYUN_SMS_TEMPLATE_CODE: 'SMS_000000001',
  ALIYUN_SMS_NOTICE_TEMPLATE_CODE: 'SMS_000000002',
  ALIYUN_SMS_REVIEW_TEMPLATE_CODE: 'SMS_000000003',
  ALIYUN_SMS_CONTACT_TEMPLATE_CODE: 'SMS_000000004',
  ALIYUN_SMS_FREED_TEMPLATE_CODE: 'SMS_000000005',
  SMTP_HOST: 'smtp.example.cn',
  SMTP_PORT: '465',
  SMTP_SECURE: 'tls',
  SMTP_USERNAME: 'noreply@example.cn',
  SMTP_PASSWORD: 'a-made-up-smtp-password',
  MAIL_FROM: 'noreply@example.cn',
  MAIL_FROM_NAME: '教师资格网',
  TENCENT_SMS_ENDPOINT: 'https://sms2.example.cn',
  TENCENT_SMS_APP_ID: '1400000000',
  TENCENT_SMS_SIGN_NAME: '教师资格网',
  TENCENT_SMS_TEMPLATE_ID: '100001',
  TENCENT_SMS_NOTICE_TEMPLATE_ID: '100002',
  TENCENT_SMS_REVIEW_TEMPLATE_ID: '100003',
  TENCENT_SMS_CONTACT_TEMPLATE_ID: '100004',
  TENCENT_SMS_FREED_TEMPLATE_ID: '100005',
  TENCENT_FACEID_ENDPOINT: 'https://faceid.example.cn',
  TENCENT_IAI_ENDPOINT: 'https://iai.example.cn',
  TENCENT_SECRET_ID: 'a-made-up-tencent-id',
  TENCENT_SECRET_KEY: 'a-made-up-tencent-key',
  TENCENT_REGION: 'ap-guangzhou',
  WECHAT_API_ENDPOINT: 'https://wechat.example.cn',
  WECHAT_APP_ID: 'wx0000000000000001',
  WECHAT_ACCOUNT_ID: 'gh_000000000001',
  WECHAT_APP_SECRET: 'a-made-up-wechat-secret',
  WECHAT_TOKEN: 'aMadeUpWeChatToken',
  WECHAT_ENCODING_AES_KEY: 'aMadeUpWeChatEncodingAESKeyOfThisTestOnly00',
  OPERATOR_NAME: '某省教师资格服务中心',
  OPERATOR_PHONE: '010-00000000',
  OPERATOR_EMAIL: 'help@example.cn',
  OPERATOR_ADDRESS: '某市某路 1 号',
  OPERATOR_HOURS: '工作日 8:30–17:30',
  OPERATOR_COMPLAINTS: '某省网信办举报中心 010-00000001',
  ICP_NUMBER: '京ICP备00000000号-1',
  PUBLIC_SECURITY_NUMBER: '京公网安备 00000000000000号',
};
type Name = keyof typeof production;
const names = Object.keys(production) as Name[];
const secrets: readonly Name[] = [
  'DATABASE_AUTH_TOKEN',
  'VAULT_KEYS',
  'INDEX_KEYS',
  'TOKEN_KEYS',
  'AUDIT_KEYS',
  'ALIYUN_ACCESS_KEY_ID',
  'ALIYUN_ACCESS_KEY_SECRET',
  'SMTP_PASSWORD',
  'TENCENT_SECRET_ID',
  'TENCENT_SECRET_KEY',
  'WECHAT_APP_SECRET',
  'WECHAT_TOKEN',
  'WECHAT_ENCODING_AES_KEY',
];

/** The sentence with which an environment is refused. */
function refusalOf(change: Partial<Record<Name, unknown>>): string {
  try {
    readConfig({ ...production, ...change });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the environment was taken');
}

describe('operation: an environment that does', () => {
  test('is read once into what the Worker needs', () => {
    const config = readConfig(production);
    expect(config).toMatchObject({
      isProduction: true,
      publicOrigin: 'https://account.example.cn',
      addressHeader: 'cf-connecting-ip',
      database: { url: 'libsql://shiming.example.cn', authToken: 'a-made-up-database-token' },
    });
    expect(config.keys.vault.map(({ id, key: { length } }) => [id, length])).toEqual([
      ['k2', 32],
      ['k1', 32],
    ]);
  });

  test('may, only when it says that it is local, be of this machine and the sandbox', () => {
    const local = {
      ...production,
      ENVIRONMENT: 'local',
      PUBLIC_ORIGIN: 'http://localhost:8787',
      DATABASE_URL: 'http://127.0.0.1:8789',
      DATABASE_AUTH_TOKEN: '',
      ALIYUN_SMS_ENDPOINT: 'http://127.0.0.1:8788/vendors/aliyun/sms/',
      ALIYUN_ACCESS_KEY_SECRET: 'sandbox-aliyun-secret',
    };
    expect(readConfig(local)).toMatchObject({
      isProduction: false,
      database: { authToken: undefined },
    });
    expect(() => readConfig({ ...local, ENVIRONMENT: 'staging' })).toThrow(ConfigError);
    expect(readConfig({ ...local, CLIENT_ADDRESS_HEADER: 'none' }).addressHeader).toBeNull();
  });
});

/** What a portal with codes of a day needs besides. */
const daysTemplates = {
  ALIYUN_SMS_DAYS_TEMPLATE_CODE: 'SMS_000000006',
  TENCENT_SMS_DAYS_TEMPLATE_ID: '100006',
};

/** What an environment says of each portal. */
const doorsOf = (change: object) =>
  readConfig({ ...production, ...change }).doors.map((door) => [
    door.portal.id,
    door.prefix,
    door.aliyunSms.signName,
    door.mailFromName,
    door.aliyunSms.templates.code || door.aliyunSms.templates.code_days,
    door.weChat?.accountId,
  ]);

describe('the portals of an operator', () => {
  test('one stands at / and is the only one', () => {
    expect(doorsOf({})).toEqual([
      ['teacher', '', '教师资格网', '教师资格网', 'SMS_000000001', 'gh_000000000001'],
    ]);
  });

  test('of several the first stands at /, and none signs for another', () => {
    // Its codes are valid for days: the template for minutes is not needed.
    const own = {
      ...daysTemplates,
      STUDENT_MAIL_FROM_NAME: '某省学信',
      STUDENT_ALIYUN_SMS_DAYS_TEMPLATE_CODE: 'SMS_2',
    };
    expect(doorsOf({ PORTALS: 'teacher, student', ...own })).toEqual([
      ['teacher', '', '教师资格网', '教师资格网', 'SMS_000000001', 'gh_000000000001'],
      ['student', '/student', '学信网', '某省学信', 'SMS_2', undefined],
    ]);
    expect(
      doorsOf({ PORTALS: 'business', MAIL_FROM_NAME: '', WECHAT_APP_ID: '' })[0]?.slice(0, 4),
    ).toEqual(['business', '', '教师资格网', '登记注册身份验证']);
  });
});

const operatorsOf = (change: object) => {
  const [first, ...others] = readConfig({ ...production, ...daysTemplates, ...change }).doors;
  return [first.operator, ...others.map(({ operator }) => operator)] as const;
};
const ministryOf = (change: object) => readConfig({ ...production, ...change }).ministry;

describe('the ministry’s sign-in', () => {
  const ministry = {
    MINISTRY_ISSUER: 'https://id.ministry.example.cn',
    MINISTRY_CLIENT_ID: 'shiming',
    MINISTRY_CLIENT_SECRET: 'a-made-up-ministry-secret',
  };
  test('is all of its settings, or none', () => {
    expect(ministryOf({})).toBeNull();
    expect(ministryOf(ministry)).toEqual({
      issuer: 'https://id.ministry.example.cn',
      clientId: 'shiming',
      clientSecret: 'a-made-up-ministry-secret',
    });
  });

  test.each([
    [{ MINISTRY_ISSUER: '' }, 'MINISTRY_ISSUER is not set.'],
    [{ MINISTRY_CLIENT_ID: '' }, 'MINISTRY_CLIENT_ID is not set.'],
    [{ MINISTRY_CLIENT_SECRET: '' }, 'MINISTRY_CLIENT_SECRET is not set.'],
    [
      { MINISTRY_CLIENT_SECRET: 'sandbox-ministry-client-secret' },
      "MINISTRY_CLIENT_SECRET is the sandbox's; production needs the vendor's.",
    ],
    [
      { MINISTRY_ISSUER: 'http://id.ministry.example.cn' },
      'MINISTRY_ISSUER must be https in production.',
    ],
    [
      { MINISTRY_ISSUER: 'http://127.0.0.1:8788/vendors/ministry' },
      'MINISTRY_ISSUER points to this machine; production needs the real address.',
    ],
  ])('%o: %s', (change, message) => {
    expect(() => ministryOf({ ...ministry, ...change })).toThrow(message);
  });
});

const recordsOf = (change: object) => readConfig({ ...production, ...change }).records;

describe('the gateway of records', () => {
  const records = {
    RECORDS_ENDPOINT: 'https://records.example.cn/',
    RECORDS_SECRET_ID: 'a-made-up-records-id',
    RECORDS_SECRET_KEY: 'a-made-up-records-key',
  };
  test('S-REC-01: is there where an operator sets it, and nowhere where none of it is set', () => {
    expect(recordsOf({})).toBeNull();
    expect(recordsOf(records)).toEqual({
      endpoint: 'https://records.example.cn/',
      secretId: 'a-made-up-records-id',
      secretKey: 'a-made-up-records-key',
    });
  });

  test.each([
    [{ RECORDS_ENDPOINT: '' }, 'RECORDS_ENDPOINT is not set.'],
    [{ RECORDS_SECRET_KEY: '' }, 'RECORDS_SECRET_KEY is not set.'],
    [{ RECORDS_SECRET_ID: 'short' }, 'RECORDS_SECRET_ID is too short to be real.'],
    [
      { RECORDS_SECRET_KEY: 'sandbox-records-secret-key' },
      "RECORDS_SECRET_KEY is the sandbox's; production needs the vendor's.",
    ],
    [
      { RECORDS_ENDPOINT: 'http://records.example.cn/' },
      'RECORDS_ENDPOINT must be https in production.',
    ],
    [
      { RECORDS_ENDPOINT: 'http://127.0.0.1:8788/vendors/records/' },
      'RECORDS_ENDPOINT points to this machine; production needs the real address.',
    ],
  ])('half of it, or the sandbox’s: %j', (change, message) => {
    expect(() => recordsOf({ ...records, ...change })).toThrow(new ConfigError(message));
  });
});

describe('operation: an environment that does not do is refused with the sentence that says which', () => {
  const optional: ReadonlySet<Name> = new Set([
    'ENVIRONMENT',
    'ALIYUN_SMS_SIGN_NAME',
    'TENCENT_SMS_SIGN_NAME',
    'MAIL_FROM_NAME',
  ]);
  const needed = names.filter((name) => !optional.has(name));

  test.each(['teacher,nobody', 'teacher,teacher', 'teacher,', 'Teacher'])(
    'PORTALS %s: a portal that is not written, or twice',
    (PORTALS) => {
      expect(refusalOf({ PORTALS })).toMatch(/^PORTALS names ".*", which is no portal/);
    },
  );

  test.each(needed)('%s missing, empty, blank or not text', (name) => {
    for (const nothing of [undefined, '', '  ', 7, null]) {
      expect(refusalOf({ [name]: nothing })).toBe(`${name} is not set.`);
    }
  });

  test.each(['none', 'x-forwarded-for', 'true-client-ip'])(
    'CLIENT_ADDRESS_HEADER %s: a visitor could write it, or all would be one',
    (CLIENT_ADDRESS_HEADER) => {
      expect(refusalOf({ CLIENT_ADDRESS_HEADER })).toMatch(/^CLIENT_ADDRESS_HEADER must be/);
    },
  );

  test('PIPL 17: the operator is the real one, its numbers are of their form, its links are https', () => {
    expect(refusalOf({ OPERATOR_NAME: '沙箱教师资格服务中心' })).toMatch(/is the sandbox's/);
    expect(refusalOf({ ICP_NUMBER: '00000000' })).toBe('ICP_NUMBER is not of its form.');
    expect(refusalOf({ PUBLIC_SECURITY_NUMBER: '京ICP备00000000号-1' })).toMatch(/not of its form/);
    const own = { CERTIFICATE_OWN_URL: 'http://certificate.example.cn' };
    expect(() => readConfig({ ...production, ...own })).toThrow(/begins with https/);
    const manual = 'https://manual.example.cn/certification';
    const [operator] = operatorsOf({ MANUAL_URL_CERTIFICATION: manual });
    expect(operator.links).toMatchObject({ manuals: { certification: manual }, news: null });
  });

  test('each portal has its own operator where the settings name one, and links of its own', () => {
    const operators = operatorsOf({
      PORTALS: 'teacher,student,business',
      CERTIFICATE_OWN_URL: 'https://certificate.example.cn/',
      MANUAL_URL_CERTIFICATION: 'https://manual.example.cn/',
      STUDENT_OPERATOR_NAME: '某省学生服务中心',
      STUDENT_ICP_NUMBER: '京ICP备00000000号-2',
      STUDENT_NEWS_URL: 'https://news.example.cn/student/',
    });
    expect(
      operators.map(({ name, filings, links }) => [
        name,
        filings[0]?.number,
        links.ownCertificate,
        links.news,
        Object.keys(links.manuals),
      ]),
    ).toEqual([
      [
        '某省教师资格服务中心',
        '京ICP备00000000号-1',
        'https://certificate.example.cn/',
        null,
        ['certification'],
      ],
      ['某省学生服务中心', '京ICP备00000000号-2', null, 'https://news.example.cn/student/', []],
      ['某省教师资格服务中心', '京ICP备00000000号-1', null, null, []],
    ]);
    const ofSandbox = { PORTALS: 'teacher,student', STUDENT_OPERATOR_NAME: '沙箱学生服务中心' };
    expect(() => operatorsOf(ofSandbox)).toThrow(/^STUDENT_OPERATOR_NAME is the sandbox's/);
  });

  test('S-REG-07: people go back to addresses that stand there exactly, of a portal that the operator has', () => {
    const both = {
      PORTALS: 'student',
      ...daysTemplates,
    };
    const RETURN_URLS_OTHER = 'https://a.example.cn/ https://b.example.cn/user/';
    expect(operatorsOf({ ...both, RETURN_URLS_OTHER })[0].links.returns).toMatchObject({
      conscription: [],
      other: ['https://a.example.cn/', 'https://b.example.cn/user/'],
    });
    for (const wrong of [
      'http://a.example.cn/',
      'https://a.example.cn',
      'https://a.example.cn/user',
      'https://a.example.cn/?to=',
      'https://A.example.cn/',
      'https://a.example.cn@b.example.cn/',
      'a.example.cn/',
    ]) {
      expect(() => readConfig({ ...production, ...both, RETURN_URLS_OTHER: wrong })).toThrow(
        /^RETURN_URLS_OTHER must be addresses/,
      );
    }
  });

  test('an environment that says nothing of itself is production', () => {
    const message = refusalOf({ ENVIRONMENT: undefined, PUBLIC_ORIGIN: 'http://localhost:8787' });
    expect(message).toBe(
      'PUBLIC_ORIGIN points to this machine; production needs the real address.',
    );
  });

  test.each(['TOKEN_KEYS', 'AUDIT_KEYS'] as const)(
    '%s: the one key of a setting without ids is k1, and as good as in a list',
    (name) => {
      const former = name.slice(0, -1);
      const read = (change: object) =>
        readConfig({ ...production, [name]: undefined, ...change }).keys[
          name === 'TOKEN_KEYS' ? 'token' : 'audit'
        ];
      expect(read({ [former]: key(7) })).toEqual(read({ [name]: `k1:${key(7)}` }));
      expect(read({ [name]: `k2:${key(8)},k1:${key(7)}`, [former]: key(9) })).toHaveLength(2);
      const short = { [name]: undefined, [former]: key(1).slice(0, 22) };
      expect(refusalOf(short)).toBe(`${former} must hold 32 bytes in base64url; it holds 16.`);
    },
  );

  test.each(['VAULT_KEYS', 'INDEX_KEYS', 'TOKEN_KEYS', 'AUDIT_KEYS'] as const)(
    '%s without an id, with one id twice, with a bad key',
    (name) => {
      const noId = `${name} must be pairs of an id and a key, such as k1:…; one has no id.`;
      expect(refusalOf({ [name]: key(1) })).toBe(noId);
      expect(refusalOf({ [name]: `:${key(1)}` })).toBe(noId);
      expect(refusalOf({ [name]: `k1:${key(1)},` })).toBe(noId);
      expect(refusalOf({ [name]: `k1:${key(1)},k1:${key(2)}` })).toBe(`${name} uses one id twice.`);
      expect(refusalOf({ [name]: `sm1:${key(1)}` })).toContain(`${name} (sm1) needs SM3 and SM4`);
      expect(refusalOf({ [name]: 'k1:' })).toMatch(`${name} (k1) must hold 32 bytes`);
      expect(refusalOf({ [name]: `k1:${key(1)},k0:${'A'.repeat(43)}` })).toBe(
        `${name} (k0) is not random.`,
      );
    },
  );

  test.each([
    'ALIYUN_ACCESS_KEY_ID',
    'ALIYUN_ACCESS_KEY_SECRET',
    'TENCENT_SECRET_ID',
    'TENCENT_SECRET_KEY',
  ] as const)('%s too short, or the sandbox’s', (name) => {
    expect(refusalOf({ [name]: 'changeme' })).toBe(`${name} is too short to be real.`);
    expect(refusalOf({ [name]: 'sandbox-and-long-enough' })).toBe(
      `${name} is the sandbox's; production needs the vendor's.`,
    );
  });

  test.each(['WECHAT_APP_SECRET', 'WECHAT_TOKEN', 'WECHAT_ENCODING_AES_KEY'] as const)(
    '%s too short, or the sandbox’s',
    (name) => {
      expect(refusalOf({ [name]: 'changeme' })).toBe(`${name} is too short to be real.`);
      expect(refusalOf({ [name]: 'sandboxWeChatToken' })).toBe(
        `${name} is the sandbox's; production needs the vendor's.`,
      );
    },
  );

  test('WECHAT_ACCOUNT_ID that is none', () => {
    expect(refusalOf({ WECHAT_ACCOUNT_ID: 'wx0000000000000001' })).toBe(
      'WECHAT_ACCOUNT_ID must be the 原始 ID of the service account, gh_….',
    );
  });

  test('WECHAT_ENCODING_AES_KEY that is none', () => {
    for (const value of ['a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}+`]) {
      expect(refusalOf({ WECHAT_ENCODING_AES_KEY: value })).toBe(
        'WECHAT_ENCODING_AES_KEY must be 43 letters and digits.',
      );
    }
  });

  test.each([
    'PUBLIC_ORIGIN',
    'WECHAT_API_ENDPOINT',
    'DATABASE_URL',
    'ALIYUN_SMS_ENDPOINT',
    'TENCENT_FACEID_ENDPOINT',
    'TENCENT_IAI_ENDPOINT',
  ] as const)('%s of this machine, without TLS, or no address', (name) => {
    for (const host of [
      'localhost:8788',
      'a.localhost',
      '127.0.0.1',
      '127.1.2.3',
      '[::1]',
      '0.0.0.0',
    ]) {
      expect(refusalOf({ [name]: `https://${host}/x` })).toBe(
        `${name} points to this machine; production needs the real address.`,
      );
    }
    expect(refusalOf({ [name]: 'http://account.example.cn' })).toBe(
      `${name} must be https in production.`,
    );
    expect(refusalOf({ [name]: 'account.example.cn' })).toBe(`${name} is not an address.`);
  });

  test('no message repeats any part of a secret', () => {
    const spoilt = [
      (value: string) => value.slice(0, 12),
      (value: string) => `sandbox-${value}`,
      (value: string) => `${value}!`,
      (value: string) => value.replaceAll(':', '='),
      (value: string) => `${value},${value}`,
    ];
    const messages = secrets.flatMap((name) =>
      spoilt.flatMap((spoil) => {
        const value = spoil(production[name]);
        try {
          readConfig({ ...production, [name]: value });
          return [];
        } catch (error) {
          return [{ message: String(error), value }];
        }
      }),
    );
    expect(messages.length).toBeGreaterThan(20);
    for (const { message, value } of messages) {
      for (const part of value.match(/[\w-]{8,}/g) ?? []) expect(message).not.toContain(part);
    }
  });
});

test('operation: the platform keeps no log of invocations, whose URLs carry the signatures of pushes', () => {
  const toml = readFileSync(new URL('../../../wrangler.toml', import.meta.url), 'utf8');
  expect(toml).toMatch(/^\[observability\.logs\]\nenabled = true\ninvocation_logs = false$/m);
});

const facesOf = (change: object) => readConfig({ ...production, ...change }).faces;

describe('faces', () => {
  const faces = { FACE_RECEIVER: '某云计算有限公司', FACE_IMPACT_ASSESSMENT: 'PIA-2026-01' };
  test('are compared with a recorded impact assessment, or not at all', () => {
    expect(facesOf({})).toBeNull();
    expect(facesOf(faces)).toEqual({ receiver: '某云计算有限公司', assessment: 'PIA-2026-01' });
  });

  test.each([
    ['FACE_IMPACT_ASSESSMENT', '', 'FACE_IMPACT_ASSESSMENT is not set.'],
    ['FACE_RECEIVER', '', 'FACE_RECEIVER is not set.'],
    ['FACE_IMPACT_ASSESSMENT', '沙箱-演示', 'is the sandbox'],
  ])('X-06: with %s as %j production does not start', (name, value, message) => {
    expect(() => facesOf({ ...faces, [name]: value })).toThrow(message);
  });
});

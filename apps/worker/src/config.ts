import {
  bySmsKind,
  type Operator,
  parsePortals,
  type Portal,
  type PortalPlace,
  type SmsKind,
  codeKind,
  templateSettings,
} from '@shiming/domain';
import type { Keys, NamedKey } from '@shiming/services/context';

/**
 * Headers that one proxy sets and replaces: Cloudflare's, and the one that nginx and its like are configured to set. No list
 * such as `x-forwarded-for`, whose first entries anybody can write.
 */
const addressHeaders = ['cf-connecting-ip', 'x-real-ip'] as const;

/** A portal of this operator, and what speaks in its name. */
export type DoorConfig = {
  portal: Portal;
  /** Where it stands: `''` the first, `/<id>` the others. */
  prefix: string;
  aliyunSms: {
    endpoint: string;
    accessKeyId: string;
    accessKeySecret: string;
    signName: string;
    templates: Readonly<Record<SmsKind, string>>;
  };
  tencentSms: {
    endpoint: string;
    appId: string;
    signName: string;
    templates: Readonly<Record<SmsKind, string>>;
  };
  mailFromName: string;
  /** The WeChat service account (服务号) of a portal that has one. */
  weChat: {
    endpoint: string;
    appId: string;
    /** Its 原始 ID, `gh_…`. */
    accountId: string;
    appSecret: string;
    token: string;
    encodingAesKey: string;
  } | null;
  operator: Operator;
};

/** Everything read from the environment, read once and nowhere else. */
export type Config = {
  isProduction: boolean;
  publicOrigin: string;
  /** The header in which the proxy in front says from where a request comes; `null` where nobody does. */
  addressHeader: (typeof addressHeaders)[number] | null;
  database: { url: string; authToken: string | undefined };
  keys: Keys;
  /** The portals of this operator; the first stands at `/`. */
  doors: readonly [DoorConfig, ...DoorConfig[]];
  smtp: {
    host: string;
    port: number;
    secure: 'tls' | 'starttls' | 'none';
    username: string;
    password: string;
    fromAddress: string;
  };
  /** One account at Tencent for both: the second SMS gateway, and the identity authority. */
  tencent: { secretId: string; secretKey: string; region: string };
  tencentFaceid: { endpoint: string };
  /** Who receives the pictures of faces, and the impact assessment that allows comparing them; `null`: none are compared. */
  faces: { receiver: string; assessment: string } | null;
  /** The gateway of records; `null` where the operator has none. */
  records: { endpoint: string; secretId: string; secretKey: string } | null;
};

/** The environment does not do: the message says which setting and why, and never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Environment = Readonly<Record<string, unknown>>;

function bytesOf(name: string, base64url: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
    bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new ConfigError(`${name} is not base64url.`);
  }
  if (bytes.length !== 32) {
    throw new ConfigError(`${name} must hold 32 bytes in base64url; it holds ${bytes.length}.`);
  }
  if (new Set(bytes).size < 8) throw new ConfigError(`${name} is not random.`);
  return bytes;
}

/** `kid:key,kid:key`, the current key first. */
function namedKeys(name: string, text: string): [NamedKey, ...NamedKey[]] {
  const keys = text.split(',').map((pair): NamedKey => {
    const [id = '', key = ''] = pair.trim().split(':');
    if (!/^\w{1,20}$/.test(id)) {
      throw new ConfigError(
        `${name} must be pairs of an id and a key, such as k1:…; one has no id.`,
      );
    }
    return { id, key: bytesOf(`${name} (${id})`, key) };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    throw new ConfigError(`${name} uses one id twice.`);
  }
  return keys as [NamedKey, ...NamedKey[]];
}

/** Addresses of this machine or of nobody in particular: nothing in production answers there. */
const isLocal = (url: URL) =>
  /^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/.test(url.hostname);

/** The setting of one service or entrance. */
const named = (name: string, id: string) => `${name}_${id.toUpperCase().replaceAll('-', '_')}`;

/**
 * Reads the environment.
 *
 * @throws ConfigError when a setting is missing or too short, or, in production, belongs to the sandbox
 */
export function readConfig(environment: Environment): Config {
  const optional = (name: string): string => {
    const value = environment[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const isProduction = optional('ENVIRONMENT') !== 'local';
  const text = (name: string): string => {
    const value = optional(name);
    if (value === '') throw new ConfigError(`${name} is not set.`);
    return value;
  };
  const secret = (name: string): string => {
    const value = text(name);
    if (value.length < 16) throw new ConfigError(`${name} is too short to be real.`);
    if (isProduction && value.startsWith('sandbox')) {
      throw new ConfigError(`${name} is the sandbox's; production needs the vendor's.`);
    }
    return value;
  };
  const address = (name: string, needsTls: boolean): string => {
    const value = text(name);
    if (!URL.canParse(value)) throw new ConfigError(`${name} is not an address.`);
    const url = new URL(value);
    if (isProduction && isLocal(url)) {
      throw new ConfigError(`${name} points to this machine; production needs the real address.`);
    }
    if (isProduction && needsTls && url.protocol === 'http:') {
      throw new ConfigError(`${name} must be https in production.`);
    }
    return value;
  };

  const addressHeader = (): Config['addressHeader'] => {
    const value = text('CLIENT_ADDRESS_HEADER');
    const known = addressHeaders.find((header) => header === value.toLowerCase());
    if (known !== undefined) return known;
    if (value !== 'none' || isProduction) {
      throw new ConfigError(
        'CLIENT_ADDRESS_HEADER must be cf-connecting-ip behind Cloudflare, x-real-ip behind a proxy of your own that replaces it, or, locally, none.',
      );
    }
    return null;
  };
  /** A list of keys; or, in a setting from before keys had ids, the one key without its id, which is `k1`. */
  const keysOrOne = (name: string, formerName: string): [NamedKey, ...NamedKey[]] =>
    optional(name) === '' && optional(formerName) !== ''
      ? [{ id: 'k1', key: bytesOf(formerName, optional(formerName)) }]
      : namedKeys(name, text(name));

  const smtpHost = (): string => {
    const host = text('SMTP_HOST');
    if (isProduction && URL.canParse(`http://${host}`) && isLocal(new URL(`http://${host}`))) {
      throw new ConfigError('SMTP_HOST points to this machine; production needs the real address.');
    }
    return host;
  };
  const smtpPort = (): number => {
    const port = Number(text('SMTP_PORT'));
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new ConfigError('SMTP_PORT is not a port.');
    }
    // Cloudflare lets nothing out on it.
    if (isProduction && port === 25)
      throw new ConfigError('SMTP_PORT 25 is closed; use 465 or 587.');
    return port;
  };
  const smtpSecure = (): Config['smtp']['secure'] => {
    const secure = text('SMTP_SECURE');
    if (secure !== 'tls' && secure !== 'starttls' && secure !== 'none') {
      throw new ConfigError('SMTP_SECURE must be tls, starttls or, locally, none.');
    }
    if (isProduction && secure === 'none') {
      throw new ConfigError('SMTP_SECURE must be tls or starttls in production.');
    }
    return secure;
  };

  const accountId = (name: string): string => {
    const value = text(name);
    if (!/^gh_\w+$/.test(value)) {
      throw new ConfigError(`${name} must be the 原始 ID of the service account, gh_….`);
    }
    return value;
  };
  const chosen = (): readonly [PortalPlace, ...PortalPlace[]] => {
    try {
      return parsePortals(text('PORTALS'));
    } catch (error) {
      throw error instanceof RangeError ? new ConfigError(error.message) : error;
    }
  };
  const [first, ...others] = chosen();
  /** What the pages say of the operator. In production nothing of the sandbox's stands there. */
  const said = (name: string, form?: RegExp): string => {
    const value = text(name);
    if (isProduction && value.includes('沙箱')) {
      throw new ConfigError(`${name} is the sandbox's; production needs the operator's.`);
    }
    if (form !== undefined && !form.test(value))
      throw new ConfigError(`${name} is not of its form.`);
    return value;
  };
  /** A page of another system, or none. */
  const link = (name: string): string | null => {
    const value = optional(name);
    if (value === '') return null;
    if (!URL.canParse(value) || new URL(value).protocol !== 'https:') {
      throw new ConfigError(`${name} must be an address that begins with https.`);
    }
    return value;
  };
  /** Addresses below which people go back to another site. */
  const returns = (name: string): string[] => {
    const addresses = optional(name).split(/\s+/).filter(Boolean);
    for (const each of addresses) {
      const isExact = URL.canParse(each) && new URL(each).href === each;
      if (!isExact || !/^https:\/\/[^?#@]+\/$/.test(each)) {
        throw new ConfigError(
          `${name} must be addresses such as https://example.cn/user/, which end with a slash.`,
        );
      }
    }
    return addresses;
  };
  const encodingAesKey = (name: string): string => {
    const value = secret(name);
    if (!/^[A-Za-z0-9]{43}$/.test(value)) {
      throw new ConfigError(`${name} must be 43 letters and digits.`);
    }
    return value;
  };

  const doorOf = ({ portal, prefix }: PortalPlace): DoorConfig => {
    /** A setting of this portal: its own begins with its id where it is not the first. */
    const own = (name: string) => (prefix === '' ? name : `${portal.id.toUpperCase()}_${name}`);
    /** What the portals of an operator may share. */
    const shared = (name: string) => (optional(own(name)) === '' ? text(name) : text(own(name)));
    /** The portal's codes are valid for minutes or for days, and the template of the other is not needed. */
    const unused = codeKind(portal.codes.sms.validMs) === 'code' ? 'code_days' : 'code';
    const templates = (of: (settings: ReturnType<typeof templateSettings>) => string) =>
      bySmsKind((kind) => (kind === unused ? '' : shared(of(templateSettings(kind)))));
    /** Who runs a portal is who runs the first, unless the settings say otherwise. */
    const runBy = (name: string, form?: RegExp) =>
      said(optional(own(name)) === '' ? name : own(name), form);
    /** Who speaks is never another portal. */
    const signed = (name: string) => optional(own(name)) || portal.messageSignature;
    return {
      portal,
      prefix,
      aliyunSms: {
        endpoint: address('ALIYUN_SMS_ENDPOINT', true),
        accessKeyId: secret('ALIYUN_ACCESS_KEY_ID'),
        accessKeySecret: secret('ALIYUN_ACCESS_KEY_SECRET'),
        signName: signed('ALIYUN_SMS_SIGN_NAME'),
        templates: templates(([aliyun]) => aliyun),
      },
      tencentSms: {
        endpoint: address('TENCENT_SMS_ENDPOINT', true),
        appId: shared('TENCENT_SMS_APP_ID'),
        signName: signed('TENCENT_SMS_SIGN_NAME'),
        templates: templates(([, tencent]) => tencent),
      },
      mailFromName: signed('MAIL_FROM_NAME'),
      weChat:
        portal.weChat === null
          ? null
          : {
              endpoint: address('WECHAT_API_ENDPOINT', true),
              appId: text(own('WECHAT_APP_ID')),
              accountId: accountId(own('WECHAT_ACCOUNT_ID')),
              appSecret: secret(own('WECHAT_APP_SECRET')),
              token: secret(own('WECHAT_TOKEN')),
              encodingAesKey: encodingAesKey(own('WECHAT_ENCODING_AES_KEY')),
            },
      operator: {
        name: runBy('OPERATOR_NAME'),
        contact: {
          phone: runBy('OPERATOR_PHONE'),
          email: runBy('OPERATOR_EMAIL', /^[^\s@]+@[^\s@]+$/),
          address: runBy('OPERATOR_ADDRESS'),
          hours: runBy('OPERATOR_HOURS'),
        },
        complaints: runBy('OPERATOR_COMPLAINTS'),
        filings: [
          { number: runBy('ICP_NUMBER', /ICP备\d+号/), url: 'https://beian.miit.gov.cn/' },
          {
            number: runBy('PUBLIC_SECURITY_NUMBER', /公网安备\s*\d+号/),
            url: 'https://beian.mps.gov.cn/',
          },
        ],
        // What a portal links to is about its own services.
        links: {
          ownCertificate: link(own('CERTIFICATE_OWN_URL')),
          anyCertificate: link(own('CERTIFICATE_ANY_URL')),
          news: link(own('NEWS_URL')),
          weChatService: link(own('WECHAT_SERVICE_QR_URL')),
          weChatSubscription: link(own('WECHAT_SUBSCRIPTION_QR_URL')),
          manuals: Object.fromEntries(
            portal.services.flatMap(({ id }) => {
              const manual = link(named('MANUAL_URL', id));
              return manual === null ? [] : [[id, manual]];
            }),
          ),
          returns: Object.fromEntries(
            portal.entrances.map(({ id }) => [id, returns(named('RETURN_URLS', id))]),
          ),
        },
      },
    };
  };

  /** All of a group of settings, or none of them. */
  const records = (): Config['records'] =>
    ['RECORDS_ENDPOINT', 'RECORDS_SECRET_ID', 'RECORDS_SECRET_KEY'].every(
      (name) => optional(name) === '',
    )
      ? null
      : {
          endpoint: address('RECORDS_ENDPOINT', true),
          secretId: secret('RECORDS_SECRET_ID'),
          secretKey: secret('RECORDS_SECRET_KEY'),
        };

  /** Without a recorded assessment no face is compared (人脸识别技术应用安全管理办法 art. 9): the start fails instead. */
  const faces = (): Config['faces'] =>
    optional('FACE_RECEIVER') === '' && optional('FACE_IMPACT_ASSESSMENT') === ''
      ? null
      : { receiver: said('FACE_RECEIVER'), assessment: said('FACE_IMPACT_ASSESSMENT') };

  const authToken = optional('DATABASE_AUTH_TOKEN');
  if (isProduction && authToken === '') throw new ConfigError('DATABASE_AUTH_TOKEN is not set.');
  return {
    isProduction,
    publicOrigin: new URL(address('PUBLIC_ORIGIN', true)).origin,
    addressHeader: addressHeader(),
    database: {
      url: address('DATABASE_URL', true),
      authToken: authToken === '' ? undefined : authToken,
    },
    keys: {
      vault: namedKeys('VAULT_KEYS', text('VAULT_KEYS')),
      index: namedKeys('INDEX_KEYS', text('INDEX_KEYS')),
      token: keysOrOne('TOKEN_KEYS', 'TOKEN_KEY'),
      audit: keysOrOne('AUDIT_KEYS', 'AUDIT_KEY'),
    },
    doors: [doorOf(first), ...others.map(doorOf)],
    smtp: {
      host: smtpHost(),
      port: smtpPort(),
      secure: smtpSecure(),
      username: text('SMTP_USERNAME'),
      password: secret('SMTP_PASSWORD'),
      fromAddress: text('MAIL_FROM'),
    },
    tencent: {
      secretId: secret('TENCENT_SECRET_ID'),
      secretKey: secret('TENCENT_SECRET_KEY'),
      region: text('TENCENT_REGION'),
    },
    tencentFaceid: { endpoint: address('TENCENT_FACEID_ENDPOINT', true) },
    faces: faces(),
    records: records(),
  };
}

import {
  bySmsKind,
  type Operator,
  type Portal,
  type PortalPlace,
  type SmsKind,
  codeKind,
  templateSettings,
} from '@shiming/domain';
import type { MinistryClient } from '@shiming/providers';
import {
  type Environment,
  type House,
  isLocal,
  readHouse,
  settingsOf,
  ConfigError,
} from './house.ts';

export { ConfigError };

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
export type Config = Omit<House, 'places'> & {
  /** The header in which the proxy in front says from where a request comes; `null` where nobody does. */
  addressHeader: (typeof addressHeaders)[number] | null;
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
  tencentFaceid: { endpoint: string; shapesEndpoint: string };
  /** What the operator is to the ministry's sign-in; `null` where it is no client. */
  ministry: MinistryClient | null;
  /** The gateway of records; `null` where the operator has none. */
  records: { endpoint: string; secretId: string; secretKey: string } | null;
};

/** The setting of one service or entrance. */
const named = (name: string, id: string) => `${name}_${id.toUpperCase().replaceAll('-', '_')}`;

/**
 * Reads the environment.
 *
 * @throws ConfigError when a setting is missing or too short, or, in production, belongs to the sandbox
 */
export function readConfig(environment: Environment): Config {
  const { optional, text, secret, address, said } = settingsOf(environment);
  const { places, ...house } = readHouse(environment);
  const { isProduction } = house;

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
  const [first, ...others] = places;
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
  const isAnySet = (...names: readonly string[]) => names.some((name) => optional(name) !== '');
  const records = (): Config['records'] =>
    isAnySet('RECORDS_ENDPOINT', 'RECORDS_SECRET_ID', 'RECORDS_SECRET_KEY')
      ? {
          endpoint: address('RECORDS_ENDPOINT', true),
          secretId: secret('RECORDS_SECRET_ID'),
          secretKey: secret('RECORDS_SECRET_KEY'),
        }
      : null;
  const ministry = (): Config['ministry'] =>
    isAnySet('MINISTRY_ISSUER', 'MINISTRY_CLIENT_ID', 'MINISTRY_CLIENT_SECRET')
      ? {
          issuer: address('MINISTRY_ISSUER', true),
          clientId: text('MINISTRY_CLIENT_ID'),
          clientSecret: secret('MINISTRY_CLIENT_SECRET'),
        }
      : null;

  return {
    ...house,
    addressHeader: addressHeader(),
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
    tencentFaceid: {
      endpoint: address('TENCENT_FACEID_ENDPOINT', true),
      shapesEndpoint: address('TENCENT_IAI_ENDPOINT', true),
    },
    ministry: ministry(),
    records: records(),
  };
}

import { createHash, createHmac } from 'node:crypto';
import { sandboxCredentials } from '../credentials.ts';
import type { TencentCredentials } from '../tc3.ts';
import { sandboxMail } from '../mail.ts';
import { sandboxSms } from '../sms-account.ts';

/** Whatever calls a vendor in these tests: the sandbox in-process, or the real `fetch` to a port. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Calls Aliyun's API with the parameters in the query, signed by ACS3. `overrides` replace headers after signing. */
export function callAliyun(
  fetch: Fetch,
  url: string,
  parameters: Record<string, string>,
  options: {
    nowMs: number;
    keyId?: string;
    nonce?: string;
    action?: string;
    version?: string;
    /** Sent as a form, and signed with the rest. */
    form?: Record<string, string>;
    overrides?: Record<string, string>;
  },
): Promise<Response> {
  const body = options.form === undefined ? '' : new URLSearchParams(options.form).toString();
  const query = Object.keys(parameters)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`)
    .join('&');
  const { host, pathname } = new URL(url);
  const headers: Record<string, string> = {
    host,
    'x-acs-action': options.action ?? 'SendSms',
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': `${new Date(options.nowMs).toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': options.nonce ?? crypto.randomUUID(),
    'x-acs-version': options.version ?? '2017-05-25',
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n${pathname}\n${query}\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const { accessKeyId, accessKeySecret } = sandboxCredentials.aliyun;
  const signature = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const { host: _, ...sent } = headers;
  return fetch(`${url}?${query}`, {
    method: 'POST',
    ...(options.form && { body: new URLSearchParams(options.form) }),
    headers: {
      ...sent,
      authorization: `ACS3-HMAC-SHA256 Credential=${options.keyId ?? accessKeyId},SignedHeaders=${names},Signature=${signature}`,
      ...options.overrides,
    },
  });
}

/** The parameters of a verification code as approved at Aliyun. */
export function aliyunCode(mobile: string, code: string): Record<string, string> {
  return {
    PhoneNumbers: mobile,
    SignName: sandboxSms.signName,
    TemplateCode: sandboxSms.aliyun.code,
    TemplateParam: JSON.stringify({ code, minutes: '5' }),
  };
}

/** A mail as Aliyun DirectMail takes it. */
export function aliyunMail(to: string): Record<string, string> {
  return {
    AccountName: sandboxMail.from,
    AddressType: '1',
    ReplyToAddress: 'false',
    ToAddress: to,
    FromAlias: '实名中心',
    Subject: '重置密码',
    TextBody: '打开 https://service.test/reset#token=abc',
    HtmlBody: '<p><a href="https://service.test/reset#token=abc">重置密码</a></p>',
  };
}

/** Calls a Tencent Cloud API, signed by TC3. `overrides` replace headers after signing. */
export function callTencent(
  fetch: Fetch,
  url: string,
  call: { service: string; version: string; action: string; parameters: unknown },
  options: {
    nowMs: number;
    secretId?: string;
    credentials?: TencentCredentials;
    overrides?: Record<string, string>;
  },
): Promise<Response> {
  const body = JSON.stringify(call.parameters);
  const { host, pathname } = new URL(url);
  const seconds = Math.floor(options.nowMs / 1000);
  const date = new Date(seconds * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${call.service}/tc3_request`;
  const canonical = `POST\n${pathname}\n\ncontent-type:application/json\nhost:${host}\n\ncontent-type;host\n${sha256(body)}`;
  const { secretId, secretKey } = options.credentials ?? sandboxCredentials.tencent;
  let key: Buffer = Buffer.from(`TC3${secretKey}`);
  for (const part of [date, call.service, 'tc3_request']) {
    key = createHmac('sha256', key).update(part).digest();
  }
  const signature = createHmac('sha256', key)
    .update(`TC3-HMAC-SHA256\n${seconds}\n${scope}\n${sha256(canonical)}`)
    .digest('hex');
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-tc-action': call.action,
      'x-tc-version': call.version,
      'x-tc-timestamp': String(seconds),
      'x-tc-region': 'ap-beijing',
      authorization: `TC3-HMAC-SHA256 Credential=${options.secretId ?? secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
      ...options.overrides,
    },
  });
}

/** A verification code as approved at Tencent. */
export function tencentCode(phoneNumbers: string[], code: string) {
  return {
    service: 'sms',
    version: '2021-01-11',
    action: 'SendSms',
    parameters: {
      PhoneNumberSet: phoneNumbers,
      SmsSdkAppId: sandboxSms.tencentSdkAppId,
      SignName: sandboxSms.signName,
      TemplateId: sandboxSms.tencent.code,
      TemplateParamSet: [code, '5'],
    },
  };
}

/** A question to the authority. */
export function faceid(action: string, parameters: Record<string, string>) {
  return { service: 'faceid', version: '2018-03-01', action, parameters };
}

/** The `Code` of Aliyun's answer. */
export function aliyunAnswer(json: unknown): string {
  return String(member(json, 'Code'));
}

/** What Tencent answered: the error code, the status of each number, or the result. */
export function tencentAnswer(json: unknown): string {
  const response = member(json, 'Response');
  const statuses = member(response, 'SendStatusSet');
  if (Array.isArray(statuses)) return statuses.map((status) => member(status, 'Code')).join();
  return String(member(member(response, 'Error'), 'Code') ?? member(response, 'Result'));
}

function member(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
}

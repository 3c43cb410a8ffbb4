import { bySmsKind, portals, type SmsKind, templateSettings } from '@shiming/domain';

/** The signatures that both vendors have approved: one for each portal. */
export const approvedSignatures = portals.map(({ messageSignature }) => messageSignature);

/** What this product has had approved at both SMS vendors: signature, application, and a template for each kind of message. */
export const sandboxSms = {
  signName: '中国教师资格网',
  tencentSdkAppId: '1400000000',
  aliyun: {
    code: 'SMS_SANDBOX_CODE',
    code_days: 'SMS_SANDBOX_DAYS',
    contact_replaced: 'SMS_SANDBOX_NOTICE',
    review_news: 'SMS_SANDBOX_REVIEW',
    new_contact: 'SMS_SANDBOX_CONTACT',
    number_freed: 'SMS_SANDBOX_FREED',
  },
  tencent: {
    code: '100001',
    contact_replaced: '100002',
    review_news: '100003',
    new_contact: '100004',
    number_freed: '100005',
    code_days: '100006',
  },
} as const satisfies Record<string, string | Record<SmsKind, string>>;

/** The settings of these templates. */
export const sandboxSmsSettings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(
    bySmsKind((kind) => {
      const [aliyun, tencent] = templateSettings(kind);
      return [
        [aliyun, sandboxSms.aliyun[kind]],
        [tencent, sandboxSms.tencent[kind]],
      ];
    }),
  ).flat(),
);

/** A number that both vendors keep on their list of people who want no messages. */
export const blockedMobile = '19900009999';

/**
 * A template: its variables in order (Tencent takes them by position, Aliyun by name) with what each vendor lets
 * into one, and the message.
 */
export type SmsTemplate = {
  variables: readonly { name: string; aliyun: RegExp; tencent: RegExp }[];
  /** The message, with its signature in front. */
  render(signature: string, values: readonly string[]): string;
};

const digits = /^\d{1,6}$/;

const templates: Readonly<Record<SmsKind, SmsTemplate>> = {
  code: {
    variables: [
      { name: 'code', aliyun: /^[0-9A-Za-z]{4,6}$/, tencent: digits },
      { name: 'minutes', aliyun: /^\d{1,4}$/, tencent: digits },
    ],
    // The last line is the origin-bound form that browsers read (WICG, "Origin-bound one-time codes").
    render: (signature, [code = '', minutes = '']) =>
      `【${signature}】验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人。\n@localhost #${code}`,
  },
  code_days: {
    variables: [
      { name: 'code', aliyun: /^[0-9A-Za-z]{4,6}$/, tencent: digits },
      { name: 'days', aliyun: /^\d{1,4}$/, tencent: digits },
    ],
    render: (signature, [code = '', days = '']) =>
      `【${signature}】验证码 ${code}，${days} 天内有效。请勿告诉他人。\n@localhost #${code}`,
  },
  contact_replaced: {
    variables: [{ name: 'code', aliyun: /^[0-9A-Za-z]{1,12}$/, tencent: /^.{1,12}$/u }],
    render: (signature, [code = '']) =>
      `【${signature}】您账号的手机号码已改为别的号码。不是您本人操作的，请在 72 小时内打开本网站的“撤销修改”页，输入 ${code}。`,
  },
  review_news: {
    variables: [],
    render: (signature) => `【${signature}】您的账号有新的进展，请登录查看。`,
  },
  new_contact: {
    variables: [],
    render: (signature) =>
      `【${signature}】工作人员已把本号码登记为您账号的手机号码。不是您本人办理的，请登录本网站处理。`,
  },
  number_freed: {
    variables: [],
    render: (signature) =>
      `【${signature}】您的账号已关闭，证件号码可以重新注册。不是您本人办理的，请打开本网站的“邮件咨询”说明情况。`,
  },
};

/** The template that a vendor has under a name of its own. */
export function templateCalled(
  vendor: 'aliyun' | 'tencent',
  name: unknown,
): SmsTemplate | undefined {
  const found = Object.entries(sandboxSms[vendor]).find(([, each]) => each === name);
  return found && templates[found[0] as SmsKind];
}

/** The 11 digits of a mainland mobile number in any form the vendors take, or `null`. */
export function parseMobile(text: string): string | null {
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(text)?.[1] ?? null;
}

/** At most `count` messages to one number within `windowMs`; `refusal` is what the vendor then says. */
export type DeliveryLimit = { windowMs: number; count: number; refusal: string };

const dayMs = 86_400_000;

/** What one vendor has sent to whom. Times older than a day never matter and are dropped. */
export class DeliveryLog {
  readonly #sentAtMs = new Map<string, number[]>();

  /** The first limit that one more message would break, or `null`. */
  exceeded(mobile: string, limits: readonly DeliveryLimit[], nowMs: number): DeliveryLimit | null {
    const sent = this.#sentAtMs.get(mobile) ?? [];
    return (
      limits.find(
        ({ windowMs, count }) => sent.filter((atMs) => nowMs - atMs < windowMs).length >= count,
      ) ?? null
    );
  }

  record(mobile: string, nowMs: number): void {
    const recent = (this.#sentAtMs.get(mobile) ?? []).filter((atMs) => nowMs - atMs < dayMs);
    this.#sentAtMs.set(mobile, [...recent, nowMs]);
  }

  clear(): void {
    this.#sentAtMs.clear();
  }
}

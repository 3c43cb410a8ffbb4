import { portals } from '@shiming/domain';

/** The signatures that both vendors have approved: one for each portal. */
export const approvedSignatures = portals.map(({ messageSignature }) => messageSignature);

/**
 * What this product has had approved at both SMS vendors: the signature shown in 【】, the application, and the
 * templates of verification codes, of notices, of news of a review, for a new contact, and for a number that was freed.
 */
export const sandboxSms = {
  signName: '中国教师资格网',
  aliyunTemplateCode: 'SMS_SANDBOX_CODE',
  aliyunNoticeTemplateCode: 'SMS_SANDBOX_NOTICE',
  aliyunReviewTemplateCode: 'SMS_SANDBOX_REVIEW',
  aliyunContactTemplateCode: 'SMS_SANDBOX_CONTACT',
  aliyunFreedTemplateCode: 'SMS_SANDBOX_FREED',
  tencentTemplateId: '100001',
  tencentNoticeTemplateId: '100002',
  tencentReviewTemplateId: '100003',
  tencentContactTemplateId: '100004',
  tencentFreedTemplateId: '100005',
  tencentSdkAppId: '1400000000',
} as const;

/** A number that both vendors keep on their list of people who want no messages. */
export const blockedMobile = '19900009999';

/**
 * A template: its variables in order (Tencent takes them by position, Aliyun by name) with what each vendor lets
 * into one, and the message.
 */
export type SmsTemplate = {
  aliyunCode: string;
  tencentId: string;
  variables: readonly { name: string; aliyun: RegExp; tencent: RegExp }[];
  /** The message, with its signature in front. */
  render(signature: string, values: readonly string[]): string;
};

const digits = /^\d{1,6}$/;

export const templates: readonly SmsTemplate[] = [
  {
    aliyunCode: sandboxSms.aliyunTemplateCode,
    tencentId: sandboxSms.tencentTemplateId,
    variables: [
      { name: 'code', aliyun: /^[0-9A-Za-z]{4,6}$/, tencent: digits },
      { name: 'minutes', aliyun: /^\d{1,4}$/, tencent: digits },
    ],
    // The last line is the origin-bound form that browsers read (WICG, "Origin-bound one-time codes").
    render: (signature, [code = '', minutes = '']) =>
      `【${signature}】验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人。\n@localhost #${code}`,
  },
  {
    aliyunCode: sandboxSms.aliyunNoticeTemplateCode,
    tencentId: sandboxSms.tencentNoticeTemplateId,
    variables: [{ name: 'code', aliyun: /^[0-9A-Za-z]{1,12}$/, tencent: /^.{1,12}$/u }],
    render: (signature, [code = '']) =>
      `【${signature}】您账号的手机号码已改为别的号码。不是您本人操作的，请在 72 小时内打开本网站的“撤销修改”页，输入 ${code}。`,
  },
  {
    aliyunCode: sandboxSms.aliyunReviewTemplateCode,
    tencentId: sandboxSms.tencentReviewTemplateId,
    variables: [],
    render: (signature) => `【${signature}】您的账号有新的进展，请登录查看。`,
  },
  {
    aliyunCode: sandboxSms.aliyunContactTemplateCode,
    tencentId: sandboxSms.tencentContactTemplateId,
    variables: [],
    render: (signature) =>
      `【${signature}】工作人员已把本号码登记为您账号的手机号码。不是您本人办理的，请登录本网站处理。`,
  },
  {
    aliyunCode: sandboxSms.aliyunFreedTemplateCode,
    tencentId: sandboxSms.tencentFreedTemplateId,
    variables: [],
    render: (signature) =>
      `【${signature}】您的账号已关闭，证件号码可以重新注册。不是您本人办理的，请打开本网站的“邮件咨询”说明情况。`,
  },
];

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

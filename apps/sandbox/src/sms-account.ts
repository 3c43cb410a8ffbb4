/**
 * What this product has had approved at both SMS vendors: the signature shown in 【】, the application, and the one
 * template. Tencent takes its parameters by position (`[code, minutes]`), Aliyun by name (`{"code", "minutes"}`).
 */
export const sandboxSms = {
  signName: '中国教师资格网',
  aliyunTemplateCode: 'SMS_SANDBOX_CODE',
  tencentTemplateId: '100001',
  tencentSdkAppId: '1400000000',
} as const;

/** A number that both vendors keep on their list of people who want no messages. */
export const blockedMobile = '19900009999';

/** The last line is the origin-bound form that browsers read (WICG, "Origin-bound one-time codes"). */
export function renderTemplate(code: string, minutes: string): string {
  return `【${sandboxSms.signName}】验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人。\n@localhost #${code}`;
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

import type { GatewayMode, ModeSwitch } from './mode.ts';
import type { PhoneMemory } from './phone.ts';
import {
  approvedSignatures,
  blockedMobile,
  DeliveryLog,
  parseMobile,
  sandboxSms,
  type SmsTemplate,
  templateCalled,
} from './sms-account.ts';
import type { DeliveryLimit } from './sms-account.ts';
import { answerTencent, requiredString, requiredStrings, TencentApiError } from './tencent-api.ts';
import type { TencentParameters } from './tencent-api.ts';
import type { TencentCredentials } from './tc3.ts';

/** Per number (cloud.tencent.com/document/product/382/59177). */
const limits: readonly DeliveryLimit[] = [
  { windowMs: 30_000, count: 1, refusal: 'LimitExceeded.PhoneNumberThirtySecondLimit' },
  { windowMs: 3_600_000, count: 5, refusal: 'LimitExceeded.PhoneNumberOneHourLimit' },
  { windowMs: 86_400_000, count: 10, refusal: 'LimitExceeded.PhoneNumberDailyLimit' },
];

/** What every message of the account is refused with, by the mode of the gateway. */
const accountRefusals: Partial<Record<GatewayMode, string>> = {
  overdue: 'FailedOperation.InsufficientBalanceInSmsPackage',
  day_limit: 'LimitExceeded.AppMainlandChinaDailyLimit',
};

const regions = new Set(['ap-beijing', 'ap-guangzhou', 'ap-nanjing']);

type Options = {
  now: () => number;
  credentials: TencentCredentials;
  gateway: ModeSwitch<GatewayMode>;
  phone: PhoneMemory;
  hasLimits: boolean;
};

/**
 * Tencent Cloud SMS, SendSms 2021-01-11. The request as a whole fails with `Response.Error`; what happened to each
 * number is in `SendStatusSet[].Code`, `Ok` for a message accepted.
 * Source: cloud.tencent.com/document/api/382/55981, document/product/382/59177.
 */
export class TencentSms {
  readonly #options: Options;
  readonly #deliveries = new DeliveryLog();

  constructor(options: Options) {
    this.#options = options;
  }

  reset(): void {
    this.#deliveries.clear();
  }

  answer(request: Request): Promise<Response> {
    return answerTencent(
      request,
      {
        name: 'sms',
        version: '2021-01-11',
        actions: { SendSms: async (parameters, headers) => this.#sendSms(parameters, headers) },
      },
      this.#options.credentials,
      this.#options.now(),
    );
  }

  #sendSms(parameters: TencentParameters, headers: Headers): Record<string, unknown> {
    if (this.#options.gateway.mode === 'busy') {
      throw new TencentApiError({ code: 'RequestLimitExceeded', message: '请求频率超限。' });
    }
    const region = headers.get('x-tc-region');
    if (region === null) {
      throw new TencentApiError({ code: 'MissingParameter', message: '缺少参数 Region。' });
    }
    if (!regions.has(region)) {
      throw new TencentApiError({ code: 'UnsupportedRegion', message: '接口不支持所传地域。' });
    }
    const sms = {
      sdkAppId: requiredString(parameters, 'SmsSdkAppId'),
      signName: requiredString(parameters, 'SignName'),
      templateId: requiredString(parameters, 'TemplateId'),
      templateParams: requiredStrings(parameters, 'TemplateParamSet'),
    };
    const template = templateCalled('tencent', sms.templateId);
    return {
      SendStatusSet: requiredStrings(parameters, 'PhoneNumberSet').map((phoneNumber) => {
        const mobile = parseMobile(phoneNumber);
        const refusal =
          mobile === null
            ? 'InvalidParameterValue.IncorrectPhoneNumber'
            : (this.#accountRefusal(sms, template) ?? this.#numberRefusal(mobile));
        if (mobile !== null && refusal === null) {
          this.#deliver(
            mobile,
            template?.render(sms.signName, sms.templateParams) ?? '',
            sms.templateParams,
          );
        }
        return {
          SerialNo: refusal === null ? `sandbox:${crypto.randomUUID()}` : '',
          PhoneNumber: mobile === null ? phoneNumber : `+86${mobile}`,
          Fee: refusal === null ? 1 : 0,
          SessionContext: '',
          Code: refusal ?? 'Ok',
          Message: refusal === null ? 'send success' : refusal,
          IsoCode: 'CN',
        };
      }),
    };
  }

  #accountRefusal(
    sms: { sdkAppId: string; signName: string; templateParams: readonly string[] },
    template: SmsTemplate | undefined,
  ): string | null {
    const { templateParams } = sms;
    if (sms.sdkAppId !== sandboxSms.tencentSdkAppId) {
      return 'UnauthorizedOperation.SmsSdkAppIdVerifyFail';
    }
    if (
      this.#options.gateway.mode === 'misconfigured' ||
      !approvedSignatures.includes(sms.signName)
    ) {
      return 'FailedOperation.SignatureIncorrectOrUnapproved';
    }
    const refusal = accountRefusals[this.#options.gateway.mode];
    if (refusal !== undefined) return refusal;
    if (template === undefined) return 'FailedOperation.TemplateIncorrectOrUnapproved';
    if (templateParams.length !== template.variables.length) {
      return 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate';
    }
    return template.variables.every(({ tencent }, index) =>
      tencent.test(templateParams[index] ?? ''),
    )
      ? null
      : 'InvalidParameterValue.TemplateParameterFormatError';
  }

  #numberRefusal(mobile: string): string | null {
    const { gateway, hasLimits, now } = this.#options;
    if (mobile === blockedMobile) return 'FailedOperation.PhoneNumberInBlacklist';
    if (gateway.mode === 'refusing') return 'LimitExceeded.PhoneNumberDailyLimit';
    return hasLimits ? (this.#deliveries.exceeded(mobile, limits, now())?.refusal ?? null) : null;
  }

  #deliver(mobile: string, text: string, [code = null]: readonly (string | null)[]): void {
    const atMs = this.#options.now();
    this.#deliveries.record(mobile, atMs);
    this.#options.phone.deliver({
      mobile,
      vendor: 'tencent',
      text,
      code,
      atMs,
    });
  }
}

import { randomInt } from 'node:crypto';
import type { AliyunCredentials, AliyunError } from './acs3.ts';
import { AliyunApi, AliyunApiError, requireParameters } from './aliyun-api.ts';
import type { GatewayMode, ModeSwitch } from './mode.ts';
import type { PhoneMemory } from './phone.ts';
import {
  approvedSignatures,
  blockedMobile,
  DeliveryLog,
  parseMobile,
  templateCalled,
} from './sms-account.ts';
import type { DeliveryLimit } from './sms-account.ts';

/** Per signature and number, rolling (help.aliyun.com/document_detail/101347). */
const limits: readonly DeliveryLimit[] = [
  { windowMs: 60_000, count: 1, refusal: '触发分钟级流控Permits:1' },
  { windowMs: 3_600_000, count: 5, refusal: '触发小时级流控Permits:5' },
  { windowMs: 86_400_000, count: 10, refusal: '触发天级流控Permits:10' },
];

/** What every message of the account is refused with, by the mode of the gateway. */
const accountRefusals: Partial<Record<GatewayMode, AliyunError>> = {
  overdue: business('isv.AMOUNT_NOT_ENOUGH', '账户余额不足'),
  day_limit: business('isv.DAY_LIMIT_CONTROL', '触发日发送限额'),
};

type Options = {
  now: () => number;
  credentials: AliyunCredentials;
  gateway: ModeSwitch<GatewayMode>;
  phone: PhoneMemory;
  hasLimits: boolean;
};

/**
 * Aliyun Dysmsapi, SendSms 2017-05-25, RPC style, with its parameters in the query. What the gateway
 * refuses has an HTTP status of its own; what the SMS service refuses (`isv.*`) is HTTP 200 with a `Code` other
 * than `OK`. Source: help.aliyun.com 2881383 (SendSms), 101347 (limits and codes).
 */
export class AliyunSms {
  readonly #options: Options;
  readonly #api: AliyunApi;
  readonly #deliveries = new DeliveryLog();

  constructor(options: Options) {
    this.#options = options;
    this.#api = new AliyunApi({
      now: options.now,
      credentials: options.credentials,
      action: 'SendSms',
      version: '2017-05-25',
      isBusy: () => options.gateway.mode === 'busy',
      call: async (parameters) => {
        const error = this.#send(parameters);
        if (error !== null) throw new AliyunApiError(error);
        return {
          Code: 'OK',
          Message: 'OK',
          BizId: `${options.now()}${randomInt(100_000, 1_000_000)}^0`,
        };
      },
    });
  }

  reset(): void {
    this.#api.reset();
    this.#deliveries.clear();
  }

  answer(request: Request): Promise<Response> {
    return this.#api.answer(request);
  }

  #send(parameters: URLSearchParams): AliyunError | null {
    const { gateway, hasLimits, now, phone } = this.#options;
    requireParameters(parameters, ['PhoneNumbers', 'SignName', 'TemplateCode']);
    const signature = parameters.get('SignName') ?? '';
    if (gateway.mode === 'misconfigured' || !approvedSignatures.includes(signature)) {
      return business('isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名');
    }
    const accountRefusal = accountRefusals[gateway.mode];
    if (accountRefusal !== undefined) return accountRefusal;
    const template = templateCalled('aliyun', parameters.get('TemplateCode'));
    if (template === undefined) {
      return business('isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板');
    }
    const given = templateParameters(parameters.get('TemplateParam') ?? '{}');
    if (given === null) {
      return business('isv.INVALID_JSON_PARAM', 'JSON参数不合法，只接受字符串值');
    }
    if (template.variables.some(({ name }) => given[name] === undefined)) {
      return business('isv.TEMPLATE_MISSING_PARAMETERS', '模板缺少变量');
    }
    const values = template.variables.map(({ name }) => given[name] ?? '');
    if (!template.variables.every(({ aliyun }, index) => aliyun.test(values[index] ?? ''))) {
      return business('isv.TEMPLATE_PARAMS_ILLEGAL', '模板变量里包含非法关键字');
    }

    const mobiles = (parameters.get('PhoneNumbers') ?? '').split(',').map(parseMobile);
    if (!mobiles.every((mobile) => mobile !== null)) {
      return business('isv.MOBILE_NUMBER_ILLEGAL', '非法手机号');
    }
    const nowMs = now();
    for (const mobile of mobiles) {
      const limit = hasLimits ? this.#deliveries.exceeded(mobile, limits, nowMs) : null;
      if (gateway.mode === 'refusing' || mobile === blockedMobile || limit !== null) {
        return business(
          'isv.BUSINESS_LIMIT_CONTROL',
          limit?.refusal ?? '触发号码天级流控Permits:40',
        );
      }
    }
    for (const mobile of mobiles) {
      this.#deliveries.record(mobile, nowMs);
      phone.deliver({
        mobile,
        vendor: 'aliyun',
        text: template.render(signature, values),
        code: values[0] ?? null,
        atMs: nowMs,
      });
    }
    return null;
  }
}

function business(code: string, message: string): AliyunError {
  return { status: 200, code, message };
}

function templateParameters(json: string): Partial<Record<string, string>> | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, String(entry)]));
}

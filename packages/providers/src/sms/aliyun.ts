import { type Sms, type SmsKind, smsVariables } from '@shiming/domain';
import { exchange, type Fetch } from '../http/exchange.ts';
import { noAnswerRules, outcomeOf, type ReplyRule } from '../outcome.ts';
import { text } from '../json.ts';
import { acs3Query, signAcs3 } from '../signing/acs3.ts';
import type { SmsResult, SmsSender } from './port.ts';

const source = 'https://help.aliyun.com/document_detail/101347.html';

export const aliyunSmsReplies: readonly ReplyRule[] = [
  [/^OK$/, 'accepted', source],
  [/^isv\.(?:MOBILE_NUMBER_ILLEGAL|MOBILE_COUNT_OVER_LIMIT)$/, 'refused', source],
  // So many to one number a minute, an hour and a day.
  [/^isv\.BUSINESS_LIMIT_CONTROL$/, 'busy', source],
  // What is wrong with the text of one message holds up no other.
  [
    /^isv\.(?:TEMPLATE_MISSING_PARAMETERS|TEMPLATE_PARAMS_ILLEGAL|INVALID_PARAMETERS|INVALID_JSON_PARAM|PARAM_LENGTH_LIMIT|PARAM_NOT_SUPPORT_URL|BLACK_KEY_CONTROL_LIMIT|SMS_CONTENT_ILLEGAL)$/,
    'busy',
    source,
  ],
  // The limits that we have set ourselves for a day or a month, and the vendor's for calls.
  [/^(?:Throttling|isv\.(?:DAY|MONTH)_LIMIT_CONTROL$|ServiceUnavailable)/, 'down', source],
  [
    /^(?:isv\.AMOUNT_NOT_ENOUGH|isv\.OUT_OF_SERVICE|isv\.BILLING_DEDUCTION_ERROR)$/,
    'misconfigured',
    source,
  ],
  [/^isp\.RAM_/, 'misconfigured', source],
  [/^(?:isp\.|InternalError)/, 'unclear', source],
  ...noAnswerRules,
];

/**
 * Short messages by Alibaba Cloud SMS (`SendSms`, 2017-05-25). A template names its variables as `smsKinds` does.
 * Calls from outside mainland China are refused (`isv.DENY_IP_RANGE`).
 *
 * @param options.endpoint `https://dysmsapi.aliyuncs.com`.
 * @param options.randomId A value never used before, for the signature.
 * @see https://help.aliyun.com/document_detail/2881383.html
 */
export function createAliyunSms(options: {
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
  templates: Readonly<Record<SmsKind, string>>;
  fetch: Fetch;
  now: () => number;
  randomId: () => string;
  timeoutMs: number;
}): SmsSender {
  const { accessKeyId, accessKeySecret, fetch, timeoutMs } = options;

  async function send(sms: Sms): Promise<SmsResult> {
    const variables = smsVariables(sms);
    const url = new URL(options.endpoint);
    // The vendor takes these in the query only.
    url.search = acs3Query({
      PhoneNumbers: sms.mobile,
      SignName: options.signName,
      TemplateCode: options.templates[sms.kind],
      ...(variables.length === 0
        ? {}
        : { TemplateParam: JSON.stringify(Object.fromEntries(variables)) }),
    });
    const headers = await signAcs3({
      accessKeyId,
      accessKeySecret,
      method: 'POST',
      url,
      action: 'SendSms',
      version: '2017-05-25',
      body: '',
      nonce: options.randomId(),
      nowMs: options.now(),
    });
    const accept = { ...headers, accept: 'application/json' };
    const answer = await exchange(fetch, url, { headers: accept }, timeoutMs);
    const json = answer.isAnswered && answer.status < 500 ? answer.json : undefined;
    const vendorCode = answer.isAnswered
      ? (text(json, 'Code') ?? `http_${answer.status}`)
      : answer.trouble;
    const outcome = outcomeOf(vendorCode, aliyunSmsReplies);
    const vendorMessageId = outcome === 'accepted' ? text(json, 'BizId') : null;
    return { outcome, vendor: 'aliyun', vendorCode, vendorMessageId };
  }

  return { send };
}

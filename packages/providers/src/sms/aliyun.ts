import { exchange, type Fetch } from '../http/exchange.ts';
import { NO_ANSWER_RULES, outcomeOf } from '../outcome.ts';
import { text } from '../json.ts';
import { acs3Query, signAcs3 } from '../signing/acs3.ts';
import type { SmsResult, SmsSender } from './port.ts';

// https://help.aliyun.com/document_detail/101347.html
const RULES = [
  [/^OK$/, 'accepted'],
  [/^isv\.(?:MOBILE_NUMBER_ILLEGAL|MOBILE_COUNT_OVER_LIMIT|BUSINESS_LIMIT_CONTROL)$/, 'refused'],
  [/^(?:Throttling|isv\.DAY_LIMIT_CONTROL$|isv\.MONTH_LIMIT_CONTROL$)/, 'busy'],
  [/^ServiceUnavailable/, 'down'],
  [/^(?:isp\.(?!RAM_)|InternalError)/, 'unclear'],
  ...NO_ANSWER_RULES,
] as const;

/**
 * Short messages by Alibaba Cloud SMS (`SendSms`, 2017-05-25). The template of verification codes takes `${code}` and
 * `${minutes}`, that of notices `${code}`, that of news of a review nothing.
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
  templateCode: string;
  noticeTemplateCode: string;
  reviewTemplateCode: string;
  fetch: Fetch;
  now: () => number;
  randomId: () => string;
  timeoutMs: number;
}): SmsSender {
  const { accessKeyId, accessKeySecret, fetch, timeoutMs } = options;

  async function send(
    mobile: string,
    templateCode: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<SmsResult> {
    const url = new URL(options.endpoint);
    // The vendor takes these in the query only.
    url.search = acs3Query({
      PhoneNumbers: mobile,
      SignName: options.signName,
      TemplateCode: templateCode,
      ...(parameters === undefined ? {} : { TemplateParam: JSON.stringify(parameters) }),
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
    if (!answer.isAnswered) {
      const { trouble } = answer;
      return { outcome: 'unclear', vendor: 'aliyun', vendorCode: trouble, vendorMessageId: null };
    }
    const vendorCode =
      (answer.status < 500 ? text(answer.json, 'Code') : null) ?? `http_${answer.status}`;
    const outcome = outcomeOf(vendorCode, RULES);
    const vendorMessageId = outcome === 'accepted' ? text(answer.json, 'BizId') : null;
    return { outcome, vendor: 'aliyun', vendorCode, vendorMessageId };
  }

  return {
    sendVerificationCode: ({ mobile, code, validMinutes }) =>
      send(mobile, options.templateCode, { code, minutes: String(validMinutes) }),
    sendNotice: ({ mobile, code }) => send(mobile, options.noticeTemplateCode, { code }),
    sendReviewNews: ({ mobile }) => send(mobile, options.reviewTemplateCode),
  };
}

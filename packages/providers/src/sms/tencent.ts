import { NO_ANSWER_RULES, outcomeOf } from '../outcome.ts';
import { member, text } from '../json.ts';
import { createTencentApi, type TencentAccount } from '../tencent/api.ts';
import type { SmsResult, SmsSender } from './port.ts';

// https://cloud.tencent.com/document/product/382/59177
const RULES = [
  [/^Ok$/, 'accepted'],
  [/^LimitExceeded\.(?:PhoneNumber|DeliveryFrequencyLimit)/, 'refused'],
  [/^FailedOperation\.PhoneNumberInBlacklist$/, 'refused'],
  [/^InvalidParameterValue\.IncorrectPhoneNumber$/, 'refused'],
  [/^(?:RequestLimitExceeded|LimitExceeded)/, 'busy'],
  [/^FailedOperation\.FailResolvePacket$/, 'down'],
  [/^InternalError/, 'unclear'],
  ...NO_ANSWER_RULES,
] as const;

/**
 * Short messages by Tencent Cloud SMS (`SendSms`, 2021-01-11). The template of verification codes takes `{1}` the code
 * and `{2}` the minutes, that of notices `{1}` the code, that of news of a review nothing.
 *
 * @param options.endpoint `https://sms.tencentcloudapi.com`.
 * @see https://cloud.tencent.com/document/api/382/55981
 */
export function createTencentSms(
  options: TencentAccount & {
    appId: string;
    signName: string;
    templateId: string;
    noticeTemplateId: string;
    reviewTemplateId: string;
  },
): SmsSender {
  const call = createTencentApi(options, { service: 'sms', version: '2021-01-11' });

  async function send(
    mobile: string,
    templateId: string,
    parameters: readonly string[],
  ): Promise<SmsResult> {
    const answer = await call('SendSms', {
      PhoneNumberSet: [`+86${mobile}`],
      SmsSdkAppId: options.appId,
      SignName: options.signName,
      TemplateId: templateId,
      TemplateParamSet: parameters,
    });
    const statuses = answer.isOk ? member(answer.response, 'SendStatusSet') : undefined;
    const status: unknown = Array.isArray(statuses) ? statuses[0] : undefined;
    const vendorCode = answer.isOk ? (text(status, 'Code') ?? 'malformed_answer') : answer.code;
    const outcome = outcomeOf(vendorCode, RULES);
    const vendorMessageId = outcome === 'accepted' ? text(status, 'SerialNo') : null;
    return { outcome, vendor: 'tencent', vendorCode, vendorMessageId };
  }

  return {
    sendVerificationCode: ({ mobile, code, validMinutes }) =>
      send(mobile, options.templateId, [code, String(validMinutes)]),
    sendNotice: ({ mobile, code }) => send(mobile, options.noticeTemplateId, [code]),
    sendReviewNews: ({ mobile }) => send(mobile, options.reviewTemplateId, []),
  };
}

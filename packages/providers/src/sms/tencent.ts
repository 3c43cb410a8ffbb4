import { type Sms, type SmsKind, smsVariables } from '@shiming/domain';
import { noAnswerRules, outcomeOf, type ReplyRule } from '../outcome.ts';
import { member, text } from '../json.ts';
import { createTencentApi, type TencentAccount } from '../tencent/api.ts';
import type { SmsResult, SmsSender } from './port.ts';

const source = 'https://cloud.tencent.com/document/api/382/59177';

export const tencentSmsReplies: readonly ReplyRule[] = [
  [/^Ok$/, 'accepted', source],
  [/^FailedOperation\.PhoneNumberInBlacklist$/, 'refused', source],
  [/^InvalidParameterValue\.IncorrectPhoneNumber$/, 'refused', source],
  // So many to one number within 30 seconds, an hour and a day.
  [/^LimitExceeded\.(?:PhoneNumber|DeliveryFrequencyLimit)/, 'busy', source],
  // What is wrong with the text of one message holds up no other.
  [
    /^(?:FailedOperation\.(?:ContainSensitiveWord|FailResolvePacket|TemplateParamSetNotMatchApprovedTemplate)|InvalidParameterValue\.(?:ContentLengthLimit|TemplateParameter\w+))$/,
    'busy',
    source,
  ],
  // The limits of our account for a day, and the vendor's for calls.
  [/^(?:RequestLimitExceeded|LimitExceeded)/, 'down', source],
  [/^FailedOperation\.InsufficientBalanceInSmsPackage$/, 'misconfigured', source],
  [/^InternalError/, 'unclear', source],
  ...noAnswerRules,
];

/**
 * Short messages by Tencent Cloud SMS (`SendSms`, 2021-01-11). The variables of a template are `{1}`, `{2}` in the order of
 * `smsKinds`.
 *
 * @param options.endpoint `https://sms.tencentcloudapi.com`.
 * @see https://cloud.tencent.com/document/api/382/55981
 */
export function createTencentSms(
  options: TencentAccount & {
    appId: string;
    signName: string;
    templates: Readonly<Record<SmsKind, string>>;
  },
): SmsSender {
  const call = createTencentApi(options, { service: 'sms', version: '2021-01-11' });

  async function send(sms: Sms): Promise<SmsResult> {
    const answer = await call('SendSms', {
      PhoneNumberSet: [`+86${sms.mobile}`],
      SmsSdkAppId: options.appId,
      SignName: options.signName,
      TemplateId: options.templates[sms.kind],
      TemplateParamSet: smsVariables(sms).map(([, value]) => value),
    });
    const statuses = answer.isOk ? member(answer.response, 'SendStatusSet') : undefined;
    const status: unknown = Array.isArray(statuses) ? statuses[0] : undefined;
    const vendorCode = answer.isOk ? (text(status, 'Code') ?? 'malformed_answer') : answer.code;
    const outcome = outcomeOf(vendorCode, tencentSmsReplies);
    const vendorMessageId = outcome === 'accepted' ? text(status, 'SerialNo') : null;
    return { outcome, vendor: 'tencent', vendorCode, vendorMessageId };
  }

  return { send };
}

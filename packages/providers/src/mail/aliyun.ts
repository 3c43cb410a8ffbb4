import { exchange, type Fetch } from '../http/exchange.ts';
import { text } from '../json.ts';
import { noAnswerRules, outcomeOf, type ReplyRule } from '../outcome.ts';
import { acs3Query, signAcs3 } from '../signing/acs3.ts';
import { isMailbox, singleLine } from './message.ts';
import type { MailResult, MailSender } from './port.ts';

const source = 'https://help.aliyun.com/document_detail/29444.html';

export const aliyunMailReplies: readonly ReplyRule[] = [
  [/^OK$/, 'accepted', source],
  [/^(?:InvalidToAddress(?:\.|$)|invalid_address$)/, 'refused', source],
  // What is wrong with the text of one mail holds up no other.
  [/^(?:InvalidSendMail\.Spam$|InvalidSubject|InvalidBody)/, 'busy', source],
  [/^not_begun$/, 'busy', 'HandOver'],
  [/^(?:Throttling|ServiceUnavailable)/, 'down', source],
  [/^InternalError/, 'unclear', source],
  ...noAnswerRules,
];

const resultOf = (vendorCode: string, vendorMessageId: string | null = null): MailResult => ({
  outcome: outcomeOf(vendorCode, aliyunMailReplies),
  vendor: 'aliyun',
  vendorCode,
  vendorMessageId,
});

const CONTENT_TYPE = 'application/x-www-form-urlencoded';

/**
 * Mail by Alibaba Cloud DirectMail (`SingleSendMail`, 2015-11-23), its parameters in the body.
 *
 * @param options.endpoint `https://dm.aliyuncs.com`.
 * @param options.accountName The sender's address (发信地址), set up with the vendor.
 * @param options.fromAlias The sender's name, at most 15 characters. The vendor takes subjects of at most 100.
 * @param options.randomId A value never used before, for the signature.
 * @see https://help.aliyun.com/document_detail/29444.html
 */
export function createAliyunMail(options: {
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  accountName: string;
  fromAlias: string;
  fetch: Fetch;
  now: () => number;
  randomId: () => string;
  timeoutMs: number;
}): MailSender {
  const { accessKeyId, accessKeySecret, fetch, timeoutMs } = options;
  const url = new URL(options.endpoint);

  return {
    async send(mail, { begin }) {
      // The vendor takes a list, parted by commas.
      if (!isMailbox(mail.to)) return resultOf('invalid_address');

      const body = acs3Query({
        AccountName: options.accountName,
        AddressType: '1',
        FromAlias: options.fromAlias,
        HtmlBody: mail.html,
        ReplyToAddress: 'false',
        Subject: singleLine(mail.subject),
        TextBody: mail.text,
        ToAddress: mail.to,
      });
      const headers = await signAcs3({
        accessKeyId,
        accessKeySecret,
        method: 'POST',
        url,
        action: 'SingleSendMail',
        version: '2015-11-23',
        body,
        contentType: CONTENT_TYPE,
        nonce: options.randomId(),
        nowMs: options.now(),
      });
      const accept = { ...headers, accept: 'application/json' };
      if (!(await begin())) return resultOf('not_begun');
      const answer = await exchange(fetch, url, { headers: accept, body }, timeoutMs);
      if (!answer.isAnswered) return resultOf(answer.trouble);
      const { status, json } = answer;
      const messageId = text(json, 'EnvId');
      if (status === 200 && messageId !== null) return resultOf('OK', messageId);
      return resultOf((status < 500 ? text(json, 'Code') : null) ?? `http_${status}`);
    },
  };
}

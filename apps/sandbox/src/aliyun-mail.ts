import { randomInt } from 'node:crypto';
import type { AliyunCredentials } from './acs3.ts';
import { AliyunApi, AliyunApiError, requireParameters } from './aliyun-api.ts';
import { sandboxMail } from './mail.ts';
import type { MailHost } from './mail.ts';

type Options = { now: () => number; credentials: AliyunCredentials; mail: MailHost };

const maxBodyBytes = 80 * 1024;
const addressForm = /^[^\s@,]+@[\w-]+(?:\.[\w-]+)+$/;

/**
 * Aliyun DirectMail, SingleSendMail 2015-11-23: one mail to up to 100 addresses, in plain text, HTML or both.
 * Source: help.aliyun.com, direct-mail, api-dm-2015-11-23-singlesendmail and its error codes.
 */
export function createAliyunMail({ now, credentials, mail }: Options): AliyunApi {
  return new AliyunApi({
    now,
    credentials,
    action: 'SingleSendMail',
    version: '2015-11-23',
    isBusy: () => ['busy', 'throttled', 'greeting_limited'].includes(mail.mode),
    call: async (parameters) => {
      if (mail.mode === 'password_changed') {
        throw refusal('InvalidAccessKeyId.NotFound', 'access key is not found', 404);
      }
      requireParameters(parameters, [
        'AccountName',
        'AddressType',
        'ReplyToAddress',
        'ToAddress',
        'Subject',
      ]);
      const field = (name: string) => parameters.get(name) ?? '';
      if (!['0', '1'].includes(field('AddressType'))) throw malformed('AddressType');
      if (!['true', 'false'].includes(field('ReplyToAddress'))) throw malformed('ReplyToAddress');
      if (field('AccountName') !== sandboxMail.from) {
        throw refusal('InvalidMailAddress.NotFound', 'mailAddress does not exist', 404);
      }
      if (Array.from(field('Subject')).length > 100) {
        throw refusal('InvalidSubject.Malformed', 'subject is wrongly formed');
      }
      if (Array.from(field('FromAlias')).length > 15) {
        throw refusal('InvalidFromAlias.Malformed', 'fromAlias is wrongly formed');
      }
      const bodies = [field('TextBody'), field('HtmlBody')];
      const isTooLong = bodies.some((body) => Buffer.byteLength(body) > maxBodyBytes);
      if (isTooLong || bodies.every((body) => body === '')) {
        throw refusal('InvalidBody', 'textBody or htmlBody is wrongly formed');
      }
      const recipients = field('ToAddress').split(',');
      if (recipients.length > 100 || !recipients.every((address) => addressForm.test(address))) {
        throw refusal('InvalidToAddress', 'toAddress is wrongly formed');
      }
      if (recipients.some((address) => mail.refuses(address))) {
        throw refusal('InvalidToAddress.Spam', 'toAddress is an invalid address');
      }
      const envId = `6000${now()}${randomInt(100_000, 1_000_000)}`;
      await mail.receive({
        transport: 'aliyun',
        recipients,
        from: { name: field('FromAlias'), address: sandboxMail.from },
        subject: field('Subject'),
        text: parameters.get('TextBody'),
        html: parameters.get('HtmlBody'),
        messageId: envId,
      });
      return { EnvId: envId };
    },
  });
}

function refusal(code: string, what: string, status = 400): AliyunApiError {
  return new AliyunApiError({ status, code, message: `The specified ${what}.` });
}

function malformed(name: string): AliyunApiError {
  return refusal('InvalidParameter', `parameter ${name} is not valid`);
}

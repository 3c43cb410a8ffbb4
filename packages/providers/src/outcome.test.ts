import { describe, expect, test } from 'vitest';
import { aliyunMailReplies } from './mail/aliyun.ts';
import { smtpReplies } from './mail/smtp-replies.ts';
import { type Outcome, outcomeOf, type ReplyRule } from './outcome.ts';
import { aliyunSmsReplies } from './sms/aliyun.ts';
import { tencentSmsReplies } from './sms/tencent.ts';

type Case = readonly [reply: string, outcome: Outcome];

const noAnswer: readonly Case[] = [
  ['http_429', 'down'],
  ['http_503', 'down'],
  ['http_521', 'down'],
  ['http_502', 'unclear'],
  ['timeout', 'unclear'],
];

/** MAIL, RCPT and DATA alike. */
const duringAMail: readonly Case[] = [
  ['421 4.3.2 closing', 'down'],
  ['550 5.4.5 Daily user sending quota exceeded', 'down'],
  ['554 sending quota exceeded', 'down'],
  ['451 4.3.0 try later', 'busy'],
  ['550 Sender frequency limited', 'busy'],
  ['550 Domain frequency limited', 'busy'],
];

const aboutOneMail: readonly Case[] = [
  ...duringAMail,
  ['550 5.1.1 spam@example.com: no such user', 'refused'],
  ['552 5.2.2 mailbox full', 'refused'],
  ['550 Mailbox unavailable or access denied', 'busy'],
  ['550 Mail content denied', 'busy'],
  ['550 Suspected spam sender', 'busy'],
  ['550 DMARC check failed', 'busy'],
  ['550 5.1.8 your domain does not exist', 'busy'],
  ['554 5.7.1 relay access denied', 'busy'],
  ['550 Mailbox not found', 'refused'],
  ['550 Mail is rejected by recipients', 'refused'],
  ['501 Bad address syntax', 'refused'],
];

const tables: Record<string, { rules: readonly ReplyRule[]; cases: readonly Case[] }> = {
  'SMTP, connection': {
    rules: smtpReplies.connection,
    cases: [
      ['421 too many connections', 'down'],
      ['550 Connection frequency limited', 'down'],
      ['550 Ip frequency limited', 'down'],
      ['554 5.7.1 no service for you', 'misconfigured'],
    ],
  },
  'SMTP, AUTH': {
    rules: smtpReplies.sign_in,
    cases: [
      ['454 4.7.0 try later', 'down'],
      ['535 Login Fail. system busy', 'down'],
      ['535 5.7.8 wrong password', 'misconfigured'],
      ['535 Error: authentication failed', 'misconfigured'],
    ],
  },
  'SMTP, MAIL': {
    rules: smtpReplies.sender,
    cases: [
      ...duringAMail,
      ['530 5.7.0 sign in first', 'misconfigured'],
      ['553 mail from must equal authorized user', 'misconfigured'],
    ],
  },
  'SMTP, RCPT': {
    rules: smtpReplies.recipient,
    cases: [...aboutOneMail, ['450 4.2.0 greylisted', 'busy'], ['452 4.2.2 over quota', 'busy']],
  },
  'SMTP, DATA': {
    rules: smtpReplies.content,
    cases: [...aboutOneMail, ['554 transaction failed', 'refused']],
  },
  'Aliyun DirectMail': {
    rules: aliyunMailReplies,
    cases: [
      ...noAnswer,
      ['OK', 'accepted'],
      ['InvalidToAddress.Spam', 'refused'],
      ['invalid_address', 'refused'],
      ['InvalidSendMail.Spam', 'busy'],
      ['InvalidSubject.Malformed', 'busy'],
      ['not_begun', 'busy'],
      ['Throttling.User', 'down'],
      ['ServiceUnavailable', 'down'],
      ['InternalError', 'unclear'],
      ['InvalidMailAddress.NotFound', 'misconfigured'],
      ['SignatureDoesNotMatch', 'misconfigured'],
    ],
  },
  'Aliyun SMS': {
    rules: aliyunSmsReplies,
    cases: [
      ...noAnswer,
      ['OK', 'accepted'],
      ['isv.MOBILE_NUMBER_ILLEGAL', 'refused'],
      ['isv.BUSINESS_LIMIT_CONTROL', 'busy'],
      ['isv.TEMPLATE_PARAMS_ILLEGAL', 'busy'],
      ['isv.BLACK_KEY_CONTROL_LIMIT', 'busy'],
      ['Throttling.User', 'down'],
      ['isv.DAY_LIMIT_CONTROL', 'down'],
      ['isv.MONTH_LIMIT_CONTROL', 'down'],
      ['ServiceUnavailable', 'down'],
      ['isv.AMOUNT_NOT_ENOUGH', 'misconfigured'],
      ['isv.OUT_OF_SERVICE', 'misconfigured'],
      ['isp.RAM_PERMISSION_DENY', 'misconfigured'],
      ['isp.SYSTEM_ERROR', 'unclear'],
      ['InternalError', 'unclear'],
      ['isv.SMS_TEMPLATE_ILLEGAL', 'misconfigured'],
      ['isv.SMS_SIGNATURE_ILLEGAL', 'misconfigured'],
      ['isv.DENY_IP_RANGE', 'misconfigured'],
      ['isv.PRODUCT_UN_SUBSCRIPT', 'misconfigured'],
    ],
  },
  'Tencent SMS': {
    rules: tencentSmsReplies,
    cases: [
      ...noAnswer,
      ['Ok', 'accepted'],
      ['FailedOperation.PhoneNumberInBlacklist', 'refused'],
      ['InvalidParameterValue.IncorrectPhoneNumber', 'refused'],
      ['LimitExceeded.PhoneNumberDailyLimit', 'busy'],
      ['LimitExceeded.DeliveryFrequencyLimit', 'busy'],
      ['FailedOperation.ContainSensitiveWord', 'busy'],
      ['InvalidParameterValue.TemplateParameterFormatError', 'busy'],
      ['RequestLimitExceeded', 'down'],
      ['LimitExceeded.AppMainlandChinaDailyLimit', 'down'],
      ['FailedOperation.InsufficientBalanceInSmsPackage', 'misconfigured'],
      ['InternalError.Timeout', 'unclear'],
      ['FailedOperation.TemplateIncorrectOrUnapproved', 'misconfigured'],
      ['FailedOperation.SignatureIncorrectOrUnapproved', 'misconfigured'],
      ['AuthFailure.SignatureFailure', 'misconfigured'],
    ],
  },
};

describe.each(Object.entries(tables))('what a reply means: %s', (_, { rules, cases }) => {
  test.each(cases)('%s is %s', (reply, outcome) => {
    expect(outcomeOf(reply, rules)).toBe(outcome);
  });

  test('each row has a case and a source', () => {
    const met = new Set(cases.map(([reply]) => rules.find(([pattern]) => pattern.test(reply))));
    expect(rules.filter((rule) => !met.has(rule))).toEqual([]);
    expect(rules.every(([, , source]) => /^(?:RFC|https:|HandOver)/.test(source))).toBe(true);
  });
});

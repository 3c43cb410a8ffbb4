import type { Outcome } from '../outcome.ts';

/** A verification code for a mainland mobile number: 11 digits, without country code. */
export type VerificationCodeSms = { mobile: string; code: string; validMinutes: number };

/**
 * Tells the owner of a number, as above, that it is no longer an account's, with the code that takes this back: up
 * to 12 digits and letters, which is all that one variable of a template may hold (Tencent).
 */
export type NoticeSms = { mobile: string; code: string };

/**
 * Tells the holder of a number, as above, that there is news of their manual review (T-CON-05). The template has no
 * variables: a case number would not fit Tencent's twelve characters, and a lock screen is read by others.
 */
export type ReviewNewsSms = { mobile: string };

/**
 * Tells the holder of a number, as above, that somebody else made it an account's (T-CON-08). The template has no
 * variables: where the number is a stranger's, nothing of the account reaches them.
 */
export type NewContactSms = { mobile: string };

/**
 * Tells the holder of an account, at a number as above, that it was closed and its document number freed (T-REG-16a). The
 * template has no variables: why, a ticket answers.
 */
export type NumberFreedSms = { mobile: string };

export type SmsResult = {
  outcome: Outcome;
  vendor: 'aliyun' | 'tencent';
  /** The vendor's own code, for logs and for choosing what to do next. Never shown. */
  vendorCode: string;
  /** The vendor's receipt (BizId, SerialNo), when it accepted. */
  vendorMessageId: string | null;
};

export type SmsSender = {
  sendVerificationCode(sms: VerificationCodeSms): Promise<SmsResult>;
  sendNotice(sms: NoticeSms): Promise<SmsResult>;
  sendReviewNews(sms: ReviewNewsSms): Promise<SmsResult>;
  sendNewContact(sms: NewContactSms): Promise<SmsResult>;
  sendNumberFreed(sms: NumberFreedSms): Promise<SmsResult>;
};

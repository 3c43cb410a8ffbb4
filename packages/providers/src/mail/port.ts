import type { Outcome } from '../outcome.ts';

/** A mail to one person: text and HTML say the same, and neither loads anything from elsewhere. */
export type Mail = { to: string; subject: string; text: string; html: string };

export type MailResult = {
  outcome: Outcome;
  vendor: 'smtp' | 'aliyun';
  /** The reply code or the vendor's error code, for logs and for choosing what to do next. Never shown. */
  vendorCode: string;
  /** The id under which the vendor took it, when it did. */
  vendorMessageId: string | null;
};

/**
 * One try to hand a mail over. `id` is the mail's in all its tries, of letters, digits, `-` and `_`: servers and
 * mailboxes know by it that two are one. `begin` is awaited when the next step gives the mail away; where it answers
 * `false` the mail is kept (`busy`, code `not_begun`).
 */
export type HandOver = { id: string; begin: () => Promise<boolean> };

export type MailSender = { send: (mail: Mail, handOver: HandOver) => Promise<MailResult> };

/** A mail to one person: text and HTML say the same, and neither loads anything from elsewhere. */
export type Mail = { to: string; subject: string; text: string; html: string };

/**
 * What became of a mail.
 * `refused`: this address cannot receive. `busy`: later (a 4xx reply, throttling). `down`: no server took it, for
 * certain. `unclear`: it was handed over and no answer came, so it may have been taken: never send it again.
 * `misconfigured`: our account, sender or password is at fault.
 */
export type MailResult = {
  outcome: 'accepted' | 'refused' | 'busy' | 'down' | 'unclear' | 'misconfigured';
  vendor: 'smtp' | 'aliyun';
  /** The reply code or the vendor's error code, for logs and for choosing what to do next. Never shown. */
  vendorCode: string;
  /** The id under which the vendor took it, when it did. */
  vendorMessageId: string | null;
};

export type MailSender = { send: (mail: Mail) => Promise<MailResult> };

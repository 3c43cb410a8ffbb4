/**
 * How an SMS gateway behaves. `slow` delivers at once and answers late; `misconfigured` is a signature no longer
 * approved; in `overdue` the account has no balance left, in `day_limit` it has sent as many messages as it may in a day.
 */
export const gatewayModes = [
  'working',
  'refusing',
  'busy',
  'down',
  'slow',
  'misconfigured',
  'overdue',
  'day_limit',
] as const;
export type GatewayMode = (typeof gatewayModes)[number];

/**
 * How the authority behaves. `quota` says of everybody that they were asked about too often today; `source_down` is its own
 * word for a register that does not answer it.
 */
export const authorityModes = ['working', 'down', 'slow', 'quota', 'source_down'] as const;
export type AuthorityMode = (typeof authorityModes)[number];

/**
 * How the gateway of records behaves. `source_down` is its own word for an authority that does not answer it; `quota` says
 * of everybody that they were asked about too often today.
 */
export const recordModes = ['working', 'down', 'slow', 'source_down', 'quota'] as const;
export type RecordMode = (typeof recordModes)[number];

/**
 * How the mail service behaves, its SMTP server and its API alike. `busy` asks to come back later, `refusing` knows
 * no address, `down` refuses the connection, `dropping` takes the message and breaks the connection instead of saying so.
 * In `password_changed` our credentials are no longer valid. `throttled` and `greeting_limited` are QQ's limits by 550,
 * for a sender at RCPT and for connections at the greeting; the API has its own code for both. `silent_domain` never
 * answers RCPT for an address at `silentDomain`; the API, which delivers later, takes those mails.
 */
export const mailModes = [
  'working',
  'busy',
  'refusing',
  'down',
  'dropping',
  'password_changed',
  'throttled',
  'greeting_limited',
  'silent_domain',
] as const;
export type MailMode = (typeof mailModes)[number];

/** Whether a scanner opens every link of a mail before the mail is in the mailbox. */
export const scannerModes = ['off', 'on'] as const;
export type ScannerMode = (typeof scannerModes)[number];

/** How the API of the WeChat platform behaves. It says nothing of the pushes to us. */
export const weChatModes = ['working', 'busy', 'down', 'slow'] as const;
export type WeChatMode = (typeof weChatModes)[number];

/** How the ministry's sign-in behaves. In `wrong_keys` it publishes other keys than those with which it signs. */
export const ministryModes = ['working', 'down', 'slow', 'wrong_keys'] as const;
export type MinistryMode = (typeof ministryModes)[number];

/** How pushes are written: 安全模式, 兼容模式 (both in one body), 明文模式. */
export const encryptionModes = ['encrypted', 'compatible', 'plain'] as const;
export type EncryptionMode = (typeof encryptionModes)[number];

/** How often each message or event is pushed although it was answered. */
export const repeatModes = ['once', 'thrice'] as const;
export type RepeatMode = (typeof repeatModes)[number];

export type ModeSwitch<Mode extends string> = {
  readonly mode: Mode;
  setMode(mode: Mode): void;
};

export function createModeSwitch<Mode extends string>(initial: Mode): ModeSwitch<Mode> {
  let current = initial;
  return {
    get mode() {
      return current;
    },
    setMode(mode) {
      current = mode;
    },
  };
}

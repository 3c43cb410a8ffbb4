import type { Outcome, ReplyRule } from '../outcome.ts';

/** What a reply answers. */
export type SmtpStage = 'connection' | 'sign_in' | 'sender' | 'recipient' | 'content';

const rfc5321 = 'RFC 5321, 4.2';
const closing = 'RFC 5321, 3.8: 421 may answer any command when the server closes the channel';
const policies = 'RFC 3463, 3.2 and 3.8: the sender’s address, or a policy; ours to mend';
const qq = 'https://smtp.codes/qq';
const netEase = 'https://www.emailhost.com.cn/service.html';
const google = 'https://support.google.com/a/answer/3726730';

/** How many mails we have sent, today or altogether: no other mail would be taken. */
const sendingQuota: ReplyRule = [
  /^\d{3} 5\.4\.5\b|sending (?:quota|limit)|daily (?:user )?(?:quota|limit)/i,
  'down',
  `${google}; ${netEase}`,
];

/** Before the rows that read words: a reply may repeat the address. */
const noSuchAddress: ReplyRule = [
  /^5\d\d 5\.(?:1\.(?![78]\b)|2\.)/,
  'refused',
  'RFC 3463, 3.2 and 3.3',
];

/** QQ says 5xx, which elsewhere is for good, where its limits for a sender or a recipient are reached for a while. */
const throttled: ReplyRule = [
  /^5.*(?:frequency limited|too many|mailbox unavailable or access denied|try (?:again )?later)/i,
  'busy',
  qq,
];

/** What is refused about every mail of ours alike, or by a filter in error: it stays until that is mended. */
const suspected: ReplyRule = [
  /^5.*\b(?:spam|content denied|content reject|dmarc|spf|dkim|black ?list|rbl)\b/i,
  'busy',
  `${qq}; ${netEase}`,
];

/**
 * The meaning of every reply by the stage at which it comes; a reply is `550 5.1.1 no such user`. Up to the sign-in
 * nothing about a mail has been said, so a refusal is about us, and so is one of the sender, who is always the same.
 */
export const smtpReplies: Record<SmtpStage, readonly ReplyRule[]> = {
  connection: [
    [/^4/, 'down', rfc5321],
    [/^5.*(?:frequency|limit|too many|busy|try (?:again )?later)/i, 'down', qq],
    [/^5/, 'misconfigured', `${rfc5321}; 554 at the greeting: 3.1`],
  ],
  sign_in: [
    [/^4/, 'down', 'RFC 4954, 6'],
    [/^5.*(?:frequency|limit|too many|busy|try (?:again )?later)/i, 'down', qq],
    [/^5/, 'misconfigured', 'RFC 4954, 6'],
  ],
  sender: [
    [/^421/, 'down', closing],
    sendingQuota,
    [/^4/, 'busy', rfc5321],
    throttled,
    [/^5/, 'misconfigured', 'RFC 5321, 4.2; RFC 4954, 6 (530)'],
  ],
  recipient: [
    [/^421/, 'down', closing],
    sendingQuota,
    [/^4/, 'busy', rfc5321],
    noSuchAddress,
    throttled,
    suspected,
    [/^5\d\d 5\.(?:1\.[78]|7\.\d+)\b/, 'busy', policies],
    [/^5/, 'refused', `${rfc5321}; ${qq} (501, 550)`],
  ],
  content: [
    [/^421/, 'down', closing],
    sendingQuota,
    [/^4/, 'busy', rfc5321],
    noSuchAddress,
    throttled,
    suspected,
    [/^5\d\d 5\.(?:1\.[78]|7\.\d+)\b/, 'busy', policies],
    [/^5/, 'refused', rfc5321],
  ],
};

/**
 * What silence, a hang-up or nonsense means where a reply was due, before the content was handed over. From MAIL on it
 * may be the server looking up this one recipient's domain.
 */
export const unanswered: Record<SmtpStage, Outcome> = {
  connection: 'down',
  sign_in: 'down',
  sender: 'busy',
  recipient: 'busy',
  content: 'busy',
};

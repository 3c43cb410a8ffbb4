/**
 * What became of a message, and so whose fault a reply is.
 *
 * `accepted`: the vendor has it.
 * `refused`: this message is refused for good; the person has to be told.
 * `busy`: this message is not taken now and may be tried again later. It says nothing about the others.
 * `down`: the channel is not reachable, or asks us to slow down. Nothing was taken, and no other message would be.
 * `misconfigured`: the channel refuses our account: password, balance, signature, sender. Nothing was taken, and
 * nothing will be until somebody mends that.
 * `unclear`: the message was handed over and no answer came, or none that makes sense. It may have been sent, so it is
 * never sent again.
 */
export type Outcome = 'accepted' | 'refused' | 'busy' | 'down' | 'misconfigured' | 'unclear';

/** A row of a vendor's table: the reply, what it means, and where that is written. The first row that matches counts. */
export type ReplyRule = readonly [reply: RegExp, outcome: Outcome, source: string];

const http = 'RFC 9110, 15.6';
const cloudflare =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/';

/**
 * Rows for the codes that `exchange` and its callers give when a vendor gave none (`timeout`, `network_error`,
 * `malformed_answer`, `http_502`). With 521, 523, 525, 526 and 530 Cloudflare, from whose network we call, never
 * reached the server. With anything else the request may have been carried out.
 */
export const noAnswerRules: readonly ReplyRule[] = [
  [/^http_429$/, 'down', 'RFC 6585, 4'],
  [/^http_503$/, 'down', http],
  [/^http_(?:521|523|525|526|530)$/, 'down', cloudflare],
  [/^(?:timeout|network_error|malformed_answer|http_\d+)$/, 'unclear', http],
];

/**
 * Reads a vendor's reply by the first row that matches. A reply that no row knows is taken for the vendor refusing
 * our account, which loses no message: they wait, and the job's report names the reply.
 */
export const outcomeOf = (reply: string, rules: readonly ReplyRule[]): Outcome =>
  rules.find(([pattern]) => pattern.test(reply))?.[1] ?? 'misconfigured';

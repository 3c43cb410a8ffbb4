import { utf8ToBase64 } from '../base64.ts';
import type { Mail } from './port.ts';

/** An address as mail servers write it (RFC 5321, dot-string in ASCII) and nothing else: one recipient, one line. */
const MAILBOX = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

export const isMailbox = (address: string) => MAILBOX.test(address);

/** Control characters, line ends among them, have no place in a header. */
export const singleLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ');

/** Base64 of so many bytes keeps a line below the 76 characters of RFC 2047 together with its header's name. */
const ENCODED_WORD_BYTES = 33;

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** Text as encoded words (RFC 2047), whatever it contains: folded, and never cut within a character. */
function encodedWords(text: string): string {
  const chunks: string[] = [];
  let chunk = '';
  for (const character of singleLine(text)) {
    if (byteLength(chunk + character) > ENCODED_WORD_BYTES) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...chunks, chunk].map((part) => `=?UTF-8?B?${utf8ToBase64(part)}?=`).join('\r\n ');
}

const base64Lines = (text: string) =>
  utf8ToBase64(text.replace(/\r?\n/g, '\r\n')).replace(/.{76}(?=.)/g, '$&\r\n');

/** Base64 has no `_`, so no line of a part can be taken for it. */
const BOUNDARY = '=_part';

const part = (type: string, text: string) => [
  `--${BOUNDARY}`,
  `Content-Type: ${type}; charset=utf-8`,
  'Content-Transfer-Encoding: base64',
  '',
  base64Lines(text),
];

/**
 * A mail in Internet Message Format (RFC 5322, MIME, RFC 2047): ASCII, lines of at most 76 characters but for
 * addresses, and no line that begins with a dot. `Auto-Submitted` (RFC 3834) keeps absence replies away.
 */
export function formatMessage(
  mail: Mail,
  envelope: { from: { name: string; address: string }; messageId: string; dateMs: number },
): string {
  return [
    `From: ${encodedWords(envelope.from.name)}\r\n <${envelope.from.address}>`,
    `To: ${mail.to}`,
    `Subject: ${encodedWords(mail.subject)}`,
    `Date: ${new Date(envelope.dateMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${envelope.messageId}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${BOUNDARY}"`,
    '',
    ...part('text/plain', mail.text),
    ...part('text/html', mail.html),
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n');
}

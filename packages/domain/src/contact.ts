import { type Answers, collect } from './answers.ts';
import { parseEmail } from './email.ts';
import { parseMobile } from './mobile.ts';
import type { ContactKind } from './notices.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { CodeRule, Portal } from './portals/index.ts';
import { compactNumber } from './text.ts';

export type ContactAnswers = { email: string; mobile: string };
/** `''` where there is none of a kind. */
export type Contact = { email: string; mobile: string };

/** T-REG-09, T-REG-10, S-REG-01: the contacts that the portal asks for; where it asks for one, the first that was given. */
export function parseContactAnswers(
  typed: ContactAnswers,
  { contacts: { kinds, asks }, takesMailAliases }: Pick<Portal, 'contacts' | 'takesMailAliases'>,
): Answers<Contact> {
  const chosen = kinds.find((kind) => typed[kind].trim() !== '') ?? kinds[0];
  const isAsked = (kind: ContactKind) => (asks === 'all' ? kinds.includes(kind) : kind === chosen);
  return collect({
    email: isAsked('email') ? parseEmail(typed.email, takesMailAliases) : accept(''),
    mobile: isAsked('mobile') ? parseMobile(typed.mobile) : accept(''),
  });
}

/**
 * T-REG-12: a code as typed or pasted; spaces, hyphens and full-width digits are taken. `rules` are those of the kinds of
 * contact that it may have come by.
 */
export function parseCodeAnswers(
  typed: { code: string },
  ...rules: readonly Pick<CodeRule, 'digits'>[]
): Answers<{ code: string }> {
  const code = compactNumber(typed.code);
  if (code === '') return { ok: false, fields: { code: 'code.missing' } };
  return /^\d+$/.test(code) && rules.some(({ digits }) => code.length === digits)
    ? { ok: true, value: { code } }
    : { ok: false, fields: { code: 'code.format' } };
}

/** T-PRO-05: a new mobile number or mail address, as typed. */
export type ContactChangeAnswers = { kind: ContactKind; value: string };

/** Parses the new contact. That it is another one than before is for the verb to know. */
export const parseContactChange = (
  { kind, value }: ContactChangeAnswers,
  { takesMailAliases }: Pick<Portal, 'takesMailAliases'>,
): Answers<{ value: string }> =>
  collect({ value: kind === 'mobile' ? parseMobile(value) : parseEmail(value, takesMailAliases) });

/** Crockford's base 32: no letter that is read as another or as a digit. */
const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code for people to read and type, a character (5 bits) for each byte. */
export function codeOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => codeAlphabet.charAt(byte % codeAlphabet.length)).join('');
}

/** A code as typed: in any case, with spaces and hyphens, O for 0, I and L for 1. */
export const readCode = (typed: string): string =>
  compactNumber(typed).replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** The undo code in twelve characters (60 bits): what fits into one variable of a short message (DOMAIN 5.1). */
export const undoCodeOf = codeOf;

/** How many random bytes an undo code is made of. */
export const undoCodeBytes = 12;

/**
 * An undo code as typed from a message or read from a link, as `readCode` reads it. Refuses with `undo_code.*`. Source: https://www.crockford.com/base32.html
 */
export function parseUndoCode(typed: string): Parsed<string> {
  const code = readCode(typed);
  if (code === '') return refuse('undo_code.missing');
  return /^[\dA-HJKMNP-TV-Z]{12}$/.test(code) ? accept(code) : refuse('undo_code.format');
}

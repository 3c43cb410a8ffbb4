import { type Answers, collect } from './answers.ts';
import { parseEmail } from './email.ts';
import { parseMobile } from './mobile.ts';
import type { CodeRule } from './portals.ts';
import { compactNumber } from './text.ts';

export type ContactAnswers = { email: string; mobile: string };
export type Contact = { email: string; mobile: string };

/** T-REG-09, T-REG-10. */
export function parseContactAnswers(typed: ContactAnswers): Answers<Contact> {
  return collect({ email: parseEmail(typed.email), mobile: parseMobile(typed.mobile) });
}

/** T-REG-12: a code as typed or pasted; spaces, hyphens and full-width digits are taken. */
export function parseCodeAnswers(
  typed: { code: string },
  { digits }: Pick<CodeRule, 'digits'>,
): Answers<{ code: string }> {
  const code = compactNumber(typed.code);
  if (code === '') return { ok: false, fields: { code: 'code.missing' } };
  return /^\d+$/.test(code) && code.length === digits
    ? { ok: true, value: { code } }
    : { ok: false, fields: { code: 'code.format' } };
}

import { parseSignInNumber, type Portal } from '@shiming/domain';
import type { Problems } from '../form/create-form.ts';
import '../copy/document-problems.ts';

export type SignInAnswers = { number: string; password: string; ticket: string };

/**
 * What can be said before anything is sent: what is missing, and a number that no document has. Whether there is
 * such an account is never said. `today` is the date in Shanghai.
 */
export function checkSignIn(
  typed: SignInAnswers,
  today: string,
  portal: Portal,
): { ok: true } | { ok: false; fields: Problems } {
  const number = parseSignInNumber(typed.number, today, portal);
  const fields: Problems = {
    ...(number.ok ? {} : { number: number.code }),
    ...(typed.password === '' ? { password: 'password.missing' as const } : {}),
    ...(typed.ticket === '' ? { ticket: { code: 'puzzle.not_solved' } as const } : {}),
  };
  return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
}

import { parseUserName, type Portal } from '@shiming/domain';
import type { Problems } from '../form/create-form.ts';
import '../copy/account-problems.ts';
import '../copy/document-problems.ts';

export type SignInAnswers = { name: string; password: string; ticket: string };

/**
 * What can be said before anything is sent: what is missing, and a name that no account can have. Whether there is
 * such an account is never said. `today` is the date in Shanghai.
 */
export function checkSignIn(
  typed: SignInAnswers,
  today: string,
  portal: Portal,
): { ok: true } | { ok: false; fields: Problems } {
  const name = parseUserName(typed.name, today, portal);
  const fields: Problems = {
    ...(name.ok ? {} : { name: name.code }),
    ...(typed.password === '' ? { password: 'password.missing' as const } : {}),
    ...(typed.ticket === '' ? { ticket: { code: 'puzzle.not_solved' } as const } : {}),
  };
  return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
}

import { parseLoginName, parseTotpCode } from '@shiming/domain';
import type { Problems } from '../../form/create-form.ts';

type Checked = { ok: true } | { ok: false; fields: Problems };

const answer = (fields: Problems): Checked =>
  Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };

const missingOf = (typed: { password: string; code: string }): Problems => {
  const code = parseTotpCode(typed.code);
  return {
    ...(typed.password === '' ? { password: 'password.missing' } : {}),
    ...(code.ok ? {} : { code: code.code }),
  };
};

/** What of a password and a code can be refused before they are sent. */
export const checkPasswordAndCode = (typed: { password: string; code: string }): Checked =>
  answer(missingOf(typed));

/** The same, with the login name. */
export function checkSignIn(typed: { loginName: string; password: string; code: string }): Checked {
  const loginName = parseLoginName(typed.loginName);
  return answer({ ...(loginName.ok ? {} : { loginName: loginName.code }), ...missingOf(typed) });
}

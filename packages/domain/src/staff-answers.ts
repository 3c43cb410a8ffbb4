import { type Answers, collect } from './answers.ts';
import { parseNumberAlone, parseName } from './documents/index.ts';
import { parseEmail } from './email.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import { needsNumber, scopeForms, scopeOf, type StaffRole } from './staff.ts';
import { cleanText, compactNumber, toHalfWidth } from './text.ts';

/** A new member of staff as typed. `number` is the own document number; a role that decides nothing needs none. */
export type StaffAnswers = {
  loginName: string;
  name: string;
  email: string;
  number: string;
  role: StaffRole;
  /** The code of the school, window or agency, where the role has a scope. */
  scope?: string | undefined;
};

/**
 * Who a member of staff is. `number`: the own document number, which tells two persons from two accounts, and by which
 * nobody gets their own case.
 */
export type StaffPerson = { name: string; email: string; number: string | null };

/** A login name as it is stored and looked up: half-width, in lower case. Refuses with `login_name.*`. */
export function parseLoginName(typed: string): Parsed<string> {
  const loginName = toHalfWidth(cleanText(typed)).toLowerCase();
  if (loginName === '') return refuse('login_name.missing');
  return /^[a-z\d][a-z\d._-]{2,31}$/.test(loginName)
    ? accept(loginName)
    : refuse('login_name.format');
}

function parseOwnNumber(typed: string, isRequired: boolean, today: string): Parsed<string | null> {
  if (cleanText(typed) === '') {
    return isRequired ? refuse('document_number.missing') : accept(null);
  }
  const parsed = parseNumberAlone(typed, today);
  return parsed.ok ? accept(parsed.value.number) : parsed;
}

/** The scope of a role: the digits of its code, or none. Refuses with `school_code.*`, `window_code.*`, `agency_code.*`. */
export function parseScope(typed: string, role: StaffRole): Parsed<string | null> {
  const code = compactNumber(typed);
  const scope = scopeOf(role);
  if (scope === null) return accept(null);
  if (code === '') return refuse(`${scope}_code.missing`);
  return scopeForms[scope].test(code) ? accept(code) : refuse(`${scope}_code.format`);
}

/** T-CON-01: what an administrator enters of a new member of staff. `today` is the date in Shanghai. */
export function parseStaffAnswers(
  typed: StaffAnswers,
  today: string,
): Answers<StaffPerson & { loginName: string; scope: string | null }> {
  return collect({
    loginName: parseLoginName(typed.loginName),
    name: parseName(typed.name),
    email: parseEmail(typed.email),
    number: parseOwnNumber(typed.number, needsNumber(typed.role), today),
    scope: parseScope(typed.scope ?? '', typed.role),
  });
}

/** What an administrator changes of a member as typed. An empty `number` leaves the one on record. */
export type StaffPersonAnswers = { email: string; number: string };

/** T-CON-08a: another work address, or document number, of a member of staff. */
export function parseStaffPersonAnswers(
  typed: StaffPersonAnswers,
  today: string,
): Answers<Pick<StaffPerson, 'email' | 'number'>> {
  return collect({
    email: parseEmail(typed.email),
    number: parseOwnNumber(typed.number, false, today),
  });
}

/** The six digits of an authenticator; spaces, hyphens and full-width digits are taken. */
export function parseTotpCode(typed: string): Parsed<string> {
  const code = compactNumber(typed);
  if (code === '') return refuse('totp_code.missing');
  return /^\d{6}$/.test(code) ? accept(code) : refuse('totp_code.wrong');
}

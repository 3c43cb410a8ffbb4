import type { Answers } from './answers.ts';
import type { Contact } from './contact.ts';
import { accept, refuse, type Parsed } from './parsed.ts';

const letters = /[A-Za-z]/;
const digits = /\d/;
const specials = /[#%*\-_!@$&]/;
const allowed = /^[A-Za-z\d#%*\-_!@$&]*$/;
// What a Chinese input method types instead of ASCII: full-width forms and its own punctuation.
const fullWidth = /[\uFF01-\uFF60\uFFE5\u3000-\u303F\u2014\u2018-\u201D\u2026]/u;
const minLength = 8;
const maxLength = 64;
const windowLength = 6;

/** Which parts of the rule a password keeps, for the list that is ticked off while typing (T-REG-08). */
export function passwordRules(pw: string): {
  length: boolean;
  letters: boolean;
  digits: boolean;
  specials: boolean;
} {
  return {
    length: pw.length >= minLength && pw.length <= maxLength,
    letters: letters.test(pw),
    digits: digits.test(pw),
    specials: specials.test(pw),
  };
}

/**
 * A password: 8 to 64 characters with letters, digits and specials from `# % * - _ ! @ $ &`, taken as
 * it is, never trimmed. Whether it is common or made from personal data is asked apart. Refuses with
 * `password.*`. Source: T-REG-08, DOMAIN 3.
 */
export function parsePassword(pw: string): Parsed<string> {
  if (pw === '') return refuse('password.missing');
  if (fullWidth.test(pw)) return refuse('password.full_width');
  if (!allowed.test(pw)) return refuse('password.characters');
  const rules = passwordRules(pw);
  if (!rules.length) {
    return refuse(pw.length < minLength ? 'password.too_short' : 'password.too_long');
  }
  if (!rules.letters) return refuse('password.letters');
  if (!rules.digits) return refuse('password.digits');
  if (!rules.specials) return refuse('password.specials');
  return accept(pw);
}

/** What is known of the person whom a password belongs to. */
export type Person = Partial<Contact> & {
  number?: string | null;
  birthDate?: string | null;
  name?: string;
};

/** The person of an identity and a contact, each as far as it is known. */
export const personOf = (
  identity: Omit<Person, keyof Contact> | null,
  contact: Partial<Contact> | null,
): Person => ({
  number: identity?.number ?? null,
  birthDate: identity?.birthDate ?? null,
  name: identity?.name ?? '',
  ...contact,
});

/**
 * Whether a password is made from the person's own data: six characters in a row of the document
 * number, the mobile number or the part of the mail address before @, that part as a whole from 4
 * characters, the birth date (`YYYY-MM-DD`) in any usual order, or a Latin name. Letter case and the
 * specials between do not matter. Chinese names cannot occur in a password; the pinyin of frequent
 * ones is the business of the list of common passwords.
 */
export function isPersonalPassword(pw: string, person: Person): boolean {
  const bare = alphanumerics(pw);
  const mailName = alphanumerics(person.email?.split('@')[0]);
  const name = alphanumerics(person.name);
  const wholes = [mailName, name].filter((whole) => whole.length >= 4);
  const windows = [alphanumerics(person.number), alphanumerics(person.mobile), mailName].flatMap(
    windowsOf,
  );
  return [...wholes, ...windows, ...birthDateForms(person.birthDate)].some((part) =>
    bare.includes(part),
  );
}

/** A new password as typed, twice. */
export type PasswordAnswers = { password: string; passwordAgain: string };

/** T-REG-08, and refused when made from what is known of the person. Common passwords are the server's to know. */
export function parsePasswordAnswers(
  typed: PasswordAnswers,
  person: Person,
): Answers<{ password: string }> {
  const password = parsePassword(typed.password);
  if (!password.ok) return { ok: false, fields: { password: password.code } };
  if (isPersonalPassword(password.value, person)) {
    return { ok: false, fields: { password: 'password.personal' } };
  }
  if (typed.passwordAgain !== typed.password) {
    return { ok: false, fields: { passwordAgain: 'password.mismatch' } };
  }
  return { ok: true, value: { password: password.value } };
}

function alphanumerics(text?: string | null): string {
  return text?.toLowerCase().replace(/[^a-z\d]/g, '') ?? '';
}

function windowsOf(bare: string): string[] {
  return Array.from({ length: Math.max(bare.length - windowLength + 1, 0) }, (_, at) =>
    bare.slice(at, at + windowLength),
  );
}

function birthDateForms(birthDate?: string | null): string[] {
  if (!birthDate) return [];
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(5, 7), birthDate.slice(8)];
  const short = `${Number(month)}${Number(day)}`;
  return [
    `${year}${month}${day}`,
    `${year.slice(2)}${month}${day}`,
    `${month}${day}${year}`,
    `${day}${month}${year}`,
    `${year}${short}`,
    `${short}${year}`,
  ];
}

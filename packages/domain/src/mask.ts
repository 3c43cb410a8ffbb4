/** A document number with its first and last two characters, at its true length: `11**************27`. */
export function maskNumber(number: string): string {
  if (number.length <= 4) return '*'.repeat(number.length);
  return `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}`;
}

/** A mobile number as the profile page shows it: `139*****82`, five stars whatever the length; `''` stays `''`. */
export function maskMobile(mobile: string): string {
  if (mobile === '') return '';
  if (mobile.length <= 5) return '*****';
  return `${mobile.slice(0, 3)}*****${mobile.slice(-2)}`;
}

/** A mail address as `28****@qq.com`: two characters, or one where there are no more than two; `''` stays `''`. */
export function maskEmail(email: string): string {
  if (email === '') return '';
  const at = email.lastIndexOf('@');
  if (at < 0) return '****';
  return `${email.slice(0, at <= 2 ? Math.min(at, 1) : 2)}****${email.slice(at)}`;
}

const starsAtMost = 6;

/**
 * A name with its first and, from three on, its last character, counted in code points: `张*`, `古****提`. Of a long one so
 * many are hidden that neither its length is shown nor a line filled.
 */
export function maskName(name: string): string {
  const characters = Array.from(name);
  const first = characters.length >= 2 ? (characters[0] ?? '') : '';
  const last = characters.length >= 3 ? (characters.at(-1) ?? '') : '';
  const hidden = characters.length - (first === '' ? 0 : 1) - (last === '' ? 0 : 1);
  return `${first}${'*'.repeat(Math.min(hidden, starsAtMost))}${last}`;
}

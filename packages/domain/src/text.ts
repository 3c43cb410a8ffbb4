// Line and paragraph breaks separate words, so they become a space where other controls vanish.
const breaks = /[\t-\r\u0085\u2028\u2029]/gu;
// Default-ignorable code points are the invisible ones: zero-width, bidi controls, variation
// selectors, fillers, tags. A lone surrogate cannot be stored as UTF-8.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}]/gu;
const fullWidthAlphanumeric = /[０-９Ａ-Ｚａ-ｚ]/gu;
const fullWidthOffset = 0xfee0;
const spacesAndHyphens = /[\s\-\u2010-\u2015\u2212]/gu;

/** Removes what cannot be seen (zero-width, bidi, control characters, lone surrogates) and trims. One line. */
export function cleanText(s: string): string {
  return s.replace(breaks, ' ').replace(invisible, '').trim();
}

/** Turns full-width ０-９ Ａ-Ｚ ａ-ｚ, the ideographic space and the full-width hyphen into ASCII, nothing else. */
export function toHalfWidth(s: string): string {
  return s
    .replace(fullWidthAlphanumeric, (c) => String.fromCharCode(c.charCodeAt(0) - fullWidthOffset))
    .replaceAll('\u3000', ' ')
    .replaceAll('\uFF0D', '-');
}

/**
 * A number as it is stored: half-width, without spaces and hyphens, ASCII letters in upper case.
 * Other letters stay as they are, so that none of them turns into a digit or an ASCII letter.
 */
export function compactNumber(typed: string): string {
  return toHalfWidth(cleanText(typed))
    .replace(spacesAndHyphens, '')
    .replace(/[a-z]/g, (c) => c.toUpperCase());
}

import { accept, refuse, type Parsed } from '../parsed.ts';
import { ideographOfRadical } from './radicals.ts';
import { cleanText, toHalfWidth } from '../text.ts';

/** The only separator in a Chinese name: U+00B7 (民委发〔2016〕33号). */
export const nameSeparator = '\u00B7';

// An explicit table: NFKC would turn U+FF0E into '.' and change compatibility ideographs.
const lookAlikes =
  /[\u2022\u2027\u30FB\uFF65\uFF0E\u22C5\u2219\u2024\u0387\u25CF\u2E31\u16EB\uA78F]/gu;

// Unified_Ideograph of Unicode 17, and 〇. Written out, because the engine of an older browser lacks the newest ideographs.
const ideographs =
  '〇\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uFA0E\\uFA0F\\uFA11\\uFA13\\uFA14\\uFA1F\\uFA21\\uFA23\\uFA24\\uFA27-\\uFA29' +
  '\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B81D}\\u{2B820}-\\u{2CEAD}\\u{2CEB0}-\\u{2EBE0}\\u{2EBF0}-\\u{2EE5D}' +
  '\\u{30000}-\\u{3134A}\\u{31350}-\\u{33479}';
const dotBetweenIdeographs = new RegExp(`([${ideographs}])\\.(?=[${ideographs}])`, 'gu');
const nameCharacters = new RegExp(`^[${ideographs}${nameSeparator}]+$`, 'u');
const misplacedSeparator = /^\u00B7|\u00B7\u00B7|\u00B7$/u;

// Radicals, and compatibility ideographs with the twelve unified ones among them, which decompose into themselves.
const disguised = /[\u2E80-\u2FD5\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
const asIdeograph = (character: string): string =>
  ideographOfRadical(character) ?? character.normalize('NFKC');

/** How names are written on a document: in Chinese characters, or in those or Latin letters. */
export type NameScript = 'chinese' | 'any';

/** What was changed in a name, and the person should see. */
export type NameNotice =
  | 'characters_replaced'
  | 'separator_replaced'
  | 'spaces_removed'
  | 'capitals';

/**
 * A name as on the document: up to 50 code points of Chinese characters, rare ones beyond the BMP too, and `·`.
 * Look-alike dots become `·`, radicals and compatibility ideographs (from PDF files and GBK) become the ideographs that
 * they look like, inner spaces and invisible characters go, each with a notice. Characters of private use, as old
 * 生僻字 input methods produce them, are refused by a code of their own. Where the document's `script` allows it, a name can be in
 * Latin letters instead. Refuses with `name.*`. Source: 民委发〔2016〕33号, GB 18030-2022, T-REG-07, DOMAIN 1.9.
 */
export function parseName(
  typed: string,
  script: NameScript = 'chinese',
): Parsed<string, NameNotice> {
  if (script === 'any' && /\p{Script=Latin}/u.test(typed)) return parseLatinName(typed);
  const compact = cleanText(typed).replace(/\s/gu, '');
  if (compact === '') return refuse('name.missing');
  if (/\p{Co}/u.test(compact)) return refuse('name.private_use');
  const unified = compact.replace(disguised, asIdeograph);
  const name = unified
    .replace(lookAlikes, nameSeparator)
    .replace(dotBetweenIdeographs, `$1${nameSeparator}`);
  if (!nameCharacters.test(name)) return refuse('name.characters');
  if (misplacedSeparator.test(name)) return refuse('name.separator_place');
  if (Array.from(name).length > 50) return refuse('name.too_long');
  const notices: NameNotice[] = [];
  if (unified !== compact) notices.push('characters_replaced');
  if (name !== unified) notices.push('separator_replaced');
  if (compact !== typed.trim()) notices.push('spaces_removed');
  return accept(name, notices);
}

/**
 * A foreigner's name as the lines to be read by machine have it: up to 60 letters A to Z, spaces and `,.'-`. Small letters
 * become capitals, with a notice. Refuses with `name.*`. Source: DOMAIN 1.9.
 */
function parseLatinName(typed: string): Parsed<string, NameNotice> {
  const line = toHalfWidth(cleanText(typed)).replace(/\s+/gu, ' ').replace(/[‘’]/gu, "'");
  const name = line.toUpperCase();
  if (!/^[A-Z][A-Z ,.'-]*$/.test(name)) return refuse('name.latin');
  if (name.length > 60) return refuse('name.too_long');
  return accept(name, name === line ? [] : ['capitals']);
}

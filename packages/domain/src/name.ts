import { accept, refuse, type Parsed } from './parsed.ts';
import { cleanText } from './text.ts';

/** The only separator in a Chinese name: U+00B7 (民委发〔2016〕33号). */
export const nameSeparator = '\u00B7';

// An explicit table: NFKC would turn U+FF0E into '.' and change compatibility ideographs.
const lookAlikes =
  /[\u2022\u2027\u30FB\uFF65\uFF0E\u22C5\u2219\u2024\u0387\u25CF\u2E31\u16EB\uA78F]/gu;
const dotBetweenIdeographs = /(?<=[\p{Unified_Ideograph}〇])\.(?=[\p{Unified_Ideograph}〇])/gu;
const nameCharacters = /^[\p{Unified_Ideograph}〇\u00B7]+$/u;
const misplacedSeparator = /^\u00B7|\u00B7\u00B7|\u00B7$/u;

/**
 * A name as on the document: 2 to 50 code points of Chinese characters, rare ones beyond the BMP too,
 * and `·`. Look-alike dots become `·` and inner spaces and invisible characters go, each with a notice.
 * Characters of private use, as old 生僻字 input methods produce them, are refused by a code of their
 * own. Refuses with `name.*`. Source: 民委发〔2016〕33号, GB 18030-2022, T-REG-07, DOMAIN 1.9.
 */
export function parseName(typed: string): Parsed<string, 'separator_replaced' | 'spaces_removed'> {
  const compact = cleanText(typed).replace(/\s/gu, '');
  if (compact === '') return refuse('name.missing');
  if (/\p{Co}/u.test(compact)) return refuse('name.private_use');
  const name = compact
    .replace(lookAlikes, nameSeparator)
    .replace(dotBetweenIdeographs, nameSeparator);
  if (!nameCharacters.test(name)) return refuse('name.characters');
  if (misplacedSeparator.test(name)) return refuse('name.separator_place');
  const { length } = Array.from(name);
  if (length < 2) return refuse('name.too_short');
  if (length > 50) return refuse('name.too_long');
  const notices: ('separator_replaced' | 'spaces_removed')[] = [];
  if (name !== compact) notices.push('separator_replaced');
  if (compact !== typed.trim()) notices.push('spaces_removed');
  return accept(name, notices);
}

import { accept, refuse, type Parsed } from '../parsed.ts';
import { compactNumber } from '../text.ts';
import type { Region } from './document.ts';

const brackets = /[()（）]/gu;
// The order in which 身份證 of Taiwan gives letters their numbers, from 10.
const taiwanLetters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/**
 * 港澳台当地有效身份证件号码 (T-PRO-02, DOMAIN 1.5). 香港: check digit, brackets optional, given back as
 * `A123456(3)`. 澳门: format only, its algorithm is not public, given back as `1234567(8)`. 台湾:
 * letter, 1/2 (citizens) or 8/9 (new residents' numbers), checksum. Refuses with `local_document_number.*`.
 */
export function parseLocalDocumentNumber(region: Region, typed: string): Parsed<string> {
  const compact = compactNumber(typed).replace(brackets, '');
  if (compact === '') return refuse('local_document_number.missing');
  switch (region) {
    case 'hong_kong':
      if (!/^[A-Z]{1,2}\d{6}[\dA]$/.test(compact)) break;
      return isHongKongSum(compact)
        ? accept(bracketLast(compact))
        : refuse('local_document_number.check_digit');
    case 'macao':
      if (!/^[1578]\d{7}$/.test(compact)) break;
      return accept(bracketLast(compact));
    case 'taiwan':
      if (!/^[A-Z][1289]\d{8}$/.test(compact)) break;
      return isTaiwanSum(compact) ? accept(compact) : refuse('local_document_number.check_digit');
  }
  return refuse('local_document_number.format');
}

function bracketLast(number: string): string {
  return `${number.slice(0, -1)}(${number.slice(-1)})`;
}

/** Weights 9 to 1 over nine places; a letter counts A=10 to Z=35, a missing first letter 36. */
function isHongKongSum(number: string): boolean {
  let sum = number.length === 8 ? 36 * 9 : 0;
  let weight = number.length;
  for (const character of number) sum += parseInt(character, 36) * weight--;
  return sum % 11 === 0;
}

/** The letter becomes two digits; weights 1, then 9 down to 1, then 1. */
function isTaiwanSum(number: string): boolean {
  const letter = taiwanLetters.indexOf(number.charAt(0)) + 10;
  let sum = Math.floor(letter / 10) + (letter % 10) * 9;
  let weight = 8;
  for (const digit of number.slice(1)) sum += Number(digit) * Math.max(weight--, 1);
  return sum % 10 === 0;
}

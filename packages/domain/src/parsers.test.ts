import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';
import {
  checkValidity,
  documentTypeOf,
  documentTypes,
  groupNumber,
  parseDateParts,
  parseDocumentNumber,
  parseLocalDocumentNumber,
  parseName,
  parseTravelPermitNumber,
  spreadPastedDate,
} from './documents/index.ts';
import { parseEmail } from './email.ts';
import { fieldCodes } from './field-codes.ts';
import { maskEmail, maskMobile, maskName, maskNumber } from './mask.ts';
import { parseMobile } from './mobile.ts';
import type { Parsed } from './parsed.ts';
import { isPersonalPassword, parsePassword } from './password.ts';
import { cleanText, toHalfWidth } from './text.ts';

const today = '2026-11-21';
const regions = ['hong_kong', 'macao', 'taiwan'] as const;

const pieces = [
  '__proto__ constructor toString {} null -1 1e9 NaN',
  '\0 \n \t \u200B \u200D \uFEFF \u202E \u3000 \uD800 \uDC00 \uE863 \u{F0000}',
  '👨‍👩‍👧 😀 ① ٣ ０ ９ Ｘ ｘ － （ ） ＠ ． 。 · • . 张 三 〇 々 𠮷 \u{30000} X x H M A ( ) @ +86 ! #',
  '0 1 7 138 00138000 110199 19950815 0127 810000 2019 12 24 年 qq.com example.com',
  '11019919491231002X 810000199606060019 H12345678 M8765432101 12345678 A123456(3) A123456789',
  '13800138000 12345@qq.com Abc1234!',
].flatMap((line) => line.split(' '));
const goodValues = [
  '110199199508150127 11019919491231002X 810000199606060019 H12345678 M8765432101 12345678',
  '1234567801 A123456(3) AB987654(3) A123456789 1234567(8) 13800138000 +8613800138000',
  '10001@qq.com li.wei@example.com Abc1234! x7-Kp*29_vQ!m 张三 古丽•买买提 𠮷·田',
].flatMap((line) => line.split(' '));
const noise = fc.constantFrom('', '', '', '', '', ' ', '\u3000', '-', '\u200B', '\u202E', '\0');
/** A value that some parser accepts, with noise between its characters. */
const disguisedValue = fc.constantFrom(...goodValues).chain((value) => {
  const characters = Array.from(value);
  return fc
    .array(noise, { minLength: characters.length, maxLength: characters.length })
    .map((between) => characters.map((character, at) => character + between[at]).join(''));
});
/** Any string at all, lone surrogates included, pieces of what the parsers look for, or a good value in disguise. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...pieces, ' '), { maxLength: 4 }).map((parts) => parts.join('')),
  fc.constantFrom(...goodValues),
  { arbitrary: disguisedValue, weight: 4 },
);

const parsers: Record<string, (typed: string) => Parsed<string, string>> = {
  name: parseName,
  mobile: parseMobile,
  email: parseEmail,
  password: parsePassword,
  ...Object.fromEntries(
    documentTypes.map((type) => [
      type,
      (typed: string) => {
        const parsed = parseDocumentNumber(type, typed, today);
        return parsed.ok ? { ...parsed, value: parsed.value.number } : parsed;
      },
    ]),
  ),
  ...Object.fromEntries(
    regions.flatMap((region) => [
      [`local number of ${region}`, (typed: string) => parseLocalDocumentNumber(region, typed)],
      [`permit number of ${region}`, (typed: string) => parseTravelPermitNumber(region, typed)],
    ]),
  ),
};

/** The code when refused; when parsed, what parsing the value again gives instead of the value, if anything. */
const flawOf = <T>(parsed: Parsed<T, string>, again: (value: T) => Parsed<T, string>) => {
  if (!parsed.ok) return fieldCodes.includes(parsed.code) ? null : parsed.code;
  const second = again(parsed.value);
  const isSame = second.ok && second.value === parsed.value && second.notices.length === 0;
  return isSame ? null : second;
};

test.each(Object.entries(parsers))(
  '%s: any string is refused with a known code, or parsed into a value that parses into itself',
  (_, parse) => {
    fc.assert(
      fc.property(hostileText, (typed) => {
        expect(flawOf(parse(typed), parse)).toBeNull();
      }),
      { numRuns: 500 },
    );
  },
);

const parseDateAgain = (date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return parseDateParts({ year, month, day });
};

test('T-REG-06: any three strings are refused, or make a date that makes itself', () => {
  const part = fc.oneof(hostileText, fc.integer({ min: 0, max: 2100 }).map(String));
  fc.assert(
    fc.property(part, part, part, (year, month, day) => {
      expect(flawOf(parseDateParts({ year, month, day }), parseDateAgain)).toBeNull();
    }),
  );
});

test('T-REG-05: whatever the start date is, a validity is refused or keeps it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...documentTypes), hostileText, (type, start) => {
      const checked = checkValidity({ type, birthDate: null, start, term: 5, today });
      expect(checked.ok ? checked.value.start : start).toBe(start);
    }),
  );
});

test('the rest of the functions of text take any string', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (text, other) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
      expect(toHalfWidth(toHalfWidth(text))).toBe(toHalfWidth(text));
      const person = { number: other, birthDate: other, mobile: other, email: other, name: other };
      expect(typeof isPersonalPassword(text, person)).toBe('boolean');
      expect(typeof isCommonPassword(text)).toBe('boolean');
      expect([null, ...documentTypes]).toContain(documentTypeOf(text));
      for (const show of [groupNumber, maskNumber, maskMobile, maskEmail, maskName]) {
        expect(typeof show(text)).toBe('string');
      }
      expect(spreadPastedDate(text)?.year ?? '2019').toMatch(/^\d{4}$/);
    }),
  );
});

test('every reason is named once, <field>.<reason>', () => {
  expect(new Set(fieldCodes).size).toBe(fieldCodes.length);
  for (const code of fieldCodes) expect(code).toMatch(/^[a-z_]+\.[a-z\d_]+$/);
});

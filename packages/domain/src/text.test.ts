import { expect, test } from 'vitest';
import { cleanText, compactNumber, toHalfWidth } from './text.ts';

test.each([
  ['  张三\t', '张三'],
  ['a\r\nb', 'a  b'],
  ['a\u2028b', 'a b'],
  ['\u200B\u200C\u200D\u2060\uFEFFa\u00AD', 'a'],
  ['\u202Ea\u2066b\u2069', 'ab'],
  ['a\u0000\u0008\u007F\u009Fb', 'ab'],
  ['葛\u{E0100}\uFE0F', '葛'],
  ['a\uD800b', 'ab'],
  ['𠮷', '𠮷'],
  ['\u3164\u115F', ''],
])('cleanText removes from %j what cannot be seen', (text, cleaned) => {
  expect(cleanText(text)).toBe(cleaned);
});

test('toHalfWidth turns the characters of its table and no others', () => {
  expect(toHalfWidth('０９ＡＺａｚ　－')).toBe('09AZaz -');
  expect(toHalfWidth('．。！＠（）ﾊﾟⅣ①')).toBe('．。！＠（）ﾊﾟⅣ①');
});

test('compactNumber raises ASCII letters only', () => {
  expect(compactNumber(' ab-12　ｘ ')).toBe('AB12X');
  expect(compactNumber('ſıß')).toBe('ſıß');
});

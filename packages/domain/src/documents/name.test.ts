import { expect, test } from 'vitest';
import { nameSeparator, parseName } from './name.ts';
import { ideographOfRadical } from './radicals.ts';

test.each([
  '张三',
  '古丽·买买提',
  '阿卜杜拉·艾合买提·吐尔逊',
  '欧阳\u{30000}',
  '𠮷田',
  '〇三',
  '张',
  '𠮷',
  '张'.repeat(50),
  '\u{20BB7}'.repeat(50),
])('T-REG-07: accepts %s as it is', (name) => {
  expect(parseName(name)).toEqual({ ok: true, value: name, notices: [] });
});

test.each([
  ['古丽•买买提', '古丽·买买提', ['separator_replaced']],
  ['古丽.买买提', '古丽·买买提', ['separator_replaced']],
  ['张 三', '张三', ['spaces_removed']],
  ['张　三', '张三', ['spaces_removed']],
  ['张\u200B三', '张三', ['spaces_removed']],
  ['  张三\n', '张三', []],
  ['\u2EE2\u2FBC', '马高', ['characters_replaced']],
  ['\u2E81', '厂', ['characters_replaced']],
  ['\u{F92C}中', '郎中', ['characters_replaced']],
  ['\u2EE5·\u{2F800}', '鱼·丽', ['characters_replaced']],
  ['\u2F08．\uF9D1', '人·六', ['characters_replaced', 'separator_replaced']],
  ['古丽 • 买买提', '古丽·买买提', ['separator_replaced', 'spaces_removed']],
] as const)('T-REG-07: turns %j into %s and says so', (typed, value, notices) => {
  expect(parseName(typed)).toEqual({ ok: true, value, notices });
});

test.each(Array.from('•‧・･．⋅∙․·●⸱᛫ꞏ.'))('T-REG-07: the look-alike %s becomes ·', (dot) => {
  expect(parseName(`古丽${dot}买买提`)).toMatchObject({ ok: true, value: '古丽·买买提' });
});

test.each([
  ['', 'missing'],
  [' \u3000\u200D\u0007', 'missing'],
  ['张'.repeat(51), 'too_long'],
  ['张'.repeat(1_000_000), 'too_long'],
  ['々木', 'characters'],
  ['\u2E80木', 'characters'],
  ['\u2E9A木', 'characters'],
  ['张三1', 'characters'],
  ['Zhang San', 'characters'],
  ['张三😀', 'characters'],
  ['.张三', 'characters'],
  ['张..三', 'characters'],
  ['\u0000constructor', 'characters'],
  ['·张三', 'separator_place'],
  ['张三·', 'separator_place'],
  ['张··三', 'separator_place'],
  ['·', 'separator_place'],
  ['张\uE863', 'private_use'],
  ['张\u{F0000}', 'private_use'],
  ['张\u{10FFFD}1', 'private_use'],
] as const)('T-REG-07: refuses name %#', (...row) => {
  const [typed, reason] = row;
  expect(parseName(typed)).toEqual({ ok: false, code: `name.${reason}` });
});

test('T-REG-07: the separator to copy is U+00B7', () => {
  expect(nameSeparator.codePointAt(0)).toBe(0xb7);
});

test('T-REG-07: every ideograph of Unicode is a name character, and nothing else of the upper planes', () => {
  const unified = /\p{Unified_Ideograph}/u;
  const planes = Array.from({ length: 0x40000 - 0x80 }, (_, i) => String.fromCodePoint(i + 0x80));
  // An engine that knows more than Unicode 17 asks for a new table.
  const differ = planes.filter((character) => {
    const name = parseName(character);
    const isTaken = name.ok && !name.notices.includes('characters_replaced');
    return isTaken !== (unified.test(character) || character === '〇');
  });
  expect(differ.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
});

test('T-REG-07: each radical becomes the ideograph that it looks like, and the one code without a character stays', () => {
  const block = Array.from({ length: 0x2f00 - 0x2e80 }, (_, i) => String.fromCodePoint(0x2e80 + i));
  const known = block.filter((character) =>
    /^\p{Unified_Ideograph}$/u.test(ideographOfRadical(character) ?? ''),
  );
  const radicals = block.slice(1, 0xf4 - 0x80);
  expect(known).toEqual(radicals.filter((character) => character !== '\u2E9A'));
  expect(ideographOfRadical('\u2E9A')).toBe('\u2E9A');
  expect(['⺁', '⺟', '⻢', '⻳'].map(ideographOfRadical).join('')).toBe('厂母马龟');
  expect(['\u2E80', '\u2EF4', '马', '\u2F00'].map(ideographOfRadical)).toEqual(
    Array(4).fill(undefined),
  );
});

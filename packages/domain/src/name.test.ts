import { expect, test } from 'vitest';
import { nameSeparator, parseName } from './name.ts';

test.each([
  '张三',
  '古丽·买买提',
  '阿卜杜拉·艾合买提·吐尔逊',
  '欧阳\u{30000}',
  '𠮷田',
  '〇三',
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
  ['张', 'too_short'],
  ['𠮷', 'too_short'],
  ['张'.repeat(51), 'too_long'],
  ['张'.repeat(1_000_000), 'too_long'],
  ['々木', 'characters'],
  ['\uF900木', 'characters'],
  ['\u2F00木', 'characters'],
  ['\u{2F800}木', 'characters'],
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
])('T-REG-07: refuses %#: name.%s', (typed, reason) => {
  expect(parseName(typed)).toEqual({ ok: false, code: `name.${reason}` });
});

test('T-REG-07: the separator to copy is U+00B7', () => {
  expect(nameSeparator.codePointAt(0)).toBe(0xb7);
});

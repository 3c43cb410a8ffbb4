import { expect, test } from 'vitest';
import { parseMobile } from './mobile.ts';

test.each([
  '13800138000',
  '138 0013 8000',
  '138-0013-8000',
  '１３８００１３８０００',
  '+86 138 0013 8000',
  '＋８６13800138000',
  '+86-13800138000',
  '008613800138000',
  '8613800138000',
  '(+86) 138 0013 8000',
  '（+86）138 0013 8000',
  '(0086)138-0013-8000',
  '013800138000',
  '+86 (0)138 0013 8000',
  '\u202D13800138000\u202C',
])('T-REG-10: %j is 13800138000', (typed) => {
  expect(parseMobile(typed)).toEqual({ ok: true, value: '13800138000', notices: [] });
});

test.each(['19900000001', '16600000000', '17000000000', '14100000000'])(
  'T-REG-10: %s is accepted whatever its segment',
  (typed) => {
    expect(parseMobile(typed).ok).toBe(true);
  },
);

test.each([
  ['', 'missing'],
  [' - ', 'missing'],
  ['1380013800', 'format'],
  ['138001380000', 'format'],
  ['x13800138000', 'format'],
  ['12345678901', 'format'],
  ['10690000000', 'format'],
  ['01088888888', 'format'],
  ['+85291234567', 'format'],
  ['8613800138', 'format'],
  ['0013800138000', 'format'],
  ['()', 'missing'],
  ['+13800138000', 'format'],
  ['1380013800o', 'format'],
  ['1380013800٣', 'format'],
  ['📱', 'format'],
])('T-REG-10: %j is refused: %s', (typed, reason) => {
  expect(parseMobile(typed)).toEqual({ ok: false, code: `mobile.${reason}` });
});

import { expect, test } from 'vitest';
import { parseLocalDocumentNumber } from './local-document.ts';

test.each([
  ['hong_kong', 'A123456(3)', 'A123456(3)'],
  ['hong_kong', 'a1234563', 'A123456(3)'],
  ['hong_kong', 'Ａ１２３４５６（３）', 'A123456(3)'],
  ['hong_kong', ' A 123456 (3) ', 'A123456(3)'],
  ['hong_kong', 'AB987654(3)', 'AB987654(3)'],
  ['taiwan', 'A123456789', 'A123456789'],
  ['taiwan', 'a223456781', 'A223456781'],
  ['taiwan', 'A800000014', 'A800000014'],
  ['taiwan', 'F123456784', 'F123456784'],
  ['taiwan', 'I123456781', 'I123456781'],
  ['taiwan', 'Z123456780', 'Z123456780'],
  ['macao', '1234567(8)', '1234567(8)'],
  ['macao', '51234567', '5123456(7)'],
] as const)('T-PRO-02: accepts the number of %s %j', (region, typed, number) => {
  expect(parseLocalDocumentNumber(region, typed)).toEqual({
    ok: true,
    value: number,
    notices: [],
  });
});

test.each([
  ['hong_kong', 'A123456(4)', 'check_digit'],
  ['hong_kong', 'AB987654(4)', 'check_digit'],
  ['taiwan', 'A123456788', 'check_digit'],
  ['hong_kong', '', 'missing'],
  ['taiwan', ' \u200B', 'missing'],
  ['macao', '()', 'missing'],
  ['hong_kong', 'A12345(3)', 'format'],
  ['hong_kong', 'ABC123456(3)', 'format'],
  ['hong_kong', 'A123456789', 'format'],
  ['taiwan', 'A123456(3)', 'format'],
  ['taiwan', 'A323456789', 'format'],
  ['taiwan', 'AA123456789', 'format'],
  ['taiwan', 'A1234567890', 'format'],
  ['macao', '2345678(9)', 'format'],
  ['macao', '1234567', 'format'],
  ['macao', 'A1234567(8)', 'format'],
  ['macao', '1234567(8)9', 'format'],
] as const)('T-PRO-02: refuses %s %j: %s', (region, typed, reason) => {
  expect(parseLocalDocumentNumber(region, typed)).toEqual({
    ok: false,
    code: `local_document_number.${reason}`,
  });
});

test('T-PRO-02: exactly one of the eleven check characters fits a Hong Kong number', () => {
  for (const head of ['A123456', 'Z683365', 'XA000001', 'K000000']) {
    const fitting = Array.from('0123456789A').filter(
      (check) => parseLocalDocumentNumber('hong_kong', head + check).ok,
    );
    expect(fitting).toHaveLength(1);
  }
});

import { expect, test } from 'vitest';
import { bySmsKind, codeKind, codeSms, smsVariables, templateSettings } from './sms.ts';

const minute = 60_000;
const day = 1_440 * minute;

test.each([
  [5 * minute, 'code', '5'],
  [90 * minute, 'code', '90'],
  [day, 'code_days', '1'],
  [2 * day, 'code_days', '2'],
])(
  'S-REG-05: a code of %i ms has the template and the number of its unit: digits, as vendors take them',
  (validMs, kind, span) => {
    const sms = codeSms('19900000077', '012345', validMs);
    expect([codeKind(validMs), sms.kind]).toEqual([kind, kind]);
    expect(smsVariables(sms).map(([, value]) => value)).toEqual(['012345', span]);
  },
);

test('each kind has its template at Aliyun and at Tencent, and its variables in their order', () => {
  const settings = bySmsKind(templateSettings);
  expect(Object.keys(settings)).toHaveLength(6);
  expect(settings.code).toEqual(['ALIYUN_SMS_TEMPLATE_CODE', 'TENCENT_SMS_TEMPLATE_ID']);
  expect(settings.code_days).toEqual([
    'ALIYUN_SMS_DAYS_TEMPLATE_CODE',
    'TENCENT_SMS_DAYS_TEMPLATE_ID',
  ]);
  expect(smsVariables(codeSms('19900000077', '012345', 5 * minute))).toEqual([
    ['code', '012345'],
    ['minutes', '5'],
  ]);
  expect(smsVariables({ kind: 'review_news', mobile: '19900000077' })).toEqual([]);
});

import { expect, test } from 'vitest';
import { codeSms, smsVariables } from './sms.ts';

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
    expect(sms.kind).toBe(kind);
    expect(smsVariables(sms).map(([, value]) => value)).toEqual(['012345', span]);
  },
);

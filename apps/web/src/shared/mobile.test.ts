import { expect, test } from 'vitest';
import { groupMobile } from './mobile.tsx';

test('a mobile number is grouped without its country code, anything else stays', () => {
  expect(groupMobile('+86 13900000082')).toBe('139 0000 0082');
  expect(groupMobile('1390000')).toBe('1390000');
});

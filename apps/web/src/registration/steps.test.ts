import { expect, test } from 'vitest';
import { groupMobile, wayOfCode } from './steps.ts';

test('a mobile number is grouped without its country code, anything else stays', () => {
  expect(groupMobile('+86 13900000082')).toBe('139 0000 0082');
  expect(groupMobile('1390000')).toBe('1390000');
});

test('back at the contact page the way is the one that was chosen last, unless its address names one', () => {
  expect(wayOfCode(undefined, 'wechat')).toBe('wechat');
  expect(wayOfCode(undefined, 'sms')).toBe('sms');
  expect(wayOfCode('sms', 'wechat')).toBe('sms');
  expect(wayOfCode('wechat', 'sms')).toBe('wechat');
  expect(wayOfCode('post', 'wechat')).toBe('wechat');
});

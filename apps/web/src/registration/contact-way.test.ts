import { expect, test } from 'vitest';
import { wayOfCode } from './contact-way.ts';

test('back at the contact page the way is the one that was chosen last, unless its address names one', () => {
  expect(wayOfCode(undefined, 'wechat')).toBe('wechat');
  expect(wayOfCode(undefined, 'sms')).toBe('sms');
  expect(wayOfCode('sms', 'wechat')).toBe('sms');
  expect(wayOfCode('wechat', 'sms')).toBe('wechat');
  expect(wayOfCode('post', 'wechat')).toBe('wechat');
});

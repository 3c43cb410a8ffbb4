import { expect, test } from 'vitest';
import { maskEmail, maskMobile, maskName, maskNumber } from './mask.ts';

test.each([
  [maskNumber, '110199199508150127', '11**************27'],
  [maskNumber, '11019919491231002X', '11**************2X'],
  [maskNumber, 'H12345678', 'H1*****78'],
  [maskNumber, '1234', '****'],
  [maskNumber, '', ''],
  [maskMobile, '13900000082', '139*****82'],
  [maskMobile, '12345', '*****'],
  [maskMobile, '', ''],
  [maskEmail, '283456789@qq.com', '28****@qq.com'],
  [maskEmail, 'abc@example.com', 'ab****@example.com'],
  [maskEmail, 'ab@example.com', 'a****@example.com'],
  [maskEmail, 'a@example.com', 'a****@example.com'],
  [maskEmail, '@example.com', '****@example.com'],
  [maskEmail, 'nothing', '****'],
  [maskEmail, '', ''],
  [maskName, '张三', '张*'],
  [maskName, '欧阳修', '欧*修'],
  [maskName, '古丽·买买提', '古****提'],
  [maskName, `${'阿卜杜热合曼·'.repeat(7)}买`, '阿******买'],
  [maskName, '𠮷田', '𠮷*'],
  [maskName, '张', '*'],
  [maskName, '', ''],
])('T-PRO-04: %o shows %j as %s', (mask, value, masked) => {
  expect(mask(value)).toBe(masked);
});

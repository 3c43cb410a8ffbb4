import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

test.each([
  'Aa123456!',
  'P@ssw0rd!',
  'Qwer1234!',
  'Woaini1314!',
  'Teacher#2024',
  '1qaz@WSX',
  'Abc@123456',
  'Zhangsan_1990',
  'Zhongguo@2025',
  'Abc1234!',
  'Abc123!@#',
  'Admin@123',
  '!QAZ2wsx',
  'Liwei@19950815',
  'Wangxiaoming@123',
  'Beijing2008!!',
  'Laoshi*520',
  'Iloveyou_1314',
  'Aaaa1111!',
  'Abcd-4321',
  'Zxcvbnm#1',
  'Jiaoshi8888!',
])('T-REG-08: %s is common', (pw) => {
  expect(isCommonPassword(pw)).toBe(true);
});

test.each(['x7-Kp*29_vQ!m', 'Lanhua-82*river', 'Shan#Yue_47', 'maple-Teapot_58!', 'Gx4-rT9#'])(
  'T-REG-08: %s is not common',
  (pw) => {
    expect(isCommonPassword(pw)).toBe(false);
  },
);

test('T-REG-08: random passwords of 12 characters are not common', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789#%*-_!@$&';
  // Without bias, so that these are random passwords and not fast-check's favourite edge cases.
  const random = fc.noBias(
    fc.array(fc.constantFrom(...Array.from(alphabet)), { minLength: 12, maxLength: 12 }),
  );
  const refused = fc
    .sample(random, { numRuns: 2000, seed: 20261121 })
    .filter((characters) => isCommonPassword(characters.join('')));
  expect(refused).toEqual([]);
});

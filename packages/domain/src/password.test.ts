import { describe, expect, test } from 'vitest';
import {
  isPersonalPassword,
  parsePassword,
  parsePasswordAnswers,
  passwordRules,
  personOf,
} from './password.ts';

test.each([
  'Abc1234!',
  'abc1234_',
  `a1${'!'.repeat(62)}`,
  ...Array.from('#%*-_!@$&', (c) => `river47${c}`),
])('T-REG-08: %s keeps the rule', (pw) => {
  expect(parsePassword(pw)).toEqual({ ok: true, value: pw, notices: [] });
  expect(passwordRules(pw)).toEqual({ length: true, letters: true, digits: true, specials: true });
});

test.each([
  ['', 'missing'],
  ['Abc12345', 'specials'],
  ['12345678!', 'letters'],
  ['Abcdefgh!', 'digits'],
  ['Abc1234^', 'characters'],
  ['Abc 1234!', 'characters'],
  [' Abc1234!', 'characters'],
  ['Abc1234!\n', 'characters'],
  ['Abc1234!\u200B', 'characters'],
  ['Abc1234!密', 'characters'],
  ['Abc1234!😀', 'characters'],
  ['Abc1234！', 'full_width'],
  ['Abc1234＠', 'full_width'],
  ['Ａbc1234!', 'full_width'],
  ['Abc1234￥!', 'full_width'],
  ['Abc1234。!', 'full_width'],
  ['Abc1234——!', 'full_width'],
  ['Ab1!', 'too_short'],
  ['Abc123!', 'too_short'],
  [`a1${'!'.repeat(63)}`, 'too_long'],
])('T-REG-08: %j is refused: %s', (pw, reason) => {
  expect(parsePassword(pw)).toEqual({ ok: false, code: `password.${reason}` });
});

test('T-REG-08: the list is ticked off rule by rule', () => {
  const none = { length: false, letters: false, digits: false, specials: false };
  expect(passwordRules('')).toEqual(none);
  expect(passwordRules('a')).toEqual({ ...none, letters: true });
  expect(passwordRules('1')).toEqual({ ...none, digits: true });
  expect(passwordRules('-')).toEqual({ ...none, specials: true });
  expect(passwordRules('！！！！！！！！')).toEqual({ ...none, length: true });
  expect(passwordRules('x'.repeat(65))).toEqual({ ...none, letters: true });
});

describe('T-REG-08: a password is not made from what is known of the person', () => {
  const person = {
    number: '11019919491231002X',
    birthDate: '1949-12-31',
    mobile: '13800138000',
    email: 'River.Li@example.com',
  };

  test.each([
    ['Qz#31002X', 'last six of the number'],
    ['qz#31002x', 'last six of the number, lower case'],
    ['Qz_1231002X', 'last eight of the number'],
    ['Qz_110199!', 'first six of the number'],
    ['Qz#19491231', 'birth date'],
    ['Qz#1949-12-31', 'birth date with hyphens'],
    ['Qz#491231', 'birth date, two-digit year'],
    ['Qz#12311949', 'birth date, year last'],
    ['Qz#31121949', 'birth date, day first'],
    ['Qz#13800138000', 'mobile'],
    ['Qz#138_0013_8000', 'mobile with underlines'],
    ['Qz#138000x', 'end of the mobile'],
    ['RIVERLI#47', 'mail name'],
    ['Qz#riverl47', 'part of the mail name'],
  ])('%s is refused: %s', (pw) => {
    expect(isPersonalPassword(pw, person)).toBe(true);
  });

  test.each(['x7-Kp*29_vQ!m', 'Lanhua-82*ocean', 'Shan#Yue_47', 'Riv#er5-Moon'])(
    '%s is allowed',
    (pw) => {
      expect(isPersonalPassword(pw, person)).toBe(false);
    },
  );

  test.each([
    ['Qz#19950815', true],
    ['Qz#950815', true],
    ['Qz#08151995', true],
    ['Qz#15081995', true],
    // Without the zero of the month.
    ['Qz#1995815', true],
    ['Qz#8151995', true],
    ['Qz#1995', false],
    ['Qz#0815', false],
  ])('%s has the birth date in a usual order: %s', (pw, has) => {
    expect(isPersonalPassword(pw, { birthDate: '1995-08-15' })).toBe(has);
  });

  test('a mail name of four characters counts as a whole, one of three does not', () => {
    expect(isPersonalPassword('Qz#moon47', { email: 'moon@example.com' })).toBe(true);
    expect(isPersonalPassword('Qz#sun-479', { email: 'sun@example.com' })).toBe(false);
  });

  test('a Latin name counts, a Chinese one cannot occur', () => {
    expect(isPersonalPassword('Mary-Smith#47', { name: 'MARY SMITH' })).toBe(true);
    expect(isPersonalPassword('x7-Kp*29_vQ!m', { name: '张三' })).toBe(false);
  });

  test('nothing known, nothing refused', () => {
    expect(isPersonalPassword('Abc1234!', {})).toBe(false);
    expect(
      isPersonalPassword('Abc1234!', { number: '', birthDate: null, mobile: '', email: '' }),
    ).toBe(false);
    expect(isPersonalPassword('', person)).toBe(false);
  });
});

test('T-REG-08: what is known of the person is of the identity and of the contact', () => {
  expect(personOf(null, null)).toEqual({ number: null, birthDate: null, name: '' });
  const identity = { number: '11019919491231002X', birthDate: '1949-12-31', name: '张三' };
  expect(personOf(identity, { mobile: '13800138000' })).toEqual({
    ...identity,
    mobile: '13800138000',
  });
});

test.each([
  ['river47', 'x', { password: 'password.too_short' }],
  ['River-13800138000', 'x', { password: 'password.personal' }],
  ['River#47', 'River#48', { passwordAgain: 'password.mismatch' }],
])('T-REG-08: %s, and then %s, is refused', (password, passwordAgain, fields) => {
  const typed = { password, passwordAgain };
  expect(parsePasswordAnswers(typed, { mobile: '13800138000' })).toEqual({ ok: false, fields });
});

test('T-REG-08: a password that is typed twice alike is taken', () => {
  const typed = { password: 'River#47', passwordAgain: 'River#47' };
  expect(parsePasswordAnswers(typed, {})).toEqual({ ok: true, value: { password: 'River#47' } });
});

import type { RegistrationStepName } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import { groupMobile, stepInstead, wayOfCode } from './steps.ts';

const steps: RegistrationStepName[] = ['document', 'password', 'contact', 'code', 'review'];

describe('stepInstead', () => {
  test('the document may always be opened: it begins a registration and corrects one', () => {
    for (const stands of [null, ...steps]) expect(stepInstead('document', stands)).toBeNull();
  });

  test('without a registration every later step leads to the start', () => {
    for (const opened of steps.slice(1)) expect(stepInstead(opened, null)).toBe('start');
  });

  test('a step that comes too early leads to the first step that is not done', () => {
    expect(stepInstead('review', 'password')).toBe('password');
    expect(stepInstead('contact', 'password')).toBe('password');
    expect(stepInstead('code', 'contact')).toBe('contact');
  });

  test('the step itself and the steps that are done may be opened', () => {
    expect(stepInstead('contact', 'contact')).toBeNull();
    expect(stepInstead('password', 'review')).toBeNull();
    expect(stepInstead('contact', 'code')).toBeNull();
  });

  test('T-REG-12: a code that has been right is not asked for again', () => {
    expect(stepInstead('code', 'code')).toBeNull();
    expect(stepInstead('code', 'review')).toBe('review');
  });
});

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

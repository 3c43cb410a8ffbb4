import { describe, expect, test } from 'vitest';
import { mayStaff, staffPermissions, staffRoles } from './staff.ts';
import {
  parseLoginName,
  parseScope,
  parseStaffAnswers,
  parseStaffPersonAnswers,
  parseTotpCode,
} from './staff-answers.ts';

const today = '2026-11-21';

describe('T-CON-01: a new member of staff', () => {
  test.each([
    ['rev.01', 'rev.01'],
    [' REV.01 ', 'rev.01'],
    ['ＲＥＶ.01', 'rev.01'],
    ['20260001', '20260001'],
    ['a-b_c.d', 'a-b_c.d'],
    ['rev\u200b01', 'rev01'],
    ['x'.repeat(32), 'x'.repeat(32)],
  ])('%j is the login name %j', (typed, value) => {
    expect(parseLoginName(typed)).toMatchObject({ ok: true, value });
  });

  test.each([
    ['', 'login_name.missing'],
    ['\u3000', 'login_name.missing'],
    ['ab', 'login_name.format'],
    ['x'.repeat(33), 'login_name.format'],
    ['.rev', 'login_name.format'],
    ['rev 01', 'login_name.format'],
    ['审核一', 'login_name.format'],
    ['rev@01', 'login_name.format'],
  ])('%j is no login name: %s', (typed, code) => {
    expect(parseLoginName(typed)).toEqual({ ok: false, code });
  });

  const typed = {
    loginName: 'rev.01',
    name: '审核一',
    email: 'rev@staff.example.cn',
    number: '',
    role: 'reviewer',
  } as const;

  test('the own document number is required of every role that decides, and checked', () => {
    for (const role of staffRoles) {
      expect(parseStaffAnswers({ ...typed, role }, today)).toMatchObject(
        role === 'auditor'
          ? { ok: true, value: { number: null, scope: null } }
          : { ok: false, fields: { number: 'document_number.missing' } },
      );
    }
    const withNumber = { ...typed, number: '110199 19950815 0119' };
    expect(parseStaffAnswers(withNumber, today)).toMatchObject({
      ok: true,
      value: { number: '110199199508150119' },
    });
    for (const number of ['110199199508150118', 'x', '1']) {
      expect(parseStaffAnswers({ ...typed, number }, today)).toMatchObject({
        ok: false,
        fields: { number: expect.stringMatching(/^document_number\./) },
      });
    }
  });
});

test('T-CON-08a: of a member the address is changed, and the number where one is typed', () => {
  const email = 'rev@staff.example.cn';
  const change = (number: string) => parseStaffPersonAnswers({ email, number }, today);
  expect(change(' ')).toEqual({ ok: true, value: { email, number: null } });
  expect(change('110199 19950815 0119')).toEqual({
    ok: true,
    value: { email, number: '110199199508150119' },
  });
  expect(parseStaffPersonAnswers({ email: 'rev', number: '1' }, today)).toEqual({
    ok: false,
    fields: { email: 'email.format', number: 'document_number.format' },
  });
});

describe('S-REC-03: the scope of a role', () => {
  test('is missing where it was not typed', () => {
    const school = {
      loginName: 'school.01',
      name: '学校一',
      email: 'school@staff.example.cn',
      number: '110199199508150119',
      role: 'school',
    } as const;
    expect(parseStaffAnswers(school, today)).toEqual({
      ok: false,
      fields: { scope: 'school_code.missing' },
    });
  });

  test.each([
    ['99901', 'school', { ok: true, value: '99901' }],
    [' ９９９０１ ', 'school', { ok: true, value: '99901' }],
    ['11000001', 'clerk', { ok: true, value: '11000001' }],
    ['', 'clerk', { ok: false, code: 'window_code.missing' }],
    ['99901', 'clerk', { ok: false, code: 'window_code.format' }],
    ['', 'school', { ok: false, code: 'school_code.missing' }],
    ['9990', 'school', { ok: false, code: 'school_code.format' }],
    ['99901x', 'school', { ok: false, code: 'school_code.format' }],
    ['99901', 'reviewer', { ok: true, value: null }],
  ] as const)('%j of a %s', (typed, role, parsed) => {
    expect(parseScope(typed, role)).toMatchObject(parsed);
  });
});

describe('T-CON-01: the code of an authenticator', () => {
  test.each(['123456', ' 123 456 ', '１２３４５６', '123-456'])('%j is taken', (typed) => {
    expect(parseTotpCode(typed)).toMatchObject({ ok: true, value: '123456' });
  });

  test.each([
    ['', 'totp_code.missing'],
    ['12345', 'totp_code.wrong'],
    ['1234567', 'totp_code.wrong'],
    ['12345a', 'totp_code.wrong'],
  ])('%j is not: %s', (typed, code) => {
    expect(parseTotpCode(typed)).toEqual({ ok: false, code });
  });
});

test('T-CON-01: every permission is somebody’s, and nobody has all of them', () => {
  for (const permission of staffPermissions) {
    expect(staffRoles.some((role) => mayStaff(role, permission))).toBe(true);
  }
  for (const role of staffRoles) {
    expect(staffPermissions.every((permission) => mayStaff(role, permission))).toBe(false);
  }
  expect(staffRoles.filter((role) => mayStaff(role, 'staff.manage'))).toEqual(['administrator']);
  expect(staffRoles.filter((role) => mayStaff(role, 'audit.view'))).toEqual(['auditor']);
});

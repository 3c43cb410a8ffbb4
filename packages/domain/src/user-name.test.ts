import { expect, test } from 'vitest';
import { caseNumberOf } from './cases/number.ts';
import { businessPortal, studentPortal, teacherPortal } from './portals/index.ts';
import { parseUserName } from './user-name.ts';
import { fourthPortal } from './testing/fourth-portal.ts';

const mobilesAlone = { ...fourthPortal, signInWith: ['mobile'] as const };

const today = '2026-11-21';
const nameAt = (portal: typeof teacherPortal, typed: string) => {
  const parsed = parseUserName(typed, today, portal);
  return parsed.ok ? [parsed.value.kind, parsed.value.key] : parsed.code;
};

test.for([
  ['110199 19950815 0127', ['document_number', '110199199508150127']],
  ['H12345678', ['document_number', 'H12345678']],
  ['13900000082', 'document_number.format'],
  ['', 'document_number.missing'],
] as const)('T-LOG-01: with one kind, "%s" is read as that kind', ([typed, read]) => {
  expect(nameAt(teacherPortal, typed)).toEqual(read);
});

test.for([
  ['+86 139-0000-0082', ['mobile', '13900000082']],
  ['10001@QQ.com', ['email', '10001@qq.com']],
  ['name＠example。com', ['email', 'name@example.com']],
  ['name@', 'email.format'],
  ['110199 19950815 0127', ['document_number', '110199199508150127']],
  ['110199199508150128', 'user_name.format'],
  ['林知远', 'user_name.format'],
  [' ', 'user_name.missing'],
] as const)('S-LOG-01: with two kinds, the form of "%s" says which it is', ([typed, read]) => {
  expect(nameAt(studentPortal, typed)).toEqual(read);
});

test('S-REG-09: where no agency helps, a number is no user name', () => {
  const portal = { ...studentPortal, agencyHelp: null };
  expect(nameAt(portal, '110199199508150127')).toBe('user_name.format');
});

test('a portal with mobiles alone takes nothing else', () => {
  expect(nameAt(mobilesAlone, '13900000082')).toEqual(['mobile', '13900000082']);
  expect(nameAt(mobilesAlone, '110199199508150127')).toBe('mobile.format');
});

test('E-LOG-01: a face is no user name', () => {
  expect(nameAt(businessPortal, '13900000082')).toBe('document_number.format');
});

test('a portal with numbers alone that agencies help at reads a number once', () => {
  const portal = { ...teacherPortal, agencyHelp: studentPortal.agencyHelp };
  expect(nameAt(portal, '13900000082')).toBe('document_number.format');
});

test('S-DUP-01: the number of a claim is read as such', () => {
  const number = caseNumberOf(Date.UTC(2026, 10, 21), '4827391');
  expect(parseUserName(number, today, teacherPortal)).toMatchObject({
    ok: true,
    value: { kind: 'number_claim', value: number, key: number },
  });
});

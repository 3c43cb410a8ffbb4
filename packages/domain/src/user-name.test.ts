import { expect, test } from 'vitest';
import { studentPortal, teacherPortal } from './portals/index.ts';
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

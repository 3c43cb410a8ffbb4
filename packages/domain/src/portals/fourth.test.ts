import { expect, test } from 'vitest';
import { nextStep, pathOf } from '../steps.ts';
import { noticeMail } from '../mail.ts';
import { fourthPortal as fourth } from '../testing/fourth-portal.ts';
import { documentOfPortal, parsePortals, portals } from './index.ts';

test('a fourth portal is a value: its place, its document, its steps and its mails follow from it', () => {
  const [, place] = parsePortals('teacher,library', [...portals, fourth]);
  if (place === undefined) throw new Error('it has no place');
  expect(place).toEqual({ portal: fourth, prefix: '/library' });

  const template = '<title></title><script type="application/json" id="portal"></script>';
  expect(documentOfPortal(template, place)).toContain('<title>读者证</title>');

  const { register } = fourth.flows;
  expect(nextStep(register, [])).toBe('contact');
  expect(nextStep(register, ['contact', 'code', 'password'])).toBe('document');
  expect(pathOf(register, 'document')).toBe('/register/document');

  const { subject } = noticeMail({
    portal: fourth.name,
    kind: 'password_changed',
    facts: {},
    when: '2026-11-21 12:00',
    link: 'https://account.example.cn/library/recovery',
  });
  expect(subject).toContain('读者证');
});

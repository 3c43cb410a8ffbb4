import { teacherPortal } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import { checkSignIn } from './check.ts';

const today = '2026-11-21';
const good = { name: '110199 19950815 0127', password: 'Lanhua-82*river', ticket: 'ticket' };

describe('T-LOG-01: what the login page says before it asks the server', () => {
  test.each([
    '110199199508150127',
    '110199 19950815 0127',
    '11019919491231002x',
    'H12345678',
    '12345678',
  ])('every document signs in with its number, spaces and small letters included: %s', (number) => {
    expect(checkSignIn({ ...good, name: number }, today, teacherPortal)).toEqual({ ok: true });
  });

  test('everything that is missing is told at once', () => {
    expect(checkSignIn({ name: ' ', password: '', ticket: '' }, today, teacherPortal)).toEqual({
      ok: false,
      fields: {
        name: 'document_number.missing',
        password: 'password.missing',
        ticket: { code: 'puzzle.not_solved' },
      },
    });
  });

  test.each([
    ['110199199508150128', 'document_number.check_digit'],
    ['110199950815012', 'document_number.length_15'],
    ['someone@example.com', 'document_number.format'],
  ])('a number that no document has does not use up a try: %s', (number, code) => {
    expect(checkSignIn({ ...good, name: number }, today, teacherPortal)).toEqual({
      ok: false,
      fields: { name: code },
    });
  });
});

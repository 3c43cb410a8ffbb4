import { teacherPortal } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import { chosenType, groupTyped, whatNumberTells } from './tells.ts';

const today = '2026-11-21';

const tell = (typed: string) =>
  whatNumberTells('resident_identity_card', typed, today, teacherPortal);

describe('whatNumberTells', () => {
  test('T-REG-03: sex and birth date follow from the number', () => {
    expect(
      whatNumberTells('resident_identity_card', '110199 19950815 0127', today, teacherPortal),
    ).toMatchObject({
      document: { sex: 'female', birthDate: '1995-08-15' },
      notices: [],
    });
  });

  test('UX-07: only a complete number with a wrong character is told early', () => {
    expect(tell('110199199508150128')).toBe('slip');
    expect(tell('11019919950815012')).toBe('nothing');
    expect(tell('')).toBe('nothing');
    expect(tell('H12345678')).toBe('nothing');
  });

  test('T-REG-02: 换证次数 that was typed is said to be dropped', () => {
    expect(
      whatNumberTells('hk_macao_travel_permit', 'h1234567801', today, teacherPortal),
    ).toMatchObject({
      document: { number: 'H12345678' },
      notices: ['renewal_digits_dropped'],
    });
  });
});

describe('groupTyped', () => {
  test('shows the number as it will be kept', () => {
    expect(groupTyped('resident_identity_card', '11019919491231002x', today, teacherPortal)).toBe(
      '110199 19491231 002X',
    );
    expect(groupTyped('taiwan_travel_permit', '1234567801', today, teacherPortal)).toBe(
      '1234 5678',
    );
  });

  test('groups 18 characters even when one is wrong, so that they can be compared with the card', () => {
    expect(groupTyped('resident_identity_card', '110199199508150128', today, teacherPortal)).toBe(
      '110199 19950815 0128',
    );
  });

  test('leaves what it cannot read as it was typed', () => {
    expect(groupTyped('resident_identity_card', '1101 99', today, teacherPortal)).toBe('1101 99');
  });
});

test('a type that does not exist is the first one of the list', () => {
  expect(chosenType('passport', teacherPortal)).toBe('resident_identity_card');
});

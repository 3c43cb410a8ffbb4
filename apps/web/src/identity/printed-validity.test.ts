import { expect, test } from 'vitest';
import { printedValidity } from './printed-validity.ts';

const card = {
  type: 'resident_identity_card',
  birthDate: '1995-08-15',
  start: '2019-12-24',
  term: 10,
  today: '2026-11-21',
} as const;

test('T-REG-05: the end follows from start and term', () => {
  expect(printedValidity(card)).toEqual({
    start: '2019-12-24',
    end: '2029-12-24',
    bookletEnd: null,
    oddity: null,
  });
});

test('T-REG-05: 长期 has no end', () => {
  const holder = { ...card, birthDate: '1949-12-31', term: 'long_term' } as const;
  expect(printedValidity(holder)).toMatchObject({ end: null, bookletEnd: null, oddity: null });
});

test('T-REG-05: a term that does not go with the age is shown with a warning', () => {
  expect(printedValidity({ ...card, term: 20 })?.oddity).toBe('unusual_term');
});

test('T-REG-05: dates by which the document has expired are shown and said to be over', () => {
  expect(printedValidity({ ...card, start: '2016-05-18' })).toEqual({
    start: '2016-05-18',
    end: '2026-05-18',
    bookletEnd: null,
    oddity: 'expired',
  });
});

test('T-REG-05: a travel permit ends the day before the anniversary, or on it where it is a booklet', () => {
  const permit = { ...card, type: 'taiwan_travel_permit', birthDate: null, term: 5 } as const;
  expect(printedValidity({ ...permit, start: '2024-04-10' })).toEqual({
    start: '2024-04-10',
    end: '2029-04-09',
    bookletEnd: '2029-04-10',
    oddity: null,
  });
});

test('T-REG-06: nothing is shown while a part is missing or impossible', () => {
  expect(printedValidity({ ...card, start: null })).toBeNull();
  expect(printedValidity({ ...card, term: null })).toBeNull();
  expect(printedValidity({ ...card, term: 'long_term' })).toBeNull();
  expect(printedValidity({ ...card, start: '2027-01-01' })).toBeNull();
});

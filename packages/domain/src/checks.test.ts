import { expect, test } from 'vitest';
import { checkOf, checks } from './checks.ts';
import { documentTypes } from './documents/index.ts';

test.for([
  ['resident_identity_card', { four_factors: ['resident_identity_card'] }, 'four_factors'],
  ['hmt_residence_permit', { four_factors: ['resident_identity_card'] }, 'none'],
  // The 居住证 is checked by the 通行证 of its holder, whatever else the authority could do with the document.
  ['hmt_residence_permit', { four_factors: ['hmt_residence_permit'] }, 'none'],
  ['hmt_residence_permit', { travel_permit: ['hmt_residence_permit'] }, 'travel_permit'],
  ['taiwan_travel_permit', { travel_permit: documentTypes }, 'none'],
  ['resident_identity_card', {}, 'none'],
] as const)(
  'T-VER-03a: of %s an authority with %j makes the check: %s',
  ([type, products, check]) => {
    expect(checkOf(type, products)).toBe(check);
  },
);

test('a check compares the number that it identifies by', () => {
  for (const { factors, identifiesBy } of Object.values(checks)) {
    expect(factors).toContain(identifiesBy);
  }
});

test('what a check gives, whether that ends with the document, and what of it costs a try', () => {
  const table = Object.entries(checks).map(([kind, { by, level, isAboutDocument, counted }]) => [
    kind,
    by,
    level,
    isAboutDocument,
    counted.join(' '),
  ]);
  const answers = 'matched mismatched no_record';
  expect(table).toEqual([
    ['four_factors', 'authority', 3, true, answers],
    ['travel_permit', 'authority', 3, true, answers],
    ['manual_review', 'review', 3, true, 'approved rejected'],
    ['window', 'window', 3, true, 'approved rejected'],
    ['face', 'face', 4, false, answers],
    ['school_record', 'school', 3, true, answers],
  ]);
});

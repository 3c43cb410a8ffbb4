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

import { expect, test } from 'vitest';
import { onlyTermOf } from './validity-answers.ts';

test.each([
  ['resident_identity_card', ''],
  ['hmt_residence_permit', '5'],
  ['hk_macao_travel_permit', ''],
  ['taiwan_travel_permit', '5'],
] as const)('T-REG-04: of a %s, %j is chosen at once', (type, term) => {
  expect(onlyTermOf(type)).toBe(term);
});

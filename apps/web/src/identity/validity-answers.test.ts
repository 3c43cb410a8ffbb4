import { describe, expect, test } from 'vitest';
import { termAfterTypeChange } from './validity-answers.ts';

describe('termAfterTypeChange', () => {
  test('T-REG-04: the only term of a type is chosen at once', () => {
    expect(termAfterTypeChange('hmt_residence_permit', '20')).toBe('5');
    expect(termAfterTypeChange('taiwan_travel_permit', '')).toBe('5');
  });

  test('T-REG-04: a term that the new type does not have is not kept', () => {
    expect(termAfterTypeChange('hk_macao_travel_permit', 'long_term')).toBe('');
    expect(termAfterTypeChange('hk_macao_travel_permit', '10')).toBe('10');
  });
});

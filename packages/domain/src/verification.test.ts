import { expect, test } from 'vitest';
import { isCounted, outcomeOf, verificationOutcomes } from './verification.ts';

test.for([
  ['match', 'matched', true],
  ['mismatch', 'mismatched', true],
  ['no_record', 'no_record', true],
  ['invalid_input', 'refused_input', false],
  ['source_unavailable', 'unavailable', false],
  ['quota', 'unavailable', false],
  ['config_error', 'unavailable', false],
] as const)(
  'T-VER-02, T-VER-07: %s of the authority is %s, counted: %s',
  ([result, outcome, counted]) => {
    expect(outcomeOf(result)).toBe(outcome);
    expect(isCounted(outcome)).toBe(counted);
  },
);

test('every outcome is one that the authority’s answers lead to', () => {
  expect(verificationOutcomes).toEqual([
    'matched',
    'mismatched',
    'no_record',
    'refused_input',
    'unavailable',
  ]);
});

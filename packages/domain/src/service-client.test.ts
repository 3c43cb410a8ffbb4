import { expect, test } from 'vitest';
import { acrOf, levelOfAcr } from './service-client.ts';

test('an acr names a level, and nothing else does', () => {
  expect([1, 2, 3, 4].map((level) => levelOfAcr(acrOf(level as 1)))).toEqual([1, 2, 3, 4]);
  for (const other of ['urn:shiming:level:5', 'urn:shiming:level:33', 'phr', '', 3, undefined]) {
    expect(levelOfAcr(other)).toBeNull();
  }
});

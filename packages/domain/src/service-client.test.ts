import { expect, test } from 'vitest';
import { acrOf, levelOfAcr, serviceFieldIds, serviceFields } from './service-client.ts';

test('an acr names a level, and nothing else does', () => {
  expect([1, 2, 3, 4].map((level) => levelOfAcr(acrOf(level as 1)))).toEqual([1, 2, 3, 4]);
  for (const other of [
    'urn:shiming:level:5',
    'urn:shiming:level:33',
    'xurn:shiming:level:3',
    ['urn:shiming:level:3'],
    'phr',
    '',
    3,
    undefined,
  ]) {
    expect(levelOfAcr(other)).toBeNull();
  }
});

// OpenID Connect Core 1.0, 5.1 and 5.4; a document is a claim of our own.
test('a service asks by the scopes and reads the claims of OpenID Connect', () => {
  expect(
    serviceFieldIds.map((id) => [serviceFields[id].scope, ...serviceFields[id].claims]),
  ).toEqual([
    ['profile', 'name'],
    ['document', 'document_type', 'document_number'],
    ['phone', 'phone_number', 'phone_number_verified'],
    ['email', 'email', 'email_verified'],
  ]);
});

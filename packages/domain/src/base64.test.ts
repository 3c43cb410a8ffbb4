import { expect, test } from 'vitest';
import { readBase64, writeBase64 } from './base64.ts';

// RFC 4648, section 10.
const vectors = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
] as const;

test.each(vectors)('"%s" is "%s", there and back', (text, base64) => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  expect(writeBase64(bytes)).toBe(base64);
  expect(readBase64(base64)).toEqual(bytes);
});

test('every byte comes back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  expect(readBase64(writeBase64(bytes))).toEqual(bytes);
});

test.each(['Zg', 'Zg=', '=Zg=', 'Zm9*', 'Zm9v\n', 'Zm9-'])('%j is none', (text) => {
  expect(readBase64(text)).toBeNull();
});

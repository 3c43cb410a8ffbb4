import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64.ts';

const alphabet = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');

/** The bytes of a text, or `null` where it is not read. */
function read(text: string): string | null {
  try {
    return fromBase64Url(text).join();
  } catch {
    return null;
  }
}

test('base64url of any bytes is read as these bytes', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let from = 0; from < 4; from += 1) {
    const part = bytes.subarray(from);
    expect(toBase64Url(part)).toBe(Buffer.from(part).toString('base64url'));
    expect(fromBase64Url(toBase64Url(part))).toEqual(part);
  }
  expect(fromBase64Url('')).toEqual(new Uint8Array());
});

test('of each byte, and of each two, there is one text, and no other one is read', () => {
  const texts = alphabet.flatMap((first) => alphabet.map((second) => first + second));
  const ones = texts.map(read).filter((each) => each !== null);
  expect([ones.length, new Set(ones).size]).toEqual([256, 256]);
  const twos = alphabet.flatMap((third) => texts.map((text) => read(text + third)));
  const known = twos.filter((each) => each !== null);
  expect([known.length, new Set(known).size]).toEqual([65_536, 65_536]);
});

test.each(['A', 'AAAAA', 'AA=', 'AA==', 'AA\n', ' AA', 'A+', 'A/', 'AAA人', 'QUJ\u0000'])(
  '%j is not base64url',
  (text) => {
    expect(() => fromBase64Url(text)).toThrow('not base64url');
  },
);

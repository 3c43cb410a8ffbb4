import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../base64.ts';
import { totp } from './totp.ts';

/** RFC 6238, appendix B: the secret of the SHA-1 rows. */
const secret = totp.secretFrom(
  toBase64Url(new TextEncoder().encode('12345678901234567890 and more')),
);

describe('T-CON-01: codes of an authenticator', () => {
  test('the secret is written in base 32 (RFC 4648)', () => {
    expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });

  // The appendix has eight digits; six are the last six of them.
  test.each([
    [59, '287082', 0x1],
    [1_111_111_109, '081804', 0x23523ec],
    [1_111_111_111, '050471', 0x23523ed],
    [1_234_567_890, '005924', 0x273ef07],
    [2_000_000_000, '279037', 0x3f940aa],
    [20_000_000_000, '353130', 0x27bc86aa],
  ])('RFC 6238, appendix B: at %i s the code is %s', async (atSeconds, code, step) => {
    expect(await totp.stepOf(secret, code, atSeconds * 1000)).toBe(step);
  });

  test('a code is good in its step and in the one before and after, always as its own step', async () => {
    const atMs = 1_111_111_109_000;
    const step = 0x23523ec;
    expect(await totp.stepOf(secret, '081804', atMs - 30_000)).toBe(step);
    expect(await totp.stepOf(secret, '081804', atMs + 30_000)).toBe(step);
    expect(await totp.stepOf(secret, '081804', atMs - 60_000)).toBeNull();
    expect(await totp.stepOf(secret, '081804', atMs + 60_000)).toBeNull();
  });

  test.each(['', '81804', '0081804', '287083', 'abcdef', '０８１８０４'])(
    '%j is no code',
    async (code) => {
      expect(await totp.stepOf(secret, code, 1_111_111_109_000)).toBeNull();
    },
  );

  test('the address for the QR code names issuer, account and all settings', () => {
    const uri = new URL(totp.uri(secret, { issuer: '实名', account: 'rev.01' }));
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('实名:rev.01');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: '实名',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});

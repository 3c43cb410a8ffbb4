import { hmac as hmacOf } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { Secret, TOTP } from 'otpauth/bare';
import { fromBase64Url } from '../base64.ts';
import type { Totp } from './port.ts';

const stepMs = 30_000;
/** As long as the hash (RFC 4226, section 4). */
const secretBytes = 20;
const shape = { algorithm: 'SHA1', digits: 6, period: stepMs / 1000 };
/** The library alone would bring every hash that it can do. */
const hmac = (_algorithm: string, key: Uint8Array, message: Uint8Array) =>
  hmacOf(sha1, key, message);

/**
 * TOTP over the library otpauth.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc6238
 */
export const totp: Totp = {
  secretFrom: (token) =>
    new Secret({ buffer: fromBase64Url(token).slice(0, secretBytes).buffer }).base32,

  uri: (secret, { issuer, account }) =>
    new TOTP({ ...shape, secret: Secret.fromBase32(secret), issuer, label: account }).toString(),

  stepOf(secret, code, atMs) {
    if (!/^\d{6}$/.test(code)) return null;
    // One step earlier or later, for clocks that differ (RFC 6238, 5.2).
    const delta = TOTP.validate({
      ...shape,
      secret: Secret.fromBase32(secret),
      token: code,
      timestamp: atMs,
      window: 1,
      hmac,
    });
    return delta === null ? null : Math.floor(atMs / stepMs) + delta;
  },
};

import { fromBase64Url } from '../base64.ts';
import type { Totp } from './port.ts';

const stepMs = 30_000;
/** As long as the hash (RFC 4226, section 4). */
const secretBytes = 20;
const digits = 6;
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 (RFC 4648, section 6) of bytes whose bits are a multiple of five. */
const toBase32 = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .replaceAll(/.{5}/g, (bits) => base32.charAt(Number.parseInt(bits, 2)));

function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text, (each) => base32.indexOf(each).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

/** The code of a step (RFC 4226, section 5.3). */
async function codeOf(key: CryptoKey, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const hash = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  const offset = hash.getUint8(hash.byteLength - 1) & 0xf;
  const number = (hash.getUint32(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/**
 * TOTP by WebCrypto. The libraries bring hashes of their own, which are a fiftieth of the Worker; tests sign in with one
 * of them.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc6238
 */
export const totp: Totp = {
  secretFrom: (token) => toBase32(fromBase64Url(token).subarray(0, secretBytes)),

  uri(secret, { issuer, account }) {
    const [by, of] = [encodeURIComponent(issuer), encodeURIComponent(account)];
    return `otpauth://totp/${by}:${of}?issuer=${by}&secret=${secret}&algorithm=SHA1&digits=${digits}&period=${stepMs / 1000}`;
  },

  async stepOf(secret, code, atMs) {
    const hmac = { name: 'HMAC', hash: 'SHA-1' };
    const key = await crypto.subtle.importKey('raw', fromBase32(secret), hmac, false, ['sign']);
    const now = Math.floor(atMs / stepMs);
    // One step earlier or later, for clocks that differ (RFC 6238, 5.2).
    for (const step of [now, now - 1, now + 1]) {
      if ((await codeOf(key, step)) === code) return step;
    }
    return null;
  },
};

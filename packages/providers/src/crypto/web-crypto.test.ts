import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { webCrypto } from './web-crypto.ts';

const key = new Uint8Array(32).fill(7);
const context = 'person:1:name';
const REFUSAL = /operation-specific|not base64url|correctly encoded|too small|invalid/i;

const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow(REFUSAL);

describe('webCrypto', () => {
  test('HMAC-SHA256 agrees with OpenSSL', async () => {
    const expected = createHmac('sha256', key).update('实名').digest('base64url');
    expect(await webCrypto.hmac(key, '实名')).toBe(expected);
    expect(expected).toHaveLength(43);
  });

  test('X-01: what is sealed is AES-256-GCM as OpenSSL makes it, laid out nonce, ciphertext, tag', async () => {
    const sealed = Buffer.from(await webCrypto.seal(key, '测试', context), 'base64url');
    const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
    cipher.setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update('测试'), cipher.final(), cipher.getAuthTag()]);
    expect(sealed.subarray(12)).toEqual(ciphertext);
  });

  test.each(['', '测试', '\uFEFF𠮷', 'a'.repeat(300_000)])(
    'X-01: a sealed text opens unchanged, and the same text seals differently each time (%#)',
    async (text) => {
      const sealed = await webCrypto.seal(key, text, context);
      expect(await webCrypto.open(key, sealed, context)).toBe(text);
      expect(await webCrypto.seal(key, text, context)).not.toBe(sealed);
    },
  );

  test('X-01: another key, another context, any changed character and a cut value do not open', async () => {
    const sealed = await webCrypto.seal(key, '测试', context);
    await expect(webCrypto.open(new Uint8Array(32), sealed, context)).rejects.toThrow(REFUSAL);
    await expect(webCrypto.open(key, sealed, 'person:2:name')).rejects.toThrow(REFUSAL);
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed[i] === 'A' ? 'B' : 'A';
      const forged = sealed.slice(0, i) + changed + sealed.slice(i + 1);
      await expect(webCrypto.open(key, forged, context)).rejects.toThrow(REFUSAL);
      await expect(webCrypto.open(key, sealed.slice(0, i), context)).rejects.toThrow(REFUSAL);
    }
  });

  test('X-01: bytes open unchanged, and with another key or context or one bit changed not at all', async () => {
    const photo = webCrypto.randomBytes(60_000);
    const sealed = await webCrypto.sealBytes(key, photo, 'photo:1');
    expect(await webCrypto.openBytes(key, sealed, 'photo:1')).toEqual(photo);
    expect(sealed).toHaveLength(12 + 60_000 + 16);
    await refused(webCrypto.openBytes(new Uint8Array(32), sealed, 'photo:1'));
    await refused(webCrypto.openBytes(key, sealed, 'photo:2'));
    await refused(webCrypto.openBytes(key, sealed.subarray(1), 'photo:1'));
    for (const at of [0, 12, 40_000, sealed.length - 1]) {
      const forged = sealed.slice();
      forged[at] = (forged[at] ?? 0) ^ 1;
      await refused(webCrypto.openBytes(key, forged, 'photo:1'));
    }
  });

  test('X-01: what seals texts seals bytes in the same layout', async () => {
    const sealed = Buffer.from(await webCrypto.seal(key, '测试', context), 'base64url');
    const opened = await webCrypto.openBytes(key, sealed, context);
    expect(new TextDecoder().decode(opened)).toBe('测试');
  });

  test('SHA-256 agrees with OpenSSL, of a part of a buffer too', async () => {
    const data = new TextEncoder().encode('xx实名').subarray(2);
    const expected = createHash('sha256').update('实名').digest('base64url');
    expect(await webCrypto.sha256(data)).toBe(expected);
  });

  test('equal says whether two texts are the same', () => {
    expect(webCrypto.equal('secret', 'secret')).toBe(true);
    expect(webCrypto.equal('secret', 'Secret')).toBe(false);
    expect(webCrypto.equal('secret', 'secreT')).toBe(false);
    expect(webCrypto.equal('secret', 'secret1')).toBe(false);
    expect(webCrypto.equal('', '')).toBe(true);
  });

  test('random bytes and tokens have the length asked for and do not repeat', () => {
    expect(webCrypto.randomBytes(32)).toHaveLength(32);
    expect(webCrypto.randomBytes(32)).not.toEqual(webCrypto.randomBytes(32));
    expect(webCrypto.randomToken(32)).toMatch(/^[\w-]{43}$/);
    expect(webCrypto.randomToken(32)).not.toBe(webCrypto.randomToken(32));
  });
});

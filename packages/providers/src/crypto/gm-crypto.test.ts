import { sm3, sm4 } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { hmacSm3, openSm4, sealSm4, webCrypto as gmCrypto } from './gm-crypto.ts';
import { webCrypto } from './web-crypto.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');
const REFUSAL = /mismatch|too small|base64|operation-specific|correctly encoded|invalid/i;
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const smKey = () => gmCrypto.namedKey('sm1', webCrypto.randomBytes(32)).key;

describe('the library is held to the standards', () => {
  test('SM3: the examples of GB/T 32905-2016, appendix A', () => {
    expect(sm3(new TextEncoder().encode('abc'))).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    expect(sm3(bytes('61626364'.repeat(16)))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });

  test('SM4: the example of GB/T 32907-2016, appendix A', () => {
    const key = bytes('0123456789abcdeffedcba9876543210');
    expect(sm4.encrypt(key, key, { mode: 'ecb', padding: 'none' })).toBe(
      '681edf34d206965e86b3e94f536e4246',
    );
  });

  test('SM4-GCM: the example of RFC 8998, appendix A.1', () => {
    const key = bytes('0123456789abcdeffedcba9876543210');
    const nonce = bytes('00001234567800000000abcd');
    const plaintext = bytes(
      'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
    );
    const associated = bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2');
    const sealed = sealSm4(key, nonce, plaintext, associated);
    expect(hex(sealed)).toBe(
      '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d' +
        '83de3541e4c2b58177e065a9bf7b62ec',
    );
    expect(openSm4(key, nonce, sealed, associated)).toEqual(plaintext);
  });

  test('HMAC over SM3 is RFC 2104 with it', () => {
    const key = webCrypto.randomBytes(32);
    const padded = (of: number) => {
      const block = new Uint8Array(64).fill(of);
      key.forEach((byte, at) => (block[at] = byte ^ of));
      return block;
    };
    const inner = bytes(sm3(joined(padded(0x36), new TextEncoder().encode('实名'))));
    expect(hex(hmacSm3(key, '实名'))).toBe(sm3(joined(padded(0x5c), inner)));
  });
});

describe('the id of a key chooses the algorithms', () => {
  test.each(['', '测试', '\uFEFF𠮷', 'a'.repeat(5_000)])(
    'X-01: under a key sm… a text is sealed by SM4-GCM and opens unchanged (%#)',
    async (text) => {
      const key = smKey();
      const sealed = await gmCrypto.seal(key, text, 'person:1:name');
      expect(await gmCrypto.open(key, sealed, 'person:1:name')).toBe(text);
      expect(await gmCrypto.seal(key, text, 'person:1:name')).not.toBe(sealed);
      await expect(webCrypto.open(key, sealed, 'person:1:name')).rejects.toThrow(REFUSAL);
      expect(await gmCrypto.hmac(key, text)).toBe(
        Buffer.from(hmacSm3(key, text)).toString('base64url'),
      );
      expect(await gmCrypto.hmac(key, text)).toHaveLength(43);
    },
  );

  test('X-01: another key, another context, any changed character and a cut value do not open', async () => {
    const key = smKey();
    const sealed = await gmCrypto.seal(key, '测试', 'person:1:name');
    await expect(gmCrypto.open(smKey(), sealed, 'person:1:name')).rejects.toThrow(REFUSAL);
    await expect(gmCrypto.open(key, sealed, 'person:2:name')).rejects.toThrow(REFUSAL);
    for (let i = 0; i < sealed.length; i += 1) {
      const forged = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      await expect(gmCrypto.open(key, forged, 'person:1:name')).rejects.toThrow(REFUSAL);
      await expect(gmCrypto.open(key, sealed.slice(0, i), 'person:1:name')).rejects.toThrow(
        REFUSAL,
      );
    }
  });

  test('X-01: bytes are sealed in the same layout', async () => {
    const key = smKey();
    const photo = webCrypto.randomBytes(5_000);
    const sealed = await gmCrypto.sealBytes(key, photo, 'photo:1');
    expect(sealed).toHaveLength(12 + 5_000 + 16);
    expect(await gmCrypto.openBytes(key, sealed, 'photo:1')).toEqual(photo);
    await expect(gmCrypto.openBytes(key, sealed.slice(1), 'photo:1')).rejects.toThrow(REFUSAL);
  });

  test('under every other key both adapters do the same', async () => {
    const { key } = gmCrypto.namedKey('k1', webCrypto.randomBytes(32));
    expect(await gmCrypto.hmac(key, '实名')).toBe(await webCrypto.hmac(key, '实名'));
    expect(await webCrypto.open(key, await gmCrypto.seal(key, '测试', 'x'), 'x')).toBe('测试');
    expect(await gmCrypto.open(key, await webCrypto.seal(key, '测试', 'x'), 'x')).toBe('测试');
  });

  test('an adapter without 国密 takes no key for it', () => {
    expect(() => webCrypto.namedKey('sm1', webCrypto.randomBytes(32))).toThrow('needs SM3');
  });
});

import { expect, test } from 'vitest';
import { webCrypto as gmCrypto } from '@shiming/providers/crypto/gm';
import { nodeCrypto } from './node-crypto.ts';

const context = 'person:1:name';

test.each(['k1', 'sm1'])(
  'X-01: what is sealed and hashed under a key %s is what the service seals and hashes',
  async (id) => {
    const { key } = nodeCrypto.namedKey(id, gmCrypto.randomBytes(32));
    for (const text of ['', '测试', '\uFEFF𠮷', 'a'.repeat(300_000)]) {
      const sealed = await nodeCrypto.seal(key, text, context);
      expect(await gmCrypto.open(key, sealed, context)).toBe(text);
      expect(await nodeCrypto.open(key, sealed, context)).toBe(text);
      expect(await nodeCrypto.seal(key, text, context)).not.toBe(sealed);
      await expect(gmCrypto.open(key, sealed, 'person:2:name')).rejects.toThrow(
        /operation-specific|mismatch/,
      );
      expect(await nodeCrypto.hmac(key, text)).toBe(await gmCrypto.hmac(key, text));
    }
  },
);

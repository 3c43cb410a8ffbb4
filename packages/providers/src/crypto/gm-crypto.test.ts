import { createECDH, createHash, createHmac } from 'node:crypto';
import { sm2, sm3, sm4 } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { hmacSm3, openSm4, sealSm4, webCrypto as gmCrypto } from './gm-crypto.ts';
import { webCrypto } from './web-crypto.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');
const REFUSAL = /mismatch|too small|base64|operation-specific|correctly encoded|invalid/i;
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const smKey = () => gmCrypto.namedKey('sm1', webCrypto.randomBytes(32)).key;

const example = {
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  text: 'message digest',
  r: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
  s: 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};
/** Whether the signature of the example holds, with something changed. */
const holds = (change: Partial<typeof example> = {}) => {
  const { publicKey, text, r, s } = { ...example, ...change };
  return gmCrypto.verify('sm2-sm3', publicKey, text, Buffer.from(r + s, 'hex').toString('base64'));
};
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const hex32 = (of: bigint) => of.toString(16).padStart(64, '0');

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

  test('SM2: the example of GB/T 32918.5-2017, appendix A', async () => {
    const key = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8';
    expect(sm2.getPublicKeyFromPrivateKey(key)).toBe(example.publicKey);
    const pointPool = [
      {
        k: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
        x1: 0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73n,
      },
    ];
    const signed = { hash: true, pointPool };
    expect(sm2.doSignature(example.text, key, signed)).toBe(example.r + example.s);
    expect(await holds()).toBe(true);
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

/** The point of a number by OpenSSL: x and y. */
const pointOf = (key: bigint) => {
  const ecdh = createECDH('SM2');
  ecdh.setPrivateKey(hex32(key), 'hex');
  return ecdh.getPublicKey().subarray(1);
};
const signedBy = async (seed: Uint8Array, text: string) => ({
  publicKey: await gmCrypto.publicKeyOf('sm2-sm3', seed),
  signature: await gmCrypto.sign('sm2-sm3', seed, text),
});

describe('SM2', () => {
  test.each([
    ['random', webCrypto.randomBytes(32)],
    ['zero', new Uint8Array(32)],
    ['beyond the order', new Uint8Array(32).fill(255)],
  ])(
    'the key of a seed (%s) and its signature, with the ID of GM/T 0009, are right by OpenSSL',
    async (_, seed) => {
      const { publicKey, signature } = await signedBy(seed, '实名');
      const [left = '', right = ''] = ['sm2.1', 'sm2.2'].map((of) =>
        createHmac('sm3', seed).update(of).digest('hex'),
      );
      const key = (BigInt(`0x${left}${right}`) % (order - 2n)) + 1n;
      const point = pointOf(key);
      expect(publicKey).toBe(`04${point.toString('hex')}`);
      expect(await gmCrypto.publicJwkOf('sm2-sm3', seed)).toEqual({
        kty: 'EC',
        crv: 'SM2',
        alg: 'sm2-sm3',
        x: point.toString('base64url', 0, 32),
        y: point.toString('base64url', 32),
      });
      const id = createHash('sm3')
        .update('0080', 'hex')
        .update('1234567812345678')
        .update('fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc', 'hex')
        .update('28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93', 'hex')
        .update(pointOf(1n))
        .update(point)
        .digest();
      const digest = createHash('sm3').update(id).update('实名').digest('hex');
      const [r, s] = [0, 32].map((from) =>
        BigInt(`0x${Buffer.from(signature, 'base64').toString('hex', from, from + 32)}`),
      ) as [bigint, bigint];
      // Who knows the key needs no sum of two points.
      const x = pointOf((s + (r + s) * key) % order).toString('hex', 0, 32);
      expect((BigInt(`0x${digest}`) + BigInt(`0x${x}`)) % order).toBe(r);
      expect(await gmCrypto.verify('sm2-sm3', publicKey, '实名', signature)).toBe(true);
    },
  );

  test('a signature of another text, by another key or with another ID does not hold', async () => {
    const key = await signedBy(webCrypto.randomBytes(32), '实名');
    const other = await signedBy(webCrypto.randomBytes(32), '实名');
    const verify = (text: string, { signature } = key) =>
      gmCrypto.verify('sm2-sm3', key.publicKey, text, signature);
    expect(await verify('实名')).toBe(true);
    expect(await verify('实名 ')).toBe(false);
    expect(await verify('实名', other)).toBe(false);
    const privateKey = hex32(7n);
    for (const userId of ['', '1234567812345679']) {
      const hexed = sm2.doSignature('实名', privateKey, { hash: true, userId });
      const signature = Buffer.from(hexed, 'hex').toString('base64');
      const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
      expect(await gmCrypto.verify('sm2-sm3', publicKey, '实名', signature)).toBe(false);
    }
  });

  test('numbers out of range, and more or less than two, are no signature', async () => {
    for (const number of [0n, order, order + 1n, 2n ** 256n - 1n]) {
      expect(await holds({ r: hex32(number) })).toBe(false);
      expect(await holds({ s: hex32(number) })).toBe(false);
    }
    expect(await holds({ s: hex32(order - BigInt(`0x${example.r}`)) })).toBe(false);
    for (const [r, s] of [
      [example.r, ''],
      [example.r, example.s.slice(2)],
      [example.r, `${example.s}00`],
      ['', ''],
    ] as const) {
      expect(await holds({ r, s })).toBe(false);
    }
    // The form of GM/T 0009.
    const der = `3045022100${example.r}022100${example.s}`;
    expect(await holds({ r: der, s: '' })).toBe(false);
  });

  test('a public key is a point of the curve in its one form', async () => {
    const { publicKey } = example;
    expect(await gmCrypto.isPublicKey('sm2-sm3', publicKey)).toBe(true);
    const prime = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
    const y = '9f7a091433a81e3f218f405f792355bf2aa98b5ffa95982f03870800065279a3';
    // A point whose x is small enough to have a second way to be written.
    const small = `04${hex32(1n)}${y}`;
    expect(await gmCrypto.isPublicKey('sm2-sm3', small)).toBe(true);
    for (const wrong of [
      `04${hex32(prime + 1n)}${y}`,
      `${publicKey.slice(0, -1)}4`,
      `04${'0'.repeat(128)}`,
      publicKey.slice(2),
      `03${publicKey.slice(2, 66)}`,
      `07${publicKey.slice(2)}`,
      publicKey.toUpperCase(),
      `${publicKey}00`,
      '00',
      '',
    ]) {
      expect([wrong, await gmCrypto.isPublicKey('sm2-sm3', wrong)]).toEqual([wrong, false]);
      await expect(holds({ publicKey: wrong })).rejects.toThrow('no public key of SM2');
    }
  });

  test('Ed25519 is the same in both adapters, and has keys of 32 bytes', async () => {
    const seed = webCrypto.randomBytes(32);
    const publicKey = await gmCrypto.publicKeyOf('ed25519', seed);
    const signature = await gmCrypto.sign('ed25519', seed, '实名');
    expect(await webCrypto.verify('ed25519', publicKey, '实名', signature)).toBe(true);
    expect(await gmCrypto.verify('ed25519', publicKey, '实名 ', signature)).toBe(false);
    expect(await gmCrypto.isPublicKey('ed25519', publicKey)).toBe(true);
    for (const wrong of [publicKey.slice(1), '', example.publicKey]) {
      expect(await gmCrypto.isPublicKey('ed25519', wrong)).toBe(false);
    }
  });

  test('an adapter without 国密 says that it has none', async () => {
    const seed = new Uint8Array(32);
    for (const work of [
      webCrypto.publicKeyOf('sm2-sm3', seed),
      webCrypto.publicJwkOf('sm2-sm3', seed),
      webCrypto.isPublicKey('sm2-sm3', example.publicKey),
      webCrypto.sign('sm2-sm3', seed, 'x'),
      webCrypto.verify('sm2-sm3', example.publicKey, 'x', 'AA=='),
    ]) {
      await expect(work).rejects.toThrow(
        RangeError('needs SM2 and SM3, which only `pnpm release` builds in'),
      );
    }
    expect([webCrypto.signatureAlgorithms, gmCrypto.signatureAlgorithms]).toEqual([
      ['ed25519'],
      ['ed25519', 'sm2-sm3'],
    ]);
  });
});

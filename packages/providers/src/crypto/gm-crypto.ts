import { signatureAlgorithms } from '@shiming/domain';
import { sm2, sm3, sm4 } from 'sm-crypto-v2';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from '../base64.ts';
import { type Crypto, isSmKey } from './port.ts';
import { webCrypto as plain } from './web-crypto.ts';

export { type Crypto, isSmKey };

const nonceBytes = 12;
const tagBytes = 16;

const encoder = new TextEncoder();
const utf8 = (text: string) => encoder.encode(text);

/** The keys for SM algorithms, each with the key for SM4 that is made of it. */
const smKeys = new WeakMap<Uint8Array, Uint8Array>();

const bytesOfHex = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** HMAC over SM3 (GB/T 32905, GM/T 0042), 32 bytes. */
export const hmacSm3 = (key: Uint8Array, text: string): Uint8Array =>
  bytesOfHex(sm3(utf8(text), { key, mode: 'hmac' }));

/** The order of SM2's group (GB/T 32918.5). */
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
/** With SM3, and the ID of a signer where no other is agreed (GM/T 0009). */
const sm2Rule = { hash: true, userId: '1234567812345678' } as const;

/**
 * The private key of a seed, in hexadecimal: 1 to n-2 (GB/T 32918.1). It is what 64 bytes leave over, so that no number is likelier than another
 * by more than 2^-256 (FIPS 186-5, A.2.1), and each seed has one.
 */
function sm2KeyOf(seed: Uint8Array): string {
  const wide = hexOf(hmacSm3(seed, 'sm2.1')) + hexOf(hmacSm3(seed, 'sm2.2'));
  const key = (BigInt(`0x${wide}`) % (order - 2n)) + 1n;
  return key.toString(16).padStart(64, '0');
}

const sm2PublicKeyOf = (seed: Uint8Array) => sm2.getPublicKeyFromPrivateKey(sm2KeyOf(seed));

function isSm2PublicKey(text: string): boolean {
  try {
    return /^04[\da-f]{128}$/.test(text) && sm2.verifyPublicKey(text);
  } catch {
    // The library throws where there is no such point.
    return false;
  }
}

/** GB/T 32918.2, 7.1: r and s are 1 to n-1. */
function verifySm2(publicKey: string, text: string, signature: Uint8Array): boolean {
  if (!isSm2PublicKey(publicKey)) throw new RangeError('no public key of SM2');
  const hex = hexOf(signature);
  const isInRange = [hex.slice(0, 64), hex.slice(64)].every((half) => {
    const number = BigInt(`0x0${half}`);
    return half.length === 64 && number > 0n && number < order;
  });
  return isInRange && sm2.doVerifySignature(utf8(text), hex, publicKey, sm2Rule);
}

/** SM4-GCM (GB/T 32907, RFC 8998) with a key of 16 bytes: the ciphertext, and the tag behind it. */
export function sealSm4(
  key: Uint8Array,
  nonce: Uint8Array,
  bytes: Uint8Array,
  associatedData: Uint8Array,
): Uint8Array {
  const { output, tag } = sm4.encrypt(bytes, key, {
    mode: 'gcm',
    iv: nonce,
    associatedData,
    output: 'array',
    outputTag: true,
  });
  if (tag === undefined) throw new Error('SM4: no tag');
  const joined = new Uint8Array(output.length + tagBytes);
  joined.set(output);
  joined.set(tag, output.length);
  return joined;
}

/**
 * Undoes `sealSm4`. The library checks a tag where it is given one, so none may be missing here.
 *
 * @throws Error when a single bit differs
 */
export function openSm4(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associatedData: Uint8Array,
): Uint8Array {
  if (nonce.length !== nonceBytes || sealed.length < tagBytes) throw new Error('SM4: too small');
  return sm4.decrypt(sealed.subarray(0, -tagBytes), key, {
    mode: 'gcm',
    iv: nonce,
    associatedData,
    output: 'array',
    tag: sealed.slice(-tagBytes),
  });
}

async function sealBytes(key: Uint8Array, bytes: Uint8Array, context: string) {
  const smKey = smKeys.get(key);
  if (smKey === undefined) return plain.sealBytes(key, bytes, context);
  const nonce = plain.randomBytes(nonceBytes);
  const ciphertext = sealSm4(smKey, nonce, bytes, utf8(context));
  const sealed = new Uint8Array(nonceBytes + ciphertext.length);
  sealed.set(nonce);
  sealed.set(ciphertext, nonceBytes);
  return sealed;
}

async function openBytes(key: Uint8Array, sealed: Uint8Array, context: string) {
  const smKey = smKeys.get(key);
  if (smKey === undefined) return plain.openBytes(key, sealed, context);
  return openSm4(smKey, sealed.subarray(0, nonceBytes), sealed.subarray(nonceBytes), utf8(context));
}

const hmacKey = async (key: Uint8Array, text: string) =>
  smKeys.has(key) ? hmacSm3(key, text) : plain.hmacKey(key, text);

/**
 * The services' cryptography with 国密 for the keys whose ids begin with `sm`: SM4-GCM seals, and HMAC-SM3 hashes, under them, and
 * under every other key what `webCrypto` does. So rows name by their key's id how they are sealed, and a change of keys is a change of algorithms.
 * A signature by SM2 is made and checked for whoever asks for that.
 */
export const webCrypto: Crypto = {
  ...plain,
  namedKey(id, key) {
    if (isSmKey(id)) smKeys.set(key, hmacSm3(key, 'sm4-gcm').slice(0, 16));
    return { id, key };
  },
  hmac: async (key, text) =>
    smKeys.has(key) ? toBase64Url(hmacSm3(key, text)) : plain.hmac(key, text),
  hmacKey,
  seal: async (key, text, context) => toBase64Url(await sealBytes(key, utf8(text), context)),
  async open(key, sealed, context) {
    if (!smKeys.has(key)) return plain.open(key, sealed, context);
    const plaintext = await openBytes(key, fromBase64Url(sealed), context);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext);
  },
  sealBytes,
  openBytes,
  signatureAlgorithms,
  publicKeyOf: async (algorithm, seed) =>
    algorithm === 'sm2-sm3' ? sm2PublicKeyOf(seed) : plain.publicKeyOf(algorithm, seed),
  async publicJwkOf(algorithm, seed) {
    if (algorithm !== 'sm2-sm3') return plain.publicJwkOf(algorithm, seed);
    const point = bytesOfHex(sm2PublicKeyOf(seed)).subarray(1);
    return {
      kty: 'EC',
      crv: 'SM2',
      alg: algorithm,
      x: toBase64Url(point.subarray(0, 32)),
      y: toBase64Url(point.subarray(32)),
    };
  },
  isPublicKey: async (algorithm, publicKey) =>
    algorithm === 'sm2-sm3' ? isSm2PublicKey(publicKey) : plain.isPublicKey(algorithm, publicKey),
  sign: async (algorithm, seed, text) =>
    algorithm === 'sm2-sm3'
      ? toBase64(bytesOfHex(sm2.doSignature(utf8(text), sm2KeyOf(seed), sm2Rule)))
      : plain.sign(algorithm, seed, text),
  verify: async (algorithm, publicKey, text, signature) =>
    algorithm === 'sm2-sm3'
      ? verifySm2(publicKey, text, fromBase64(signature))
      : plain.verify(algorithm, publicKey, text, signature),
};

import { sm3, sm4 } from 'sm-crypto-v2';
import { fromBase64Url, toBase64Url } from '../base64.ts';
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

/** HMAC over SM3 (GB/T 32905, GM/T 0042), 32 bytes. */
export const hmacSm3 = (key: Uint8Array, text: string): Uint8Array =>
  bytesOfHex(sm3(utf8(text), { key, mode: 'hmac' }));

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
};

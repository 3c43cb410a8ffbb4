import type { SignatureAlgorithm } from '@shiming/domain';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from '../base64.ts';
import { type Crypto, isSmKey } from './port.ts';

const NONCE_BYTES = 12;

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const encoder = new TextEncoder();
const utf8 = (text: string) => encoder.encode(text);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The imported form of a key, made once: a request uses the same few keys several times. The promise is not kept: a request
 * that ends early would leave it open for all others.
 */
function imported(algorithm: string | { name: string; hash: string }, ...usages: KeyUsage[]) {
  const known = new WeakMap<Uint8Array, CryptoKey>();
  return async (key: Uint8Array): Promise<CryptoKey> => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const bytes = new Uint8Array(key);
    const made = await crypto.subtle.importKey('raw', bytes, algorithm, false, usages);
    known.set(key, made);
    return made;
  };
}

const aesKey = imported('AES-GCM', 'encrypt', 'decrypt');
const hmacKey = imported({ name: 'HMAC', hash: 'SHA-256' }, 'sign');

const aesGcm = (nonce: Uint8Array<ArrayBuffer>, context: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: utf8(context),
});

/** HMAC-SHA256 (RFC 2104), 32 bytes. */
export async function hmacSha256(key: Uint8Array, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(key), utf8(text)));
}

async function sealBytes(key: Uint8Array, bytes: Uint8Array, context: string) {
  const nonce = randomBytes(NONCE_BYTES);
  const parameters = aesGcm(nonce, context);
  const ciphertext = await crypto.subtle.encrypt(
    parameters,
    await aesKey(key),
    new Uint8Array(bytes),
  );
  const sealed = new Uint8Array(NONCE_BYTES + ciphertext.byteLength);
  sealed.set(nonce);
  sealed.set(new Uint8Array(ciphertext), NONCE_BYTES);
  return sealed;
}

async function openBytes(key: Uint8Array, sealed: Uint8Array, context: string) {
  const data = new Uint8Array(sealed);
  const parameters = aesGcm(data.subarray(0, NONCE_BYTES), context);
  const ciphertext = data.subarray(NONCE_BYTES);
  return new Uint8Array(await crypto.subtle.decrypt(parameters, await aesKey(key), ciphertext));
}

/** What stands before the seed in PKCS #8 (RFC 8410, section 7). */
const ed25519Prefix = fromBase64('MC4CAQAwBQYDK2VwBCIEIA==');

function ed25519Key(seed: Uint8Array): Promise<CryptoKey> {
  const pkcs8 = new Uint8Array(ed25519Prefix.length + seed.length);
  pkcs8.set(ed25519Prefix);
  pkcs8.set(seed, ed25519Prefix.length);
  return crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
}

const verifyingKey = (publicKey: string) =>
  crypto.subtle.importKey('raw', fromBase64Url(publicKey), 'Ed25519', false, ['verify']);

function assertEd25519(algorithm: SignatureAlgorithm): void {
  if (algorithm !== 'ed25519')
    throw new RangeError('needs SM2 and SM3, which only `pnpm release` builds in');
}

async function publicKeyOf(algorithm: SignatureAlgorithm, seed: Uint8Array): Promise<string> {
  assertEd25519(algorithm);
  const key = await crypto.subtle.exportKey('jwk', await ed25519Key(seed));
  return (key as { x?: string }).x ?? '';
}

/** The services' cryptography by WebCrypto, the same in workerd and Node. */
export const webCrypto: Crypto = {
  namedKey(id, key) {
    if (isSmKey(id)) throw new RangeError('needs SM3 and SM4, which only `pnpm release` builds in');
    return { id, key };
  },
  randomBytes,

  randomToken: (length) => toBase64Url(randomBytes(length)),

  hmac: async (key, text) => toBase64Url(await hmacSha256(key, text)),
  hmacKey: hmacSha256,

  seal: async (key, text, context) => toBase64Url(await sealBytes(key, utf8(text), context)),

  async open(key, sealed, context) {
    const plaintext = await openBytes(key, fromBase64Url(sealed), context);
    return decoder.decode(plaintext);
  },

  sealBytes,
  openBytes,

  sha256: async (bytes) =>
    toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))),

  signatureAlgorithms: ['ed25519'],
  publicKeyOf,
  publicJwkOf: async (algorithm, seed) => ({
    kty: 'OKP',
    crv: 'Ed25519',
    alg: 'EdDSA',
    x: await publicKeyOf(algorithm, seed),
  }),
  async isPublicKey(algorithm, publicKey) {
    assertEd25519(algorithm);
    try {
      await verifyingKey(publicKey);
      return true;
    } catch {
      return false;
    }
  },
  async sign(algorithm, seed, text) {
    assertEd25519(algorithm);
    const key = await ed25519Key(seed);
    return toBase64(new Uint8Array(await crypto.subtle.sign('Ed25519', key, utf8(text))));
  },
  async verify(algorithm, publicKey, text, signature) {
    assertEd25519(algorithm);
    const key = await verifyingKey(publicKey);
    return crypto.subtle.verify('Ed25519', key, fromBase64(signature), utf8(text));
  },
  hmacSign: async (secret, text) => toBase64(await hmacSha256(fromBase64Url(secret), text)),

  equal(a, b) {
    if (a.length !== b.length) return false;
    let difference = 0;
    for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
    return difference === 0;
  },
};

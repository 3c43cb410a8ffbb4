import type { Crypto } from './port.ts';

const NONCE_BYTES = 12;

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const utf8 = (text: string) => new TextEncoder().encode(text);

function base64Url(data: Uint8Array): string {
  let binary = '';
  for (const byte of data) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const data = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  // A last character may carry bits that decode to nothing.
  if (base64Url(data) !== text) throw new Error('not base64url');
  return data;
}

const aesKey = (key: Uint8Array, usage: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, [usage]);

const aesGcm = (nonce: Uint8Array<ArrayBuffer>, context: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: utf8(context),
});

const hmacKeys = new WeakMap<Uint8Array, CryptoKey>();

/** The imported form of a key, made once: a request computes several HMACs under the same few keys. */
async function hmacKey(key: Uint8Array): Promise<CryptoKey> {
  const known = hmacKeys.get(key);
  if (known !== undefined) return known;
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), hmac, false, ['sign']);
  hmacKeys.set(key, imported);
  return imported;
}

/** HMAC-SHA256 (RFC 2104), 32 bytes. */
export async function hmacSha256(key: Uint8Array, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(key), utf8(text)));
}

/** The services' cryptography by WebCrypto, the same in workerd and Node. */
export const webCrypto: Crypto = {
  randomBytes,

  randomToken: (length) => base64Url(randomBytes(length)),

  hmac: async (key, text) => base64Url(await hmacSha256(key, text)),

  async seal(key, text, context) {
    const nonce = randomBytes(NONCE_BYTES);
    const imported = await aesKey(key, 'encrypt');
    const ciphertext = await crypto.subtle.encrypt(aesGcm(nonce, context), imported, utf8(text));
    const sealed = new Uint8Array(NONCE_BYTES + ciphertext.byteLength);
    sealed.set(nonce);
    sealed.set(new Uint8Array(ciphertext), NONCE_BYTES);
    return base64Url(sealed);
  },

  async open(key, sealed, context) {
    const data = fromBase64Url(sealed);
    const imported = await aesKey(key, 'decrypt');
    const parameters = aesGcm(data.subarray(0, NONCE_BYTES), context);
    const ciphertext = data.subarray(NONCE_BYTES);
    const plaintext = await crypto.subtle.decrypt(parameters, imported, ciphertext);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext);
  },

  equal(a, b) {
    if (a.length !== b.length) return false;
    let difference = 0;
    for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
    return difference === 0;
  },
};

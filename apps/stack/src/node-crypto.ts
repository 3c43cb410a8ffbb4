import {
  createCipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { type Crypto, isSmKey, webCrypto as gmCrypto } from '@shiming/providers/crypto/gm';

const nonceBytes = 12;

/** The keys that are not for 国密, as Node's own cryptography takes them. */
const plainKeys = new WeakMap<Uint8Array, KeyObject>();

/**
 * The same cryptography for commands that seal and index a great many texts. WebCrypto hands each of them to another thread, which costs
 * ten times what is done there; Node's `crypto` seals and hashes at once. All else, and keys for 国密, is as in a machine room of one's own.
 */
export const nodeCrypto: Crypto = {
  ...gmCrypto,
  namedKey(id, key) {
    const named = gmCrypto.namedKey(id, key);
    if (!isSmKey(id)) plainKeys.set(named.key, createSecretKey(named.key));
    return named;
  },
  async hmac(key, text) {
    const plain = plainKeys.get(key);
    if (plain === undefined) return gmCrypto.hmac(key, text);
    return createHmac('sha256', plain).update(text).digest('base64url');
  },
  async seal(key, text, context) {
    const plain = plainKeys.get(key);
    if (plain === undefined) return gmCrypto.seal(key, text, context);
    const nonce = randomFillSync(new Uint8Array(nonceBytes));
    const cipher = createCipheriv('aes-256-gcm', plain, nonce).setAAD(Buffer.from(context));
    return Buffer.concat([
      nonce,
      cipher.update(text),
      cipher.final(),
      cipher.getAuthTag(),
    ]).toString('base64url');
  },
};

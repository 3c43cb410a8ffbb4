import type { SignatureAlgorithm } from '@shiming/domain';

/** Whether a key of this id is for 国密 (SM2, SM3, SM4). */
export const isSmKey = (id: string): boolean => id.startsWith('sm');

/**
 * What the services need of WebCrypto, on texts: UTF-8 inside, base64url outside, so that no caller handles
 * encodings; and on bytes, for photos. Keys are 32 bytes. One adapter serves workerd and Node.
 */
export type Crypto = {
  /**
   * A key of the settings under its id, by which the algorithms are chosen.
   *
   * @throws RangeError where they are not built in
   */
  namedKey: (id: string, key: Uint8Array) => { id: string; key: Uint8Array };
  /** `length` unpredictable bytes. */
  randomBytes: (length: number) => Uint8Array;
  /** `length` unpredictable bytes as base64url. */
  randomToken: (length: number) => string;
  /** HMAC-SHA256 as base64url (43 characters). */
  hmac: (key: Uint8Array, text: string) => Promise<string>;
  /** The same HMAC as bytes: a key for one purpose, which `hmac` gives to somebody else as text. */
  hmacKey: (key: Uint8Array, text: string) => Promise<Uint8Array>;
  /** AES-256-GCM as base64url of 12 bytes of nonce, the ciphertext and 16 bytes of tag. */
  seal: (key: Uint8Array, text: string, context: string) => Promise<string>;
  /** Undoes `seal`. Rejects when key, context or a single bit differ. */
  open: (key: Uint8Array, sealed: string, context: string) => Promise<string>;
  /** As `seal`, on bytes: nonce, ciphertext and tag as they are. */
  sealBytes: (key: Uint8Array, bytes: Uint8Array, context: string) => Promise<Uint8Array>;
  /** Undoes `sealBytes`, and rejects like `open`. */
  openBytes: (key: Uint8Array, sealed: Uint8Array, context: string) => Promise<Uint8Array>;
  /** SHA-256 as base64url (43 characters). */
  sha256: (bytes: Uint8Array) => Promise<string>;
  /** The signatures that are built in. With any other algorithm the five functions below reject (RangeError). */
  signatureAlgorithms: readonly SignatureAlgorithm[];
  /**
   * The public key of the key with this seed of 32 bytes. Ed25519: 32 bytes in base64url. SM2: the point as `04`, x and y (GM/T 0009)
   * in 130 hexadecimal digits, as the Chinese libraries write it.
   */
  publicKeyOf: (algorithm: SignatureAlgorithm, seed: Uint8Array) => Promise<string>;
  /**
   * The same as a JSON Web Key (RFC 7517). Its registry has no curve SM2: `kty` EC with `crv` SM2 is what the libraries that know it
   * write, and of an `alg` there is no custom.
   */
  publicJwkOf: (
    algorithm: SignatureAlgorithm,
    seed: Uint8Array,
  ) => Promise<Readonly<Record<string, string>>>;
  /** Whether a text is a public key in that form. One of SM2 is a point of the curve. */
  isPublicKey: (algorithm: SignatureAlgorithm, publicKey: string) => Promise<boolean>;
  /**
   * The signature of a text, 64 bytes in base64. Ed25519: RFC 8032. SM2: r and s, as RFC 9421 has the signatures of other curves, and not
   * in DER, with SM3 and the ID `1234567812345678` (GM/T 0009).
   */
  sign: (algorithm: SignatureAlgorithm, seed: Uint8Array, text: string) => Promise<string>;
  /** Whether a signature, in base64, is that of a text by the holder of a public key. Rejects where the key is none. */
  verify: (
    algorithm: SignatureAlgorithm,
    publicKey: string,
    text: string,
    signature: string,
  ) => Promise<boolean>;
  /** HMAC-SHA256 of a text in base64, with a secret in base64url that an office has, too. */
  hmacSign: (secret: string, text: string) => Promise<string>;
  /** Compares without telling, by its duration, where two texts differ. Lengths may be told. */
  equal: (a: string, b: string) => boolean;
};

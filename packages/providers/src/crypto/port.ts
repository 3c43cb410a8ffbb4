/** Primitive operations of WebCrypto that the services need. One adapter serves workerd and Node. */
export type Crypto = {
  /** `length` unpredictable bytes. */
  randomBytes(length: number): Uint8Array;
  sha256(data: Uint8Array): Promise<Uint8Array>;
  hmacSha256(key: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** AES-256-GCM. Answers 12 bytes of nonce, the ciphertext, 16 bytes of tag. */
  seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Promise<Uint8Array>;
  /** Undoes `seal`. Rejects when key, context or a single bit differ. */
  open(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Promise<Uint8Array>;
  /** Compares without telling, by its duration, where two values differ. Lengths may be told. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
};

import { fromBase64, toBase64 } from '../base64.ts';
import { webCrypto } from '../crypto/web-crypto.ts';
import type { PasswordHasher } from './port.ts';

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const ARGON2ID = 2;
const VERSION_1_3 = 0x13;

/** What the WebAssembly module of `@phi-ag/argon2` exports (the C reference implementation). */
type Argon2Exports = {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(byteLength: number): number;
  free(pointer: number): void;
  argon2_hash(
    passes: number,
    memoryKib: number,
    lanes: number,
    password: number,
    passwordLength: number,
    salt: number,
    saltLength: number,
    hash: number,
    hashLength: number,
    encoded: number,
    encodedLength: number,
    type: number,
    version: number,
  ): number;
};

type Stored = {
  memoryKib: number;
  passes: number;
  lanes: number;
  salt: Uint8Array;
  hash: Uint8Array;
};

const unpadded = (data: Uint8Array) => toBase64(data).replaceAll('=', '');

const PHC =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,5}),t=([1-9]\d?),p=([1-9])\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

function encode({ memoryKib, passes, lanes, salt, hash }: Stored): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
}

function decode(stored: string): Stored {
  const [, memoryKib, passes, lanes, salt, hash] = PHC.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('malformed Argon2id hash');
  return {
    memoryKib: Number(memoryKib),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: fromBase64(salt),
    hash: fromBase64(hash),
  };
}

/**
 * Argon2id (RFC 9106) on one WebAssembly instance. Make one hasher an isolate or process: its instance keeps
 * the 19 MiB that a hash needs and reuses them, and because a hash runs synchronously to its end, calls
 * made at once follow one another.
 *
 * @param options.wasm `@phi-ag/argon2/argon2.wasm`, compiled. In workerd a static import is that already.
 * @param options.randomBytes Where salts come from.
 * @param options.memoryKib What a hash fills: fewer in tests of other things, which make thousands.
 */
export function createArgon2Hasher(options: {
  wasm: WebAssembly.Module;
  randomBytes: (length: number) => Uint8Array;
  memoryKib?: number;
}): PasswordHasher {
  const { memoryKib = MEMORY_KIB } = options;
  // The package's own JavaScript is passed by: it takes the number of UTF-16 units for the number of
  // UTF-8 bytes, so of a password outside ASCII it hashes only a part.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a module's exports have no types
  const argon2 = new WebAssembly.Instance(options.wasm).exports as Argon2Exports;
  // oxlint-disable-next-line no-underscore-dangle -- what Emscripten calls the start of a module without `main`
  argon2._initialize();

  function derive(password: string, { memoryKib, passes, lanes, salt, hash }: Stored): Uint8Array {
    const secret = new TextEncoder().encode(password);
    const length = secret.length + salt.length + hash.length;
    const passwordAt = argon2.malloc(length);
    if (passwordAt === 0) throw new Error('Argon2: out of memory');
    const saltAt = passwordAt + secret.length;
    const hashAt = saltAt + salt.length;
    const area = () => new Uint8Array(argon2.memory.buffer, passwordAt, length);
    try {
      area().set(secret);
      area().set(salt, secret.length);
      const error = argon2.argon2_hash(
        passes,
        memoryKib,
        lanes,
        passwordAt,
        secret.length,
        saltAt,
        salt.length,
        hashAt,
        hash.length,
        0,
        0,
        ARGON2ID,
        VERSION_1_3,
      );
      if (error !== 0) throw new Error(`Argon2: error ${error}`);
      // The memory may have grown in the call, which detaches the earlier view.
      return area().slice(hashAt - passwordAt);
    } finally {
      area().fill(0);
      argon2.free(passwordAt);
    }
  }

  const current = { memoryKib, passes: PASSES, lanes: LANES };

  return {
    async hash(password) {
      const salt = options.randomBytes(SALT_BYTES);
      const hash = derive(password, { ...current, salt, hash: new Uint8Array(HASH_BYTES) });
      return encode({ ...current, salt, hash });
    },

    async verify(password, stored) {
      const parsed = decode(stored);
      return {
        isRight: webCrypto.equal(toBase64(derive(password, parsed)), toBase64(parsed.hash)),
        isOutdated:
          parsed.memoryKib < memoryKib ||
          parsed.passes < PASSES ||
          parsed.salt.length < SALT_BYTES ||
          parsed.hash.length < HASH_BYTES,
      };
    },

    // To match, a password would have to hash to 32 bytes of zero.
    decoy: encode({
      ...current,
      salt: new Uint8Array(SALT_BYTES),
      hash: new Uint8Array(HASH_BYTES),
    }),
  };
}

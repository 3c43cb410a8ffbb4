import { Secret, TOTP } from 'otpauth';
import { toBase64Url } from '../base64.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

function joined(...parts: readonly (Uint8Array | readonly number[])[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A value's type and length (RFC 8949, section 3). */
const head = (major: number, length: number) =>
  length < 24
    ? [(major << 5) | length]
    : length < 256
      ? [(major << 5) | 24, length]
      : [(major << 5) | 25, length >> 8, length & 255];

/** CBOR (RFC 8949) as far as WebAuthn needs it: integers, texts, bytes, arrays and maps. */
type Encodable =
  | number
  | string
  | Uint8Array
  | readonly Encodable[]
  | ReadonlyMap<number | string, unknown>;

function cbor(value: Encodable): Bytes {
  if (typeof value === 'number') return joined(value < 0 ? head(1, -1 - value) : head(0, value));
  if (typeof value === 'string') return joined(head(3, utf8(value).length), utf8(value));
  if (value instanceof Uint8Array) return joined(head(2, value.length), value);
  if (!(value instanceof Map)) {
    const items = value as readonly Encodable[];
    return joined(head(4, items.length), ...items.map(cbor));
  }
  const entries = [...value].flatMap(([key, each]) => [cbor(key), cbor(each as Encodable)]);
  return joined(head(5, value.size), ...entries);
}

/** A positive integer of ASN.1. */
const integer = (half: Uint8Array) => {
  const start = half.findIndex((byte) => byte !== 0);
  const digits = [...half.subarray(start)];
  const padded = (digits[0] ?? 0) > 127 ? [0, ...digits] : digits;
  return [2, padded.length, ...padded];
};

/** An ECDSA signature as WebAuthn has it (DER), of the two halves that WebCrypto gives. */
function der(signature: Uint8Array): Bytes {
  const body = [...integer(signature.subarray(0, 32)), ...integer(signature.subarray(32))];
  return Uint8Array.from([0x30, body.length, ...body]);
}

/** What an authenticator says of its make: a signature and a certificate, which only look like ones. */
const attestationOf = (format: string) =>
  new Map<string, unknown>(
    format === 'none'
      ? []
      : [
          ['alg', -7],
          ['sig', new Uint8Array(70)],
          ['x5c', [new Uint8Array(300)]],
        ],
  );

const flag = { userPresent: 1, userVerified: 4, synced: 8 | 16, attested: 64 } as const;

/**
 * An authenticator with one passkey (ES256) and the browser in front of it, in software: what it signs is real. `origin`
 * is the page that asks; the options say for which site.
 */
export async function createAuthenticator(
  origin: string,
  { isUserVerified = true }: { isUserVerified?: boolean } = {},
) {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const id = crypto.getRandomValues(new Uint8Array(16));
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const publicKey = cbor(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, raw.subarray(1, 33)],
      [-3, raw.subarray(33)],
    ]),
  );
  const self = { counter: 0, isUserVerified, isSynced: false, origin, attestation: 'none' };

  const clientData = (type: string, challenge: unknown) =>
    utf8(JSON.stringify({ type, challenge, origin: self.origin, crossOrigin: false }));

  async function authenticatorData(rpId: string, flags: number, rest: Bytes = joined()) {
    self.counter += 1;
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, self.counter);
    const verified = self.isUserVerified ? flag.userVerified : 0;
    const synced = self.isSynced ? flag.synced : 0;
    const all = flag.userPresent | verified | synced | flags;
    return joined(await sha256(utf8(rpId)), [all], counter, rest);
  }

  const credential = (response: Record<string, unknown>) =>
    JSON.stringify({
      id: toBase64Url(id),
      rawId: toBase64Url(id),
      type: 'public-key',
      clientExtensionResults: {},
      response,
    });

  return {
    id: toBase64Url(id),
    /**
     * What a test may change: the counter before the next signature, the PIN that was not entered, whether the passkey is
     * kept in a cloud, the page, and whether it says what make it is of though nobody asks.
     */
    self,

    /** Answers options for making a passkey, as `PublicKeyCredential.toJSON` does. */
    async create(options: Record<string, unknown>): Promise<string> {
      const { challenge, rp } = options as { challenge: string; rp: { id: string } };
      const attested = joined(new Uint8Array(16), [0, id.length], id, publicKey);
      const authData = await authenticatorData(rp.id, flag.attested, attested);
      const attestation = new Map<string, unknown>([
        ['fmt', self.attestation],
        ['attStmt', attestationOf(self.attestation)],
        ['authData', authData],
      ]);
      return credential({
        clientDataJSON: toBase64Url(clientData('webauthn.create', challenge)),
        attestationObject: toBase64Url(cbor(attestation)),
        transports: ['internal'],
      });
    },

    /** Answers options for a signature. */
    async get(options: Record<string, unknown>): Promise<string> {
      const { challenge, rpId } = options as { challenge: string; rpId: string };
      const data = clientData('webauthn.get', challenge);
      const authData = await authenticatorData(rpId, 0);
      const signature = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        keys.privateKey,
        joined(authData, await sha256(data)),
      );
      return credential({
        clientDataJSON: toBase64Url(data),
        authenticatorData: toBase64Url(authData),
        signature: toBase64Url(der(new Uint8Array(signature))),
      });
    },
  };
}

export type Authenticator = Awaited<ReturnType<typeof createAuthenticator>>;

/** What an authenticator app shows for a secret at an instant. */
export const appCode = (secret: string, atMs: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: atMs });

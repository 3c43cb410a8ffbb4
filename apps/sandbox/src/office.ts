import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { createSignature, verifySignature } from 'http-message-sig';

/** The office's question, and how a test may bend its request. */
export type OfficeCall = {
  idNumber: string;
  purpose: string;
  requestId?: string;
  nonce?: string;
  /** Seconds by which the office's clock is wrong. */
  skewSeconds?: number;
  /** What is sent in place of the body that was signed. */
  sentBody?: string;
};

export type OfficeReply = {
  status: number;
  said: Record<string, unknown>;
  /** Whether the answer is signed, by a key of the portal, for this request and this body. */
  isGenuine: boolean;
};

type Options = {
  /** Where the question goes: `https://…/office/v1/authorisation.check`. */
  url: string;
  /** Where the portal has its public keys: `https://…/office/v1/keys`. */
  keysUrl: string;
  keyId: string;
  privateKey: KeyObject;
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
};

const digestOf = (body: string) =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

/** The covered components of a question, and of its answer. */
const components = [
  '@method',
  '@authority',
  '@path',
  '@query',
  'content-digest',
  'content-type',
] as const;

/** A key pair of an office; the public half as it is put on record at the console. */
export function newOfficeKey(): { privateKey: KeyObject; publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

export const publicKeyOf = (privateKey: KeyObject): string =>
  createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';

/** The key with an Ed25519 seed in base64url. */
export const officeKeyOf = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from('MC4CAQAwBQYDK2VwBCIEIA==', 'base64'),
      Buffer.from(seed, 'base64url'),
    ]),
    format: 'der',
    type: 'pkcs8',
  });

/**
 * A registration office that asks the portal (README, Registration offices): it signs by RFC 9421 with a library of its own, and
 * believes an answer only with the portal's signature for its request.
 */
export class RegistrationOffice {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The signed request, as it goes out. */
  async request(call: OfficeCall): Promise<Request> {
    const { url, keyId, privateKey, now } = this.#options;
    const body = JSON.stringify({
      idNumber: call.idNumber,
      purpose: call.purpose,
      requestId: call.requestId ?? `r-${randomBytes(6).toString('hex')}`,
    });
    const headers = new Headers({
      'content-type': 'application/json',
      'content-digest': digestOf(body),
    });
    const created = Math.floor(now() / 1_000) + (call.skewSeconds ?? 0);
    const { signature, signatureInput } = await createSignature(
      new Request(url, { method: 'POST', headers, body }),
      {
        label: 'sig1',
        components: [...components],
        parameters: {
          created,
          expires: created + 300,
          nonce: call.nonce ?? randomBytes(16).toString('base64url'),
          alg: 'ed25519',
          keyid: keyId,
          tag: 'authorisation-check',
        },
        signer: {
          algorithm: 'ed25519',
          sign: (data) => new Uint8Array(sign(null, data, privateKey)),
        },
      },
    );
    headers.set('signature', signature);
    headers.set('signature-input', signatureInput);
    return new Request(url, { method: 'POST', headers, body: call.sentBody ?? body });
  }

  /** Sends a signed request, and looks at the answer. */
  async send(request: Request): Promise<OfficeReply> {
    const { fetch } = this.#options;
    const response = await fetch(request.clone());
    const body = await response.text();
    const isGenuine =
      response.headers.get('content-digest') === digestOf(body) &&
      (await this.#isSigned(request, response));
    return { status: response.status, said: JSON.parse(body), isGenuine };
  }

  async check(call: OfficeCall): Promise<OfficeReply> {
    return this.send(await this.request(call));
  }

  async #isSigned(request: Request, response: Response): Promise<boolean> {
    const { fetch, keysUrl, now } = this.#options;
    const set = (await (await fetch(new Request(keysUrl))).json()) as {
      keys: { kid: string; kty: string; crv: string; x: string }[];
    };
    try {
      const { components: covered } = await verifySignature(
        {
          kind: 'response',
          status: response.status,
          fields: [...response.headers].map(([name, value]) => ({ name, value })),
          request,
        },
        {
          policy: {
            algorithms: ['ed25519'],
            requiredComponents: [
              '@status',
              'content-digest',
              { name: 'signature', parameters: { req: true } },
            ],
            requiredParameters: ['created', 'keyid', 'tag'],
            maxAge: 300,
            now: Math.floor(now() / 1_000),
          },
          resolveVerifier({ parameters }) {
            const jwk = set.keys.find(({ kid }) => kid === parameters.keyid);
            if (jwk === undefined) throw new Error('no such key');
            const key = createPublicKey({ key: jwk, format: 'jwk' });
            return {
              algorithm: 'ed25519',
              verify: (data, signature) => verify(null, data, key, signature),
            };
          },
        },
      );
      return covered.length === 3;
    } catch {
      return false;
    }
  }
}

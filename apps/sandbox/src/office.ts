import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { createSignature, verifySignature } from 'http-message-sig';

/** How a test may bend a request of the office. */
type Bent = {
  requestId?: string;
  nonce?: string;
  /** Seconds by which the office's clock is wrong. */
  skewSeconds?: number;
  /** What is sent in place of the body that was signed. */
  sentBody?: string;
};

/** Whether a person has authorised a matter. */
export type OfficeCall = Bent & { idNumber: string; purpose: string };

/** A matter that a person is asked to confirm. */
export type OfficeMatterCall = OfficeCall & { company: string; role: string };

export type OfficeReply = {
  status: number;
  said: Record<string, unknown>;
  /** Whether the answer is signed, by a key of the portal, for this request and this body. */
  isGenuine: boolean;
};

type Options = {
  /** Where questions go: `https://…/office/v1/authorisation.check`, and the other acts beside it. */
  url: string;
  /** Where the portal has its public keys: `https://…/office/v1/keys`. */
  keysUrl: string;
  keyId: string;
  /** A key of the office, or the secret that it was given, in base64url. */
  privateKey: KeyObject | string;
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
};

const digestOf = (body: string) =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

/** How an office signs: with a key, or with a secret. */
const algorithmOf = (key: KeyObject | string) =>
  typeof key === 'string' ? 'hmac-sha256' : 'ed25519';

const hmacOf = (secret: string, data: Uint8Array) =>
  new Uint8Array(createHmac('sha256', Buffer.from(secret, 'base64url')).update(data).digest());

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

  /** The signed request of a question, as it goes out. */
  async request({ idNumber, purpose, ...bent }: OfficeCall): Promise<Request> {
    return this.#signed('authorisation.check', { idNumber, purpose }, bent);
  }

  async #signed(act: string, asked: object, bent: Bent): Promise<Request> {
    const { keyId, privateKey, now } = this.#options;
    const url = new URL(act, this.#options.url).href;
    const body = JSON.stringify({
      ...asked,
      requestId: bent.requestId ?? `r-${randomBytes(6).toString('hex')}`,
    });
    const headers = new Headers({
      'content-type': 'application/json',
      'content-digest': digestOf(body),
    });
    const created = Math.floor(now() / 1_000) + (bent.skewSeconds ?? 0);
    const { signature, signatureInput } = await createSignature(
      new Request(url, { method: 'POST', headers, body }),
      {
        label: 'sig1',
        components: [...components],
        parameters: {
          created,
          expires: created + 300,
          nonce: bent.nonce ?? randomBytes(16).toString('base64url'),
          alg: algorithmOf(privateKey),
          keyid: keyId,
          tag: 'authorisation-check',
        },
        signer: {
          algorithm: algorithmOf(privateKey),
          sign: (data) =>
            typeof privateKey === 'string'
              ? hmacOf(privateKey, data)
              : new Uint8Array(sign(null, data, privateKey)),
        },
      },
    );
    headers.set('signature', signature);
    headers.set('signature-input', signatureInput);
    return new Request(url, { method: 'POST', headers, body: bent.sentBody ?? body });
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

  /** The signed request by which a person is asked to confirm a matter. */
  async matterRequest(call: OfficeMatterCall): Promise<Request> {
    const { idNumber, company, role, purpose, ...bent } = call;
    return this.#signed('authorisation.request', { idNumber, company, role, purpose }, bent);
  }

  async askMatter(call: OfficeMatterCall): Promise<OfficeReply> {
    return this.send(await this.matterRequest(call));
  }

  /** What has become of a matter. */
  async result(matter: string, bent: Bent = {}): Promise<OfficeReply> {
    return this.send(await this.#signed('authorisation.result', { matter }, bent));
  }

  async withdraw(matter: string, bent: Bent = {}): Promise<OfficeReply> {
    return this.send(await this.#signed('authorisation.withdraw', { matter }, bent));
  }

  async #isSigned(request: Request, response: Response): Promise<boolean> {
    const { fetch, keysUrl, now, privateKey, keyId } = this.#options;
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
            algorithms: [algorithmOf(privateKey)],
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
            if (typeof privateKey === 'string') {
              if (parameters.keyid !== keyId) throw new Error('no such key');
              return {
                algorithm: 'hmac-sha256',
                verify: (data, signature) => timingSafeEqual(hmacOf(privateKey, data), signature),
              };
            }
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

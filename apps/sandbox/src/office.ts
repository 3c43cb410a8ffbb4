import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { OfficeAlgorithm, SignatureAlgorithm } from '@shiming/domain';
import { createSignature, verifySignature } from 'http-message-sig';
import smCrypto from 'sm-crypto';

/** A public key of the portal. */
type Jwk = { kid: string; kty: string; crv: string; x: string; y?: string };

/** How an office signs, and checks what is signed for it. */
export type OfficeKey = {
  algorithm: OfficeAlgorithm;
  /** As it is put on record at the console; `''` where both sides have a secret. */
  publicKey: string;
  sign: (data: Uint8Array) => Uint8Array;
  /** Whether a signature is by the portal: by this key of it, or with the secret. */
  isOfPortal: (data: Uint8Array, signature: Uint8Array, key: Jwk | undefined) => boolean;
};

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
  key: OfficeKey;
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

const hexOf = (base64url = '') => Buffer.from(base64url, 'base64url').toString('hex');

/** SM2 by another library than the portal's, with the same ID of the signer, its default. */
function newSm2Key(): OfficeKey {
  const { sm2 } = smCrypto;
  const { privateKey, publicKey } = sm2.generateKeyPairHex();
  return {
    algorithm: 'sm2-sm3',
    publicKey,
    sign: (data) =>
      new Uint8Array(Buffer.from(sm2.doSignature([...data], privateKey, { hash: true }), 'hex')),
    isOfPortal: (data, signature, key) =>
      key?.crv === 'SM2' &&
      sm2.doVerifySignature(
        [...data],
        Buffer.from(signature).toString('hex'),
        `04${hexOf(key.x)}${hexOf(key.y)}`,
        { hash: true },
      ),
  };
}

/** A key pair of an office. */
export function newOfficeKey(algorithm: SignatureAlgorithm = 'ed25519'): OfficeKey {
  if (algorithm === 'sm2-sm3') return newSm2Key();
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    algorithm,
    publicKey: createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '',
    sign: (data) => new Uint8Array(sign(null, data, privateKey)),
    isOfPortal: (data, signature, key) =>
      key?.crv === 'Ed25519' &&
      verify(null, data, createPublicKey({ key, format: 'jwk' }), signature),
  };
}

/** The secret that an office was given, in base64url. */
export function sharedSecret(secret: string): OfficeKey {
  const hmac = (data: Uint8Array) =>
    new Uint8Array(createHmac('sha256', Buffer.from(secret, 'base64url')).update(data).digest());
  return {
    algorithm: 'hmac-sha256',
    publicKey: '',
    sign: hmac,
    isOfPortal: (data, signature, key) =>
      key === undefined && timingSafeEqual(hmac(data), signature),
  };
}

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
    const { keyId, key, now } = this.#options;
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
          alg: key.algorithm,
          keyid: keyId,
          tag: 'authorisation-check',
        },
        signer: key,
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
    const { fetch, keysUrl, now, key, keyId } = this.#options;
    const set = (await (await fetch(new Request(keysUrl))).json()) as { keys: Jwk[] };
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
            algorithms: [key.algorithm],
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
            if (jwk === undefined && parameters.keyid !== keyId) throw new Error('no such key');
            return {
              algorithm: key.algorithm,
              verify: (data, signature) => key.isOfPortal(data, signature, jwk),
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

import type { Level } from './levels.ts';

/** What a service may be told of a person, with the scope by which it asks and the claims in which it reads it. */
export const serviceFields = {
  name: { scope: 'profile', claims: ['name'] },
  document: { scope: 'document', claims: ['document_type', 'document_number'] },
} as const;
export type ServiceField = keyof typeof serviceFields;

/** A service as it is registered. Addresses are compared as they stand. */
export type ServiceClient = {
  redirectUris: readonly string[];
  /** Where people come back to after signing out of the service. */
  postLogoutRedirectUris: readonly string[];
  /** Where the services page sends people, who sign in from there; `null`: people begin at the service itself. */
  startUri: string | null;
  /** The public keys by which it signs. */
  jwks: { keys: readonly Readonly<Record<string, unknown>>[] };
};

const acrPrefix = 'urn:shiming:level:';

/** A level as OpenID Connect names it (`acr`). */
export const acrOf = (level: Level): string => `${acrPrefix}${level}`;

/** The level that an `acr` names; `null` where it names none. */
export function levelOfAcr(acr: unknown): Level | null {
  const found = typeof acr === 'string' && /^urn:shiming:level:([1-4])$/.exec(acr)?.[1];
  return found ? (Number(found) as Level) : null;
}

/** An address as it must stand in a registration: with TLS, but on one machine, and compared character by character. */
const isAddress = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^(?:https:\/\/[a-z\d.-]+|http:\/\/localhost)(?::\d+)?\/[\w.~!$&'()*+,;=:@%/?-]*$/.test(value) &&
  !/\/\.\.?(?:\/|$)/.test(value);

const curves: ReadonlySet<unknown> = new Set(['P-256', 'Ed25519']);
/** With any of these members a key is no public one. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'];

function isPublicKey(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const key = value as Record<string, unknown>;
  return (
    typeof key['kid'] === 'string' &&
    (key['kty'] === 'RSA' || curves.has(key['crv'])) &&
    secretMembers.every((member) => !(member in key))
  );
}

/**
 * Reads the registration of a service.
 *
 * @throws RangeError, in a sentence, where something of it does not do
 */
export function parseServiceClient(value: unknown): ServiceClient {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const addresses = (name: string, atLeast: number): string[] => {
    const list = given[name];
    if (!Array.isArray(list) || list.length < atLeast || !list.every(isAddress)) {
      throw new RangeError(`${name} must be a list of addresses with https, as they will be sent.`);
    }
    return list;
  };
  const { startUri = null, jwks } = given;
  if (startUri !== null && !isAddress(startUri)) {
    throw new RangeError('startUri must be an address with https, or null.');
  }
  const keys = (jwks as { keys?: unknown } | undefined)?.keys;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isPublicKey)) {
    throw new RangeError(
      'jwks must have public keys (P-256, Ed25519 or RSA), each with a kid, and nothing secret.',
    );
  }
  return {
    redirectUris: addresses('redirectUris', 1),
    postLogoutRedirectUris: addresses('postLogoutRedirectUris', 0),
    startUri,
    jwks: { keys },
  };
}

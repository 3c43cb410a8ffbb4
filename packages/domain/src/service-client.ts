import type { Level } from './levels.ts';

/** What a service may be told of a person, with the scope by which it asks and the claims in which it reads it. */
export const serviceFields = {
  name: { scope: 'profile', claims: ['name'] },
  document: { scope: 'document', claims: ['document_type', 'document_number'] },
  mobile: { scope: 'phone', claims: ['phone_number', 'phone_number_verified'] },
  email: { scope: 'email', claims: ['email', 'email_verified'] },
} as const;
export type ServiceField = keyof typeof serviceFields;
export const serviceFieldIds = Object.keys(serviceFields) as readonly ServiceField[];

/** A service as it is registered. Addresses are compared as they stand. */
export type ServiceClient = {
  redirectUris: readonly string[];
  /** Where people come back to after signing out of the service. */
  postLogoutRedirectUris: readonly string[];
  /** Where the services page sends people, who sign in from there; `null`: people begin at the service itself. */
  startUri: string | null;
  /** The public keys by which it signs: none where it publishes them itself, at `jwksUri`. */
  jwks: { keys: readonly Readonly<Record<string, unknown>>[] };
  jwksUri: string | null;
  /** Where it is told that a person has signed out (OpenID Connect Back-Channel Logout). */
  backchannelLogoutUri: string | null;
  /** Where it is told what has changed of a person (RFC 8935). */
  eventsUri: string | null;
  /** What it is told of a person, and what only where the person lets it. */
  required: readonly ServiceField[];
  optional: readonly ServiceField[];
};

const acrPrefix = 'urn:shiming:level:';

/** A level as OpenID Connect names it (`acr`). */
export const acrOf = (level: Level): string => `${acrPrefix}${level}`;

/** The level that an `acr` names; `null` where it names none. */
export function levelOfAcr(acr: unknown): Level | null {
  const found = typeof acr === 'string' && /^urn:shiming:level:([1-4])$/.exec(acr)?.[1];
  return found ? (Number(found) as Level) : null;
}

import type { Level } from './levels.ts';

/** What a service may be told of a person, with the scope by which it asks and the claims in which it reads it. */
export const serviceFields = {
  name: { scope: 'profile', claims: ['name'] },
  document: { scope: 'document', claims: ['document_type', 'document_number'] },
} as const;
export type ServiceField = keyof typeof serviceFields;

/** A service as the console registers it. Addresses are compared as they stand. */
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

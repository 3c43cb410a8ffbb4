import { type Answers, collect } from './answers.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { ServiceClient, ServiceField } from './service-client.ts';

/** A registration as it is typed: addresses one a line, and keys as a JWK Set or as the address of one. */
export type ServiceClientAnswers = {
  redirectUris: string;
  postLogoutRedirectUris: string;
  startUri: string;
  keys: string;
  backchannelLogoutUri: string;
  eventsUri: string;
  required: ServiceField[];
  optional: ServiceField[];
};

/** A registration as somebody would type it. */
export function answersOfClient(client: Partial<ServiceClient>): ServiceClientAnswers {
  const { jwksUri, jwks, redirectUris = [], postLogoutRedirectUris = [] } = client;
  return {
    redirectUris: redirectUris.join('\n'),
    postLogoutRedirectUris: postLogoutRedirectUris.join('\n'),
    startUri: client.startUri ?? '',
    keys: jwksUri ?? (jwks === undefined ? '' : JSON.stringify(jwks)),
    backchannelLogoutUri: client.backchannelLogoutUri ?? '',
    eventsUri: client.eventsUri ?? '',
    required: [...(client.required ?? [])],
    optional: [...(client.optional ?? [])],
  };
}

/** With TLS at a host of a full name or number, on another machine, and nothing that a browser would write otherwise. */
const address =
  /^https:\/\/(?!127\.|0\.|[^/:]*\.localhost[:/])(?:[1-9]\d{0,2}(?:\.(?:0|[1-9]\d{0,2})){3}|(?:[a-z\d-]+\.)+[a-z][a-z\d-]*)(?::(?!443\/)\d+)?\/[\w.~!$&'()*+,;=:@%/?-]*$/;
const ownAddress = /^http:\/\/localhost(?::\d+)?\/[\w./-]*$/;

/** Reads addresses as they must stand in a registration: with TLS, and on this machine only where the provider is (`isLocal`). */
function parseAddresses(
  typed: string,
  isLocal: boolean,
  atLeast = 0,
  atMost = 20,
): Parsed<string[]> {
  const list = [...new Set(typed.split(/\s/).filter(Boolean))];
  const isAddress = (each: string) =>
    (address.test(each) || (isLocal && ownAddress.test(each))) &&
    !/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(each);
  return list.every(isAddress) && list.length >= atLeast && list.length <= atMost
    ? accept(list)
    : refuse('service_address.format');
}

function parseAddress(typed: string, isLocal: boolean): Parsed<string | null> {
  const parsed = parseAddresses(typed, isLocal, 0, 1);
  return parsed.ok ? accept(parsed.value[0] ?? null) : parsed;
}

/** What each kind of key has, beside its `kid`, and nothing secret. RSA keys have 2048 bits or more. */
const members: readonly Readonly<Record<string, RegExp>>[] = [
  { kty: /^EC$/, crv: /^P-256$/, x: /^[\w-]{43}$/, y: /^[\w-]{43}$/ },
  { kty: /^OKP$/, crv: /^Ed25519$/, x: /^[\w-]{43}$/ },
  { kty: /^RSA$/, n: /^[\w-]{342,}$/, e: /^AQAB$/ },
];
const anyMember = /^(?:kid|alg|use)$/;

function isPublicKey(value: unknown): value is Record<string, unknown> {
  const key = Object(value) as Record<string, unknown>;
  return (
    typeof key['kid'] === 'string' &&
    /^\S{1,100}$/.test(key['kid']) &&
    members.some(
      (each) =>
        Object.entries(each).every(([name, form]) =>
          form.test(typeof key[name] === 'string' ? key[name] : ''),
        ) && Object.keys(key).every((name) => name in each || anyMember.test(name)),
    )
  );
}

type Keys = Pick<ServiceClient, 'jwks' | 'jwksUri'>;

/** Reads public keys (P-256, Ed25519 or RSA), each with a name of its own, or the address where the service publishes them. */
function parseKeys(typed: string, isLocal: boolean): Parsed<Keys> {
  const address = parseAddresses(typed, isLocal, 1, 1);
  if (address.ok) return accept({ jwks: { keys: [] }, jwksUri: address.value[0] ?? null });
  try {
    const { keys } = JSON.parse(typed) as { keys?: unknown };
    if (Array.isArray(keys) && keys.length > 0 && keys.every(isPublicKey)) {
      const names = new Set(keys.map(({ kid }) => kid));
      if (names.size === keys.length) return accept({ jwks: { keys }, jwksUri: null });
    }
  } catch {
    // It is no JSON.
  }
  return refuse('service_keys.format');
}

/**
 * Reads the registration of a service. `asks`: what its portal lists for it at most. `isLocal`: the provider runs on this
 * machine, for development.
 */
export function parseServiceClient(
  typed: ServiceClientAnswers,
  { asks, isLocal }: { asks: readonly ServiceField[]; isLocal: boolean },
): Answers<ServiceClient> {
  const required = asks.filter((field) => typed.required.includes(field));
  const parsed = collect({
    redirectUris: parseAddresses(typed.redirectUris, isLocal, 1),
    postLogoutRedirectUris: parseAddresses(typed.postLogoutRedirectUris, isLocal),
    startUri: parseAddress(typed.startUri, isLocal),
    keys: parseKeys(typed.keys, isLocal),
    backchannelLogoutUri: parseAddress(typed.backchannelLogoutUri, isLocal),
    eventsUri: parseAddress(typed.eventsUri, isLocal),
  });
  if (!parsed.ok) return parsed;
  const { keys, ...addresses } = parsed.value;
  const optional = asks.filter(
    (field) => typed.optional.includes(field) && !required.includes(field),
  );
  return { ok: true, value: { ...addresses, ...keys, required, optional } };
}

/** Everything that a registration opens: each address, key and field, as `name value`. */
export const partsOfClient = (client: ServiceClient | null): string[] =>
  Object.entries({ ...client, jwks: client?.jwks.keys ?? [] }).flatMap(([name, value]) =>
    [value ?? []]
      .flat()
      .map((each) => `${name} ${typeof each === 'string' ? each : JSON.stringify(each)}`),
  );

/** What of a registration another one lacks, both ways: what the first loses, and what the next one opens. */
export function compareClients(before: ServiceClient | null, after: ServiceClient | null) {
  const [was, is] = [partsOfClient(before), partsOfClient(after)];
  return {
    removed: was.filter((part) => !is.includes(part)),
    added: is.filter((part) => !was.includes(part)),
  };
}

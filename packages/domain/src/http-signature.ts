/**
 * Signed requests of an office and our signed answers: HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530), in
 * one profile (ARCHITECTURE 40).
 */

/** What a request's signature covers: each of these, and nothing else. */
const signedComponents = [
  '@method',
  '@authority',
  '@path',
  '@query',
  'content-digest',
  'content-type',
] as const;

/**
 * Signatures by a private key: Ed25519 (RFC 8032), and SM2 with SM3 (GB/T 32918.2), whose name is ours, as the registry of RFC 9421
 * has none.
 */
export const signatureAlgorithms = ['ed25519', 'sm2-sm3'] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/**
 * How an office signs: with a key of its own, whose public half we have, or, where its system cannot, with a secret that both
 * have. What a request says of it counts only where the record of the key says the same.
 */
export const officeAlgorithms = [...signatureAlgorithms, 'hmac-sha256'] as const;
export type OfficeAlgorithm = (typeof officeAlgorithms)[number];

const signatureRule = {
  label: 'sig1',
  tag: 'authorisation-check',
  answerTag: 'authorisation-answer',
  /** How far the clock of an office may be ahead of ours, and for how long a request may be valid: none is older than that. */
  aheadMs: 30_000,
  validMs: 300_000,
} as const;

/** What of a request is signed. Of a header that is not there the value is `''`. */
export type SignableRequest = {
  method: string;
  authority: string;
  path: string;
  /** With its `?`; `?` alone where there is none. */
  query: string;
  contentDigest: string;
  contentType: string;
  signatureInput: string;
  signature: string;
};

/** What a signature says of itself, and what was signed. `signature` is in base64. */
export type ReadSignature = {
  algorithm: OfficeAlgorithm;
  keyId: string;
  nonce: string;
  createdMs: number;
  expiresMs: number;
  base: string;
  signature: string;
};

const input = /^sig1=(\((?:"[a-z@-]+")(?: "[a-z@-]+")*\)(?:;[a-z]+=(?:\d{1,15}|"[ !#-[\]-~]*"))+)$/;
const parameter = /;([a-z]+)=(?:(\d{1,15})|"([ !#-[\]-~]*)")/g;
const parameterNames = ['alg', 'created', 'expires', 'keyid', 'nonce', 'tag'];

/** The parameters, each once and none besides; `null` where that is not so. */
function parametersIn(text: string): ReadonlyMap<string, string> | null {
  const found = [...text.matchAll(parameter)].map(
    ([, name = '', number, quoted]) => [name, number, quoted] as const,
  );
  const names = found.map(([name]) => name).toSorted();
  if (names.join(' ') !== parameterNames.join(' ')) return null;
  const isOfItsType = found.every(
    ([name, number]) => (name === 'created' || name === 'expires') === (number !== undefined),
  );
  return isOfItsType
    ? new Map(found.map(([name, number, quoted]) => [name, number ?? quoted ?? '']))
    : null;
}

/** Reads the one signature of a request; `null` where there is none, another, or one that does not cover what it must. */
export function readSignature(request: SignableRequest): ReadSignature | null {
  const [, params] = input.exec(request.signatureInput) ?? [];
  const [, signature] =
    /^sig1=:([A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=):$/.exec(request.signature) ?? [];
  if (params === undefined || signature === undefined) return null;
  const listed = params.slice(1, params.indexOf(')'));
  const components = listed.split(' ').map((each) => each.slice(1, -1));
  const isComplete = components.toSorted().join(' ') === signedComponents.toSorted().join(' ');
  const values = parametersIn(params);
  if (!isComplete || values === null) return null;
  const valueOf = (name: string) => values.get(name) ?? '';
  const algorithm = officeAlgorithms.find((each) => each === valueOf('alg'));
  if (algorithm === undefined) return null;
  const isOfProfile =
    valueOf('tag') === signatureRule.tag &&
    /^[\w.-]{1,64}$/.test(valueOf('keyid')) &&
    /^[\w+/=-]{16,64}$/.test(valueOf('nonce'));
  if (!isOfProfile) return null;
  const said: Readonly<Record<string, string>> = {
    '@method': request.method,
    '@authority': request.authority,
    '@path': request.path,
    '@query': request.query,
    'content-digest': request.contentDigest,
    'content-type': request.contentType,
  };
  return {
    algorithm,
    keyId: valueOf('keyid'),
    nonce: valueOf('nonce'),
    createdMs: Number(valueOf('created')) * 1_000,
    expiresMs: Number(valueOf('expires')) * 1_000,
    base: [
      ...components.map((name) => `"${name}": ${said[name]}`),
      `"@signature-params": ${params}`,
    ].join('\n'),
    signature,
  };
}

/** Whether a signature is of now: neither old nor ahead, and not valid for long. */
export const isTimely = (
  { createdMs, expiresMs }: Pick<ReadSignature, 'createdMs' | 'expiresMs'>,
  nowMs: number,
): boolean =>
  createdMs <= nowMs + signatureRule.aheadMs &&
  expiresMs >= nowMs &&
  expiresMs <= createdMs + signatureRule.validMs;

/** A `Content-Digest` with this SHA-256, which is in base64. */
export const contentDigest = (sha256: string): string => `sha-256=:${sha256}:`;

/** What is signed of an answer, together with the signature of the request that it answers. */
export function answerBase(answer: {
  status: number;
  contentDigest: string;
  requestSignature: string;
  algorithm: OfficeAlgorithm;
  keyId: string;
  createdMs: number;
}): { input: string; base: string } {
  const { answerTag, label } = signatureRule;
  const created = Math.floor(answer.createdMs / 1_000);
  const params = `("@status" "content-digest" "signature";req);created=${created};alg="${answer.algorithm}";keyid="${answer.keyId}";tag="${answerTag}"`;
  return {
    input: `${label}=${params}`,
    base: [
      `"@status": ${answer.status}`,
      `"content-digest": ${answer.contentDigest}`,
      `"signature";req: ${answer.requestSignature}`,
      `"@signature-params": ${params}`,
    ].join('\n'),
  };
}

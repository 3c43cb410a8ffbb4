import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload } from 'jose';

/** An event of an account, as it came: what has happened, and to whom. */
export type Received = { subject: string; uri: string; event: Readonly<Record<string, unknown>> };

/** What a service answers that does not take a token: a code of RFC 8935, 2.4, or of OAuth. */
export class NotTaken extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const logoutUri = 'http://schemas.openid.net/event/backchannel-logout';
/** A token may come late, since it waits where the service was down. */
const lateAtMostSeconds = 8 * 24 * 3_600;
const toleranceSeconds = 30;

const nowSeconds = () => Math.floor(Date.now() / 1_000);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads what the provider pushes to a service, as the standards have it: signed by a published key, of the right type, for this
 * service, and each once.
 */
export function createInbox({
  issuer,
  jwksUri,
  fetch = globalThis.fetch,
}: {
  issuer: string;
  jwksUri: string;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}) {
  const keys = createRemoteJWKSet(new URL(jwksUri), { [customFetch]: fetch });
  const seen = new Set<string>();

  async function verify(token: string, audience: string, typ: string): Promise<JWTPayload> {
    try {
      const options = { issuer, audience, typ, clockTolerance: toleranceSeconds };
      const required = { requiredClaims: ['iat', 'jti', 'events'], algorithms: ['ES256'] };
      return (await jwtVerify(token, keys, { ...options, ...required })).payload;
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) throw new NotTaken('invalid_key');
      if (error instanceof errors.JWKSNoMatchingKey) throw new NotTaken('invalid_key');
      if (!(error instanceof errors.JWTClaimValidationFailed))
        throw new NotTaken('invalid_request');
      const codes: Readonly<Record<string, string>> = {
        iss: 'invalid_issuer',
        aud: 'invalid_audience',
      };
      throw new NotTaken(codes[error.claim] ?? 'invalid_request');
    }
  }

  /** Whether a token comes for the first time. */
  function isNew({ jti, iat = 0 }: JWTPayload): boolean {
    if (iat > nowSeconds() + toleranceSeconds || iat < nowSeconds() - lateAtMostSeconds) {
      throw new NotTaken('invalid_request');
    }
    const known = seen.has(String(jti));
    seen.add(String(jti));
    return !known;
  }

  return {
    /** RFC 8417, RFC 8935. Returns `null` for one that has been here: it was taken then. */
    async readEvent(token: string, audience: string): Promise<Received | null> {
      const payload = await verify(token, audience, 'secevent+jwt');
      const { sub_id: subjectId, events, exp, sub } = payload;
      if (!isObject(subjectId) || subjectId['iss'] !== issuer || !isObject(events)) {
        throw new NotTaken('invalid_request');
      }
      const [uri = ''] = Object.keys(events);
      const { [uri]: event } = events;
      if (exp !== undefined || sub !== undefined || !isObject(event)) {
        throw new NotTaken('invalid_request');
      }
      if (!isNew(payload)) return null;
      return { subject: String(subjectId['sub']), uri, event };
    },

    /** OpenID Connect Back-Channel Logout, 2.6. */
    async readLogout(token: string, audience: string): Promise<{ sub?: string; sid?: string }> {
      const payload = await verify(token, audience, 'logout+jwt');
      const { sub, sid, nonce, events, exp } = payload;
      const isLogout = isObject(events) && isObject(events[logoutUri]);
      if (!isLogout || nonce !== undefined || exp === undefined)
        throw new NotTaken('invalid_request');
      if (sub === undefined && sid === undefined) throw new NotTaken('invalid_request');
      if (!isNew(payload)) throw new NotTaken('invalid_request');
      return {
        ...(sub === undefined ? {} : { sub }),
        ...(typeof sid === 'string' ? { sid } : {}),
      };
    },
  };
}

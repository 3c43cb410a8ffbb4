import {
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';

const keyPair = (): Promise<GenerateKeyPairResult> =>
  generateKeyPair('ES256', { extractable: true });

const refuse = (error: string, status = 400) => Response.json({ error }, { status });

/** Somebody with an account at the test's provider. */
export type MinistryUser = { sub: string; [claim: string]: unknown };

type Begun = { user: MinistryUser; query: URLSearchParams };

/**
 * An OpenID provider of a test, that also lies: `fault` is what it does to the next ID token. It checks what a provider
 * checks (client, redirect address, PKCE, a code once), and knows nobody's password.
 */
export async function createTestMinistry({
  issuer = 'https://id.ministry.test',
  clientId = 'shiming',
  clientSecret = 'sandbox-ministry-secret',
} = {}) {
  const keys = await keyPair();
  const others = await keyPair();
  const codes = new Map<string, Begun>();
  const tokens = new Map<string, MinistryUser>();
  let issued = 0;
  const state = {
    isDown: false,
    isUserInfoDown: false,
    /** What answers instead of it. */
    answersInstead: null as ((path: string) => Response | undefined) | null,
    changeClaims: (claims: JWTPayload): JWTPayload => claims,
    signsWith: 'own' as 'own' | 'other' | 'none',
    asks: [] as string[],
  };
  const base = issuer.replace(/\/$/, '');
  const metadata = {
    issuer,
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/jwks`,
    userinfo_endpoint: `${base}/me`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  };
  const sign = (claims: JWTPayload): Promise<string> | string =>
    state.signsWith === 'none'
      ? new UnsecuredJWT(claims).encode()
      : new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
          .sign(state.signsWith === 'own' ? keys.privateKey : others.privateKey);

  async function redeem(request: Request): Promise<Response> {
    // Both halves are encoded as in a form (RFC 6749, 2.3.1).
    const [id, secret] = atob(request.headers.get('authorization')?.slice('Basic '.length) ?? '')
      .split(':')
      .map(decodeURIComponent);
    if (id !== clientId || secret !== clientSecret) {
      return refuse('invalid_client', 401);
    }
    const form = new URLSearchParams(await request.text());
    const begun = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = new TextEncoder().encode(form.get('code_verifier') ?? '');
    const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', verifier));
    if (
      begun === undefined ||
      begun.query.get('redirect_uri') !== form.get('redirect_uri') ||
      begun.query.get('code_challenge') !== challenge.toString('base64url')
    ) {
      return refuse('invalid_grant');
    }
    const nowSeconds = Math.floor(Date.now() / 1000);
    const token = `t${(issued += 1)}`;
    tokens.set(token, begun.user);
    const claims = state.changeClaims({
      iss: issuer,
      sub: begun.user.sub,
      aud: clientId,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      nonce: begun.query.get('nonce') ?? '',
    });
    return Response.json({
      access_token: token,
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await sign(claims),
    });
  }

  return {
    issuer,
    clientId,
    clientSecret,
    state,
    /** What a relying party calls. */
    async fetch(request: Request): Promise<Response> {
      if (state.isDown) throw new TypeError('fetch failed');
      const path = request.url.slice(base.length);
      state.asks.push(path);
      const instead = state.answersInstead?.(path);
      if (instead !== undefined) return instead;
      if (path === '/.well-known/openid-configuration') return Response.json(metadata);
      if (path === '/jwks') {
        const key = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
        return Response.json({ keys: [key] });
      }
      if (path === '/token') return redeem(request);
      if (path === '/me' && !state.isUserInfoDown) {
        const user = tokens.get(request.headers.get('authorization')?.slice(7) ?? '');
        return user === undefined ? new Response(null, { status: 401 }) : Response.json(user);
      }
      return new Response(null, { status: path === '/me' ? 503 : 404 });
    },
    /** What a browser does that opens `url` and signs in: answers the query with which it comes back. */
    signIn(url: string, user: MinistryUser): string {
      const query = new URL(url).searchParams;
      const code = `c${(issued += 1)}`;
      codes.set(code, { user, query });
      return `?${new URLSearchParams({ code, state: query.get('state') ?? '', iss: issuer })}`;
    },
  };
}

export type TestMinistry = Awaited<ReturnType<typeof createTestMinistry>>;

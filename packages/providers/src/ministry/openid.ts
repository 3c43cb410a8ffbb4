import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  ClientSecretBasic,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
} from 'openid-client';
import type { Ministry, MinistryClaims, MinistryClient, MinistryFailure } from './port.ts';

export type MinistryOptions = MinistryClient & {
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  timeoutMs: number;
};

/** How long the discovery document is good: a ministry that moves an endpoint keeps the former one for longer. */
const discoveredForMs = 3_600_000;

const hasServerFault = (cause: unknown): boolean =>
  cause instanceof Response && (cause.status >= 500 || cause.status === 429);

/** Codes of OAuth by which a server says that the trouble is its own, or our account's, and not the person's. */
const troubles: ReadonlySet<string> = new Set([
  'temporarily_unavailable',
  'server_error',
  'invalid_client',
  'unauthorized_client',
]);

function failureOf(error: unknown): MinistryFailure {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const code = troubles.has(error.error) ? error.error : 'oauth_error';
    if (error.error === 'access_denied') return { outcome: 'denied', code: error.error };
    return { outcome: troubles.has(error.error) ? 'unavailable' : 'refused', code };
  }
  if (error instanceof ClientError) {
    const { code = 'unknown', cause } = error;
    const isAway = code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || hasServerFault(cause);
    return { outcome: isAway ? 'unavailable' : 'refused', code };
  }
  return { outcome: 'unavailable', code: 'network_error' };
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 200 ? value : null;

/** Without them a person signs in all the same, and fills in a registration themselves. */
async function claimsOf(
  configuration: Configuration,
  token: string,
  subject: string,
): Promise<MinistryClaims> {
  try {
    const told = await fetchUserInfo(configuration, token, subject);
    return {
      name: textOf(told.name),
      mobile: told.phone_number_verified === true ? textOf(told.phone_number) : null,
      email: told.email_verified === true ? textOf(told.email) : null,
    };
  } catch {
    return { name: null, mobile: null, email: null };
  }
}

/**
 * The ministry's sign-in by OpenID Connect: authorization code with PKCE, state and nonce, and the signature of the ID token
 * is checked although it comes over TLS. openid-client allows clocks 30 s apart.
 */
export function createMinistry(options: MinistryOptions): Ministry {
  const { issuer, clientId, clientSecret, fetch, now, timeoutMs } = options;
  const isPlain = issuer.startsWith('http:');
  let discovered: { configuration: Promise<Configuration>; untilMs: number } | null = null;

  /** Discovery as it was answered last. One that failed is asked for again by the next person. */
  async function configurationOf(): Promise<Configuration> {
    if (discovered === null || discovered.untilMs <= now()) {
      const configuration = discovery(
        new URL(issuer),
        clientId,
        { client_secret: clientSecret },
        ClientSecretBasic(clientSecret),
        {
          [customFetch]: (url, init) => fetch(new Request(url, init as RequestInit)),
          timeout: timeoutMs / 1000,
          execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
        },
      );
      discovered = { configuration, untilMs: now() + discoveredForMs };
    }
    const { configuration } = discovered;
    try {
      return await configuration;
    } catch (error) {
      if (discovered.configuration === configuration) discovered = null;
      throw error;
    }
  }

  return {
    async begin({ redirectUri, state, nonce, verifier }) {
      try {
        const url = buildAuthorizationUrl(await configurationOf(), {
          redirect_uri: redirectUri,
          scope: 'openid profile phone email',
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        return { outcome: 'begun', url: url.href };
      } catch (error) {
        // Nobody has done anything yet: whatever is wrong is the ministry's, or a setting.
        return { ...failureOf(error), outcome: 'unavailable' };
      }
    },

    async redeem({ redirectUri, state, nonce, verifier }, query) {
      let configuration: Configuration;
      try {
        configuration = await configurationOf();
      } catch (error) {
        return { ...failureOf(error), outcome: 'unavailable' };
      }
      try {
        const address = new URL(redirectUri);
        address.search = query;
        const tokens = await authorizationCodeGrant(configuration, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const { iss = '', sub = '' } = tokens.claims() ?? {};
        // The library takes any text, and all who have none would be one person.
        if (sub === '') return { outcome: 'refused', code: 'no_subject' };
        const claims = await claimsOf(configuration, tokens.access_token, sub);
        return { outcome: 'arrived', issuer: iss, subject: sub, claims };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

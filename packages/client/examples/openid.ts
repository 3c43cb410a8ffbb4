/**
 * How a service signs people in by OpenID Connect, with `openid-client`: its two functions are what a web framework calls at
 * `/sign-in` and at the registered address to which people come back. README, Sign people in, says what is registered before.
 */
import * as openid from 'openid-client';

export type Service = {
  /** The provider's, such as `https://account.example.cn/oidc`. */
  issuer: URL;
  clientId: string;
  redirectUri: string;
  /** The private key, whose public half is registered under this `kid`. */
  key: CryptoKey;
  kid: string;
};

/** What is kept of a sign-in, for the browser that began it, until that browser comes back. */
export type Begun = {
  checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
  dpop: openid.DPoPHandle;
};

/** Asks once for the provider's addresses and keys. */
export const connect = (
  { issuer, clientId, key, kid }: Service,
  options?: openid.DiscoveryRequestOptions,
): Promise<openid.Configuration> =>
  openid.discovery(issuer, clientId, {}, openid.PrivateKeyJwt({ key, kid }), options);

/** At `/sign-in`: sends the request ahead, and answers where the browser goes. */
export async function beginSignIn(
  config: openid.Configuration,
  { redirectUri }: Service,
): Promise<{ url: URL; begun: Begun }> {
  const checks = {
    pkceCodeVerifier: openid.randomPKCECodeVerifier(),
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
  };
  const dpop = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair());
  const url = await openid.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: redirectUri,
      scope: 'openid profile document',
      acr_values: 'urn:shiming:level:3',
      code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
    },
    { DPoP: dpop },
  );
  return { url, begun: { checks, dpop } };
}

/** At the address to which the browser comes back (`address`, with its query): who it is, and at which level. */
export async function finishSignIn(
  config: openid.Configuration,
  { checks, dpop }: Begun,
  address: URL,
): Promise<{ level: unknown; told: openid.UserInfoResponse }> {
  const tokens = await openid.authorizationCodeGrant(config, address, checks, undefined, {
    DPoP: dpop,
  });
  const claims = tokens.claims();
  const told = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '', {
    DPoP: dpop,
  });
  return { level: claims?.['acr'], told };
}

import * as client from 'openid-client';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A service with a key of its own, by `openid-client`: what is registered of the key, and how it speaks to the provider. */
export async function createService(clientId: string) {
  const { publicKey, privateKey: key } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign', 'verify'],
  );
  const kid = `${clientId}-1`;
  const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid, alg: 'ES256' };
  return {
    jwks: { keys: [jwk] },
    key,
    async connect(issuer: URL, fetch: Fetch) {
      const config = await client.discovery(
        issuer,
        clientId,
        {},
        client.PrivateKeyJwt({ key, kid }),
        { [client.customFetch]: fetch as client.CustomFetch },
      );
      const dpopKeys = await client.randomDPoPKeyPair();
      return {
        config,
        /** A whole sign-in: `open` is the browser, and answers where it is sent. */
        async signIn(redirectUri: string, open: (url: URL) => Promise<URL | null>) {
          const pkceCodeVerifier = client.randomPKCECodeVerifier();
          const DPoP = client.getDPoPHandle(config, dpopKeys);
          const url = await client.buildAuthorizationUrlWithPAR(
            config,
            {
              redirect_uri: redirectUri,
              scope: 'openid profile',
              code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
              code_challenge_method: 'S256',
            },
            { DPoP },
          );
          const back = (await open(url)) as URL;
          const checks = { pkceCodeVerifier };
          const tokens = await client.authorizationCodeGrant(config, back, checks, undefined, {
            DPoP,
          });
          const refresh = () =>
            client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
          return { tokens, refresh };
        },
      };
    },
  };
}

export type ConnectedService = Awaited<
  ReturnType<Awaited<ReturnType<typeof createService>>['connect']>
>;

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { citizens } from './citizens.ts';
import type { MinistryMode, ModeSwitch } from './mode.ts';
import { vendorPaths } from './sandbox.ts';

const base = vendorPaths.ministry;

/** Who has an account there: the citizens of the sandbox, whose contacts the ministry has checked. */
const people = citizens.map((citizen, index) => ({
  sub: `edu-${index + 1}`,
  name: citizen.name,
  phone_number: `+86 ${citizen.mobile}`,
  phone_number_verified: true,
  email: `edu${index + 1}@example.com`,
  email_verified: true,
}));

const signingKey = async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'ministry-1', use: 'sig', alg: 'ES256' };
};

const page = (uid: string) => `<!doctype html>
<html lang="zh-CN">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>教育部统一身份认证（沙箱）</title>
  <style>
    body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 24rem; padding: 0 1rem; }
    button { display: block; font: inherit; margin: 0.5rem 0; min-height: 44px; width: 100%; }
  </style>
  <h1>教育部统一身份认证（沙箱）</h1>
  <p>选择一个账号登录 / Choose an account to sign in</p>
  <form method="post" action="${base}/interaction/${uid}">
    ${people.map(({ sub, name }) => `<button name="sub" value="${sub}">${name}</button>`).join('\n    ')}
    <button name="sub" value="">取消 / Cancel</button>
  </form>
</html>`;

async function createProvider(
  issuer: string,
  { clientId, clientSecret, redirectUris }: MinistryOptions,
): Promise<Provider> {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [await signingKey()] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: {
      openid: ['sub'],
      profile: ['name'],
      phone: ['phone_number', 'phone_number_verified'],
      email: ['email', 'email_verified'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `${base}/interaction/${uid}` },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 300, IdToken: 300 },
    findAccount: (_, sub) => {
      const person = people.find((each) => each.sub === sub);
      return person && { accountId: sub, claims: () => person };
    },
    renderError: (ctx, { error }) => {
      ctx.body = error;
    },
    // Whoever runs this client has the consent of the ministry, so the person is not asked.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider: of } = oidc;
      const grant = new of.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope('openid profile phone email');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

export type MinistryOptions = {
  clientId: string;
  clientSecret: string;
  redirectUris: readonly string[];
  mode: ModeSwitch<MinistryMode>;
  slowMs: number;
};

/**
 * The ministry's sign-in below `/vendors/ministry`, by oidc-provider: real keys, which are made at the first request, and a page
 * on which one chooses who one is.
 */
export function createMinistryServer(issuer: string, options: MinistryOptions) {
  let started: Promise<{ provider: Provider; handle: ReturnType<Provider['callback']> }> | null =
    null;
  const start = () =>
    (started ??= createProvider(issuer, options).then((provider) => ({
      provider,
      handle: provider.callback(),
    })));

  async function interact(request: IncomingMessage, response: ServerResponse, uid: string) {
    const { provider } = await start();
    if (request.method !== 'POST') {
      await provider.interactionDetails(request, response);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('cache-control', 'no-store');
      response.end(page(uid));
      return;
    }
    const sub = new URLSearchParams(await text(request)).get('sub') ?? '';
    const result =
      sub === ''
        ? { error: 'access_denied', error_description: 'The person went back.' }
        : { login: { accountId: sub } };
    await provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    });
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { mode } = options.mode;
    const path = request.url ?? '';
    if (mode === 'down') {
      response.statusCode = 503;
      response.end();
      return;
    }
    if (mode === 'slow') await delay(options.slowMs, undefined, { ref: false });
    if (mode === 'wrong_keys' && path === `${base}/jwks`) {
      const { d: _, ...key } = await signingKey();
      response.setHeader('content-type', 'application/jwk-set+json');
      response.end(JSON.stringify({ keys: [key] }));
      return;
    }
    const uid = new RegExp(`^${base}/interaction/([\\w-]+)$`).exec(path)?.[1];
    if (uid !== undefined) {
      await interact(request, response, uid).catch(() => {
        response.statusCode = 400;
        response.end();
      });
      return;
    }
    const { handle } = await start();
    // As a mount does: the provider finds what it stands below by comparing both.
    Object.assign(request, { originalUrl: path, url: path.slice(base.length) || '/' });
    await handle(request, response);
  };
}

export type MinistryServer = ReturnType<typeof createMinistryServer>;

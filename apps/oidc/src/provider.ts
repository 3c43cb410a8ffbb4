import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ServiceField, serviceFields } from '@shiming/domain';
import type { Ctx } from '@shiming/services/context';
import type { Client } from '@shiming/services/oidc/clients';
import { claimsOf, fieldsFor, knownTo, subjectOf } from '@shiming/services/oidc/person';
import { signingPeriod } from '@shiming/services/oidc/keys';
import {
  nameSubject,
  noteDisclosure,
  noteSession,
  sidOf,
  type TokenName,
} from '@shiming/services/oidc/tokens';
import { type Configuration, type JWKS, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { grantIdOf, grantOf, TokenAdapter } from './adapter.ts';
import { endSession } from './end-session.ts';
import { sentencePage } from './pages.ts';
import { acrFor, askedLevel, clientOf, policy, signedInPerson } from './policy.ts';
import { currentRequest, OidcRequest, withRequest } from './request.ts';
import { signingKeys } from './signing-keys.ts';

const minute = 60;
const hour = 60 * minute;

/** Where the provider stands below the public origin. */
export const oidcPath = '/oidc';

const never = () => false;

/** Of a service's published keys no more is read. */
const keysAtMostBytes = 65_536;

/** What a sign-in of the provider is: the session of our own that the browser holds. Nothing is kept of it. */
function sessionsOfOurOwn(provider: Provider): void {
  // Stored rows and a cookie would be a second session, which ends at another time.
  const Session = provider.Session as unknown as {
    new (): object;
    get: (ctx: KoaContextWithOIDC) => Promise<object>;
  };
  Session.get = async (ctx) => {
    const request = currentRequest();
    request.isDenied = ctx.query['denied'] !== undefined;
    const person = await request.openBrowser(namesIn(ctx));
    const session = Object.assign(new Session(), { uid: 'own', jti: 'own' });
    if (person?.session) {
      Object.assign(session, {
        accountId: person.account.id,
        loginTs: Math.floor(person.session.authTimeMs / 1_000),
      });
    }
    // The provider saves what was touched.
    Object.defineProperty(session, 'touched', { value: false });
    ctx.oidc.entity('Session', session);
    return session;
  };
}

const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:';

/** What a request of a browser names, to be read together with its session. */
function namesIn(ctx: KoaContextWithOIDC): TokenName[] {
  const { request_uri: requestUri } = ctx.query;
  const interaction = ctx.cookies.get(cookieNames.resume);
  return [
    ...(typeof requestUri === 'string' && requestUri.startsWith(requestUriPrefix)
      ? [{ kind: 'PushedAuthorizationRequest', value: requestUri.slice(requestUriPrefix.length) }]
      : []),
    ...(interaction === undefined ? [] : [{ kind: 'Interaction', value: interaction }]),
  ];
}

const cookieNames = {
  session: 'oidc_session',
  interaction: 'oidc_interaction',
  resume: 'oidc_resume',
};

/** What a sign-in that is newer, or somebody else's, answers. */
const provesAgain = new Set([
  'login_prompt',
  'max_age',
  'id_token_hint',
  'claims_id_token_sub_value',
]);

/** The page of a service here, to which the person is sent; it brings them back by the interaction's id. */
async function interactionUrl(
  ctx: KoaContextWithOIDC,
  { uid, prompt }: { uid: string; prompt: { name: string; reasons: string[] } },
): Promise<string> {
  const request = currentRequest();
  const client = await clientOf(ctx);
  const door = request.ctx.doors.find(({ portal }) => portal.id === client.portal);
  const url = new URL(`${door?.address}/services/${client.service.id}`);
  url.searchParams.set('from', uid);
  const level = askedLevel(request, ctx, client);
  if (level !== null) url.searchParams.set('level', String(level));
  // Somebody who is signed in is to prove who they are once more.
  const isAgain =
    signedInPerson() !== null && prompt.reasons.some((reason) => provesAgain.has(reason));
  if (isAgain) url.searchParams.set('again', '');
  return url.href;
}

/** The grant of this sign-in, where the person has agreed: each sign-in has one, so that a code used twice ends its own. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const request = currentRequest();
  const person = signedInPerson();
  const client = await clientOf(ctx);
  const { session } = ctx.oidc;
  if (person === null || session === undefined || fieldsFor(person, client) === null)
    return undefined;
  const { account, level } = person;
  session.acr = acrFor(ctx, level);
  if (knownTo(person, client)?.toldLevel !== level) {
    request.write(async () => nameSubject(request.ctx, account.id, client.id, level));
  }
  if (client.registration.backchannelLogoutUri) {
    const { sessionId } = person.session.signedIn;
    const sid = await sidOf(request.ctx, sessionId, client.id);
    session.sidFor(client.id, sid);
    const visit = { id: sid, sessionId, accountId: account.id, clientId: client.id };
    request.write(async () => noteSession(request.ctx, visit));
  }
  const id = grantIdOf(client.id, request.ctx.crypto.randomToken(16));
  const payload = await grantOf(id, client.id);
  return payload && new ctx.oidc.provider.Grant(payload);
}

/** The claims that each scope brings. The level is of every answer. */
const claims = {
  openid: ['sub', 'acr', 'auth_time', 'real_name_level'],
  ...Object.fromEntries(
    Object.values(serviceFields).map(({ scope, claims: each }) => [scope, [...each]]),
  ),
};

function configurationOf({ publicOrigin }: Pick<Ctx, 'publicOrigin'>, jwks: JWKS): Configuration {
  const cookie = {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicOrigin.startsWith('https:'),
    signed: false,
  } as const;
  return {
    adapter: TokenAdapter,
    jwks,
    claims,
    scopes: Object.keys(claims),
    acrValues: [1, 2, 3, 4].map((level) => `urn:shiming:level:${level}`),
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    clientAuthMethods: ['private_key_jwt'],
    clockTolerance: 10,
    conformIdTokenClaims: true,
    clientBasedCORS: never,
    // Keys are read where two persons have confirmed it, and nowhere else.
    fetch: (url, init) => globalThis.fetch(url, { ...init, redirect: 'manual' }),
    fetchResponseBodyLimits: { jwks_uri: keysAtMostBytes },
    cookies: { names: cookieNames, long: cookie, short: cookie },
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      idTokenSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['ES256', 'EdDSA', 'Ed25519'],
    },
    // FAPI 2.0 Security Profile: what the profile alone does not set is in the registrations and below.
    features: {
      fapi: { enabled: true, profile: '2.0' },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      dPoP: { enabled: true },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      // Only announced: tokens are sent by `deliveries.ts`, whatever ends a session.
      backchannelLogout: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: { enabled: false },
      devInteractions: { enabled: false },
    },
    pkce: { required: () => true },
    // Bound to the service's key, and the same until it ends: two tabs that refresh at once lose nothing.
    rotateRefreshToken: false,
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    interactions: { policy: policy(), url: interactionUrl },
    loadExistingGrant,
    pairwiseIdentifier: async (_, __, { clientId }) => {
      const { person } = currentRequest();
      const subject = person === null ? undefined : subjectOf(person, { id: clientId });
      if (subject !== undefined) return subject;
      // A browser is asked whether a service's hint is of its person, whom the service may not know yet: it is of nobody.
      if (person?.session) return '';
      throw new Error('the service knows nobody by this account');
    },
    async findAccount(ctx, accountId) {
      const request = currentRequest();
      const { person } = request;
      if (person === null || person.account.id !== accountId) return undefined;
      return {
        accountId,
        async claims(use, scope, asked) {
          const client = await clientOf(ctx);
          const note = (fields: readonly ServiceField[]) => {
            const accessToken = { kind: 'AccessToken', value: ctx.oidc.accessToken?.jti ?? '' };
            const { portal, service } = client;
            const { level } = person;
            request.write(() =>
              noteDisclosure(request.ctx, accessToken, {
                accountId,
                portal,
                service: service.id,
                fields,
                level,
              }),
            );
          };
          if (use !== 'userinfo') {
            // The ID token of a sign-in says the level, whatever the service asks for then.
            if (ctx.oidc.entities.AuthorizationCode !== undefined) note([]);
            return { sub: accountId };
          }
          const scopes = scope.split(' ');
          const fields = (fieldsFor(person, client) ?? []).filter((field) => {
            const { scope: own, claims: named } = serviceFields[field];
            return scopes.includes(own) || named.some((name) => name in asked);
          });
          note(fields);
          return { sub: accountId, ...(await claimsOf(request.ctx, person, fields)) };
        },
      };
    },
    renderError: async (ctx, { error }) => {
      ctx.type = 'html';
      ctx.body = sentencePage('failed', publicOrigin, error);
    },
    routes: {
      authorization: '/auth',
      pushed_authorization_request: '/par',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/jwks',
      revocation: '/revoke',
      end_session: '/session/end',
    },
    ttl: {
      AccessToken: 10 * minute,
      AuthorizationCode: minute,
      IdToken: 5 * minute,
      // A person may have to be verified in between.
      Interaction: 2 * hour,
      // No longer than a session of our own.
      RefreshToken: 12 * hour,
      Grant: 12 * hour,
      Session: 12 * hour,
    },
  };
}

const errorOf: Readonly<Record<string, string>> = {
  '/token': 'invalid_grant',
  '/par': 'invalid_client',
};

/** The provider with the keys of this period. */
async function createProvider(ctx: Ctx, report: (error: Error) => void): Promise<Provider> {
  const { publicOrigin } = ctx;
  const provider = new Provider(
    `${publicOrigin}${oidcPath}`,
    configurationOf(ctx, await signingKeys(ctx)),
  );
  // The Worker in front sets what a proxy says, and drops what a visitor has sent of it.
  provider.proxy = true;
  sessionsOfOurOwn(provider);
  provider.on('server_error', (_, error) => report(error));
  EventEmitter.prototype.on.call(provider, 'error', report);
  provider.use(async (koa, next) => {
    if (koa.path === '/session/end') await endSession(koa, provider, publicOrigin);
    else await next();
    if (await currentRequest().finish()) return;
    // Another request has used the same code, request or proof at the same moment, or the service was suspended in the last minute.
    koa.remove('location');
    koa.remove('set-cookie');
    koa.status = 400;
    const error = errorOf[koa.path] ?? 'invalid_request';
    if (koa.method === 'GET') {
      koa.type = 'html';
      koa.body = sentencePage('failed', publicOrigin, error);
    } else
      koa.body = { error, error_description: 'it has been used already, or the service has ended' };
  });
  return provider;
}

/** The address without the place of the provider; RFC 8414 puts that behind a well-known path. */
const pathBelow = (url: string): string =>
  url.startsWith('/.well-known/') ? url.replace(/\/oidc(?=\?|$)/, '') : url.slice(oidcPath.length);

/** Answers a request. Returns whether it has signed somebody out. */
type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/**
 * The OpenID provider as a handler of Node's requests. `ctxFor` makes the context of one request, with a connection of its
 * own; `findClient` answers the registration of a service.
 */
export function createOidc(options: {
  ctxFor: () => Ctx;
  findClient: (ctx: Ctx, clientId: string) => Promise<Client | null>;
  report: (error: Error) => void;
}): Handle {
  let made: { period: number; callback: Promise<ReturnType<Provider['callback']>> } | null = null;
  return async (req, res) => {
    const ctx = options.ctxFor();
    const period = signingPeriod(ctx);
    if (made?.period !== period) {
      const provider = createProvider(ctx, options.report);
      made = { period, callback: provider.then((each) => each.callback()) };
    }
    const callback = await made.callback;
    const url = pathBelow(req.url ?? '');
    // Of the difference the provider makes its addresses.
    Object.assign(req, { url, originalUrl: `${oidcPath}${url}` });
    const cookie = /(?:^|;\s*)__Host-session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1] ?? null;
    const request = new OidcRequest(ctx, {
      findClient: (clientId) => options.findClient(ctx, clientId),
      cookie,
    });
    await withRequest(request, () => callback(req, res));
    return request.hasSignedOut;
  };
}

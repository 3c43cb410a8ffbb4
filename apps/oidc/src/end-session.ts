import { signOut } from '@shiming/services/login/end-sessions';
import { subjectOf } from '@shiming/services/oidc/person';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { sentencePage, signOutPage } from './pages.ts';
import { signedInPerson } from './policy.ts';
import { currentRequest } from './request.ts';

type Koa = Pick<KoaContextWithOIDC, 'req' | 'method' | 'query' | 'get' | 'redirect' | 'append'> & {
  type: string;
  body: unknown;
  status: number;
};

/** The parameters of a request, by GET or by a form. */
async function paramsOf(koa: Koa): Promise<URLSearchParams> {
  if (koa.method === 'GET') return new URLSearchParams(koa.query as Record<string, string>);
  let form = '';
  for await (const chunk of koa.req) form += String(chunk);
  return new URLSearchParams(form);
}

/** Of whom a service's hint is, and where the service may send them afterwards; `null` where it brings none. */
async function readHint(provider: Provider, params: URLSearchParams) {
  const hint = params.get('id_token_hint');
  if (hint === null) return null;
  const [, body = ''] = hint.split('.');
  const { aud } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { aud?: unknown };
  const client = await provider.Client.find(String(aud));
  if (client === undefined) return null;
  // A hint that has run out is one still (OpenID Connect RP-Initiated Logout, 2).
  const { payload } = await provider.IdToken.validate(hint, client);
  const uri = params.get('post_logout_redirect_uri');
  const isAllowed = uri !== null && client.postLogoutRedirectUriAllowed(uri);
  return { clientId: client.clientId, subject: payload['sub'], uri: isAllowed ? uri : null };
}

/**
 * OpenID Connect RP-Initiated Logout: a service that brings an ID token of who is signed in signs them out here, too,
 * and gets them back; anybody else is asked.
 */
export async function endSession(
  koa: Koa,
  provider: Provider,
  publicOrigin: string,
): Promise<void> {
  const request = currentRequest();
  await request.openBrowser([]);
  const person = signedInPerson();
  const params = await paramsOf(koa);
  const hint = await readHint(provider, params).catch(() => null);
  const isConfirmed = koa.method === 'POST' && koa.get('origin') === publicOrigin;
  koa.type = 'html';
  koa.status = 200;
  if (person !== null) {
    const { account, session } = person;
    const { sessionId } = session.signedIn;
    const isOfHint = hint !== null && subjectOf(person, { id: hint.clientId }) === hint.subject;
    if (!isConfirmed && !isOfHint) {
      koa.body = signOutPage(`${publicOrigin}/oidc/session/end`, publicOrigin);
      return;
    }
    const actor = { type: 'applicant', accountId: account.id, sessionId } as const;
    await signOut({ ...request.ctx, actor }, session.signedIn);
    request.hasSignedOut = true;
    // Koa sets no secure cookie where there is no TLS, as on one machine.
    koa.append('set-cookie', '__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax');
  }
  const uri = hint?.uri ?? null;
  if (uri === null) {
    koa.body = sentencePage('signedOut', publicOrigin);
    return;
  }
  const back = new URL(uri);
  const state = params.get('state');
  if (state !== null) back.searchParams.set('state', state);
  koa.redirect(back.href);
}

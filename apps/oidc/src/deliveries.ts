import type { Deps } from '@shiming/services/context';
import type { Answer, SendToken } from '@shiming/services/oidc/deliver';
import { importJWK, SignJWT } from 'jose';
import { signingKeys } from './signing-keys.ts';

/** How long a service may take to answer. */
const deadlineMs = 8_000;
/** More of an answer nobody reads. */
const readAtMostBytes = 4_096;

const formOf = {
  'secevent+jwt': (token: string) => ({ type: 'application/secevent+jwt', body: token }),
  'logout+jwt': (token: string) => ({
    type: 'application/x-www-form-urlencoded',
    body: `logout_token=${token}`,
  }),
} as const;

/** The beginning of a body. */
async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes < readAtMostBytes;) {
    const { done, value } = await reader.read();
    if (done) return text;
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

/** Which error a service names (RFC 8935, 2.3; OpenID Connect Back-Channel Logout, 2.8). */
function errorIn(text: string): string {
  try {
    const { err, error } = JSON.parse(text) as { err?: unknown; error?: unknown };
    const named = err ?? error;
    return typeof named === 'string' && /^[\w.-]{1,64}$/.test(named) ? named : 'http_400';
  } catch {
    return 'http_400';
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, ok } = response;
  if (status === 400) return { outcome: 'refused', said: errorIn(await beginningOf(response)) };
  await response.body?.cancel();
  return { outcome: ok ? 'taken' : 'unavailable', said: `http_${status}` };
}

/**
 * What signs a token with the provider's key and posts it to a service: to the registered address and nowhere else, since it
 * follows no redirect.
 */
export async function createSendToken(
  deps: Pick<Deps, 'crypto' | 'keys' | 'now'>,
  fetch: typeof globalThis.fetch,
): Promise<SendToken> {
  const {
    keys: [jwk],
  } = await signingKeys(deps);
  if (jwk === undefined) throw new Error('the provider has no key');
  const key = await importJWK(jwk, 'ES256');
  return async ({ address, type, claims }) => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: type, kid: jwk.kid })
      .sign(key);
    const form = formOf[type](token);
    try {
      return await answerOf(
        await fetch(address, {
          method: 'POST',
          headers: { 'content-type': form.type, accept: 'application/json' },
          body: form.body,
          redirect: 'manual',
          signal: AbortSignal.timeout(deadlineMs),
        }),
      );
    } catch (error) {
      // The message of such an error may hold the address.
      const name = error instanceof Error ? error.name : 'Error';
      return { outcome: 'unavailable', said: name };
    }
  };
}

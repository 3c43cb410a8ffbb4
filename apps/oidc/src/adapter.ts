import type { ServiceField } from '@shiming/domain';
import { levelOfAcr, meetsLevel, serviceFields } from '@shiming/domain';
import { type Client, guardClientInForce } from '@shiming/services/oidc/clients';
import { fieldsFor, fieldsOfClient } from '@shiming/services/oidc/person';
import {
  consumeToken,
  endToken,
  endTokenGroup,
  keepOnce,
  putToken,
} from '@shiming/services/oidc/tokens';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { currentRequest } from './request.ts';

const scopeFor = (fields: readonly ServiceField[]): string =>
  ['openid', ...fields.map((field) => serviceFields[field].scope)].join(' ');

/** A registration in the provider's words (FAPI 2.0: the service signs its requests, and its tokens are bound to a key). */
const metadataOf = (client: Client): AdapterPayload => {
  const { redirectUris, postLogoutRedirectUris, backchannelLogoutUri, jwks, jwksUri } =
    client.registration;
  return {
    client_id: client.id,
    client_name: client.service.name.zh,
    application_type: 'web',
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    ...(backchannelLogoutUri
      ? {
          backchannel_logout_uri: backchannelLogoutUri,
          backchannel_logout_session_required: true,
        }
      : {}),
    ...(jwksUri === null ? { jwks: { keys: [...jwks.keys] } } : { jwks_uri: jwksUri }),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    scope: scopeFor(fieldsOfClient(client)),
    subject_type: 'pairwise',
    token_endpoint_auth_method: 'private_key_jwt',
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
    id_token_signed_response_alg: 'ES256',
  };
};

/**
 * What a person lets a service have, as the provider's grant: it is made of the consent and of the level that the service
 * asks for, and ends with either.
 */
export async function grantOf(
  grantId: string,
  clientId: string,
): Promise<AdapterPayload | undefined> {
  const { person, findClient } = currentRequest();
  const client = await findClient(clientId);
  const fields = person && client && fieldsFor(person, client);
  if (person === null || client === null || fields === null) return undefined;
  if (!meetsLevel(person.level, client.service.level)) return undefined;
  const claims = fields.flatMap((field) => [...serviceFields[field].claims]);
  return {
    jti: grantId,
    kind: 'Grant',
    accountId: person.account.id,
    clientId,
    openid: { scope: scopeFor(fields), claims: [...claims, 'real_name_level', 'acr'] },
    iat: 0,
  };
}

/** Where a grant's id says of which client it is. */
export const grantIdOf = (clientId: string, random: string): string => `${clientId}.${random}`;
const clientOfGrant = (grantId: string) => grantId.slice(0, grantId.lastIndexOf('.'));

/** The provider's models, by the names of their classes: a bundle that shortens names would take one for another. */
const kinds = new Set([
  'AccessToken',
  'AuthorizationCode',
  'BackchannelAuthenticationRequest',
  'Client',
  'ClientCredentials',
  'DeviceCode',
  'Grant',
  'InitialAccessToken',
  'Interaction',
  'PreAuthorizedCode',
  'PushedAuthorizationRequest',
  'RefreshToken',
  'RegistrationAccessToken',
  'ReplayDetection',
  'Session',
]);

/** Sessions and grants are not kept: the one is our own session, the other the person's consent. */
const notKept = new Set(['Session', 'Grant']);

/** What the provider keeps, in one table of tokens; see `OidcRequest` for when. */
export class TokenAdapter implements Adapter {
  readonly #kind: string;

  constructor(kind: string) {
    if (!kinds.has(kind)) throw new Error(`the provider has no model ${kind}`);
    this.#kind = kind;
  }

  async find(value: string): Promise<AdapterPayload | undefined> {
    const request = currentRequest();
    switch (this.#kind) {
      case 'Client': {
        const client = await request.findClient(value);
        return client === null ? undefined : metadataOf(client);
      }
      case 'Grant':
        return grantOf(value, clientOfGrant(value));
      case 'Session':
        return undefined;
      case 'ReplayDetection':
        // Whether it is the first is decided when it is written.
        return undefined;
    }
    const token = await request.token({ kind: this.#kind, value });
    if (token === undefined) return undefined;
    const { payload, consumedAtMs } = token;
    // What says a level of a person who has it no longer is good for nothing: the provider would say it again.
    const said = levelOfAcr(payload['acr']);
    const { person } = request;
    if (said !== null && person !== null && !meetsLevel(person.level, said)) return undefined;
    const found: AdapterPayload = { ...payload };
    if (this.#kind === 'Interaction') {
      Object.assign(found, { result: request.outcome(Number(payload['begunAtMs'])) });
    }
    if (consumedAtMs !== null) found.consumed = Math.floor(consumedAtMs / 1_000);
    return found;
  }

  async upsert(value: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    if (notKept.has(this.#kind)) return;
    const request = currentRequest();
    const name = { kind: this.#kind, value };
    const expiresAtMs = request.ctx.now() + expiresIn * 1_000;
    if (this.#kind === 'ReplayDetection') {
      request.write(() => keepOnce(request.ctx, name, expiresAtMs));
      return;
    }
    const { parJti } = payload as { parJti?: string };
    const groupOf =
      parJti === undefined ? null : { kind: 'PushedAuthorizationRequest', value: parJti };
    const { accountId = null, grantId: group = null, clientId } = payload;
    if (clientId !== undefined) {
      request.write(async () => guardClientInForce(request.ctx, clientId));
    }
    const isOfPerson = this.#kind !== 'Interaction';
    request.write(() =>
      putToken(request.ctx, name, {
        // The provider's own time is in seconds, and a sign-in of the same second may lie before the request.
        payload: isOfPerson ? payload : { ...payload, begunAtMs: request.ctx.now() },
        accountId: isOfPerson ? accountId : null,
        group,
        groupOf,
        expiresAtMs,
      }),
    );
  }

  async consume(value: string): Promise<void> {
    const request = currentRequest();
    const name = { kind: this.#kind, value };
    const token = await request.token(name);
    const { grantId } = (token?.payload ?? {}) as { grantId?: string };
    if (grantId !== undefined) request.endsWithRace(grantId);
    request.write(() => consumeToken(request.ctx, name));
  }

  async destroy(value: string): Promise<void> {
    if (notKept.has(this.#kind)) return;
    const request = currentRequest();
    request.write(() => endToken(request.ctx, { kind: this.#kind, value }));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const request = currentRequest();
    // The provider asks for each kind; one statement ends them all.
    if (this.#kind !== 'AccessToken') return;
    request.write(async () => endTokenGroup(request.ctx, grantId));
  }

  /** Devices without a browser do not sign in here. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

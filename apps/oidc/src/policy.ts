import { acrOf, type Level, levelOfAcr, meetsLevel } from '@shiming/domain';
import type { Client } from '@shiming/services/oidc/clients';
import { gateOf, type Person, reachableLevel } from '@shiming/services/oidc/person';
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { currentRequest, type OidcRequest } from './request.ts';

const { Check, base } = interactionPolicy;

/** The service that a request is of. */
export async function clientOf(ctx: KoaContextWithOIDC): Promise<Client> {
  const client = await currentRequest().findClient(ctx.oidc.client?.clientId ?? '');
  if (client === null) throw new errors.InvalidClient('client not found');
  return client;
}

type Acr = { essential?: boolean; value?: unknown; values?: unknown };

/**
 * The level that a service asks for beyond its own: the lowest of those that it names, since any of them will do; `null`
 * where it names none.
 *
 * @throws UnmetAuthenticationRequirements where it insists on what nobody can reach at its portal
 */
export function askedLevel(
  { ctx: { doors, faces } }: Pick<OidcRequest, 'ctx'>,
  ctx: KoaContextWithOIDC,
  { portal }: Pick<Client, 'portal'>,
): Level | null {
  const { essential, value, values } = (ctx.oidc.claims.id_token?.acr ?? {}) as Acr;
  if (values !== undefined && !Array.isArray(values)) {
    throw new errors.InvalidRequest('acr values must be a list');
  }
  const named: unknown[] = values ?? (value === undefined ? [] : [value]);
  const door = doors.find((each) => each.portal.id === portal);
  const levels = named
    .map(levelOfAcr)
    .filter((level) => level !== null)
    .filter((level) => door && meetsLevel(reachableLevel({ faces }, door.portal), level));
  if (levels.length > 0) return Math.min(...levels) as Level;
  if (essential === true && named.length > 0) {
    throw new errors.UnmetAuthenticationRequirements(
      'no account here can reach the level asked for',
    );
  }
  return null;
}

/** What a person's level is called in the answer: the highest that was asked for and is reached, else their own. */
export function acrFor(ctx: KoaContextWithOIDC, level: Level): string {
  const { values } = (ctx.oidc.claims.id_token?.acr ?? {}) as Acr;
  const reached = (Array.isArray(values) ? values : [])
    .map(levelOfAcr)
    .filter((asked) => asked !== null && meetsLevel(level, asked)) as Level[];
  return acrOf(reached.length === 0 ? level : (Math.max(...reached) as Level));
}

type InSession = Person & { session: NonNullable<Person['session']> };

/** Who is signed in, in the browser that asks; `null` where nobody is. */
export function signedInPerson(): InSession | null {
  const { person } = currentRequest();
  return person?.session ? { ...person, session: person.session } : null;
}

/** With which refusal the gate is shut. */
async function refusalOf(ctx: KoaContextWithOIDC) {
  const request = currentRequest();
  const person = signedInPerson();
  const client = await clientOf(ctx);
  const asked = askedLevel(request, ctx, client);
  return person && gateOf(request.ctx, person, client, asked);
}

const consentNeeded = 'consent.required';

/**
 * When the person is sent to the page of the service here: to sign in, to do what is missing (T-ENT-03), or to agree.
 * The gate itself is that of the services page.
 */
export function policy() {
  const prompts = base();
  const login = prompts.get('login');
  const consent = prompts.get('consent');
  for (const reason of ['essential_acrs', 'essential_acr']) login?.checks.remove(reason);
  login?.checks.add(
    new Check(
      'gate_shut',
      'the person cannot enter this service yet',
      'interaction_required',
      async (ctx) => {
        const refusal = await refusalOf(ctx);
        return refusal !== null && refusal !== consentNeeded;
      },
    ),
  );
  consent?.checks.clear();
  consent?.checks.add(
    new Check(
      'not_agreed',
      'the person has not agreed to enter this service',
      'consent_required',
      async (ctx) => (await refusalOf(ctx)) === consentNeeded,
    ),
  );
  return prompts;
}

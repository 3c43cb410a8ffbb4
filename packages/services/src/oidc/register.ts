import { commit, serviceClientTable } from '@shiming/db';
import { parseServiceClient } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';

/**
 * Registers a service of a portal at the OpenID provider, or changes its registration. Its id is its `client_id`. The provider
 * reads a registration at most a minute late.
 *
 * @throws RangeError where the portal has no such service, it is a page here, or the registration does not do
 */
export async function registerService(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'actor' | 'requestId'> & {
    doors: readonly Pick<Ctx['doors'][number], 'portal'>[];
  },
  input: { portal: string; service: string; registration: unknown },
): Promise<{ clientId: string }> {
  const registration = parseServiceClient(input.registration);
  const { portal, service } = input;
  const known = ctx.doors
    .find((door) => door.portal.id === portal)
    ?.portal.services.find(({ id }) => id === service);
  if (known === undefined || known.page !== undefined) {
    throw new RangeError(`${portal} has no service ${service} that is another system.`);
  }
  const { version } = serviceClientTable;
  await commit(ctx.db, [
    ctx.db
      .insert(serviceClientTable)
      .values({ id: service, portal, service, registration, createdAtMs: ctx.now() })
      .onConflictDoUpdate({
        target: [serviceClientTable.portal, serviceClientTable.service],
        set: { registration, version: sql`${version} + 1` },
      }),
    record(ctx, 'service.registered', null, {
      portal,
      service,
      addresses: registration.redirectUris.join(' '),
    }),
  ]);
  return { clientId: service };
}

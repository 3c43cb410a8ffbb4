import { commit, guard, hasWritten, serviceClientTable, staffTable } from '@shiming/db';
import {
  answersOfClient,
  appErrorIn,
  compareClients,
  parseServiceClient,
  type ServiceClient,
} from '@shiming/domain';
import { and, countDistinct, eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx } from '../context.ts';
import { clientRules } from './registrations.ts';

const sentences: Readonly<Record<string, (service: string) => string>> = {
  'request.not_found': (service) => `${service} is no service that is another system.`,
  'input.invalid': () => 'is not as it must stand (docs/openid.md).',
  'staff.forbidden': () => 'There are two administrators: services are registered in the console.',
  'request.stale': (service) => `${service} is known already: it is changed in the console.`,
};

/**
 * The first set-up of a service at the OpenID provider, by a command beside the console: its `client_id` is its id. It
 * registers what was never registered, and only as long as the staff has not got two administrators: from then on one of them
 * registers and changes services in the console, and another confirms it.
 *
 * @throws RangeError, in a sentence, where the portal has no such service, the registration does not do, or the console has it
 */
export async function registerService(
  ctx: Parameters<typeof clientRules>[0] &
    Pick<Ctx, 'db' | 'now' | 'crypto' | 'actor' | 'requestId'>,
  input: { portal: string; service: string; registration: unknown },
): Promise<{ clientId: string }> {
  const { portal, service } = input;
  const { db } = ctx;
  const administrators = db
    .select({ persons: countDistinct(staffTable.numberIndex) })
    .from(staffTable)
    .where(and(eq(staffTable.role, 'administrator'), eq(staffTable.status, 'active')));
  try {
    const rules = clientRules(ctx, portal, service);
    const given = answersOfClient(input.registration as Partial<ServiceClient>);
    const registration = accepted(parseServiceClient(given, rules));
    const row = { id: service, portal, service, registration, createdAtMs: ctx.now() };
    await commit(db, [
      guard(db, sql`${administrators} < 2`, { code: 'staff.forbidden' }),
      db.insert(serviceClientTable).values(row).onConflictDoNothing(),
      guard(db, hasWritten, { code: 'request.stale' }),
      record(ctx, 'service.registered', null, {
        portal,
        service,
        added: compareClients(null, registration).added.join('\n'),
      }),
    ]);
  } catch (error) {
    const refused = appErrorIn(error)?.data;
    const said = sentences[refused?.code ?? '']?.(`${portal}/${service}`);
    if (said === undefined) throw error;
    const fields = refused?.code === 'input.invalid' ? Object.keys(refused.fields) : [];
    throw new RangeError([...fields, said].join(' '), { cause: error });
  }
  return { clientId: service };
}

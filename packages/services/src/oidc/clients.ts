import { guard, serviceClientTable } from '@shiming/db';
import type { Portal, ServiceClient } from '@shiming/domain';
import { and, eq, exists, isNotNull, isNull } from 'drizzle-orm';
import type { Deps } from '../context.ts';

type Service = Portal['services'][number];

/** A service that signs people in here, as it is registered. */
export type Client = {
  id: string;
  /** The id of its portal. */
  portal: string;
  service: Service;
  registration: ServiceClient;
};

/** That a registration is not suspended. One that has ended, or was never confirmed, is `null`. */
export const isClientInForce = isNull(serviceClientTable.suspendedAtMs);

/** The guard (in a list of one) that a service is not suspended, and has not ended, since its registration was read. */
export const guardClientInForce = ({ db }: Pick<Deps, 'db'>, clientId: string) => {
  const { id, registration } = serviceClientTable;
  const inForce = db
    .select({ id })
    .from(serviceClientTable)
    .where(and(eq(id, clientId), isNotNull(registration), isClientInForce));
  return [guard(db, exists(inForce), { code: 'request.stale' })] as const;
};

/** The registration in force with this id, at a portal that the operator has and that has the service; `null` where there is none. */
export async function findClient(
  { db, doors }: Pick<Deps, 'db' | 'doors'>,
  clientId: string,
): Promise<Client | null> {
  const [row] = await db
    .select()
    .from(serviceClientTable)
    .where(and(eq(serviceClientTable.id, clientId), isClientInForce));
  if (!row?.registration) return null;
  const { id, portal, registration } = row;
  const door = doors.find((each) => each.portal.id === portal);
  const service = door?.portal.services.find((each) => each.id === row.service);
  return service === undefined ? null : { id, portal, service, registration };
}

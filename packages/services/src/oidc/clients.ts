import { serviceClientTable } from '@shiming/db';
import type { Portal, ServiceClient } from '@shiming/domain';
import { and, eq, isNull } from 'drizzle-orm';
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

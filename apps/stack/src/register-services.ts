import { serviceClientTable } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { serviceRegistrations } from '@shiming/sandbox';

/** Registers the sandbox's services at the OpenID provider; `origin` is where they stand. */
export async function registerServices(databaseUrl: string, origin: string): Promise<void> {
  const db = connect({ url: databaseUrl });
  for (const { portal, service, registration } of serviceRegistrations(origin)) {
    const row = { id: service, portal, service, registration, createdAtMs: Date.now() };
    await db
      .insert(serviceClientTable)
      .values(row)
      .onConflictDoUpdate({ target: serviceClientTable.id, set: { registration } });
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { serviceClientTable } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { webCrypto } from '@shiming/providers/crypto/gm';
import { serviceRegistrations } from '@shiming/sandbox';
import { registerService } from '@shiming/services/oidc/register';
import { runCommand } from './lifetime.ts';
import { readPortals, readPublicOrigin, withDatabase } from './settings.ts';

/**
 * Puts the sandbox's services where the sandbox stands, whatever was there: of the local stack alone. `origin` is where they stand.
 */
export async function registerServices(databaseUrl: string, origin: string): Promise<void> {
  const db = connect({ url: databaseUrl });
  for (const { portal, service, registration } of serviceRegistrations(origin)) {
    await db
      .insert(serviceClientTable)
      .values({ id: service, portal, service, registration, createdAtMs: Date.now() })
      .onConflictDoUpdate({
        target: [serviceClientTable.portal, serviceClientTable.service],
        set: { registration, suspendedAtMs: null },
      });
  }
}

/** Registers a service of a portal for the first time, from a file of JSON at the local service, or at `DATABASE_URL`. */
async function registerFromFile(): Promise<void> {
  const [portal, service, file] = process.argv.slice(2);
  if (portal === undefined || service === undefined || file === undefined || !existsSync(file)) {
    throw new Error(
      '用法：pnpm services:register <网站> <业务> <文件.json>\n' +
        'Usage: pnpm services:register <portal> <service> <file.json>',
    );
  }
  const registration: unknown = JSON.parse(readFileSync(file, 'utf8'));
  await withDatabase(async ({ db, url }) => {
    const ctx = {
      db,
      doors: readPortals(),
      publicOrigin: readPublicOrigin(),
      now: () => Date.now(),
      crypto: webCrypto,
      actor: { type: 'system', job: 'register-services' } as const,
      requestId: webCrypto.randomToken(16),
    };
    const { clientId } = await registerService(ctx, { portal, service, registration });
    console.log(`数据库 Database  ${url}\nclient_id       ${clientId}`);
  });
}

if (import.meta.main) await runCommand(registerFromFile);

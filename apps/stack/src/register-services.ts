import { existsSync, readFileSync } from 'node:fs';
import { type Database } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { portals } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { serviceRegistrations } from '@shiming/sandbox';
import { registerService } from '@shiming/services/oidc/register';
import { runCommand } from './lifetime.ts';
import { readPortals, withDatabase } from './settings.ts';

const contextOf = (db: Database, doors = portals.map((portal) => ({ portal }))) => ({
  db,
  doors,
  now: () => Date.now(),
  crypto: webCrypto,
  actor: { type: 'system', job: 'register-services' } as const,
  requestId: webCrypto.randomToken(16),
});

/** Registers the sandbox's services at the OpenID provider; `origin` is where they stand. */
export async function registerServices(databaseUrl: string, origin: string): Promise<void> {
  const ctx = contextOf(connect({ url: databaseUrl }));
  for (const each of serviceRegistrations(origin)) await registerService(ctx, each);
}

/** Registers a service of a portal from a file of JSON at the local service, or at `DATABASE_URL`. */
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
    const doors = readPortals().map((door) => ({ portal: door.portal }));
    const { clientId } = await registerService(contextOf(db, doors), {
      portal,
      service,
      registration,
    });
    console.log(`数据库 Database  ${url}\nclient_id       ${clientId}`);
  });
}

if (import.meta.main) await runCommand(registerFromFile);

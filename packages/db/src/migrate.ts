import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client';
import { drizzle } from 'drizzle-orm/libsql';
import { migrate as applyMigrations } from 'drizzle-orm/libsql/migrator';

/** Where the migrations are: a folder of SQL files with their journal. */
export const migrations = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Applies the migrations of a folder that are missing, all in one transaction. Running it again changes nothing. */
export async function migrate(
  url: string,
  authToken?: string,
  migrationsFolder = migrations,
): Promise<void> {
  const client = createClient({ url, ...(authToken === undefined ? {} : { authToken }) });
  try {
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    client.close();
  }
}

if (import.meta.main) {
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = process.env;
  if (url === undefined) throw new Error('DATABASE_URL is not set.');
  await migrate(url, authToken);
}

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyNames = ['VAULT_KEYS', 'INDEX_KEYS', 'TOKEN_KEYS', 'AUDIT_KEYS'];

/** A new key for each purpose, as settings of the Worker. */
export const newKeys = (): Record<string, string> =>
  Object.fromEntries(keyNames.map((name) => [name, `k1:${randomBytes(32).toString('base64url')}`]));

function writePrivate(file: string, values: Record<string, string>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  chmodSync(file, 0o600);
}

/**
 * Writes the environment files of a local Worker and answers their paths. The keys are drawn once
 * and kept: without them the data of an earlier run could not be read. The rest follows the ports.
 */
export function writeEnvironment(dir: string, settings: Record<string, string>): string[] {
  const keysFile = join(dir, 'keys.env');
  if (!existsSync(keysFile)) writePrivate(keysFile, newKeys());
  const settingsFile = join(dir, 'local.env');
  writePrivate(settingsFile, settings);
  return [keysFile, settingsFile];
}

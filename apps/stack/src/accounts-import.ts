import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createArgon2Hasher } from '@shiming/providers/password';
import { nodeArgon2Module } from '@shiming/providers/password/node';
import { importLegacyFile } from './legacy-import.ts';
import { runCommand } from './lifetime.ts';
import { nodeCrypto } from './node-crypto.ts';
import { readNamedKeys, readPortals, withDatabase } from './settings.ts';

/** Imports accounts of the old system into the local service, or into `DATABASE_URL` with its keys. */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: {
      'skip-bad': { type: 'boolean', default: false },
      portal: { type: 'string' },
      'bad-rows': { type: 'string' },
    },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || !existsSync(file)) {
    throw new Error(
      `用法：pnpm accounts:import <文件.csv> [--portal <网站>] [--skip-bad] [--bad-rows <文件>]${file === undefined ? '' : `；没有 ${file}`}\n` +
        `Usage: pnpm accounts:import <file.csv> [--portal <id>] [--skip-bad] [--bad-rows <file>]${file === undefined ? '' : `; there is no ${file}`}`,
    );
  }
  const wasm = await nodeArgon2Module();
  await withDatabase(async ({ db, url }) => {
    const doors = readPortals();
    const { portal } = doors.find((door) => door.portal.id === values.portal) ?? doors[0];
    if (values.portal !== undefined && portal.id !== values.portal) {
      throw new Error(
        `PORTALS 里没有 ${values.portal}。 / PORTALS does not name ${values.portal}.`,
      );
    }
    const ctx = {
      db,
      now: () => Date.now(),
      crypto: nodeCrypto,
      hasher: createArgon2Hasher({ wasm, randomBytes: nodeCrypto.randomBytes }),
      keys: {
        vault: readNamedKeys('VAULT_KEYS'),
        index: readNamedKeys('INDEX_KEYS'),
        token: readNamedKeys('TOKEN_KEYS'),
        audit: readNamedKeys('AUDIT_KEYS'),
      },
      portal,
      actor: { type: 'system', job: 'accounts-import' } as const,
      requestId: nodeCrypto.randomToken(16),
    };
    console.log(`旧账号导入 Import of accounts  ${url}`);
    const { bad } = await importLegacyFile(ctx, {
      file,
      portal,
      skipsBad: values['skip-bad'],
      badRows: values['bad-rows'],
      say: (line) => console.log(line),
    });
    if (bad > 0 && !values['skip-bad']) process.exitCode = 1;
  });
});

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SignatureAlgorithm } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto/gm';
import { verifyAudit } from '@shiming/services/audit/chain';
import { exportAudit, exportKey } from '@shiming/services/audit/export';
import { runCommand } from './lifetime.ts';
import { readNamedKeys, withDatabase } from './settings.ts';

/** The digest that is signed by an algorithm, in base64url. */
export const digestText = (algorithm: SignatureAlgorithm, text: string): string =>
  createHash(algorithm === 'sm2-sm3' ? 'sm3' : 'sha256')
    .update(text)
    .digest('base64url');

/** Writes the sealed audit of the local service, or of `DATABASE_URL`, into a file for an inspector, once its chain holds. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { since: { type: 'string', default: '1970-01-01' }, key: { type: 'boolean' } },
    allowPositionals: true,
  });
  const keys = { audit: readNamedKeys('AUDIT_KEYS') };
  if (values.key === true) {
    const { keyId, algorithm, publicKey } = await exportKey({ crypto: webCrypto, keys });
    console.log(`${keyId}  ${algorithm}  ${publicKey}`);
    return;
  }
  const [file] = positionals;
  const sinceMs = Date.parse(values.since);
  if (file === undefined || Number.isNaN(sinceMs)) {
    throw new Error(
      'Usage: pnpm audit:export <file.jsonl> [--since 2026-12-01]   |   pnpm audit:export --key',
    );
  }
  await withDatabase(async ({ db }) => {
    const deps = { db, now: () => Date.now(), crypto: webCrypto, keys, digest: digestText };
    const { broken } = await verifyAudit(deps);
    if (broken !== null)
      throw new Error(`Block ${broken.block}: ${broken.why}. Nothing was written.`);
    const output = createWriteStream(file);
    let lines = 0;
    for await (const line of exportAudit(deps, sinceMs)) {
      if (!output.write(`${line}\n`)) await once(output, 'drain');
      lines += 1;
    }
    output.end();
    await once(output, 'close');
    console.log(`${file}: ${lines - 2} blocks`);
  });
}

if (import.meta.main) await runCommand(main);

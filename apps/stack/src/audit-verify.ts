import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import { appErrorIn } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { verifyAudit } from '@shiming/services';
import { runCommand } from './lifetime.ts';
import { dataDir } from './paths.ts';

/** What a file of the local stack holds, or nothing if there has been no local stack. */
function localFile(...path: string[]): string {
  const file = join(dataDir, ...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A setting from the environment, else from the local stack. */
function setting(name: string, local: string | undefined): string {
  const value = process.env[name] ?? local ?? '';
  if (value !== '') return value;
  throw new Error(
    `${name} 未设置，本机也没有服务的数据：请先运行 pnpm start。\n` +
      `${name} is not set and there are no data of a local service: run \`pnpm start\` first.`,
  );
}

/** Recomputes the audit chain of the local service, or of `DATABASE_URL` with `AUDIT_KEY`. */
await runCommand(async () => {
  const url = setting('DATABASE_URL', localFile('sqld', 'address'));
  const key = setting('AUDIT_KEY', /^AUDIT_KEY="(.+)"$/m.exec(localFile('keys.env'))?.[1]);
  const audit = Buffer.from(key, 'base64url');
  if (audit.length !== 32) throw new Error('AUDIT_KEY must hold 32 bytes in base64url.');
  const db = connect({ url, authToken: process.env['DATABASE_AUTH_TOKEN'] });

  const report = await verifyAudit({ db, crypto: webCrypto, keys: { audit } }).catch(
    (error: unknown) => {
      if (appErrorIn(error) === null) throw error;
      throw new Error(
        `数据库 ${url} 没有回应：服务启动后才能核对（pnpm start）。\n` +
          `The database at ${url} does not answer: the service must be running (pnpm start).`,
      );
    },
  );
  console.log(`审计链 Audit chain     ${url}
区块 Blocks            ${report.blocks}
已封存记录 Sealed rows  ${report.rows}
待封存记录 Unsealed     ${report.unsealed}
链首 Head              ${report.head ?? '–'}`);
  if (report.broken !== null) {
    const { block, why } = report.broken;
    throw new Error(
      why === 'missing'
        ? `第 ${block} 块缺失。 / Broken: block ${block} is missing.`
        : `第 ${block} 块被改动。 / Broken: block ${block} or its rows were altered.`,
    );
  }
  console.log('完好 / intact');
});

import { webCrypto } from '@shiming/providers/crypto/gm';
import { verifyAudit } from '@shiming/services/audit/chain';
import { runCommand } from './lifetime.ts';
import { readNamedKeys, withDatabase } from './settings.ts';

/** Recomputes the audit chain of the local service, or of `DATABASE_URL` with `AUDIT_KEYS`. */
await runCommand(() =>
  withDatabase(async ({ db, url }) => {
    const keys = { audit: readNamedKeys('AUDIT_KEYS') };
    const report = await verifyAudit({ db, crypto: webCrypto, keys });
    console.log(`审计链 Audit chain     ${url}
区块 Blocks            ${report.blocks}
到期删除 Cleared blocks ${report.clearedBlocks}
已封存记录 Sealed rows  ${report.rows}
待封存记录 Unsealed     ${report.unsealed}
链首 Head              ${report.head ?? '–'}`);
    if (report.broken !== null) {
      const { block, why } = report.broken;
      throw new Error(
        {
          missing: `第 ${block} 块缺失。 / Broken: block ${block} is missing.`,
          altered: `第 ${block} 块被改动。 / Broken: block ${block} or its rows were altered.`,
          key_missing: `第 ${block} 块的密钥不在 AUDIT_KEYS 里，请加上。 / The key of block ${block} is not in AUDIT_KEYS: add it.`,
        }[why],
      );
    }
    console.log('完好 / intact');
  }),
);

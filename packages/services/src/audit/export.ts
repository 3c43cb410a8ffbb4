import { auditBlockTable, auditTable } from '@shiming/db';
import type { SignatureAlgorithm } from '@shiming/domain';
import { isSmKey } from '@shiming/providers';
import { asc, desc, gt, gte, inArray, lt } from 'drizzle-orm';
import type { Deps, Keys } from '../context.ts';

type ExportDeps = Pick<Deps, 'db' | 'now' | 'crypto'> & { keys: Pick<Keys, 'audit'> };

const blocksAtOnce = 10;
const title = 'shiming audit export';

/**
 * The key that signs exports, made of the current audit key: an inspector has its public half before the day of the inspection.
 * Where that is a key for 国密, exports are signed by SM2.
 */
export async function exportKey({ crypto, keys }: Pick<ExportDeps, 'crypto' | 'keys'>) {
  const [{ id, key }] = keys.audit;
  const algorithm: SignatureAlgorithm = isSmKey(id) ? 'sm2-sm3' : 'ed25519';
  const seed = await crypto.hmacKey(key, 'audit.export');
  const publicKey = await crypto.publicKeyOf(algorithm, seed);
  return { algorithm, keyId: `export-${id}`, seed, publicKey };
}

/**
 * The sealed audit as JSON lines: a heading, a line for each block with its rows and its place in the chain, and an end that
 * signs a digest of all of them. `digest` is of a text in UTF-8, in base64url: SHA-256, or SM3 where SM2 signs.
 * `docs/verify-audit-export.mjs` checks such a file with no more than Node.js.
 */
export async function* exportAudit(
  deps: ExportDeps & { digest: (algorithm: SignatureAlgorithm, text: string) => string },
  sinceMs = 0,
): AsyncGenerator<string, { blocks: number; rows: number }> {
  const { db, crypto } = deps;
  const { algorithm, keyId, seed, publicKey } = await exportKey(deps);
  const digestOf = (text: string) => deps.digest(algorithm, text);
  const [first] = await db
    .select()
    .from(auditBlockTable)
    .where(gte(auditBlockTable.sealedAtMs, sinceMs))
    .orderBy(asc(auditBlockTable.block))
    .limit(1);
  const [before] = await db
    .select()
    .from(auditBlockTable)
    .where(lt(auditBlockTable.block, first?.block ?? 0))
    .orderBy(desc(auditBlockTable.block))
    .limit(1);
  const heading = JSON.stringify({
    title,
    version: 2,
    algorithm,
    madeAtMs: deps.now(),
    /** The hash that the first block goes on from; `null` where the chain begins with it. */
    previousHash: before?.hash.split('.')[0] ?? null,
  });
  yield heading;
  let digest = digestOf(heading);
  let last = (first?.block ?? 1) - 1;
  let blockCount = 0;
  let rowCount = 0;
  for (;;) {
    const blocks = await db
      .select()
      .from(auditBlockTable)
      .where(gt(auditBlockTable.block, last))
      .orderBy(asc(auditBlockTable.block))
      .limit(blocksAtOnce);
    const rows = await db
      .select()
      .from(auditTable)
      .where(
        inArray(
          auditTable.block,
          blocks.map(({ block }) => block),
        ),
      )
      .orderBy(asc(auditTable.block), asc(auditTable.atMs), asc(auditTable.id));
    for (const { block, sealedAtMs, hash, keyId: sealedBy, handOver } of blocks) {
      const own = rows
        .filter((row) => row.block === block)
        .map(({ id, atMs, actor, action, accountId, requestId, facts }) => [
          id,
          atMs,
          actor,
          action,
          accountId,
          requestId,
          facts,
        ]);
      const line = JSON.stringify({
        block,
        sealedAtMs,
        hash,
        keyId: sealedBy,
        handOver,
        rows: own,
      });
      yield line;
      digest = digestOf(`${digest}\n${line}`);
      last = block;
      blockCount += 1;
      rowCount += own.length;
    }
    if (blocks.length < blocksAtOnce) break;
  }
  const signature = await crypto.sign(algorithm, seed, `${title}\n${digest}`);
  yield JSON.stringify({
    end: { blocks: blockCount, rows: rowCount, digest, keyId, publicKey, signature },
  });
  return { blocks: blockCount, rows: rowCount };
}

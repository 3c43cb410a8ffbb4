import { auditBlockTable, auditTable, commit, isUniqueViolation } from '@shiming/db';
import { and, asc, desc, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Deps, Keys } from '../context.ts';

type ChainDeps = Pick<Deps, 'db' | 'now' | 'crypto'> & { keys: Pick<Keys, 'audit'> };
type Row = typeof auditTable.$inferSelect;

const rowsPerBlock = 500;
/** A writer that read its clock before the job may commit after it; the block waits for it. */
const settleMs = 5_000;

const genesis = 'shiming';

function link(
  deps: Pick<ChainDeps, 'crypto' | 'keys'>,
  block: number,
  previous: string,
  rows: readonly Row[],
) {
  const lines = rows.map(({ id, atMs, actor, action, accountId, requestId, facts }) =>
    JSON.stringify([id, atMs, actor, action, accountId, requestId, facts]),
  );
  return deps.crypto.hmac(deps.keys.audit, [String(block), previous, ...lines].join('\n'));
}

/**
 * Seals what has been recorded into the next block of the chain. Writers never wait for it; of two jobs at
 * once, one seals. Answers the new head, or `null` when there was nothing to seal.
 */
export async function sealAudit(
  deps: ChainDeps,
): Promise<{ block: number; rows: number; hash: string } | null> {
  const nowMs = deps.now();
  const [heads, rows] = await deps.db.batch([
    deps.db.select().from(auditBlockTable).orderBy(desc(auditBlockTable.block)).limit(1),
    deps.db
      .select()
      .from(auditTable)
      .where(and(isNull(auditTable.block), lt(auditTable.atMs, nowMs - settleMs)))
      .orderBy(asc(auditTable.atMs), asc(auditTable.id))
      .limit(rowsPerBlock),
  ]);
  if (rows.length === 0) return null;
  const [head] = heads;
  const block = (head?.block ?? 0) + 1;
  const hash = await link(deps, block, head?.hash ?? genesis, rows);
  try {
    await commit(deps.db, [
      deps.db.insert(auditBlockTable).values({ block, sealedAtMs: nowMs, rows: rows.length, hash }),
      deps.db
        .update(auditTable)
        .set({ block })
        .where(
          inArray(
            auditTable.id,
            rows.map((row) => row.id),
          ),
        ),
    ]);
  } catch (error) {
    if (isUniqueViolation(error, 'audit_block.block')) return null;
    throw error;
  }
  return { block, rows: rows.length, hash };
}

export type ChainReport = {
  blocks: number;
  rows: number;
  unsealed: number;
  head: string | null;
  /** The first block that does not hold, and why. */
  broken: { block: number; why: 'missing' | 'altered' } | null;
};

/** Recomputes the whole chain, block by block. Whoever alters, adds or removes a sealed row breaks its block. */
export async function verifyAudit(deps: Omit<ChainDeps, 'now'>): Promise<ChainReport> {
  const blocks = await deps.db.select().from(auditBlockTable).orderBy(asc(auditBlockTable.block));
  let previous = genesis;
  let rowCount = 0;
  let broken: ChainReport['broken'] = null;
  for (const [index, sealed] of blocks.entries()) {
    if (sealed.block !== index + 1) {
      broken = { block: index + 1, why: 'missing' };
      break;
    }
    const rows = await deps.db
      .select()
      .from(auditTable)
      .where(eq(auditTable.block, sealed.block))
      .orderBy(asc(auditTable.atMs), asc(auditTable.id));
    const expected = await link(deps, sealed.block, previous, rows);
    if (rows.length !== sealed.rows || !deps.crypto.equal(expected, sealed.hash)) {
      broken = { block: sealed.block, why: 'altered' };
      break;
    }
    previous = sealed.hash;
    rowCount += rows.length;
  }
  if (broken === null) {
    const [stray] = await deps.db
      .select({ block: auditTable.block })
      .from(auditTable)
      .where(or(lt(auditTable.block, 1), gt(auditTable.block, blocks.length)))
      .orderBy(asc(auditTable.block))
      .limit(1);
    if (typeof stray?.block === 'number') broken = { block: stray.block, why: 'missing' };
  }
  const unsealed = await deps.db.$count(auditTable, isNull(auditTable.block));
  return {
    blocks: blocks.length,
    rows: rowCount,
    unsealed,
    head: blocks.at(-1)?.hash ?? null,
    broken,
  };
}

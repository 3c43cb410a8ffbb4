import { auditBlockTable, auditTable, commit, isUniqueViolation } from '@shiming/db';
import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Deps, Keys } from '../context.ts';
import { clear } from '../jobs/clear.ts';
import { type Turn, whileFull } from '../jobs/turn.ts';

type ChainDeps = Pick<Deps, 'db' | 'now' | 'crypto'> & { keys: Pick<Keys, 'audit'> };
type Row = typeof auditTable.$inferSelect;
type Block = typeof auditBlockTable.$inferSelect;

const rowsPerBlock = 500;
/** A writer that read its clock before the job may commit after it; the block waits for it. */
const settleMs = 5_000;

const genesis = 'shiming';
/** How many blocks go in one transaction. */
const clearedAtOnce = 5;

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
 * What the chain goes on from. Of the blocks that were cleared, the last one stays without its rows: its hash,
 * a dot, and the key's word that it was cleared by the job (`clearanceOf`).
 */
const linkHash = ({ hash }: Pick<Block, 'hash'>): string => hash.split('.')[0] ?? '';
const isCleared = ({ hash }: Pick<Block, 'hash'>): boolean => hash.includes('.');
const clearanceOf = (deps: Pick<ChainDeps, 'crypto' | 'keys'>, block: number, hash: string) =>
  deps.crypto.hmac(deps.keys.audit, ['cleared', block, hash].join('\n'));

const doesHold = async (
  deps: Pick<ChainDeps, 'crypto' | 'keys'>,
  sealed: Block,
  previous: string,
  rows: readonly Row[],
): Promise<boolean> =>
  rows.length === sealed.rows &&
  deps.crypto.equal(await link(deps, sealed.block, previous, rows), sealed.hash);

/** The rows of a block, and whether they are what was sealed. */
async function readBlock(deps: Omit<ChainDeps, 'now'>, sealed: Block, previous: string) {
  const rows = await deps.db
    .select()
    .from(auditTable)
    .where(eq(auditTable.block, sealed.block))
    .orderBy(asc(auditTable.atMs), asc(auditTable.id));
  return { rows, holds: await doesHold(deps, sealed, previous, rows) };
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
  const hash = await link(deps, block, head === undefined ? genesis : linkHash(head), rows);
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

/** Seals block after block until everything is sealed or the turn is over. Returns how many rows, and the new head. */
export async function sealAll(deps: ChainDeps, turn: Turn) {
  let head: { block: number; hash: string } | null = null;
  const done = await whileFull(turn, rowsPerBlock, async () => {
    const sealed = await sealAudit(deps);
    head = sealed ?? head;
    return sealed?.rows ?? 0;
  });
  return { done, head: head as { block: number; hash: string } | null };
}

/** When the first row was recorded that is to be sealed and is not. */
export const unsealedSince = sql`(select min(${auditTable.atMs}) + ${settleMs} from ${auditTable} where ${auditTable.block} is null)`;

/** A block that is not what was sealed. */
class BrokenBlock extends Error {
  readonly logNote: string;
  constructor(block: number) {
    super('broken block');
    this.logNote = `audit block ${block} does not hold`;
  }
}

/**
 * The end of the audit's time: whole blocks go, from the oldest end, when every row in them is older than
 * `beforeMs`. A block that does not hold stays, as evidence, and is reported. Returns how many blocks went.
 */
export const clearAudit = (
  deps: ChainDeps,
  beforeMs: number,
  turn: Turn = { isOver: () => false, fail: () => {} },
): Promise<number> =>
  whileFull(turn, clearedAtOnce, (blocks) => clearSomeBlocks(deps, beforeMs, turn, blocks));

async function clearSomeBlocks(
  deps: ChainDeps,
  beforeMs: number,
  turn: Turn,
  atMost: number,
): Promise<number> {
  const oldest = (limit: number) =>
    deps.db.select().from(auditBlockTable).orderBy(asc(auditBlockTable.block)).limit(limit);
  const next = (await oldest(2)).find((each) => !isCleared(each));
  if (next === undefined || next.sealedAtMs >= beforeMs) return 0;
  const [first, ...others] = await oldest(atMost + 1);
  if (first === undefined) return 0;
  const blocks = isCleared(first) ? others : [first, ...others];
  let previous = isCleared(first) ? linkHash(first) : genesis;
  let last: Block | undefined;
  for (const sealed of blocks.slice(0, atMost)) {
    if (sealed.sealedAtMs >= beforeMs) break;
    const { rows, holds } = await readBlock(deps, sealed, previous);
    if (!holds) turn.fail(new BrokenBlock(sealed.block));
    if (!holds || rows.some(({ atMs }) => atMs >= beforeMs)) break;
    last = sealed;
    previous = sealed.hash;
  }
  if (last === undefined) return 0;
  const { block, hash } = last;
  await commit(deps.db, [
    ...clear(deps, 'audit', beforeMs, auditTable, lte(auditTable.block, block)),
    deps.db.delete(auditBlockTable).where(lt(auditBlockTable.block, block)),
    deps.db
      .update(auditBlockTable)
      .set({ rows: 0, hash: `${hash}.${await clearanceOf(deps, block, hash)}` })
      .where(eq(auditBlockTable.block, block)),
  ]);
  return blocks.indexOf(last) + 1;
}

export type ChainReport = {
  /** Blocks whose time was over before those that are there: the chain is checked from the next one. */
  clearedBlocks: number;
  blocks: number;
  rows: number;
  unsealed: number;
  head: string | null;
  /** The first block that does not hold, and why. */
  broken: { block: number; why: 'missing' | 'altered' } | null;
};

/** A part of the chain that was recomputed, and where the next one begins; `null` at the end, or where it broke. */
export type ChainPart = {
  clearedBlocks: number;
  /** How far it has come, of how many. */
  toBlock: number;
  lastBlock: number;
  rows: number;
  unsealed: number;
  head: string | null;
  broken: ChainReport['broken'];
  nextBlock: number | null;
};

/** What one request can recompute. */
const blocksPerPart = 200;
const rowsPerPart = 5_000;

/** As many of these blocks as have rows for one part; the first one in any case. */
function partOf(blocks: readonly Block[]): readonly Block[] {
  let rows = 0;
  const end = blocks.findIndex((sealed, index) => {
    rows += sealed.rows;
    return index >= blocksPerPart || (index > 0 && rows > rowsPerPart);
  });
  return end === -1 ? blocks : blocks.slice(0, end);
}

/**
 * Recomputes the chain from a block on, for so many blocks as fit; from 0, or any that is cleared, from the first that is kept. The
 * block before it counts as right: the part before has recomputed it. Two round trips.
 */
export async function verifyPart(
  deps: Omit<ChainDeps, 'now'>,
  fromBlock: number,
): Promise<ChainPart> {
  const { db } = deps;
  const { block } = auditBlockTable;
  const [[first], [last], read, [open]] = await db.batch([
    db.select().from(auditBlockTable).orderBy(asc(block)).limit(1),
    db.select().from(auditBlockTable).orderBy(desc(block)).limit(1),
    db
      .select()
      .from(auditBlockTable)
      .where(gte(block, fromBlock - 1))
      .orderBy(asc(block))
      .limit(blocksPerPart + 2),
    db.select({ unsealed: count() }).from(auditTable).where(isNull(auditTable.block)),
  ]);
  const cleared = first !== undefined && isCleared(first) ? first : null;
  const clearedBlocks = cleared?.block ?? 0;
  const lastBlock = Math.max(last?.block ?? 0, clearedBlocks);
  const isStart = fromBlock <= clearedBlocks + 1;
  const from = isStart ? clearedBlocks + 1 : fromBlock;
  const base = read.find((sealed) => sealed.block === from - 1);
  const following = read.filter((sealed) => sealed.block >= from);
  const part = partOf(following);
  const [rows, [stray]] = await db.batch([
    db
      .select()
      .from(auditTable)
      .where(and(gte(auditTable.block, from), lte(auditTable.block, part.at(-1)?.block ?? 0)))
      .orderBy(asc(auditTable.block), asc(auditTable.atMs), asc(auditTable.id)),
    db
      .select({ block: auditTable.block })
      .from(auditTable)
      .where(or(lt(auditTable.block, clearedBlocks + 1), gt(auditTable.block, lastBlock)))
      .orderBy(asc(auditTable.block))
      .limit(1),
  ]);
  const broken =
    (cleared !== null && isStart && !(await isClearedByJob(deps, cleared))
      ? ({ block: cleared.block, why: 'altered' } as const)
      : null) ??
    (!isStart && base === undefined ? ({ block: from - 1, why: 'missing' } as const) : null) ??
    (await firstBroken(deps, part, rows, base === undefined ? genesis : linkHash(base), from));
  const isWhole = part.length === following.length;
  const strayAt = isWhole && typeof stray?.block === 'number' ? stray.block : null;
  const toBlock = part.at(-1)?.block ?? from - 1;
  return {
    clearedBlocks,
    toBlock,
    lastBlock,
    rows: rows.filter((row) => broken === null || (row.block ?? 0) < broken.block).length,
    unsealed: open?.unsealed ?? 0,
    head: last === undefined ? null : linkHash(last),
    broken: broken ?? (strayAt === null ? null : { block: strayAt, why: 'missing' }),
    nextBlock: broken === null && !isWhole ? toBlock + 1 : null,
  };
}

async function isClearedByJob(deps: Omit<ChainDeps, 'now'>, cleared: Block): Promise<boolean> {
  const hash = linkHash(cleared);
  const told = `${hash}.${await clearanceOf(deps, cleared.block, hash)}`;
  return deps.crypto.equal(told, cleared.hash);
}

async function firstBroken(
  deps: Omit<ChainDeps, 'now'>,
  blocks: readonly Block[],
  rows: readonly Row[],
  base: string,
  from: number,
): Promise<ChainReport['broken']> {
  const byBlock = new Map<number | null, Row[]>(blocks.map(({ block }) => [block, []]));
  for (const row of rows) byBlock.get(row.block)?.push(row);
  let previous = base;
  for (const [index, sealed] of blocks.entries()) {
    if (sealed.block !== from + index) return { block: from + index, why: 'missing' };
    if (!(await doesHold(deps, sealed, previous, byBlock.get(sealed.block) ?? []))) {
      return { block: sealed.block, why: 'altered' };
    }
    previous = sealed.hash;
  }
  return null;
}

/**
 * Recomputes the whole chain, part by part, from the first block that is kept. Whoever alters, adds or removes a
 * sealed row breaks its block; whoever removes blocks at the old end lacks the key's word that their time was over.
 */
export async function verifyAudit(deps: Omit<ChainDeps, 'now'>): Promise<ChainReport> {
  let part = await verifyPart(deps, 0);
  let { rows } = part;
  while (part.nextBlock !== null) {
    part = await verifyPart(deps, part.nextBlock);
    rows += part.rows;
  }
  const { clearedBlocks, unsealed, head, broken } = part;
  const blocks = await deps.db.$count(auditBlockTable, gt(auditBlockTable.block, clearedBlocks));
  return { clearedBlocks, blocks, rows, unsealed, head, broken };
}

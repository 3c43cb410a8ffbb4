import {
  auditBlockTable,
  auditTable,
  type Batch,
  commit,
  guard,
  hasWritten,
  isUniqueViolation,
} from '@shiming/db';
import { appErrorIn } from '@shiming/domain';
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Deps, Keys, NamedKey } from '../context.ts';
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

/** What keeps the chain from going on, as the log says it. */
class ChainFault extends Error {
  readonly logNote: string;
  constructor(what: string) {
    super('audit chain');
    this.logNote = `audit: ${what}`;
  }
}

/** What was the only key, before keys had ids, is named `k1`. */
const notHeld = ({ keyId }: Pick<Block, 'keyId'>) =>
  new ChainFault(`key ${keyId} is not held${keyId === 'k1' ? ' (a former AUDIT_KEY is k1)' : ''}`);

type KeyDeps = Pick<ChainDeps, 'crypto' | 'keys'>;

const keyOf = ({ keys }: KeyDeps, id: string): NamedKey | undefined =>
  keys.audit.find((named) => named.id === id);

function link(
  deps: KeyDeps,
  { key }: NamedKey,
  block: number,
  previous: string,
  rows: readonly Row[],
) {
  const lines = rows.map(({ id, atMs, actor, action, accountId, requestId, facts }) =>
    JSON.stringify([id, atMs, actor, action, accountId, requestId, facts]),
  );
  return deps.crypto.hmac(key, [String(block), previous, ...lines].join('\n'));
}

/**
 * What both keys say of a block that hands the chain over. The new key's word holds the last hash of the former key,
 * and with it every block before: somebody who gets the former key later can alter none of them.
 */
const handOverText = (block: number, previous: string, from: string, to: string) =>
  ['hand over', block, previous, from, to].join('\n');

/** The block by which the chain goes over to the current key: it has no rows, and the word of both keys. */
async function handOverBlock(deps: ChainDeps, head: Block) {
  const [current] = deps.keys.audit;
  const former = keyOf(deps, head.keyId);
  if (former === undefined) throw notHeld(head);
  const block = head.block + 1;
  const text = handOverText(block, linkHash(head), former.id, current.id);
  return {
    block,
    sealedAtMs: deps.now(),
    rows: 0,
    hash: await deps.crypto.hmac(current.key, text),
    keyId: current.id,
    handOver: `${former.id}.${await deps.crypto.hmac(former.key, text)}`,
  };
}

/**
 * What the chain goes on from. Of the blocks that were cleared, the last one stays without its rows: its hash,
 * a dot, and the word of the head's key that it was cleared by the job (`clearanceOf`).
 */
const linkHash = ({ hash }: Pick<Block, 'hash'>): string => hash.split('.')[0] ?? '';
const isCleared = ({ hash }: Pick<Block, 'hash'>): boolean => hash.includes('.');
const clearanceOf = (deps: KeyDeps, { key }: NamedKey, block: number, hash: string) =>
  deps.crypto.hmac(key, ['cleared', block, hash].join('\n'));

/** Where the chain stands before a block: the hash it goes on from, and the key; no key before the first block. */
type Place = { hash: string; keyId: string | null };

const placeAfter = (sealed: Block): Place => ({ hash: linkHash(sealed), keyId: sealed.keyId });
const start: Place = { hash: genesis, keyId: null };

/** Why a block does not hold; `null` where it does. A key changes by the word of the one before, or not at all. */
async function fault(
  deps: KeyDeps,
  sealed: Block,
  previous: Place,
  rows: readonly Row[],
): Promise<'altered' | 'key_missing' | null> {
  const { block, hash, keyId, handOver } = sealed;
  if (rows.length !== sealed.rows) return 'altered';
  const named = keyOf(deps, keyId);
  if (named === undefined) return 'key_missing';
  const isRight = async ({ key }: NamedKey, text: string, word: string) =>
    deps.crypto.equal(await deps.crypto.hmac(key, text), word);
  if (handOver === null) {
    if (previous.keyId !== null && previous.keyId !== keyId) return 'altered';
    const is = await link(deps, named, block, previous.hash, rows);
    return deps.crypto.equal(is, hash) ? null : 'altered';
  }
  const [from = '', word = ''] = handOver.split('.');
  const text = handOverText(block, previous.hash, from, keyId);
  const former = keyOf(deps, from);
  const holds =
    rows.length === 0 &&
    from === previous.keyId &&
    (await isRight(named, text, hash)) &&
    // A former key of which no block is kept need no longer be held; the new key's word stands.
    (former === undefined || (await isRight(former, text, word)));
  return holds ? null : 'altered';
}

/** The rows of a block, and whether they are what was sealed. */
async function readBlock(deps: Omit<ChainDeps, 'now'>, sealed: Block, previous: Place) {
  const rows = await deps.db
    .select()
    .from(auditTable)
    .where(eq(auditTable.block, sealed.block))
    .orderBy(asc(auditTable.atMs), asc(auditTable.id));
  return { rows, holds: (await fault(deps, sealed, previous, rows)) === null };
}

/**
 * Seals what has been recorded into the next block of the chain. Writers never wait for it; of two jobs at
 * once, one seals. Where another key has become the current one, a block before hands the chain over to it. Answers the
 * new head, or `null` when there was nothing to seal.
 *
 * @throws ChainFault while the key of the last block is not held
 */
export async function sealAudit(
  deps: ChainDeps,
): Promise<{ block: number; rows: number; hash: string } | null> {
  const nowMs = deps.now();
  const [[head], [oldest], rows] = await deps.db.batch([
    deps.db.select().from(auditBlockTable).orderBy(desc(auditBlockTable.block)).limit(1),
    deps.db.select().from(auditBlockTable).orderBy(asc(auditBlockTable.block)).limit(1),
    deps.db
      .select()
      .from(auditTable)
      .where(and(isNull(auditTable.block), lt(auditTable.atMs, nowMs - settleMs)))
      .orderBy(asc(auditTable.atMs), asc(auditTable.id))
      .limit(rowsPerBlock),
  ]);
  if (rows.length === 0) return null;
  const [current] = deps.keys.audit;
  const handOver =
    head === undefined || head.keyId === current.id ? null : await handOverBlock(deps, head);
  const before = handOver ?? head;
  const block = (before?.block ?? 0) + 1;
  const previous = before === undefined ? genesis : linkHash(before);
  const hash = await link(deps, current, block, previous, rows);
  const sealed = { block, sealedAtMs: nowMs, rows: rows.length, hash, keyId: current.id };
  try {
    const isDone = await unlessOvertaken(deps, [
      ...(handOver === null
        ? []
        : [
            deps.db.insert(auditBlockTable).values(handOver),
            ...(await cleared(deps, oldest, head)),
          ]),
      deps.db.insert(auditBlockTable).values(sealed),
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
    if (!isDone) return null;
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

const overtaken = { code: 'request.stale' } as const;

/** Commits, and answers whether it did: of two jobs at once, one leaves it to the next run. */
async function unlessOvertaken(deps: Pick<ChainDeps, 'db'>, batch: readonly Batch[number][]) {
  try {
    await commit(deps.db, batch as unknown as Batch);
    return true;
  } catch (error) {
    if (appErrorIn(error)?.data === overtaken) return false;
    throw error;
  }
}

const newest = (db: ChainDeps['db']) =>
  db.select().from(auditBlockTable).orderBy(desc(auditBlockTable.block)).limit(1);

/** Statements by which the current key takes over the former one's word that a block was cleared by the job. */
async function cleared(deps: ChainDeps, oldest: Block | undefined, head: Block | undefined) {
  if (oldest === undefined || head === undefined || !isCleared(oldest)) return [];
  if (!(await isClearedByJob(deps, oldest, head.keyId))) return [];
  const [current] = deps.keys.audit;
  const hash = linkHash(oldest);
  return [
    deps.db
      .update(auditBlockTable)
      .set({
        hash: `${hash}.${current.id}.${await clearanceOf(deps, current, oldest.block, hash)}`,
      })
      .where(and(eq(auditBlockTable.block, oldest.block), eq(auditBlockTable.hash, oldest.hash))),
    guard(deps.db, hasWritten, overtaken),
  ] as const;
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
  let previous = isCleared(first) ? placeAfter(first) : start;
  let last: Block | undefined;
  for (const sealed of blocks.slice(0, atMost)) {
    if (sealed.sealedAtMs >= beforeMs) break;
    const { rows, holds } = await readBlock(deps, sealed, previous);
    if (!holds) turn.fail(new ChainFault(`block ${sealed.block} does not hold`));
    if (!holds || rows.some(({ atMs }) => atMs >= beforeMs)) break;
    last = sealed;
    previous = placeAfter(sealed);
  }
  if (last === undefined) return 0;
  const { block, hash } = last;
  const [head = last] = await newest(deps.db);
  const signer = keyOf(deps, head.keyId);
  if (signer === undefined) throw notHeld(head);
  const word = await clearanceOf(deps, signer, block, hash);
  const handedOver = deps.db
    .select({ block: auditBlockTable.block })
    .from(auditBlockTable)
    .where(and(gt(auditBlockTable.block, head.block), isNotNull(auditBlockTable.handOver)));
  const isDone = await unlessOvertaken(deps, [
    guard(deps.db, sql`not exists ${handedOver}`, overtaken),
    ...clear(deps, 'audit', beforeMs, auditTable, lte(auditTable.block, block)),
    deps.db.delete(auditBlockTable).where(lt(auditBlockTable.block, block)),
    deps.db
      .update(auditBlockTable)
      .set({ rows: 0, hash: `${hash}.${signer.id}.${word}` })
      .where(eq(auditBlockTable.block, block)),
  ]);
  return isDone ? blocks.indexOf(last) + 1 : 0;
}

export type ChainReport = {
  /** Blocks whose time was over before those that are there: the chain is checked from the next one. */
  clearedBlocks: number;
  blocks: number;
  rows: number;
  unsealed: number;
  head: string | null;
  /** The first block that does not hold, and why. */
  broken: { block: number; why: 'missing' | 'altered' | 'key_missing' } | null;
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
  // Each by itself along the index: either of the two would be looked for in all of it.
  const strayOf = (where: SQL) =>
    db
      .select({ block: auditTable.block })
      .from(auditTable)
      .where(where)
      .orderBy(asc(auditTable.block))
      .limit(1);
  const [rows, [before], [after]] = await db.batch([
    db
      .select()
      .from(auditTable)
      .where(and(gte(auditTable.block, from), lte(auditTable.block, part.at(-1)?.block ?? 0)))
      .orderBy(asc(auditTable.block), asc(auditTable.atMs), asc(auditTable.id)),
    strayOf(lt(auditTable.block, clearedBlocks + 1)),
    strayOf(gt(auditTable.block, lastBlock)),
  ]);
  const stray = before ?? after;
  const broken =
    (cleared !== null && isStart && !(await isClearedByJob(deps, cleared, (last ?? cleared).keyId))
      ? ({ block: cleared.block, why: 'altered' } as const)
      : null) ??
    (!isStart && base === undefined ? ({ block: from - 1, why: 'missing' } as const) : null) ??
    (await firstBroken(deps, part, rows, base === undefined ? start : placeAfter(base), from));
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

/** Whether the key of the chain's head says that a block was cleared by the job: no former key does. */
async function isClearedByJob(
  deps: KeyDeps,
  { block, hash: whole, keyId }: Block,
  headKeyId: string,
): Promise<boolean> {
  // Before keys had ids the word stood alone.
  const [hash = '', ...rest] = whole.split('.');
  const [id = '', word = ''] = rest.length === 1 ? [keyId, rest[0]] : rest;
  const named = keyOf(deps, id);
  return (
    id === headKeyId &&
    named !== undefined &&
    deps.crypto.equal(await clearanceOf(deps, named, block, hash), word)
  );
}

async function firstBroken(
  deps: Omit<ChainDeps, 'now'>,
  blocks: readonly Block[],
  rows: readonly Row[],
  base: Place,
  from: number,
): Promise<ChainReport['broken']> {
  const byBlock = new Map<number | null, Row[]>(blocks.map(({ block }) => [block, []]));
  for (const row of rows) byBlock.get(row.block)?.push(row);
  let previous = base;
  for (const [index, sealed] of blocks.entries()) {
    if (sealed.block !== from + index) return { block: from + index, why: 'missing' };
    const why = await fault(deps, sealed, previous, byBlock.get(sealed.block) ?? []);
    if (why !== null) return { block: sealed.block, why };
    previous = placeAfter(sealed);
  }
  return null;
}

/**
 * Recomputes the whole chain, part by part, from the first block that is kept. Altering, adding or removing a
 * sealed row breaks its block; removing blocks at the old end takes the key's word that their time was over.
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

import {
  contactChangeTable,
  guardianConsentTable,
  outboxTable,
  registrationTable,
  wechatBindingTable,
  wechatSceneTable,
} from '@shiming/db';
import { and, eq, gt, gte, inArray, isNull, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { changeContext } from '../contact/change.ts';
import type { Deps } from '../context.ts';
import { childContext } from '../guardian/child.ts';
import { rowsPerSlice, type Turn, untilDone, workInSlices } from '../jobs/turn.ts';
import { bindingContext } from '../wechat/binding.ts';
import { sceneContext } from '../wechat/scene.ts';
import { blindIndex, currentKeyId, mixedKeys, open, seal, SealError } from './vault.ts';

export type RotateDeps = Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>;

/** How the rows of a table are moved to the current keys. */
export type Rotation<Row, D extends RotateDeps = RotateDeps> = {
  table: SQLiteTable;
  id: SQLiteColumn;
  keyId: SQLiteColumn;
  /** Blind indexes that are in the row, too. */
  indexes?: readonly SQLiteColumn[];
  /** Rows that lack an index which they should have. */
  isIncomplete?: SQL;
  /** Which rows are worth moving, where not all are. */
  isKept?(deps: D): SQL | undefined;
  read(deps: D, where: SQL | undefined): PromiseLike<Row[]>;
  idOf(row: Row): string;
  /** Moves a row, unless somebody changed it meanwhile. Returns what was written. */
  move(deps: D, row: Row): PromiseLike<readonly unknown[]>;
};

/** A rotation as one of a list, whatever its rows are. */
export type AnyRotation<D extends RotateDeps = RotateDeps> = (
  deps: D,
  turn: Turn,
) => Promise<number>;

/** How many rows without their key are counted in a table, at most. */
const lostAtMost = 1_000;

/** Not beginning with `keyId.`, in two ranges: in the order of texts, `/` is what follows `.`. */
const isUnderOther = (column: SQLiteColumn, keyId: string) => [
  lt(column, `${keyId}.`),
  gte(column, `${keyId}/`),
];

/** Different from all of these, in ranges that an index answers: the job must not read the whole table every minute. */
function isNoneOf(column: SQLiteColumn, values: readonly string[]): SQL | undefined {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
  const between = sorted.map((value, at) => {
    const next = sorted[at + 1];
    return next === undefined ? gt(column, value) : and(gt(column, value), lt(column, next));
  });
  return or(lt(column, sorted[0] ?? ''), ...between);
}

/**
 * The part of the rotation job that moves one table. Rows under a key that is held no more are counted as failed, without
 * a look at each: nothing can be done for them, and they hide no others.
 */
export const rotation =
  <Row, D extends RotateDeps>(kind: Rotation<Row, D>): AnyRotation<D> =>
  async (deps, turn) => {
    const { keyId, table } = kind;
    const held = [...deps.keys.vault.map(({ id }) => id), mixedKeys];
    const [, ...older] = held;
    const isKept = kind.isKept?.(deps);
    // One question for each range, for of all in one the planner makes a scan; and the `+` keeps it from the keys' index.
    const [indexKey] = deps.keys.index;
    const indexed = [
      ...(kind.indexes ?? []).flatMap((index) => isUnderOther(index, indexKey.id)),
      ...(kind.isIncomplete === undefined ? [] : [kind.isIncomplete]),
    ];
    const ranges = [
      ...older.map((id) => eq(keyId, id)),
      ...indexed.map((range) => and(range, inArray(sql`+${keyId}`, held))),
    ];
    let moved = 0;
    for (const range of ranges) {
      moved += await workInSlices<Row>(turn, {
        read: async (leftIds) =>
          kind.read(deps, and(range, isKept, notInArray(kind.id, [...leftIds]))),
        idOf: (row) => kind.idOf(row),
        work: async (row) => (await kind.move(deps, row)).length > 0,
      });
    }
    const [lost] = await deps.db.all<{ rows: number }>(
      sql`select count(*) as rows from (select 1 from ${table} where ${and(isNoneOf(keyId, held), isKept)} limit ${lostAtMost})`,
    );
    const lostRows = lost?.rows ?? 0;
    if (lostRows > 0)
      turn.fail(new SealError('vault: rows are under a key that is not held'), lostRows);
    return moved;
  };

/** Moves the rows of several tables, one after the other. Returns how many. */
export async function rotate<D extends RotateDeps>(
  deps: D,
  turn: Turn,
  rotations: readonly AnyRotation<D>[],
): Promise<number> {
  let moved = 0;
  for (const each of rotations) moved += await each(deps, turn);
  return moved;
}

async function resealed(deps: RotateDeps, context: string, sealed: string): Promise<string> {
  return seal(deps, context, await open<unknown>(deps, context, sealed));
}

const registrations = rotation({
  table: registrationTable,
  id: registrationTable.id,
  keyId: registrationTable.keyId,
  read: ({ db }, where) => db.select().from(registrationTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id, version, draftSealed }) =>
    deps.db
      .update(registrationTable)
      .set({
        draftSealed: await resealed(deps, `registration.draft:${id}`, draftSealed),
        keyId: currentKeyId(deps),
        version: sql`${registrationTable.version} + 1`,
      })
      .where(and(eq(registrationTable.id, id), eq(registrationTable.version, version)))
      .returning({ id: registrationTable.id }),
});

const messages = rotation({
  table: outboxTable,
  id: outboxTable.id,
  keyId: outboxTable.keyId,
  read: ({ db }, where) =>
    db
      .select({ id: outboxTable.id, messageSealed: outboxTable.messageSealed })
      .from(outboxTable)
      .where(where)
      .limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id, messageSealed }) =>
    deps.db
      .update(outboxTable)
      .set({
        messageSealed: await resealed(deps, `outbox.message:${id}`, messageSealed),
        keyId: currentKeyId(deps),
      })
      .where(eq(outboxTable.id, id))
      .returning({ id: outboxTable.id }),
});

const contactChanges = rotation({
  table: contactChangeTable,
  id: contactChangeTable.id,
  keyId: contactChangeTable.keyId,
  read: ({ db }, where) =>
    db
      .select({ id: contactChangeTable.id, changeSealed: contactChangeTable.changeSealed })
      .from(contactChangeTable)
      .where(where)
      .limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id, changeSealed }) =>
    deps.db
      .update(contactChangeTable)
      .set({
        changeSealed: await resealed(deps, changeContext(id), changeSealed),
        keyId: currentKeyId(deps),
      })
      .where(eq(contactChangeTable.id, id))
      .returning({ id: contactChangeTable.id }),
});

const guardianConsents = rotation({
  table: guardianConsentTable,
  id: guardianConsentTable.id,
  keyId: guardianConsentTable.keyId,
  read: ({ db }, where) =>
    db
      .select({ id: guardianConsentTable.id, childSealed: guardianConsentTable.childSealed })
      .from(guardianConsentTable)
      .where(where)
      .limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id, childSealed }) =>
    deps.db
      .update(guardianConsentTable)
      .set({
        childSealed: await resealed(deps, childContext(id), childSealed),
        keyId: currentKeyId(deps),
      })
      .where(eq(guardianConsentTable.id, id))
      .returning({ id: guardianConsentTable.id }),
});

const wechatBindings = rotation({
  table: wechatBindingTable,
  id: wechatBindingTable.accountId,
  keyId: wechatBindingTable.keyId,
  indexes: [wechatBindingTable.openIdIndex],
  read: ({ db }, where) => db.select().from(wechatBindingTable).where(where).limit(rowsPerSlice),
  idOf: ({ accountId }) => accountId,
  move: async (deps, { accountId, openIdSealed }) => {
    const openId = await open<string>(deps, bindingContext(accountId), openIdSealed);
    return (
      deps.db
        .update(wechatBindingTable)
        .set({
          openIdSealed: await seal(deps, bindingContext(accountId), openId),
          openIdIndex: await blindIndex(deps, 'wechat', openId),
          keyId: currentKeyId(deps),
        })
        // Unless the account was bound to another meanwhile.
        .where(
          and(
            eq(wechatBindingTable.accountId, accountId),
            eq(wechatBindingTable.openIdSealed, openIdSealed),
          ),
        )
        .returning({ id: wechatBindingTable.accountId })
    );
  },
});

/** Of QR codes those that are good still; what was answered in the chat is soon forgotten. */
const wechatScenes = rotation({
  table: wechatSceneTable,
  id: wechatSceneTable.id,
  keyId: wechatSceneTable.keyId,
  isKept: ({ now }) => gt(wechatSceneTable.expiresAtMs, now()),
  read: ({ db }, where) => db.select().from(wechatSceneTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id, openIdSealed }) =>
    deps.db
      .update(wechatSceneTable)
      .set({
        openIdSealed: openIdSealed && (await resealed(deps, sceneContext(id), openIdSealed)),
        keyId: currentKeyId(deps),
      })
      // Unless somebody has scanned it meanwhile.
      .where(
        and(
          eq(wechatSceneTable.id, id),
          openIdSealed === null
            ? isNull(wechatSceneTable.openIdSealed)
            : eq(wechatSceneTable.openIdSealed, openIdSealed),
        ),
      )
      .returning({ id: wechatSceneTable.id }),
});

/**
 * The job that moves everything sealed or indexed under an older key to the current one. Returns how many rows it
 * moved: when a run moves none and none fails, the older keys can be taken away. A row that somebody changes meanwhile
 * is left for the next run.
 */
export const rotateKeys = (deps: RotateDeps, turn: Turn = untilDone): Promise<number> =>
  rotate(deps, turn, [
    registrations,
    messages,
    contactChanges,
    guardianConsents,
    wechatBindings,
    wechatScenes,
  ]);

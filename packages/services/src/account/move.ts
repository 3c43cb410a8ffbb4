import { accountTable, commit, guard, hasWritten, identifierTable } from '@shiming/db';
import { type IdentifierKind, numberKey } from '@shiming/domain';
import { and, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import type { RotateDeps } from '../vault/rotate.ts';
import { open, placeOf } from '../vault/vault.ts';
import { type Account, accountRow, findIdentity, openContact } from './account.ts';
import { isIdentifier, sealedIdentifier } from './identifiers.ts';

/**
 * The job that moves what the last release kept in an account, sealed, to its identifiers: number, mobile, mail and
 * WeChat. Until it has come by, the readers of this room read both. Returns how many accounts it moved.
 */
export const moveIdentifiers = (deps: RotateDeps, turn: Turn = untilDone): Promise<number> =>
  workInSlices(turn, {
    read: async (leftIds) =>
      deps.db
        .select(accountRow)
        .from(accountTable)
        .where(
          and(isNotNull(accountTable.contactSealed), notInArray(accountTable.id, [...leftIds])),
        )
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: async (account) => unlessStale(commit(deps.db, await moving(deps, account))),
  });

async function moving(deps: RotateDeps, account: Account) {
  const { id, version, weChatSealed } = account;
  const identity = await findIdentity(deps, account);
  const values: Partial<Record<IdentifierKind, string>> = {
    ...(await openContact(deps, account)),
    ...(identity === null ? {} : { document_number: numberKey(identity) }),
    ...(weChatSealed === null
      ? {}
      : { wechat: await open(deps, placeOf(accountTable.weChatSealed, id), weChatSealed) }),
  };
  const moved = await Promise.all(
    Object.entries(values).map(async ([each, value]) => {
      const kind = each as IdentifierKind;
      return [
        deps.db
          .update(identifierTable)
          .set(await sealedIdentifier(deps, id, kind, value))
          // Unless the account was given another meanwhile.
          .where(and(isIdentifier(id, kind), isNull(identifierTable.sealed))),
      ] as const;
    }),
  );
  return [
    deps.db
      .update(accountTable)
      .set({
        contactSealed: null,
        weChatSealed: null,
        version: sql`${accountTable.version} + 1`,
      })
      .where(and(eq(accountTable.id, id), eq(accountTable.version, version))),
    guard(deps.db, hasWritten, { code: 'request.stale' }),
    ...moved.flat(),
  ] as const;
}

import { accountTable } from '@shiming/db';
import { and, eq, sql } from 'drizzle-orm';
import { rowsPerSlice, type Turn, untilDone } from '../jobs/turn.ts';
import { type RotateDeps, rotation } from '../vault/rotate.ts';
import { blindIndex, currentKeyId, seal } from '../vault/vault.ts';
import { accountContext, openContact, openIdentity, openProfile } from './account.ts';

const accounts = rotation({
  table: accountTable,
  id: accountTable.id,
  keyId: accountTable.keyId,
  indexes: [accountTable.numberIndex],
  read: ({ db }, where) => db.select().from(accountTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, account) => {
    const sealed = (column: Parameters<typeof accountContext>[0], value: object) =>
      seal(deps, accountContext(column, account.id), value);
    const identity = await openIdentity(deps, account);
    const profile = await openProfile(deps, account);
    return deps.db
      .update(accountTable)
      .set({
        identitySealed: await sealed('identity', identity),
        contactSealed: await sealed('contact', await openContact(deps, account)),
        profileSealed: profile && (await sealed('profile', profile)),
        numberIndex: await blindIndex(deps, 'number', identity.number),
        keyId: currentKeyId(deps),
        version: sql`${accountTable.version} + 1`,
      })
      .where(and(eq(accountTable.id, account.id), eq(accountTable.version, account.version)))
      .returning({ id: accountTable.id });
  },
});

/** The part of the rotation job that moves accounts. Returns how many rows it moved. */
export const rotateAccounts = (deps: RotateDeps, turn: Turn = untilDone): Promise<number> =>
  accounts(deps, turn);

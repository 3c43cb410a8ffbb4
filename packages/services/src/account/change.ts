import { accountTable } from '@shiming/db';
import type { Contact, Identity, Profile } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Ctx } from '../context.ts';
import { keyIdAfter, placeOf, seal } from '../vault/vault.ts';
import { type Account, guardAccountUnchanged } from './account.ts';
import { formerPasswordsOf } from './former-passwords.ts';

/** What changes of an account; the rest stays. */
export type AccountChange = {
  /** Another name or validity: what was attested of the former one no longer stands. */
  identity?: Identity;
  contact?: Contact;
  profile?: Profile;
  /** The hash of another password, which replaces the current one; the hasher's decoy leaves no password. */
  passwordHash?: string;
};

/**
 * Statements that change an account, unless somebody else changed it since it was read (request.stale). No other
 * statement changes what an account is; those beside it in this room keep it under current parameters and keys.
 */
export async function changeAccount(ctx: Ctx, account: Account, change: AccountChange) {
  const { identity, contact, profile, passwordHash } = change;
  const { identitySealed, contactSealed, profileSealed } = accountTable;
  const sealed = async (column: SQLiteColumn, value: object | undefined) =>
    value && (await seal(ctx, placeOf(column, account.id), value));
  const isSealedAgain = (identity ?? contact ?? profile) !== undefined;
  return [
    guardAccountUnchanged(ctx, account),
    ctx.db
      .update(accountTable)
      .set({
        identitySealed: await sealed(identitySealed, identity),
        identityVersion: identity && sql`${accountTable.identityVersion} + 1`,
        contactSealed: await sealed(contactSealed, contact),
        profileSealed: await sealed(profileSealed, profile),
        keyId: isSealedAgain ? keyIdAfter(ctx, account.keyId) : undefined,
        passwordHash,
        formerPasswordHashes:
          passwordHash === undefined
            ? undefined
            : formerPasswordsOf({
                ...account,
                passwordHash:
                  account.passwordHash === ctx.hasher.decoy ? null : account.passwordHash,
              }),
        version: sql`${accountTable.version} + 1`,
      })
      .where(eq(accountTable.id, account.id)),
  ] as const;
}

/** The statement (in a list of one) that keeps the same password under the hasher's current parameters. */
export const keepRehashed = (
  { db }: Pick<Ctx, 'db'>,
  { id, passwordHash }: Pick<Account, 'id' | 'passwordHash'>,
  rehashed: string,
) =>
  [
    db
      .update(accountTable)
      .set({ passwordHash: rehashed })
      .where(and(eq(accountTable.id, id), eq(accountTable.passwordHash, passwordHash))),
  ] as const;

import { accountTable, guard } from '@shiming/db';
import type { Contact, Identity, Profile } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { open, placeOf } from '../vault/vault.ts';
import { identityFrom } from './stored-identity.ts';

export type Account = typeof accountTable.$inferSelect;

type OpenDeps = Pick<Deps, 'crypto' | 'keys'>;

/** Opens what the account keeps about the document. */
export const openIdentity = async (
  deps: OpenDeps,
  account: Pick<Account, 'id' | 'identitySealed'>,
): Promise<Identity> =>
  identityFrom(
    await open(deps, placeOf(accountTable.identitySealed, account.id), account.identitySealed),
  );

export const openContact = (deps: OpenDeps, account: Pick<Account, 'id' | 'contactSealed'>) =>
  open<Contact>(deps, placeOf(accountTable.contactSealed, account.id), account.contactSealed);

/** `null` until the profile has been completed. */
export const openProfile = async (
  deps: OpenDeps,
  account: Pick<Account, 'id' | 'profileSealed'>,
): Promise<Profile | null> =>
  account.profileSealed === null
    ? null
    : open<Profile>(deps, placeOf(accountTable.profileSealed, account.id), account.profileSealed);

/** A guard that the account is still as it was read. */
export const guardAccountUnchanged = (
  { db }: Pick<Ctx, 'db'>,
  { id, version }: Pick<Account, 'id' | 'version'>,
) => {
  const same = db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(and(eq(accountTable.id, id), eq(accountTable.version, version)));
  return guard(db, sql`exists ${same}`, { code: 'request.stale' });
};

import { accountTable, guard } from '@shiming/db';
import type { Contact, Identity } from '@shiming/domain';
import { inArray, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { blindIndexes, currentKeyId, placeOf, seal } from '../vault/vault.ts';

type CreateCtx = Pick<Ctx, 'db' | 'crypto' | 'keys'>;

export type NewAccount = {
  id: string;
  /** Where it is registered. */
  portal: string;
  identity: Identity;
  contact: Contact;
  passwordHash: string;
  createdAtMs: number;
};

/** Seals and indexes what a new account begins with. `indexes` are those of its number, the current key's first. */
export async function prepareAccount(ctx: CreateCtx, account: NewAccount) {
  const { id, portal, identity, contact, passwordHash, createdAtMs } = account;
  const { type, number } = identity;
  const indexes = await blindIndexes(ctx, 'number', number);
  const row: typeof accountTable.$inferInsert = {
    id,
    portal,
    documentType: type,
    numberIndex: indexes[0] ?? '',
    identitySealed: await seal(ctx, placeOf(accountTable.identitySealed, id), identity),
    contactSealed: await seal(ctx, placeOf(accountTable.contactSealed, id), contact),
    passwordHash,
    createdAtMs,
    keyId: currentKeyId(ctx),
  };
  return { indexes, row };
}

export type PreparedAccount = Awaited<ReturnType<typeof prepareAccount>>;

export const numberTaken = { code: 'registration.number_taken' } as const;

/**
 * Statements that create accounts, unless one of their numbers has an account. The unique index speaks for one key;
 * while keys rotate, an account may be found under another.
 */
export function createAccounts({ db }: Pick<Ctx, 'db'>, accounts: readonly PreparedAccount[]) {
  const taken = db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(hasNumber(accounts.flatMap(({ indexes }) => indexes)));
  return [
    guard(db, sql`not exists ${taken}`, numberTaken),
    db.insert(accountTable).values(accounts.map(({ row }) => row)),
  ] as const;
}

/** That an account is the one of a number, by the number's blind indexes. */
export const hasNumber = (indexes: readonly string[]): SQL =>
  inArray(accountTable.numberIndex, [...indexes]);

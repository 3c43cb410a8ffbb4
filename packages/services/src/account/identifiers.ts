import { accountTable, guard, identifierTable } from '@shiming/db';
import { type IdentifierKind, identifiers } from '@shiming/domain';
import { and, eq, inArray, type Placeholder, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { blindIndex, blindIndexes, currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** An account has one identifier of a kind, and so its row this id. */
const idOf = (accountId: string, kind: IdentifierKind): string => `${accountId}.${kind}`;

/** Numbers of documents are compared with each other, whichever of them an account has. */
export const numberKinds = [
  'document_number',
  'earlier_number',
] as const satisfies IdentifierKind[];
const comparedWith = (kind: IdentifierKind): readonly IdentifierKind[] =>
  kind === 'document_number' ? numberKinds : [kind];

/** What a kind is called in its blind index. */
const indexName = (kind: IdentifierKind) =>
  kind === 'document_number' || kind === 'earlier_number' ? 'number' : kind;

/** The blind index of an identifier under the current key. */
const identifierIndex = (deps: VaultDeps, kind: IdentifierKind, value: string) =>
  blindIndex(deps, indexName(kind), identifiers[kind].canonical(value));

/** The blind indexes of an identifier under every key held: what a look-up searches for. */
export const identifierIndexes = (deps: VaultDeps, kind: IdentifierKind, value: string) =>
  blindIndexes(deps, indexName(kind), identifiers[kind].canonical(value));

/** What of an identifier's row depends on the keys. */
export const sealedIdentifier = async (
  deps: VaultDeps,
  accountId: string,
  kind: IdentifierKind,
  value: string,
) => ({
  index: await identifierIndex(deps, kind, value),
  sealed: await seal(deps, placeOf(identifierTable.sealed, idOf(accountId, kind)), value),
  keyId: currentKeyId(deps),
});

export const openIdentifier = (
  deps: VaultDeps,
  { accountId, kind, sealed }: { accountId: string; kind: IdentifierKind; sealed: string },
) => open<string>(deps, placeOf(identifierTable.sealed, idOf(accountId, kind)), sealed);

export type NewIdentifier = {
  kind: IdentifierKind;
  value: string;
  provedAtMs: number | null;
  /**
   * Of a contact: whether the account is signed in to by it, unless another one is. Other kinds are exclusive, except a number
   * that is claimed.
   */
  signsIn?: boolean;
};

export const identifierRow = async (
  deps: VaultDeps,
  accountId: string,
  { kind, value, provedAtMs, signsIn }: NewIdentifier,
) => ({
  id: idOf(accountId, kind),
  accountId,
  kind,
  ...(await sealedIdentifier(deps, accountId, kind, value)),
  provedAtMs,
  signsIn: signsIn ?? identifiers[kind].isExclusive,
});

/** That no other account is signed in to by an identifier, for the row that a statement writes. */
export const opensNoOther = (
  accountId: string,
  kind: IdentifierKind,
  indexes: readonly string[],
): SQL =>
  sql`not exists (select 1 from ${identifierTable} as "other" where "other"."kind" = ${kind} and "other"."index" in ${indexes} and "other"."signs_in" = 1 and "other"."account_id" <> ${accountId})`;

/** The statement (in a list of one) that gives an account an identifier, in place of the one of that kind. */
export async function putIdentifier(
  ctx: Pick<Ctx, 'db' | 'crypto' | 'keys'>,
  accountId: string,
  identifier: NewIdentifier,
) {
  const { kind, value, signsIn } = identifier;
  const row = await identifierRow(ctx, accountId, identifier);
  // Of a contact that a family shares, one account is signed in to by it, and the others keep it as their contact.
  const set =
    signsIn === true
      ? {
          ...row,
          signsIn: opensNoOther(accountId, kind, await identifierIndexes(ctx, kind, value)),
        }
      : row;
  return [
    ctx.db
      .insert(identifierTable)
      .values(set)
      .onConflictDoUpdate({ target: identifierTable.id, set }),
  ] as const;
}

export const isIdentifier = (accountId: string, kind: IdentifierKind) =>
  eq(identifierTable.id, idOf(accountId, kind));

/** The statement (in a list of one) that takes an identifier off an account. */
export const removeIdentifier = (
  { db }: Pick<Ctx, 'db'>,
  accountId: string,
  kind: IdentifierKind,
) => [db.delete(identifierTable).where(isIdentifier(accountId, kind))] as const;

/** A statement that finds whether an account has an identifier, and since when it is proved. */
export const identifierQuery = ({ db }: Pick<Ctx, 'db'>, accountId: string, kind: IdentifierKind) =>
  db
    .select({ provedAtMs: identifierTable.provedAtMs })
    .from(identifierTable)
    .where(isIdentifier(accountId, kind));

/**
 * A query (in a list of one) of the accounts that have an identifier, by its blind indexes: of a kind that opens an account,
 * the one that it opens.
 */
export const holdersOf = (
  { db }: Pick<Ctx, 'db'>,
  kind: IdentifierKind,
  indexes: readonly string[],
) =>
  [
    db
      .select({ accountId: identifierTable.accountId })
      .from(identifierTable)
      .where(
        and(
          inArray(identifierTable.kind, [...comparedWith(kind)]),
          inArray(identifierTable.index, [...indexes]),
          identifiers[kind].isExclusive ? eq(identifierTable.signsIn, true) : undefined,
        ),
      ),
  ] as const;

/** A blind index, or where it stands in a compiled statement. */
type Index = string | Placeholder;

/** The accounts that have an identifier, by its blind indexes. In plain SQL, because every sign-in asks it. */
const withIdentifier = (kind: IdentifierKind, indexes: readonly Index[]): SQL =>
  sql`select account_id from ${identifierTable} where kind in ${comparedWith(kind)} and "index" in ${indexes}`;

/** The accounts that were registered with a number. */
export const withNumber = (indexes: readonly string[]): SQL =>
  withIdentifier('document_number', indexes);

/** The same without those that say it is the number of an earlier card, which no check has confirmed. */
export const withOwnNumber = (indexes: readonly string[]): SQL =>
  sql`select account_id from ${identifierTable} where kind = 'document_number' and "index" in ${indexes}`;

/** The account that is signed in to by an identifier. */
export const openedBy = (kind: IdentifierKind, indexes: readonly Index[]): SQL =>
  sql`${withIdentifier(kind, indexes)} and signs_in = 1`;

/** That a number opens an account, by the number's blind indexes. */
export const hasNumber = (indexes: readonly string[]): SQL =>
  sql`${accountTable.id} in (${openedBy('document_number', indexes)})`;

/** The same of a number, where closed accounts are found, too. */
export const hadNumber = (indexes: readonly string[]): SQL =>
  wasOpenedBy('document_number', indexes);

/**
 * That an account is found by an identifier, by its blind indexes: the account that it opens, or those that are closed.
 * Ordered by `openedFirst`, the first is the one to sign in to.
 */
export const wasOpenedBy = (kind: IdentifierKind, indexes: readonly Index[]): SQL =>
  sql`(${accountTable.id} in (${openedBy(kind, indexes)}) or ${accountTable.status} = 'closed' and ${accountTable.id} in (${withIdentifier(kind, indexes)}))`;

/**
 * Statements that make a number open the account that claims it, unless it opens another (request.stale), under whichever
 * key.
 */
export const openByNumber = (
  { db }: Pick<Ctx, 'db'>,
  accountId: string,
  indexes: readonly string[],
) =>
  [
    guard(db, sql`not exists ${holdersOf({ db }, 'document_number', indexes)[0]}`, {
      code: 'request.stale',
    }),
    db
      .update(identifierTable)
      .set({ signsIn: true })
      .where(isIdentifier(accountId, 'document_number')),
  ] as const;

export const openedFirst: SQL = sql`${accountTable.status} = 'closed', ${accountTable.restorableUntilMs} desc`;

/** The blind index of an account's number, as part of a statement; `''` where it has none. */
export const numberIndexOf = (accountId: SQLWrapper): SQL =>
  sql`coalesce((select "own"."index" from ${identifierTable} as "own" where "own"."account_id" = ${accountId} and "own"."kind" = 'document_number'), '')`;

/** The same as a condition: that an account has one of these numbers, also as that of an earlier card. */
export const isOneOfNumbers = (accountId: SQLWrapper, indexes: readonly string[]): SQL =>
  sql`(${accountId} is not null and ${accountId} in (select "own"."account_id" from ${identifierTable} as "own" where "own"."kind" in ${numberKinds} and "own"."index" in ${indexes}))`;

/**
 * The accounts with a document number of an account's holder, that account included, as part of a statement: those of one
 * person.
 */
export const accountsOfPerson = (accountId: SQLWrapper | string): SQL =>
  sql`(select "same"."account_id" from ${identifierTable} as "own" join ${identifierTable} as "same" on "same"."kind" in ${numberKinds} and "same"."index" = "own"."index" where "own"."account_id" = ${accountId} and "own"."kind" in ${numberKinds})`;

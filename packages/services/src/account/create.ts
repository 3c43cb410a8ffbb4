import { accountTable, guard, identifierTable } from '@shiming/db';
import { type ContactKind, contactKinds, type Identity, numberKey } from '@shiming/domain';
import { type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { bindByMail, bindsByMail } from './binding.ts';
import { currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { identifierIndexes, identifierRow, type NewIdentifier, openedBy } from './identifiers.ts';

type CreateCtx = Pick<Ctx, 'db' | 'crypto' | 'keys'>;

export type ContactOf = Omit<NewIdentifier, 'kind'>;

export type NewAccount = {
  id: string;
  /** Where it is registered. */
  portal: string;
  /** `null` where the person has yet to say who they are. */
  identity: Identity | null;
  contact: Partial<Record<ContactKind, ContactOf>>;
  passwordHash: string | null;
  createdAtMs: number;
};

/**
 * Seals and indexes what a new account begins with. `indexes` are those of its number, the current key's first; none
 * without an identity.
 */
export async function prepareAccount(ctx: CreateCtx, account: NewAccount) {
  const { id, portal, identity, contact, passwordHash, createdAtMs } = account;
  const number = identity && numberKey(identity);
  const row: typeof accountTable.$inferInsert = {
    id,
    portal,
    documentType: identity?.type ?? null,
    identitySealed:
      identity && (await seal(ctx, placeOf(accountTable.identitySealed, id), identity)),
    passwordHash,
    createdAtMs,
    keyId: currentKeyId(ctx),
  };
  const given = [
    ...(number === null
      ? []
      : [{ kind: 'document_number' as const, value: number, provedAtMs: null }]),
    ...contactKinds.flatMap((kind) => {
      const { [kind]: of } = contact;
      return of === undefined ? [] : [{ kind, ...of }];
    }),
  ];
  const identifiers = await Promise.all(given.map((each) => identifierRow(ctx, id, each)));
  const indexes = number === null ? [] : await identifierIndexes(ctx, 'document_number', number);
  const openingContacts = await Promise.all(
    contactKinds
      .filter((kind) => contact[kind]?.signsIn)
      .map(async (kind) => ({
        kind,
        indexes: await identifierIndexes(ctx, kind, contact[kind]?.value ?? ''),
      })),
  );
  const { email } = contact;
  const bindings =
    email !== undefined && bindsByMail(email)
      ? await bindByMail(ctx, { accountId: id, email: email.value, atMs: createdAtMs })
      : [];
  return { indexes, openingContacts, row, identifiers, bindings };
}

export type PreparedAccount = Awaited<ReturnType<typeof prepareAccount>>;

export const numberTaken = { code: 'registration.number_taken' } as const;
const contactTaken = { code: 'registration.contact_taken' } as const;

/** The unique index of identifiers that open an account, as a violation of it names it. */
export const opensOne = 'identifier.kind, identifier.index';

/** Guards that no other account is signed in to by the contacts of a new one (S-REG-03). */
const guardContactsFree = ({ db }: Pick<Ctx, 'db'>, contacts: PreparedAccount['openingContacts']) =>
  contacts.map(({ kind, indexes }) =>
    guard(db, sql`not exists (${openedBy(kind, indexes)})`, contactTaken),
  );

/** Statements that create an account whose number opens the account of `holderId` (else request.stale), and not this one. */
export function createClaimant(
  ctx: Pick<Ctx, 'db'>,
  { indexes, openingContacts, row, identifiers, bindings }: PreparedAccount,
  holderId: string | SQL,
) {
  const holder = openedBy('document_number', indexes);
  return [
    guard(ctx.db, sql`${holderId} in (${holder})`, { code: 'request.stale' }),
    ...guardContactsFree(ctx, openingContacts),
    ctx.db.insert(accountTable).values(row),
    ctx.db
      .insert(identifierTable)
      .values(
        identifiers.map((each) =>
          each.kind === 'document_number' ? { ...each, signsIn: false } : each,
        ),
      ),
    ...bindings,
  ] as const;
}

/**
 * Statements that create accounts, unless one of their numbers, or a contact that they are signed in to by, has an account. The unique index speaks for one key;
 * while keys rotate, an account may be found under another.
 */
export function createAccounts(ctx: Pick<Ctx, 'db'>, accounts: readonly PreparedAccount[]) {
  const indexes = accounts.flatMap((account) => account.indexes);
  const taken = openedBy('document_number', indexes);
  return [
    guard(ctx.db, sql`not exists (${taken})`, numberTaken),
    ...accounts.flatMap(({ openingContacts }) => guardContactsFree(ctx, openingContacts)),
    ctx.db.insert(accountTable).values(accounts.map(({ row }) => row)),
    ctx.db.insert(identifierTable).values(accounts.flatMap(({ identifiers }) => identifiers)),
    ...accounts.flatMap(({ bindings }) => bindings),
  ] as const;
}

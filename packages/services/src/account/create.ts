import { accountTable, guard, identifierTable, numberClaimTable } from '@shiming/db';
import { type ContactKind, contactKinds, type Identity, numberKey } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { holdersOf, identifierIndexes, identifierRow } from './identifiers.ts';

type CreateCtx = Pick<Ctx, 'db' | 'crypto' | 'keys'>;

export type ContactOf = { value: string; provedAtMs: number | null };

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
  const identifiers = await Promise.all(
    given.map(({ kind, value, provedAtMs }) => identifierRow(ctx, id, kind, value, provedAtMs)),
  );
  const indexes = number === null ? [] : await identifierIndexes(ctx, 'document_number', number);
  return { indexes, row, identifiers };
}

export type PreparedAccount = Awaited<ReturnType<typeof prepareAccount>>;

export const numberTaken = { code: 'registration.number_taken' } as const;

/** The unique index of identifiers that open an account, as a violation of it names it. */
export const opensOne = 'identifier.kind, identifier.index';

/** Statements that create an account that claims its number, which opens another account (else request.stale). */
export function createClaimant(
  ctx: Pick<Ctx, 'db'>,
  { indexes, row, identifiers }: PreparedAccount,
  claim: typeof numberClaimTable.$inferInsert,
) {
  const [holder] = holdersOf(ctx, 'document_number', indexes);
  return [
    guard(ctx.db, sql`${claim.holderId} in ${holder}`, { code: 'request.stale' }),
    ctx.db.insert(accountTable).values(row),
    ctx.db
      .insert(identifierTable)
      .values(
        identifiers.map((each) =>
          each.kind === 'document_number' ? { ...each, signsIn: false } : each,
        ),
      ),
    ctx.db.insert(numberClaimTable).values(claim),
  ] as const;
}

/**
 * Statements that create accounts, unless one of their numbers has an account. The unique index speaks for one key;
 * while keys rotate, an account may be found under another.
 */
export function createAccounts(ctx: Pick<Ctx, 'db'>, accounts: readonly PreparedAccount[]) {
  const indexes = accounts.flatMap((account) => account.indexes);
  const [taken] = holdersOf(ctx, 'document_number', indexes);
  return [
    guard(ctx.db, sql`not exists ${taken}`, numberTaken),
    ctx.db.insert(accountTable).values(accounts.map(({ row }) => row)),
    ctx.db.insert(identifierTable).values(accounts.flatMap(({ identifiers }) => identifiers)),
  ] as const;
}

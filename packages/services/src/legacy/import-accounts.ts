import { commit, identifierTable, isUniqueViolation } from '@shiming/db';
import { AppError, contactKinds, type LegacyAccount, numberKey } from '@shiming/domain';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { createAccounts, numberTaken, opensOne, prepareAccount } from '../account/create.ts';
import { identifierIndexes, numberKinds, openIdentifier } from '../account/identifiers.ts';
import { recordEach } from '../audit/record.ts';
import type { Ctx } from '../context.ts';

type ImportCtx = Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'actor' | 'requestId' | 'portal'> & {
  hasher: Pick<Ctx['hasher'], 'decoy'>;
};

/** Against somebody who registers a number while it is being imported: each time there is one account fewer to write. */
const tries = 5;

/** So many accounts are looked at: of some the keys may be gone. */
const lookedAt = 20;

/**
 * Whether the keys that are held are those of the accounts that are there. By others every account would come a second time, under
 * an index that nobody looks for and a seal that nobody opens.
 */
export async function hasTheirKeys(
  ctx: Pick<ImportCtx, 'db' | 'crypto' | 'keys'>,
): Promise<boolean> {
  const rows = await ctx.db
    .select({
      accountId: identifierTable.accountId,
      kind: identifierTable.kind,
      index: identifierTable.index,
      sealed: identifierTable.sealed,
    })
    .from(identifierTable)
    .where(and(eq(identifierTable.kind, 'document_number'), isNotNull(identifierTable.sealed)))
    .limit(lookedAt);
  const isOurs = await Promise.all(
    rows.map(async ({ accountId, kind, index, sealed }) => {
      if (index === null || sealed === null) return false;
      const number = await openIdentifier(ctx, { accountId, kind, sealed }).catch(() => null);
      return number !== null && (await identifierIndexes(ctx, kind, number)).includes(index);
    }),
  );
  return rows.length === 0 || isOurs.includes(true);
}

/** `batch` begins the ids of a batch: side by side in the indexes, its rows touch half as many pages of a large database. */
const prepare = (
  ctx: ImportCtx,
  batch: string,
  { identity, contact, registeredAtMs }: LegacyAccount,
) =>
  prepareAccount(ctx, {
    id: `${batch}${ctx.crypto.randomToken(6)}`,
    portal: ctx.portal.id,
    identity,
    contact: Object.fromEntries(
      contactKinds
        .filter((kind) => contact[kind] !== '')
        .map((kind) => {
          // The system before took a code to the mobile; the mail address it believed. Who activates an account proves both.
          const isProved = kind === 'mobile' && !ctx.portal.activates;
          return [kind, { value: contact[kind], provedAtMs: isProved ? registeredAtMs : null }];
        }),
    ),
    passwordHash: null,
    createdAtMs: registeredAtMs,
  });

/**
 * Accounts of another system, in one transaction. They have no password that anybody could know: their holders get in
 * by the forgotten password, where the portal says so by activation (E-ACT-01), or else register again (T-PWD-05). Consents of the old system
 * are not consents to the texts of this one, so there are none: `giveConsent` asks for them before verification.
 *
 * A number that has an account already is `existing`: nothing is changed then.
 */
export async function importAccounts(
  ctx: ImportCtx,
  accounts: readonly LegacyAccount[],
): Promise<{ imported: number; existing: number }> {
  const numbered = await Promise.all(
    accounts.map(async (account) => ({
      account,
      indexes: await identifierIndexes(ctx, 'document_number', numberKey(account.identity)),
    })),
  );
  for (let left = tries; left > 0; left -= 1) {
    const found = await ctx.db
      .select({ index: identifierTable.index })
      .from(identifierTable)
      .where(
        and(
          inArray(identifierTable.kind, [...numberKinds]),
          inArray(
            identifierTable.index,
            numbered.flatMap(({ indexes }) => indexes),
          ),
        ),
      );
    const there = new Set(found.map((row) => row.index));
    const missing = numbered.filter(({ indexes }) => !indexes.some((index) => there.has(index)));
    const existing = numbered.length - missing.length;
    if (missing.length === 0) return { imported: 0, existing };
    // Sealed only now: a run that goes on from where another was killed has little to do for what is there.
    const batch = ctx.crypto.randomToken(6);
    const prepared = await Promise.all(missing.map(({ account }) => prepare(ctx, batch, account)));
    try {
      await commit(ctx.db, [
        ...createAccounts(ctx, prepared),
        recordEach(
          ctx,
          'account.imported',
          prepared.map(({ row: { id, documentType } }) => ({
            accountId: id,
            facts: { documentType: documentType ?? null },
          })),
        ),
      ]);
      return { imported: missing.length, existing };
    } catch (error) {
      const isTaken = error instanceof AppError && error.data.code === numberTaken.code;
      if (!isTaken && !isUniqueViolation(error, opensOne)) throw error;
    }
  }
  throw new AppError({ code: 'service.unavailable' });
}

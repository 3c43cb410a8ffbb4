import { accountTable, commit, guard, isUniqueViolation } from '@shiming/db';
import { AppError, type LegacyAccount } from '@shiming/domain';
import { inArray, sql } from 'drizzle-orm';
import { recordEach } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { sealedContext } from '../profile/sealed.ts';
import { blindIndexes, currentKeyId, seal } from '../vault/vault.ts';

type ImportCtx = Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'actor' | 'requestId'> & {
  hasher: Pick<Ctx['hasher'], 'decoy'>;
};

const taken = { code: 'registration.number_taken' } as const;

/** Against whoever registers a number while it is being imported: each time there is one account fewer to write. */
const tries = 5;

/** One account as it is written: sealed, indexed, recorded. */
async function prepared(ctx: ImportCtx, { identity, contact, registeredAtMs }: LegacyAccount) {
  const { type, number } = identity;
  const id = ctx.crypto.randomToken(12);
  return {
    // The index of the current key comes first.
    indexes: await blindIndexes(ctx, 'number', number),
    row: {
      id,
      documentType: type,
      identitySealed: await seal(ctx, sealedContext('identity', id), identity),
      contactSealed: await seal(ctx, sealedContext('contact', id), contact),
      profileSealed: null,
      passwordHash: ctx.hasher.decoy,
      level: 2 as const,
      verifiedAtMs: null,
      createdAtMs: registeredAtMs,
      keyId: currentKeyId(ctx),
    },
  };
}

/**
 * Accounts of the old system, in one transaction. They have no password that anybody could know: their holders get in
 * by the forgotten password, or, where that is not offered (T-PWD-05), register anew. Consents of the old system
 * are not consents to the texts of this one, so there are none: `giveConsent` asks for them before verification.
 *
 * A number that has an account already is `existing`: nothing is changed then.
 */
export async function importAccounts(
  ctx: ImportCtx,
  accounts: readonly LegacyAccount[],
): Promise<{ imported: number; existing: number }> {
  const all = await Promise.all(accounts.map((account) => prepared(ctx, account)));
  const { numberIndex } = accountTable;
  const isOf = (some: typeof all) =>
    inArray(
      numberIndex,
      some.flatMap(({ indexes }) => indexes),
    );
  for (let left = tries; left > 0; left -= 1) {
    const found = await ctx.db.select({ numberIndex }).from(accountTable).where(isOf(all));
    const there = new Set(found.map((row) => row.numberIndex));
    const missing = all.filter(({ indexes }) => !indexes.some((index) => there.has(index)));
    const existing = all.length - missing.length;
    if (missing.length === 0) return { imported: 0, existing };
    const same = ctx.db.select({ numberIndex }).from(accountTable).where(isOf(missing));
    try {
      await commit(ctx.db, [
        guard(ctx.db, sql`not exists ${same}`, taken),
        ctx.db
          .insert(accountTable)
          .values(
            missing.map(({ indexes: [index = ''], row }) => ({ ...row, numberIndex: index })),
          ),
        recordEach(
          ctx,
          'account.imported',
          missing.map(({ row: { id, documentType } }) => ({
            accountId: id,
            facts: { documentType },
          })),
        ),
      ]);
      return { imported: missing.length, existing };
    } catch (error) {
      const isTaken = error instanceof AppError && error.data.code === taken.code;
      if (!isTaken && !isUniqueViolation(error, 'account.number_index')) throw error;
    }
  }
  throw new AppError({ code: 'service.unavailable' });
}

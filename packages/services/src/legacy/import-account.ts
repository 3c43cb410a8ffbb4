import { accountTable, commit, guard, isUniqueViolation } from '@shiming/db';
import { AppError, type LegacyAccount } from '@shiming/domain';
import { inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { sealedContext } from '../profile/sealed.ts';
import { blindIndex, blindIndexes, currentKeyId, seal } from '../vault/vault.ts';

type ImportCtx = Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'actor' | 'requestId'> & {
  hasher: Pick<Ctx['hasher'], 'decoy'>;
};

const taken = { code: 'registration.number_taken' } as const;

/**
 * An account of the old system, in one transaction. It has no password that anybody could know: its holder gets in
 * by the forgotten password, or, where that is not offered (T-PWD-05), registers anew. Consents of the old system
 * are not consents to the texts of this one, so there are none: `giveConsent` asks for them before verification.
 *
 * @returns `existing` where the number has an account already: nothing is changed then
 */
export async function importAccount(
  ctx: ImportCtx,
  { identity, contact, registeredAtMs }: LegacyAccount,
): Promise<'imported' | 'existing'> {
  const { type, number } = identity.document;
  const id = ctx.crypto.randomToken(12);
  const same = ctx.db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(inArray(accountTable.numberIndex, await blindIndexes(ctx, 'number', number)));
  try {
    await commit(ctx.db, [
      guard(ctx.db, sql`not exists ${same}`, taken),
      ctx.db.insert(accountTable).values({
        id,
        documentType: type,
        numberIndex: await blindIndex(ctx, 'number', number),
        identitySealed: await seal(ctx, sealedContext('identity', id), identity),
        contactSealed: await seal(ctx, sealedContext('contact', id), contact),
        profileSealed: null,
        passwordHash: ctx.hasher.decoy,
        level: 2,
        verifiedAtMs: null,
        createdAtMs: registeredAtMs,
        keyId: currentKeyId(ctx),
      }),
      record(ctx, 'account.imported', id, { documentType: type }),
    ]);
  } catch (error) {
    const isTaken = error instanceof AppError && error.data.code === taken.code;
    if (isTaken || isUniqueViolation(error, 'account.number_index')) return 'existing';
    throw error;
  }
  return 'imported';
}

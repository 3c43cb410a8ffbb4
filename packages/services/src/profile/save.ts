import { accountTable, commit, guard } from '@shiming/db';
import { AppError, parseProfileAnswers, type ProfileAnswers } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { guardianStatements } from '../guardian/use.ts';
import { guardProfileFree } from '../review/state.ts';
import type { Account, SignedIn } from '../session/session.ts';
import { keyIdAfter, seal } from '../vault/vault.ts';
import { openIdentity, openProfile } from './account.ts';
import { sealedContext } from './sealed.ts';

/** A guard that the account is still as it was read. */
export const guardAccountUnchanged = (ctx: Ctx, { id, version }: Account) => {
  const same = ctx.db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(and(eq(accountTable.id, id), eq(accountTable.version, version)));
  return guard(ctx.db, sql`exists ${same}`, { code: 'request.stale' });
};

/**
 * T-PRO-01 to 03: completes or changes the profile. Name and validity are not changed here. What the
 * authority has confirmed stays as it is: after verification only the ethnicity can still be corrected. Where the birth
 * date is first said here and the person is under 14, it takes a guardian's code (PIPL 31).
 *
 * @throws AppError input.invalid, guardian.required, guardian.code_refused, profile.fixed_after_verification,
 * review.open, request.stale
 */
export async function saveProfile(
  ctx: Ctx,
  { account }: SignedIn,
  input: ProfileAnswers & { guardianCode?: string | undefined },
): Promise<void> {
  const identity = await openIdentity(ctx, account);
  const parsed = parseProfileAnswers(input, identity, today(ctx));
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const before = await openProfile(ctx, account);
  if (account.level >= 3 && before !== null) {
    const { ethnicity: _, ...fixed } = before;
    const isKept = Object.entries(fixed).every(
      ([field, value]) => parsed.value[field as keyof typeof fixed] === value,
    );
    refuseUnless(isKept, { code: 'profile.fixed_after_verification' });
  }
  const { birthDate } = identity.birthDate === null ? parsed.value : { birthDate: null };
  const child = { accountId: account.id, number: identity.number, birthDate };
  const guardian = await guardianStatements(ctx, child, input.guardianCode);
  await commit(ctx.db, [
    guardProfileFree(ctx, account.id),
    ...guardian,
    guardAccountUnchanged(ctx, account),
    ctx.db
      .update(accountTable)
      .set({
        profileSealed: await seal(ctx, sealedContext('profile', account.id), parsed.value),
        keyId: keyIdAfter(ctx, account.keyId),
        version: sql`${accountTable.version} + 1`,
      })
      .where(eq(accountTable.id, account.id)),
    record(ctx, before === null ? 'profile.completed' : 'profile.changed', account.id),
  ]);
}

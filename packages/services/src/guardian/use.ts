import { type Batch, guard, guardianConsentTable } from '@shiming/db';
import { needsGuardian, readGuardianCode, startOfNextShanghaiDay } from '@shiming/domain';
import { type AnyColumn, and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Binding, countTry, isSecretRight, spend } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { blindIndexes, subjectHash } from '../vault/vault.ts';

/** The code that a guardian got, bound to the child's number. The challenge has the id of the consent. */
export const guardianCode = (numberIndex: string): Binding => ({
  purpose: 'guardian.code',
  subject: numberIndex,
});

/** So many codes may be typed for a child in an hour; after that even a right one is refused. */
const perPlace: Limit = {
  limit: 20,
  window: { lastMs: 3_600_000 },
  refusal: () => ({ code: 'guardian.code_refused' }),
};

/**
 * The id of the consent that a code stands for. The code stays unused. Tries are counted for the child's number together
 * with the network address, so a stranger who knows the number uses up nobody else's.
 *
 * @throws AppError guardian.required where there is no code, guardian.code_refused
 */
export async function tryGuardianCode(
  ctx: Ctx,
  number: string,
  typed: string | undefined,
): Promise<string> {
  refuseUnless(typed !== undefined && typed !== '', { code: 'guardian.required' });
  const code = readGuardianCode(typed);
  refuseUnless(code !== null, { code: 'guardian.code_refused' });
  const indexes = await blindIndexes(ctx, 'number', number);
  const bindings = indexes.map(guardianCode);
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  // Keyed hashes already, so joining them tells nobody whose they are.
  const claim = newClaim(ctx, 'guardian.code', `${indexes[0] ?? ''}:${address}`, [perPlace]);
  const [first, ...others] = bindings.map((binding) => countTry(ctx.db, binding, ctx.now()));
  refuseUnless(first !== undefined, { code: 'guardian.code_refused' });
  const tried = await commitClaims(ctx, [claim], [first, ...others]);
  for (const [at, binding] of bindings.entries()) {
    for (const { id, secretHash } of tried[at] ?? []) {
      if (await isSecretRight(ctx, binding, secretHash, code)) return id;
    }
  }
  refuseUnless(false, { code: 'guardian.code_refused' });
  return '';
}

/** Statements that spend a guardian's code for the account of the child. Of several at once, one spends it. */
export const useGuardianConsent = (ctx: Ctx, consentId: string, childId: string) =>
  [
    ...spend(ctx.db, consentId, ctx.now(), { code: 'guardian.required' }),
    ctx.db
      .update(guardianConsentTable)
      .set({
        childId,
        usedAtMs: ctx.now(),
        lookAtMs: startOfNextShanghaiDay(ctx.now()),
      })
      .where(eq(guardianConsentTable.id, consentId)),
    record(ctx, 'guardian.consent_used', childId),
  ] as const;

/** That a guardian's consent stands for an account: a condition for a guard or a query. */
export function hasGuardian({ db }: Pick<Ctx, 'db'>, childId: string | AnyColumn) {
  const standing = db
    .select({ id: guardianConsentTable.id })
    .from(guardianConsentTable)
    .where(
      and(
        eq(guardianConsentTable.childId, childId),
        isNotNull(guardianConsentTable.usedAtMs),
        isNull(guardianConsentTable.endedAtMs),
      ),
    );
  return sql`exists ${standing}`;
}

/**
 * Statements without which nothing is done for somebody under 14: those that spend the guardian's code, or, where none
 * was typed, the guard that a guardian's consent stands. None for everybody else.
 *
 * @throws AppError guardian.code_refused
 */
export async function guardianStatements(
  ctx: Ctx,
  child: { accountId: string; number: string; birthDate: string | null },
  typed: string | undefined,
): Promise<readonly Batch[number][]> {
  if (!needsGuardian(ctx.portal, child.birthDate, today(ctx))) return [];
  if (typed !== undefined && typed !== '') {
    const consentId = await tryGuardianCode(ctx, child.number, typed);
    return useGuardianConsent(ctx, consentId, child.accountId);
  }
  return [guard(ctx.db, hasGuardian(ctx, child.accountId), { code: 'guardian.required' })];
}

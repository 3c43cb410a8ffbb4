import {
  accountTable,
  commit,
  consentTable,
  guard,
  isUniqueViolation,
  registrationTable,
} from '@shiming/db';
import { AppError } from '@shiming/domain';
import { eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { sealedContext } from '../profile/sealed.ts';
import { newSession } from '../session/session.ts';
import { blindIndex, blindIndexes, currentKeyId, seal } from '../vault/vault.ts';
import { guardUnchanged, loadRegistration, nextStatus, stepOf } from './draft.ts';

/**
 * T-REG-14, T-REG-16: everything that was given becomes an account, in one transaction, and the person is
 * signed in. Sent twice, or by two people with one number, it makes one account.
 *
 * @throws AppError input.invalid, registration.number_taken, registration.not_started,
 * registration.out_of_order, request.stale
 */
export async function submitRegistration(
  ctx: Ctx,
  token: string | null,
  input: { hasAgreed: boolean },
): Promise<{ sessionToken: string }> {
  const registration = await loadRegistration(ctx, token);
  nextStatus(registration, 'submit');
  const { document, consent, passwordHash, contact } = registration.draft;
  refuseUnless(document !== null && consent !== null && passwordHash !== null && contact !== null, {
    code: 'registration.out_of_order',
    step: stepOf(registration),
  });
  refuseUnless(input.hasAgreed, {
    code: 'input.invalid',
    fields: { hasAgreed: 'agreement.missing' },
  });

  const accountId = ctx.crypto.randomToken(12);
  const nowMs = ctx.now();
  const { type, number } = document.document;
  const session = await newSession(ctx, accountId);
  const consents = [
    { kind: 'document_number', version: consent.version, givenAtMs: consent.atMs },
    { kind: 'agreement', version: ctx.portal.agreementVersion, givenAtMs: nowMs },
  ] as const;
  const taken = ctx.db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(inArray(accountTable.numberIndex, await blindIndexes(ctx, 'number', number)));
  try {
    await commit(ctx.db, [
      guardUnchanged(ctx, registration),
      // The unique index speaks for one key; while keys rotate, an account may be found under another.
      guard(ctx.db, sql`not exists ${taken}`, { code: 'registration.number_taken' }),
      ctx.db.insert(accountTable).values({
        id: accountId,
        documentType: type,
        numberIndex: await blindIndex(ctx, 'number', number),
        identitySealed: await seal(ctx, sealedContext('identity', accountId), document),
        contactSealed: await seal(ctx, sealedContext('contact', accountId), contact),
        profileSealed: null,
        passwordHash,
        level: 2,
        verifiedAtMs: null,
        createdAtMs: nowMs,
        keyId: currentKeyId(ctx),
      }),
      ctx.db
        .insert(consentTable)
        .values(consents.map((given) => ({ id: ctx.crypto.randomToken(12), accountId, ...given }))),
      session.statement,
      record(ctx, 'account.registered', accountId, { documentType: type }),
      ctx.db.delete(registrationTable).where(eq(registrationTable.id, registration.id)),
    ]);
  } catch (error) {
    if (isUniqueViolation(error, 'account.number_index')) {
      throw new AppError({ code: 'registration.number_taken' });
    }
    throw error;
  }
  return { sessionToken: session.token };
}

import { commit, registrationTable } from '@shiming/db';
import {
  AppError,
  type ContactAnswers,
  parseContactAnswers,
  startOfShanghaiDay,
} from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim, release, usedSince } from '../allowance/allowance.ts';
import { type Binding, giveOnly } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { deliver, enqueue } from '../outbox/outbox.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { subjectHash } from '../vault/vault.ts';
import { loadRegistration, type Registration, saveRegistration } from './draft.ts';

export const codeBinding = ({ id }: Pick<Registration, 'id'>): Binding => ({
  purpose: 'registration.code',
  subject: id,
});

/** From one address, whatever the numbers: many times what an office needs, far below what an abuser wants. */
const perAddress: Limit = {
  limit: 60,
  window: { lastMs: 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** Uniform over all codes of so many digits: 32 bits beyond what is needed leave no bias worth the name. */
function randomCode(ctx: Ctx, digits: number): string {
  let value = 0n;
  for (const byte of ctx.crypto.randomBytes(8)) value = value * 256n + BigInt(byte);
  return String(value % 10n ** BigInt(digits)).padStart(digits, '0');
}

export type CodeDelivery = {
  outcome: 'sent' | 'refused' | 'unavailable';
  remainingToday: number;
  expiresAtMs: number | null;
  nextAtMs: number | null;
};

/**
 * T-REG-09 to 12: keeps mail and mobile, and sends a code to the mobile. The puzzle's ticket, both limits,
 * the code and the message are one transaction; only then does the message go out. When the gateway does
 * not take it, the claim is given back: its refusal is never the person's cost.
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many,
 * registration.not_started, registration.out_of_order, request.stale
 */
export async function sendCode(
  ctx: Ctx,
  token: string | null,
  input: ContactAnswers & { ticket: string },
): Promise<CodeDelivery> {
  const parsed = parseContactAnswers(input);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const contact = parsed.value;
  const registration = await loadRegistration(ctx, token);
  refuseUnless(registration.draft.passwordHash !== null, {
    code: 'registration.out_of_order',
    step: registration.draft.document === null ? 'document' : 'password',
  });

  const rule = ctx.portal.codes.sms;
  const nowMs = ctx.now();
  const expiresAtMs = nowMs + rule.validMs;
  const code = randomCode(ctx, rule.digits);
  const mobileSubject = await subjectHash(ctx, 'mobile', contact.mobile);
  const perNumber = newClaim(ctx, 'sms', mobileSubject, [
    {
      limit: 1,
      window: { lastMs: rule.gapMs },
      refusal: (retryAtMs) => ({ code: 'code.too_soon', retryAtMs }),
    },
    {
      limit: rule.perDay,
      window: 'shanghai_day',
      refusal: (resumesAtMs) => ({ code: 'code.day_limit', limit: rule.perDay, resumesAtMs }),
    },
  ]);
  const addressSubject = await subjectHash(ctx, 'address', ctx.visitor.address);
  const message = {
    id: perNumber.id,
    mobile: contact.mobile,
    code,
    validMinutes: rule.validMs / 60_000,
  };
  await commitClaims(
    ctx,
    [perNumber, newClaim(ctx, 'sms.address', addressSubject, [perAddress])],
    [
      ...(await spendTicket(ctx, 'register', input.ticket)),
      ...(await giveOnly(ctx, codeBinding(registration), code, {
        validMs: rule.validMs,
        tries: rule.triesPerCode,
      })),
      ...(await enqueue(ctx, message, expiresAtMs)),
      ...(await saveRegistration(ctx, registration, 'send_code', { contact })),
    ],
  );

  const { result, statement } = await deliver(ctx, message);
  const isSent = result.outcome === 'accepted';
  const used = usedSince(ctx.db, 'sms', mobileSubject, startOfShanghaiDay(nowMs));
  const remaining = (rows: readonly { used: number }[]) =>
    Math.max(0, rule.perDay - (rows[0]?.used ?? 0));
  if (isSent) {
    const [, rows] = await commit(ctx.db, [statement, used]);
    return {
      outcome: 'sent',
      remainingToday: remaining(rows),
      expiresAtMs,
      nextAtMs: nowMs + rule.gapMs,
    };
  }
  const outcome = result.outcome === 'refused' ? 'refused' : 'unavailable';
  const [, , , rows] = await commit(ctx.db, [
    statement,
    release(ctx.db, perNumber.id, `gateway_${outcome}`),
    ctx.db
      .update(registrationTable)
      .set({ status: 'collecting' })
      // Only where nothing has changed since: a code may have gone to another number meanwhile.
      .where(
        and(
          eq(registrationTable.id, registration.id),
          eq(registrationTable.version, registration.version + 1),
        ),
      ),
    used,
  ]);
  return { outcome, remainingToday: remaining(rows), expiresAtMs: null, nextAtMs: null };
}

import { type Batch, commit } from '@shiming/db';
import { type CodeRule, type PuzzlePurpose, startOfShanghaiDay } from '@shiming/domain';
import type { BatchResponse } from 'drizzle-orm/batch';
import { commitClaims, type Limit, newClaim, release, usedSince } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import type { Ctx } from '../context.ts';
import { deliver, enqueue } from '../outbox/outbox.ts';
import type { Recipient } from '../outbox/recipient.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { subjectHash } from '../vault/vault.ts';
import { type Binding, giveOnly, takeBack } from '../challenge/challenge.ts';
import { type CodeView, codesLeft, viewCode } from '../challenge/standing.ts';

/** So many a day to one contact, with a gap between them. */
export const perContact = ({
  perDay,
  gapMs,
}: Pick<CodeRule, 'perDay' | 'gapMs'>): readonly Limit[] => [
  {
    limit: 1,
    window: { lastMs: gapMs },
    refusal: (retryAtMs) => ({ code: 'code.too_soon', retryAtMs }),
  },
  {
    limit: perDay,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'code.day_limit', limit: perDay, resumesAtMs }),
  },
];

/** Uniform over all codes of so many digits: 32 bits beyond what is needed leave no bias worth the name. */
export function randomCode(ctx: Ctx, digits: number): string {
  let value = 0n;
  for (const byte of ctx.crypto.randomBytes(8)) value = value * 256n + BigInt(byte);
  return String(value % 10n ** BigInt(digits)).padStart(digits, '0');
}

export type CodeDelivery = {
  outcome: 'sent' | 'refused' | 'unavailable';
  remainingToday: number;
  /** The code on its way. A message that was not taken has brought none, and ended the one before. */
  code: CodeView | null;
};

type Statement = Batch[number];

/**
 * Sends a code by SMS (T-REG-11, T-REG-12). The puzzle's ticket, the limits of number and address, the code and
 * the message are one transaction with `write`; only then does the message go out. When the gateway does not
 * take it, the claim and this code are taken back with `undo`: its refusal is never the person's cost. It may come late:
 * `undo` touches nothing that was written since, and a newer code stays good, by whichever way it went. `written` is what
 * the statements of `write` have answered.
 *
 * @throws AppError puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many
 */
export async function sendSmsCode<const W extends Readonly<Batch> | readonly Batch[number][]>(
  ctx: Ctx,
  {
    binding,
    mobile,
    purpose,
    ticket,
    write,
    undo = [],
  }: {
    binding: Binding;
    mobile: Recipient;
    purpose: PuzzlePurpose;
    ticket: string;
    write: W;
    undo?: readonly Statement[];
  },
): Promise<{ delivery: CodeDelivery; written: BatchResponse<W> }> {
  const rule = ctx.portal.codes.sms;
  const nowMs = ctx.now();
  const expiresAtMs = nowMs + rule.validMs;
  const code = randomCode(ctx, rule.digits);
  const mobileSubject = await subjectHash(ctx, 'mobile', mobile);
  const perNumber = newClaim(ctx, 'sms', mobileSubject, perContact(rule));
  const addressSubject = await subjectHash(ctx, 'address', ctx.visitor.address);
  // Claim, code and message are one thing under one id.
  const message = { id: perNumber.id, mobile, code, validMs: rule.validMs };
  const [, , , , , ...written] = await commitClaims(
    ctx,
    [perNumber, newClaim(ctx, 'sms.address', addressSubject, [perAddress])],
    [
      ...(await spendTicket(ctx, purpose, ticket)),
      ...(await giveOnly(
        ctx,
        binding,
        code,
        {
          validMs: rule.validMs,
          tries: rule.triesPerCode,
        },
        perNumber.id,
      )),
      ...(await enqueue(ctx, message, expiresAtMs)),
      ...write,
    ],
  );

  const { result, statements } = await deliver(ctx, message);
  const used = usedSince(ctx.db, 'sms', mobileSubject, startOfShanghaiDay(nowMs));
  if (result.outcome === 'accepted') {
    const [rows] = await commit(ctx.db, [used, ...statements]);
    const standing = { createdAtMs: nowMs, expiresAtMs, triesLeft: rule.triesPerCode };
    const remainingToday = codesLeft(rows[0], rule);
    const delivery = { outcome: 'sent', remainingToday, code: viewCode(standing, rule) } as const;
    return { delivery, written };
  }
  // `busy` is about this number: it has had enough messages for now.
  const isAboutNumber = result.outcome === 'refused' || result.outcome === 'busy';
  const outcome = isAboutNumber ? 'refused' : 'unavailable';
  const [, rows] = await commit(ctx.db, [
    release(ctx.db, perNumber.id, `gateway_${outcome}`),
    used,
    ...statements,
    ...takeBack(ctx.db, perNumber.id),
    ...undo,
  ]);
  const delivery = { outcome, remainingToday: codesLeft(rows[0], rule), code: null } as const;
  return { delivery, written };
}

import { outboxTable } from '@shiming/db';
import type { SmsResult, VerificationCodeSms } from '@shiming/providers';
import { and, eq, lt } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { currentKeyId, seal } from '../vault/vault.ts';

/** How long the request that wrote a message may take to hand it over. */
const leaseMs = 30_000;

/** A code by SMS, as it goes into the outbox. */
export type QueuedSms = VerificationCodeSms & { id: string };

/**
 * The statement (in a list of one) that puts a code into the outbox, held by this request: it is written with the change that
 * causes it and handed over afterwards by `deliver`. A code is only ever handed over by the request that
 * wrote it; if that dies, the message becomes `unclear` and the person asks for a new code.
 */
export async function enqueue(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  message: QueuedSms,
  expiresAtMs: number,
) {
  const nowMs = ctx.now();
  const { id, ...sms } = message;
  return [
    ctx.db.insert(outboxTable).values({
      id,
      channel: 'sms',
      messageSealed: await seal(ctx, `outbox.message:${id}`, sms),
      status: 'sending',
      dueAtMs: nowMs + leaseMs,
      expiresAtMs,
      createdAtMs: nowMs,
      keyId: currentKeyId(ctx),
    }),
  ] as const;
}

/**
 * Hands a message over, a second time only when the gateway said it is busy and so has not taken it.
 * Answers what the gateway said and the statement that writes it down.
 */
export async function deliver(ctx: Pick<Deps, 'db' | 'now' | 'sms'>, message: QueuedSms) {
  let result = await ctx.sms.sendVerificationCode(message);
  let attempts = 1;
  if (result.outcome === 'busy') {
    result = await ctx.sms.sendVerificationCode(message);
    attempts = 2;
  }
  const isAccepted = result.outcome === 'accepted';
  const statement = ctx.db
    .update(outboxTable)
    .set({
      status: isAccepted ? 'sent' : result.outcome === 'unclear' ? 'unclear' : 'failed',
      attempts,
      sentAtMs: isAccepted ? ctx.now() : null,
      vendor: result.vendor,
      vendorCode: result.vendorCode,
      vendorMessageId: result.vendorMessageId,
    })
    .where(eq(outboxTable.id, message.id));
  return { result, statement } satisfies { result: SmsResult; statement: unknown };
}

/** The job: messages whose sender died are marked, never sent again. Answers how many there were. */
export async function settleOutbox(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const settled = await deps.db
    .update(outboxTable)
    .set({ status: 'unclear' })
    .where(and(eq(outboxTable.status, 'sending'), lt(outboxTable.dueAtMs, deps.now())))
    .returning({ id: outboxTable.id });
  return settled.length;
}

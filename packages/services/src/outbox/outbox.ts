import { outboxTable } from '@shiming/db';
import type { Mail, MailResult, SmsResult, VerificationCodeSms } from '@shiming/providers';
import { and, asc, eq, gt, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { currentKeyId, open, seal } from '../vault/vault.ts';

/** How long the request that wrote a message may take to hand it over. */
const leaseMs = 30_000;
/** How long to wait before the next try, after so many tries. */
const backoffMs = (attempts: number) => Math.min(15_000 * 2 ** (attempts - 1), 600_000);
const mailsPerRun = 20;

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

/**
 * The statement (in a list of one) that puts a mail into the outbox. It waits there until a server has taken it
 * or `expiresAtMs` is past; `deliverMail` hands it over, after the request and every minute.
 */
export async function enqueueMail(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  mail: Mail,
  expiresAtMs: number,
) {
  const nowMs = ctx.now();
  const id = ctx.crypto.randomToken(12);
  return [
    ctx.db.insert(outboxTable).values({
      id,
      channel: 'mail',
      messageSealed: await seal(ctx, `outbox.message:${id}`, mail),
      status: 'waiting',
      dueAtMs: nowMs,
      expiresAtMs,
      createdAtMs: nowMs,
      keyId: currentKeyId(ctx),
    }),
  ] as const;
}

type MailDeps = Pick<Deps, 'db' | 'now' | 'crypto' | 'keys' | 'mail'>;

const statusAfter: Record<MailResult['outcome'], 'sent' | 'failed' | 'unclear' | 'waiting'> = {
  accepted: 'sent',
  refused: 'failed',
  misconfigured: 'failed',
  unclear: 'unclear',
  busy: 'waiting',
  down: 'waiting',
};

/**
 * Hands over the mails that are due, oldest first. Each is taken by one sender only; what certainly was not
 * accepted waits and is tried again, and nothing that may have been is ever sent a second time. When no server
 * answers, the rest waits too, so that they go out in order. Answers how many were accepted.
 */
export async function deliverMail(deps: MailDeps): Promise<number> {
  const nowMs = deps.now();
  const due = deps.db
    .select({ id: outboxTable.id })
    .from(outboxTable)
    .where(
      and(
        eq(outboxTable.status, 'waiting'),
        lte(outboxTable.dueAtMs, nowMs),
        gt(outboxTable.expiresAtMs, nowMs),
      ),
    )
    .orderBy(asc(outboxTable.createdAtMs))
    .limit(mailsPerRun);
  const taken = await deps.db
    .update(outboxTable)
    .set({
      status: 'sending',
      dueAtMs: nowMs + mailsPerRun * leaseMs,
      attempts: sql`${outboxTable.attempts} + 1`,
    })
    .where(and(inArray(outboxTable.id, due), eq(outboxTable.status, 'waiting')))
    .returning();
  let accepted = 0;
  let isDown = false;
  for (const row of taken.toSorted((a, b) => a.createdAtMs - b.createdAtMs)) {
    const result: MailResult | null = isDown
      ? null
      : await deps.mail.send(await open<Mail>(deps, `outbox.message:${row.id}`, row.messageSealed));
    const status = result === null ? 'waiting' : statusAfter[result.outcome];
    isDown ||= result?.outcome === 'down';
    if (status === 'sent') accepted += 1;
    await deps.db
      .update(outboxTable)
      .set({
        status,
        dueAtMs: deps.now() + backoffMs(row.attempts),
        sentAtMs: status === 'sent' ? deps.now() : null,
        ...(result === null
          ? {}
          : {
              vendor: result.vendor,
              vendorCode: result.vendorCode,
              vendorMessageId: result.vendorMessageId,
            }),
      })
      .where(eq(outboxTable.id, row.id));
  }
  return accepted;
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

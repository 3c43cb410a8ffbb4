import { outboxTable } from '@shiming/db';
import type {
  Mail,
  MailResult,
  NoticeSms,
  ReviewNewsSms,
  SmsResult,
  VerificationCodeSms,
} from '@shiming/providers';
import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { currentKeyId, open, seal } from '../vault/vault.ts';

/** How long the request that wrote a message may take to hand it over. */
const leaseMs = 30_000;
/** How long to wait before the next try, after so many tries. */
const backoffMs = (attempts: number) => Math.min(15_000 * 2 ** (attempts - 1), 600_000);
/** A run ends when the next one begins. */
const runMs = 60_000;

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
 * Hands a message over, once: where a gateway is busy or down, the sender has asked the other one already.
 * Answers what the gateway said and the statement that writes it down.
 */
export async function deliver(ctx: Pick<Deps, 'db' | 'now' | 'sms'>, message: QueuedSms) {
  const result = await ctx.sms.sendVerificationCode(message);
  const isAccepted = result.outcome === 'accepted';
  const statement = ctx.db
    .update(outboxTable)
    .set({
      status: isAccepted ? 'sent' : result.outcome === 'unclear' ? 'unclear' : 'failed',
      attempts: 1,
      sentAtMs: isAccepted ? ctx.now() : null,
      vendor: result.vendor,
      vendorCode: result.vendorCode,
      vendorMessageId: result.vendorMessageId,
    })
    .where(eq(outboxTable.id, message.id));
  return { result, statement } satisfies { result: SmsResult; statement: unknown };
}

/** A message that can wait. */
type Waiting =
  | { channel: 'mail'; message: Mail }
  | { channel: 'sms'; message: NoticeSms | ReviewNewsSms };

async function enqueueWaiting(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  { channel, message }: Waiting,
  expiresAtMs: number,
  id = ctx.crypto.randomToken(12),
) {
  const nowMs = ctx.now();
  return [
    ctx.db.insert(outboxTable).values({
      id,
      channel,
      messageSealed: await seal(ctx, `outbox.message:${id}`, message),
      status: 'waiting',
      dueAtMs: nowMs,
      expiresAtMs,
      createdAtMs: nowMs,
      keyId: currentKeyId(ctx),
    }),
  ] as const;
}

/**
 * The statement (in a list of one) that puts a mail into the outbox. It waits there until a server has taken it
 * or `expiresAtMs` is past; `deliverWaiting` hands it over, after the request and every minute.
 */
export const enqueueMail = (
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  message: Mail,
  expiresAtMs: number,
  id?: string,
) => enqueueWaiting(ctx, { channel: 'mail', message }, expiresAtMs, id);

/** The same for a message by SMS: a notice where there is a code in it, and news of a review where there is none. */
export const enqueueSms = (
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  message: NoticeSms | ReviewNewsSms,
  expiresAtMs: number,
) => enqueueWaiting(ctx, { channel: 'sms', message }, expiresAtMs);

type DeliverDeps = Pick<Deps, 'db' | 'now' | 'crypto' | 'keys' | 'mail' | 'sms'>;

const statusAfter: Record<
  (MailResult | SmsResult)['outcome'],
  'sent' | 'failed' | 'unclear' | 'waiting'
> = {
  accepted: 'sent',
  refused: 'failed',
  misconfigured: 'failed',
  unclear: 'unclear',
  busy: 'waiting',
  down: 'waiting',
};

async function handOver(
  deps: DeliverDeps,
  { id, channel, messageSealed }: typeof outboxTable.$inferSelect,
): Promise<MailResult | SmsResult> {
  const context = `outbox.message:${id}`;
  if (channel === 'mail') return deps.mail.send(await open<Mail>(deps, context, messageSealed));
  const sms = await open<NoticeSms | ReviewNewsSms>(deps, context, messageSealed);
  return 'code' in sms ? deps.sms.sendNotice(sms) : deps.sms.sendReviewNews(sms);
}

/** Takes the message of a channel that has been due the longest: whoever gets it is its only sender. */
function takeNext(deps: DeliverDeps, channel: Waiting['channel']) {
  const nowMs = deps.now();
  const next = deps.db
    .select({ id: outboxTable.id })
    .from(outboxTable)
    .where(
      and(
        eq(outboxTable.status, 'waiting'),
        lte(outboxTable.dueAtMs, nowMs),
        gt(outboxTable.expiresAtMs, nowMs),
        eq(outboxTable.channel, channel),
      ),
    )
    .orderBy(asc(outboxTable.dueAtMs), sql`rowid`)
    .limit(1);
  return deps.db
    .update(outboxTable)
    .set({
      status: 'sending',
      dueAtMs: nowMs + leaseMs,
      attempts: sql`${outboxTable.attempts} + 1`,
    })
    .where(and(eq(outboxTable.id, next), eq(outboxTable.status, 'waiting')))
    .returning();
}

/** Writes down what a server said. The wait after `busy` is the message's own; `down` is nothing it has to wait for. */
function writeDown(
  deps: DeliverDeps,
  row: typeof outboxTable.$inferSelect,
  { outcome, ...said }: MailResult | SmsResult,
) {
  const nowMs = deps.now();
  return deps.db
    .update(outboxTable)
    .set({
      status: statusAfter[outcome],
      dueAtMs: outcome === 'down' ? row.createdAtMs : nowMs + backoffMs(row.attempts),
      sentAtMs: outcome === 'accepted' ? nowMs : null,
      ...said,
    })
    .where(eq(outboxTable.id, row.id));
}

async function deliverChannel(
  deps: DeliverDeps,
  channel: Waiting['channel'],
  limit: number,
): Promise<number> {
  const untilMs = deps.now() + runMs;
  let accepted = 0;
  let [row] = await takeNext(deps, channel);
  for (let handed = 1; row !== undefined; handed += 1) {
    const result = await handOver(deps, row);
    if (result.outcome === 'accepted') accepted += 1;
    const written = writeDown(deps, row, result);
    if (result.outcome === 'down' || handed === limit || deps.now() >= untilMs) {
      await written;
      break;
    }
    [, [row]] = await deps.db.batch([written, takeNext(deps, channel)]);
  }
  return accepted;
}

/**
 * Hands over the mails and notices that are due, at most `limit` of each, one after the other in the order in which
 * they were written. Each is taken by one sender only; what certainly was not accepted waits and is tried again, and
 * nothing that may have been is ever sent a second time. When no server of a channel answers, the channel waits as it
 * is, so its order stays. Answers how many were accepted.
 */
export async function deliverWaiting(deps: DeliverDeps, limit = 20): Promise<number> {
  const [mails, notices] = await Promise.all([
    deliverChannel(deps, 'mail', limit),
    deliverChannel(deps, 'sms', limit),
  ]);
  return mails + notices;
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

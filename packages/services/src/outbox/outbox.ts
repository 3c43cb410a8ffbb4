import {
  accountTable,
  allowanceTable,
  type Batch,
  channelStopTable,
  identifierTable,
  type MessageClass,
  messagePriority,
  noticeTable,
  outboxTable,
} from '@shiming/db';
import {
  canonicalEmail,
  codeSms,
  type DeliveryNoticeKind,
  maskEmail,
  maskMobile,
  type MailText,
  type NoticeKind,
  type Sms,
  type SmsKind,
} from '@shiming/domain';
import type { Mail, Outcome } from '@shiming/providers';
import {
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isNotNull,
  lte,
  min,
  notBetween,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type Ctx, type Deps, type Door, inPortal } from '../context.ts';
import { rowsPerSlice } from '../jobs/turn.ts';
import { blindIndexes, currentKeyId, open, placeOf, seal } from '../vault/vault.ts';
import type { Recipient } from './recipient.ts';

/** How long a sender holds a message. Every vendor's deadline is shorter. */
const leaseMs = 30_000;
/** How long to wait before the next try, after so many tries. RFC 5321, 4.5.4.1, wants half an hour at last. */
const backoffMs = (attempts: number) => Math.min(15_000 * 2 ** (attempts - 1), 1_800_000);
/** How long a stopped channel is left alone after so many failures in a row. */
const probeMs = (failures: number) => Math.min(30_000 * 2 ** (failures - 1), 300_000);
/** No lease and no wait for a probe is longer: what is further away was written by a clock that was wrong. */
const furthestMs = probeMs(100);
/**
 * After so many tries that stopped the channel a message is set aside for so long, which is longer than the channel is
 * left alone: it may be this one message that the channel does not take, and others show it.
 */
const setAside = { afterAttempts: 6, ms: 600_000 };
/** So long a message may wait before the report calls it an alarm. */
const overdueMs = 15 * 60_000;

type Row = typeof outboxTable.$inferSelect;
type Channel = Row['channel'];
type Statement = Batch[number];

/** A code by SMS, as it goes into the outbox. */
export type QueuedSms = { id: string; mobile: string; code: string; validMs: number };

/**
 * The statement (in a list of one) that puts a code into the outbox, held by this request: it is written with the change that
 * causes it and handed over afterwards by `deliver`. A code is only ever handed over by the request that
 * wrote it; if that dies, the message becomes `unclear` and the person asks for a new code.
 */
export async function enqueue(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  message: QueuedSms,
  expiresAtMs: number,
) {
  const nowMs = ctx.now();
  const { id, ...sms } = message;
  return [
    ctx.db.insert(outboxTable).values({
      id,
      portal: ctx.portal.id,
      channel: 'sms',
      messageSealed: await seal(ctx, placeOf(outboxTable.messageSealed, id), sms),
      status: 'handing_over',
      priority: messagePriority.code,
      dueAtMs: nowMs + leaseMs,
      expiresAtMs,
      createdAtMs: nowMs,
      keyId: currentKeyId(ctx),
    }),
  ] as const;
}

/**
 * Hands a code over, once, whether or not the channel is stopped: a person waits for it, and where a gateway is busy or
 * down the sender has asked the other one already. Returns what the gateway said and the statements that write it down.
 */
export async function deliver(ctx: Pick<Deps, 'db' | 'now' | 'sms'>, message: QueuedSms) {
  const result = await ctx.sms.send(codeSms(message.mobile, message.code, message.validMs));
  const { outcome, ...said } = result;
  const isAccepted = outcome === 'accepted';
  const statements = [
    ctx.db
      .update(outboxTable)
      .set({
        status: isAccepted ? 'sent' : outcome === 'unclear' ? 'unclear' : 'failed',
        attempts: 1,
        sentAtMs: isAccepted ? ctx.now() : null,
        ...said,
      })
      .where(eq(outboxTable.id, message.id)),
    channelAfter(ctx, 'sms', result),
  ] as const;
  return { result, statements };
}

/** A text message that can wait. What the outbox keeps of one names its kind. */
type SmsThatWaits = Sms<Exclude<SmsKind, `code${string}`>>;

type WithoutMobile<Sms> = Sms extends unknown ? Omit<Sms, 'mobile'> : never;

/** A message that can wait. One to nobody (`null`) costs the same work, and nothing is sent. */
type Waiting = { channel: Channel; to: Recipient | null; message: object };

type Queued<R extends Recipient | null> = null extends R
  ? readonly Statement[]
  : readonly [Statement];

/** News of what has happened is worth sending for a week. */
export const newsValidMs = 7 * 24 * 3_600_000;

/** How a message waits: with what urgency, whose it is, and until when there is sense in sending it. */
export type Waits = {
  as: MessageClass;
  /** Who gets a notice in the portal when it is refused for good; `null` where nobody can. */
  accountId: string | null;
  expiresAtMs: number;
  id?: string;
};

async function enqueueWaiting(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  { channel, message, to }: Waiting,
  { as, accountId, expiresAtMs, id = ctx.crypto.randomToken(12) }: Waits,
): Promise<readonly Statement[]> {
  const nowMs = ctx.now();
  const messageSealed = await seal(ctx, placeOf(outboxTable.messageSealed, id), message);
  if (to === null) return [];
  return [
    ctx.db.insert(outboxTable).values({
      id,
      portal: ctx.portal.id,
      channel,
      messageSealed,
      status: 'waiting',
      priority: messagePriority[as],
      accountId,
      dueAtMs: nowMs,
      expiresAtMs,
      createdAtMs: nowMs,
      keyId: currentKeyId(ctx),
    }),
  ];
}

/**
 * The statement (in a list, which is empty where no address was proved) that puts a mail into the outbox. It waits there
 * until a server has taken it or `expiresAtMs` is past; `deliverWaiting` hands it over, after the request and every minute.
 */
export const enqueueMail = <R extends Recipient | null>(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  message: MailText & { to: R },
  waits: Waits,
) => enqueueWaiting(ctx, { channel: 'mail', message, to: message.to }, waits) as Promise<Queued<R>>;

/** The same for a message by SMS. */
export const enqueueSms = <R extends Recipient | null>(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  { mobile, ...message }: WithoutMobile<SmsThatWaits> & { mobile: R },
  waits: Waits,
) =>
  enqueueWaiting(
    ctx,
    { channel: 'sms', message: { ...message, mobile }, to: mobile },
    waits,
  ) as Promise<Queued<R>>;

/** How long the notices of one kind to one account become one mail. */
const foldMs = 3_600_000;

/**
 * Statements that put the mail of a notice into the outbox. The first of its kind goes out at once; those that follow
 * within the hour become one mail, `further`, which goes out when the hour is over.
 */
export async function enqueueNotice(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  {
    accountId,
    noticeKind,
    expiresAtMs,
  }: { accountId: string; noticeKind: NoticeKind; expiresAtMs: number },
  to: Recipient | null,
  { first, further }: { first: MailText; further: MailText },
) {
  if (to === null) return [];
  const nowMs = ctx.now();
  const ofKind = sql`select max(due_at_ms) as at_ms from ${outboxTable}
    where account_id = ${accountId} and notice_kind = ${noticeKind}`;
  const last = sql`(${ofKind} and due_at_ms > ${nowMs - foldMs})`;
  const waits = sql`(${ofKind} and due_at_ms > ${nowMs} and attempts = 0)`;
  const sealed = async (text: MailText) => {
    const id = ctx.crypto.randomToken(12);
    const message = { to, ...text };
    return { id, message: await seal(ctx, placeOf(outboxTable.messageSealed, id), message) };
  };
  const insert = ({ id, message }: { id: string; message: string }, dueAtMs: SQL, is: SQL) =>
    ctx.db.insert(outboxTable).select(sql`
      select ${id}, 'mail', ${ctx.portal.id}, ${message}, 'waiting', ${messagePriority.notice}, ${accountId}, ${noticeKind}, 0,
        ${dueAtMs}, ${expiresAtMs}, ${nowMs}, null, null, null, null, ${currentKeyId(ctx)}
      where ${is}`);
  const [now, later] = await Promise.all([sealed(first), sealed(further)]);
  return [
    insert(later, sql`${last} + ${foldMs}`, sql`${last} is not null and ${waits} is null`),
    insert(now, sql`${nowMs}`, sql`${last} is null`),
  ];
}

type DeliverDeps = Door & Pick<Deps, 'db' | 'now' | 'crypto' | 'keys' | 'doors'>;

/** What becomes of the message. A channel's fault is none of the message's: it waits. */
const statusAfter: Record<Outcome, Row['status']> = {
  accepted: 'sent',
  refused: 'failed',
  unclear: 'unclear',
  busy: 'waiting',
  down: 'waiting',
  misconfigured: 'waiting',
};

/** Nothing more goes through the channel now. After `unclear` because the next one would be lost the same way. */
const isStopped = (outcome: Outcome) =>
  outcome === 'down' || outcome === 'misconfigured' || outcome === 'unclear';

/** A row that this sender has taken, and holds still. */
const isHeld = ({ id, attempts }: Row) =>
  and(eq(outboxTable.id, id), eq(outboxTable.attempts, attempts));

/** Writes down that the message is given away now; `false` when the lease has ended and another has the message. */
async function beginHandingOver(deps: DeliverDeps, row: Row): Promise<boolean> {
  const begun = await deps.db
    .update(outboxTable)
    .set({ status: 'handing_over', dueAtMs: deps.now() + leaseMs })
    .where(and(isHeld(row), eq(outboxTable.status, 'taken')))
    .returning({ id: outboxTable.id });
  return begun.length > 0;
}

/** What became of a message, and the contact it was for, masked. `vendor` is `null` where none was asked. */
type Handed = {
  outcome: Outcome;
  vendor: string | null;
  vendorCode: string;
  vendorMessageId: string | null;
  masked: string;
};

const untried = (vendorCode: string): Handed => ({
  outcome: 'busy',
  vendor: null,
  vendorCode,
  vendorMessageId: null,
  masked: '',
});

/** A message that was kept before kinds were named tells its own by what is in it. */
type OlderSms = { kind?: undefined; mobile: string; code?: string; isNewContact?: true };

function smsOf(message: SmsThatWaits | OlderSms): Sms {
  if (message.kind !== undefined) return message;
  const { mobile, code, isNewContact } = message;
  if (code !== undefined) return { kind: 'contact_replaced', mobile, code };
  return { kind: isNewContact === true ? 'new_contact' : 'review_news', mobile };
}

/** The message of a row; `null` where its key is not held. */
const openMessage = (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, messageSealed }: Row,
): Promise<Mail | SmsThatWaits | OlderSms | null> =>
  open<Mail | SmsThatWaits | OlderSms>(
    deps,
    placeOf(outboxTable.messageSealed, id),
    messageSealed,
  ).catch(() => null);

/** The contact that a message is for, masked. */
const maskedIn = (message: Mail | SmsThatWaits | OlderSms): string =>
  'to' in message ? maskEmail(message.to) : maskMobile(message.mobile);

/** In the name of the portal that the message was written at. */
async function handOver(anywhere: DeliverDeps, row: Row): Promise<Handed> {
  const deps = inPortal(anywhere, row.portal);
  const begin = () => beginHandingOver(deps, row);
  const message = await openMessage(deps, row);
  // Its key is not held: it waits for the key, and holds up no other.
  if (message === null) return untried('unreadable');
  const masked = maskedIn(message);
  if ('to' in message) {
    return { ...(await deps.mail.send(message, { id: row.id, begin })), masked };
  }
  if (!(await begin())) return untried('not_begun');
  return { ...(await deps.sms.send(smsOf(message))), masked };
}

const stopOf = (db: Deps['db'], channel: Channel) =>
  db
    .select({ channel: channelStopTable.channel })
    .from(channelStopTable)
    .where(eq(channelStopTable.channel, channel));

/**
 * Statements that take the message of a channel that is next: the most urgent, and of those the one that has been due
 * the longest. The caller that gets it is its only sender. While the channel is stopped nobody gets one, but for the probe that
 * is due: the caller that claims that gets the message that has been due the longest, of whatever urgency, so urgent messages
 * that are not taken do not keep the others from showing that the channel works.
 */
function takeNext(deps: DeliverDeps, channel: Channel) {
  const { db } = deps;
  const nowMs = deps.now();
  const isProbe = sql`changes() > 0`;
  const first = (isDue: SQL, ...order: SQL[]) =>
    db
      .select({ id: outboxTable.id })
      .from(outboxTable)
      .where(
        and(
          // As the partial index has it: a parameter would not be known to be that.
          sql`${outboxTable.status} = 'waiting'`,
          isDue,
          gt(outboxTable.expiresAtMs, nowMs),
          eq(outboxTable.channel, channel),
        ),
      )
      .orderBy(...order, asc(outboxTable.dueAtMs), sql`rowid`)
      .limit(1);
  const longestDue = first(lte(outboxTable.dueAtMs, nowMs));
  // The `+` keeps it from the index of what is due, in which it would have to sort all that waits.
  const mostUrgent = first(sql`+${outboxTable.dueAtMs} <= ${nowMs}`, asc(outboxTable.priority));
  const next = sql`case when ${isProbe} then ${longestDue} else ${mostUrgent} end`;
  return [
    db
      .update(channelStopTable)
      .set({ probeAtMs: nowMs + leaseMs })
      .where(
        and(
          eq(channelStopTable.channel, channel),
          notBetween(channelStopTable.probeAtMs, nowMs + 1, nowMs + furthestMs),
        ),
      ),
    db
      .update(outboxTable)
      .set({
        status: 'taken',
        dueAtMs: nowMs + leaseMs,
        attempts: sql`${outboxTable.attempts} + 1`,
      })
      .where(
        and(
          or(isProbe, notExists(stopOf(db, channel))),
          eq(outboxTable.id, next),
          eq(outboxTable.status, 'waiting'),
        ),
      )
      .returning(),
  ] as const;
}

/** The statement that stops a channel after what a vendor said, or lets it go on. */
function channelAfter(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  channel: Channel,
  { outcome, vendor, vendorCode }: { outcome: Outcome; vendor: string; vendorCode: string },
) {
  const { failures } = channelStopTable;
  const nowMs = now();
  if (!isStopped(outcome)) {
    return db.delete(channelStopTable).where(eq(channelStopTable.channel, channel));
  }
  const stop = { channel, sinceMs: nowMs, probeAtMs: nowMs + probeMs(1), failures: 1 };
  return db
    .insert(channelStopTable)
    .values({ ...stop, vendor, vendorCode })
    .onConflictDoUpdate({
      target: channelStopTable.channel,
      set: {
        failures: sql`${failures} + 1`,
        probeAtMs: sql`${nowMs} + min(${probeMs(1)} << min(${failures}, 10), ${probeMs(100)})`,
        vendor,
        vendorCode,
      },
    });
}

/**
 * Statements that write down what a vendor said. The wait after `busy` is the message's own. What the channel did not
 * take keeps its place; where it refuses our account, the next probe is another message, lest it was this one after all.
 * A message that has stopped the channel often is set aside.
 */
function writeDown(deps: DeliverDeps, row: Row, { outcome, masked, ...said }: Handed): Statement[] {
  const { db } = deps;
  const nowMs = deps.now();
  const asideUntilMs = row.attempts < setAside.afterAttempts ? null : nowMs + setAside.ms;
  const dueAtMs = {
    down: asideUntilMs ?? row.createdAtMs,
    misconfigured: asideUntilMs ?? nowMs,
    busy: nowMs + backoffMs(row.attempts),
    accepted: nowMs,
    refused: nowMs,
    unclear: nowMs,
  }[outcome];
  const statements: Statement[] = [
    db
      .update(outboxTable)
      .set({
        status: statusAfter[outcome],
        dueAtMs,
        sentAtMs: outcome === 'accepted' ? nowMs : null,
        ...said,
      })
      .where(isHeld(row)),
  ];
  if ((outcome === 'refused' || outcome === 'unclear') && row.accountId !== null) {
    const what = outcome === 'refused' ? 'refused' : 'lost';
    statements.push(tellOnceADay(deps, row.accountId, `${row.channel}_${what}`, masked));
  }
  // A message that could not even be tried says nothing of the channel.
  const { vendor, vendorCode } = said;
  if (vendor !== null) {
    statements.push(channelAfter(deps, row.channel, { outcome, vendor, vendorCode }));
  }
  return statements;
}

/** A notice on the page 通知 that a message was refused or may be lost: one a day, however many are. */
function tellOnceADay(
  { db, now, crypto }: Pick<Deps, 'db' | 'now' | 'crypto'>,
  accountId: string,
  kind: DeliveryNoticeKind,
  contact: string,
) {
  const atMs = now();
  const facts = JSON.stringify({ contact });
  return db.insert(noticeTable).select(sql`
    select ${crypto.randomToken(12)}, ${accountId}, ${kind}, ${facts}, ${atMs}, null
    where exists (select 1 from ${accountTable} where ${accountTable.id} = ${accountId})
    and not exists (
      select 1 from ${noticeTable}
      where account_id = ${accountId} and kind = ${kind} and at_ms > ${atMs - 24 * 3_600_000}
    )`);
}

/** How many messages came to what in a run. `postponed` are tried again. */
export type Delivered = Record<'accepted' | 'refused' | 'unclear' | 'postponed', number>;

/** A run takes no message after `budgetMs`, and no more than `limit` of a channel. */
export type RunLimits = { limit: number; budgetMs: number };

/** For a request: with the slowest vendor's deadline it ends well before workerd's 30 seconds for deferred work. */
const afterRequest: RunLimits = { limit: 20, budgetMs: 5_000 };

async function deliverChannel(
  deps: DeliverDeps,
  channel: Channel,
  { limit, budgetMs }: RunLimits,
  delivered: Delivered,
): Promise<void> {
  const untilMs = deps.now() + budgetMs;
  let [, [row]] = await deps.db.batch(takeNext(deps, channel));
  for (let handed = 1; row !== undefined; handed += 1) {
    const result = await handOver(deps, row);
    const status = statusAfter[result.outcome];
    if (status === 'sent') delivered.accepted += 1;
    else if (status === 'failed') delivered.refused += 1;
    else delivered[status === 'unclear' ? 'unclear' : 'postponed'] += 1;
    const written = writeDown(deps, row, result);
    if (isStopped(result.outcome) || handed === limit || deps.now() >= untilMs) {
      await deps.db.batch(written as unknown as Batch);
      return;
    }
    const results: readonly unknown[] = await deps.db.batch([
      ...written,
      ...takeNext(deps, channel),
    ] as unknown as Batch);
    [row] = results.at(-1) as Row[];
  }
}

/**
 * Hands over the mails and text messages that are due, one after the other: codes and links first, then decisions, then
 * notices. Each is taken by one sender only; what certainly was not accepted waits and is tried again, and nothing that
 * may have been is ever sent a second time. When a channel takes nothing, its messages wait as they are.
 */
export async function deliverWaiting(
  deps: DeliverDeps,
  limits: RunLimits = afterRequest,
): Promise<Delivered> {
  const delivered: Delivered = { accepted: 0, refused: 0, unclear: 0, postponed: 0 };
  await Promise.all([
    deliverChannel(deps, 'mail', limits, delivered),
    deliverChannel(deps, 'sms', limits, delivered),
  ]);
  return delivered;
}

/** That every account has its mail address as an identifier, by which a mail without an account finds its person. */
const areAllMoved = sql`not exists (select 1 from ${accountTable} where contact_sealed is not null)`;

/**
 * The job for messages whose sender died: one that was only taken waits again, and one that may have been given away is
 * marked `unclear` and never sent again; a code among them is not counted, and its person reads so in the portal. What waits
 * for longer than any message does was written by a clock that was ahead, and is due. Returns how many there were of each. A worker
 * of the release before, which may run for a while after the migration, calls both `sending`; its messages name no
 * account, so the person of a mail is found by the address.
 */
export async function settleOutbox(
  deps: Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>,
): Promise<{ returned: number; unclear: number }> {
  const { db } = deps;
  const nowMs = deps.now();
  const isOver = notBetween(outboxTable.dueAtMs, nowMs, nowMs + furthestMs);
  const [returned, lost] = await db.batch([
    db
      .update(outboxTable)
      .set({ status: 'waiting', dueAtMs: nowMs })
      .where(and(eq(outboxTable.status, 'taken'), isOver))
      .returning({ id: outboxTable.id }),
    db
      .select()
      .from(outboxTable)
      .where(
        and(
          sql`${outboxTable.status} in ('handing_over', 'sending')`,
          isOver,
          or(isNotNull(outboxTable.accountId), eq(outboxTable.channel, 'sms'), areAllMoved),
        ),
      )
      .limit(rowsPerSlice),
    db
      .update(outboxTable)
      .set({ dueAtMs: nowMs })
      .where(and(eq(outboxTable.status, 'waiting'), gt(outboxTable.dueAtMs, nowMs + 2 * foldMs))),
  ]);
  let unclear = 0;
  for (const row of lost) {
    const [marked] = await db.batch([
      db
        .update(outboxTable)
        .set({ status: 'unclear' })
        .where(and(isHeld(row), eq(outboxTable.status, row.status)))
        .returning({ id: outboxTable.id }),
      giveCodesBack(db, and(eq(outboxTable.id, row.id), eq(outboxTable.status, 'unclear'))),
      ...(await tellLost(deps, row)),
    ]);
    unclear += marked.length;
  }
  return { returned: returned.length, unclear };
}

/** The statement that gives back what paid for those codes in the outbox: the end of their sender is no reason to keep it. */
export const giveCodesBack = (db: Deps['db'], which: SQL | undefined) =>
  db
    .update(allowanceTable)
    .set({ isCounted: false, reason: 'gateway_unavailable' })
    .where(
      inArray(
        // A code has the id of the claim that pays for it.
        allowanceTable.id,
        db
          .select({ id: outboxTable.id })
          .from(outboxTable)
          .where(and(eq(outboxTable.channel, 'sms'), which)),
      ),
    );

/** Statements by which the persons of a message that may be lost read so in the portal; none where nobody is known. */
async function tellLost(deps: Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>, row: Row) {
  const message = await openMessage(deps, row);
  if (message === null) return [];
  const accounts =
    row.accountId === null && 'to' in message
      ? await deps.db
          .select({ id: identifierTable.accountId })
          .from(identifierTable)
          .where(
            and(
              eq(identifierTable.kind, 'email'),
              inArray(
                identifierTable.index,
                await blindIndexes(deps, 'email', canonicalEmail(message.to)),
              ),
            ),
          )
      : [{ id: row.accountId ?? '' }];
  return accounts.map(({ id }) => tellOnceADay(deps, id, `${row.channel}_lost`, maskedIn(message)));
}

export type OutboxReport = {
  waiting: number;
  /** The age of the oldest message that waits; `null`: none does. */
  oldestWaitingMs: number | null;
  /** What somebody has to look at, such as `mail_stopped smtp 535 5.7.8` and `mail_overdue`. */
  alarms: string[];
};

/** How many messages wait, since when, and which channels are stopped, by which reply. */
export async function reportOutbox({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<OutboxReport> {
  const nowMs = now();
  const [channels, stops] = await db.batch([
    db
      .select({
        channel: outboxTable.channel,
        waiting: count(),
        oldestMs: min(outboxTable.createdAtMs),
      })
      .from(outboxTable)
      .where(
        and(
          inArray(outboxTable.status, ['waiting', 'taken']),
          gt(outboxTable.expiresAtMs, nowMs),
          // What is to go out later does not wait yet.
          or(lte(outboxTable.dueAtMs, nowMs), gt(outboxTable.attempts, 0)),
        ),
      )
      .groupBy(outboxTable.channel),
    db.select().from(channelStopTable),
  ]);
  const ages = channels.map(({ channel, oldestMs }) => ({
    channel,
    ms: nowMs - (oldestMs ?? nowMs),
  }));
  return {
    waiting: channels.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestWaitingMs: ages.length === 0 ? null : Math.max(...ages.map(({ ms }) => ms)),
    alarms: [
      ...stops.map(
        ({ channel, vendor, vendorCode }) => `${channel}_stopped ${vendor} ${vendorCode}`,
      ),
      ...ages.filter(({ ms }) => ms > overdueMs).map(({ channel }) => `${channel}_overdue`),
    ],
  };
}

import { type Batch, serviceClientTable, serviceEventTable } from '@shiming/db';
import { and, asc, count, eq, exists, gt, lte, min, not, notInArray, sql } from 'drizzle-orm';
import { type Ctx, type Deps, systemCtx } from '../context.ts';
import { type Turn, untilDone } from '../jobs/turn.ts';
import { type Client, findClient, isClientInForce } from './clients.ts';
import { type EventRow, type Prepared, prepareEvent } from './events.ts';

/** How long a sender holds an event: longer than a service may take to answer. */
const leaseMs = 30_000;
/** How long to wait before the next try, after so many tries. */
const backoffMs = (attempts: number) => Math.min(15_000 * 2 ** (attempts - 1), 1_800_000);
/** So long an event may wait before the report calls it an alarm. */
const overdueMs = 15 * 60_000;
/** To so many services events go at once. */
const atOnce = 6;
/** With more people of whom no event can be made, it is no fault of theirs, and their service waits. */
const leftAtMost = 100;

/**
 * What a service answered. `refused` is about this token, which is not sent again; with everything else the service is
 * tried again later. `said` is for the operator: a code of the standard, or a status.
 */
export type Answer = { outcome: 'taken' | 'refused' | 'unavailable'; said: string };

/** Signs a token and sends it to the address at which the service is registered. */
export type SendToken = (token: Omit<Prepared, 'whenTaken'>) => Promise<Answer>;

/** How many events came to what in a run, and what somebody has to look at. */
export type DeliveredEvents = {
  done: number;
  facts: Readonly<Record<string, string | number>>;
  /** Since when the oldest event that waits has been due; `null`: none does. */
  since: number | null;
};

type Statement = Batch[number];

const { id, clientId, subject, kind, status, dueAtMs, expiresAtMs, attempts, atMs } =
  serviceEventTable;
// As the partial index has it: a parameter would not be known to be that.
const isWaiting = sql`${status} = 'waiting'`;

/** What goes to one address of a service: its events, or its logout tokens. */
type Queue = { id: string; isLogout: boolean };
const isLogout = sql<boolean>`${kind} = 'logout'`.mapWith(Boolean);

/**
 * The statement that takes the event of a queue that is next. A service learns what happened in its order, so while one
 * event waits for its next try, or somebody is sending it, nobody gets another. People in `left` are passed over.
 */
function takeNext(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  queue: Queue,
  left: readonly string[] = [],
) {
  const nowMs = now();
  const first = db
    .select({ id })
    .from(serviceEventTable)
    .where(
      and(
        isWaiting,
        eq(clientId, queue.id),
        sql`(${isLogout}) = ${queue.isLogout}`,
        gt(expiresAtMs, nowMs),
        notInArray(subject, [...left]),
      ),
    )
    .orderBy(asc(atMs), sql`rowid`)
    .limit(1);
  return db
    .update(serviceEventTable)
    .set({ dueAtMs: nowMs + leaseMs, attempts: sql`${attempts} + 1` })
    .where(and(sql`${id} = ${first}`, lte(dueAtMs, nowMs)))
    .returning();
}

/** A service that is suspended gets what waits for it once it is in force again. One that has ended gets nothing. */
const isSuspended = ({ db }: Pick<Deps, 'db'>) =>
  exists(
    db
      .select({ id: serviceClientTable.id })
      .from(serviceClientTable)
      .where(and(eq(serviceClientTable.id, clientId), not(isClientInForce))),
  );

const isHeld = (row: EventRow) =>
  and(eq(id, row.id), eq(attempts, row.attempts), eq(dueAtMs, row.dueAtMs), isWaiting);

/** Statements that write down what a service answered. */
function writeDown(ctx: Ctx, row: EventRow, token: Prepared, answer: Answer): Statement[] {
  const { outcome, said } = answer;
  const set = {
    taken: { status: 'sent', dueAtMs: ctx.now() },
    refused: { status: 'refused', dueAtMs: ctx.now() },
    unavailable: { dueAtMs: ctx.now() + backoffMs(row.attempts) },
  } as const;
  return [
    ctx.db
      .update(serviceEventTable)
      .set({ ...set[outcome], answer: said })
      .where(isHeld(row)),
    ...(outcome === 'taken' ? token.whenTaken : []),
  ];
}

type Tally = { done: number; refused: number; postponed: number; alarms: Set<string> };

/**
 * Sends what waits in a queue, one event after the other, until one is not taken. An event that cannot be made is left for
 * the next time with all that comes after it of its person, and holds up nobody else's.
 */
async function deliverTo(
  ctx: Ctx,
  queue: Queue,
  client: Client | null,
  send: SendToken,
  turn: Turn,
  tally: Tally,
): Promise<void> {
  const left: string[] = [];
  let [row] = await takeNext(ctx, queue);
  while (row !== undefined && left.length < leftAtMost) {
    let token: Prepared | null = null;
    // What nobody is to learn is not kept.
    let written: Statement[] = [
      ctx.db.delete(serviceEventTable).where(and(isHeld(row), not(isSuspended(ctx)))),
    ];
    try {
      token = client && (await prepareEvent(ctx, row, client));
    } catch (error) {
      turn.fail(error);
      tally.alarms.add(`event_failed ${queue.id}`);
      left.push(row.subject);
      written = [ctx.db.update(serviceEventTable).set({ dueAtMs: ctx.now() }).where(isHeld(row))];
    }
    if (token !== null) {
      const { whenTaken: _, ...sent } = token;
      const answer = await send(sent);
      written = writeDown(ctx, row, token, answer);
      if (answer.outcome === 'taken') tally.done += 1;
      if (answer.outcome === 'refused') {
        tally.refused += 1;
        tally.alarms.add(`event_refused ${queue.id} ${answer.said}`);
      }
      if (answer.outcome === 'unavailable') {
        tally.postponed += 1;
        await ctx.db.batch(written as unknown as Batch);
        return;
      }
    }
    if (turn.isOver()) {
      await ctx.db.batch(written as unknown as Batch);
      return;
    }
    const results: readonly unknown[] = await ctx.db.batch([
      ...written,
      takeNext(ctx, queue, left),
    ] as unknown as Batch);
    [row] = results.at(-1) as EventRow[];
  }
}

const queues = ({ db }: Pick<Deps, 'db'>) =>
  db
    .select({ id: clientId, isLogout, waiting: count(), oldestMs: min(atMs) })
    .from(serviceEventTable)
    .where(and(isWaiting, not(isSuspended({ db }))))
    .groupBy(clientId, isLogout);

/**
 * The job that sends services what has become of their people's accounts. Each service gets its events in their order and
 * from one sender at a time, and its logout tokens beside them; one that does not answer is tried again, for a week, and holds up no other. An event may arrive twice,
 * under one `jti`.
 */
export async function deliverEvents(
  deps: Deps,
  send: SendToken,
  turn: Turn = untilDone,
): Promise<DeliveredEvents> {
  const ctx = systemCtx(deps, 'service_events');
  const tally: Tally = { done: 0, refused: 0, postponed: 0, alarms: new Set() };
  const [expired, left] = await deps.db.batch([
    deps.db
      .update(serviceEventTable)
      .set({ status: 'expired' })
      .where(and(isWaiting, lte(expiresAtMs, deps.now())))
      .returning({ clientId }),
    queues(deps),
  ]);
  for (const { clientId: of } of expired) tally.alarms.add(`events_expired ${of}`);
  const worker = async () => {
    for (let next = left.shift(); next !== undefined && !turn.isOver(); next = left.shift()) {
      try {
        await deliverTo(ctx, next, await findClient(ctx, next.id), send, turn, tally);
      } catch (error) {
        turn.fail(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const after = await queues(deps);
  const oldest = after.map(({ oldestMs }) => oldestMs ?? deps.now());
  for (const { id: of, oldestMs } of after) {
    if (deps.now() - (oldestMs ?? deps.now()) > overdueMs) tally.alarms.add(`events_overdue ${of}`);
  }
  const { done, refused, postponed, alarms } = tally;
  return {
    done,
    since: oldest.length === 0 ? null : Math.min(...oldest),
    facts: {
      refused,
      postponed,
      expired: expired.length,
      waiting: after.reduce((sum, { waiting }) => sum + waiting, 0),
      ...(alarms.size === 0 ? {} : { alarm: [...alarms].toSorted().join('; ') }),
    },
  };
}

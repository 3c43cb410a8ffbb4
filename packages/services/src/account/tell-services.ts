import {
  serviceClientTable,
  serviceEventTable,
  serviceSessionTable,
  serviceSubjectTable,
} from '@shiming/db';
import type { ServiceEventKind } from '@shiming/domain';
import { type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { hasLiveConsent } from './live-consent.ts';

const dayMs = 24 * 3_600_000;

/** What services are to learn, and what of it. */
export type ServiceEvent = readonly [kind: ServiceEventKind, detail?: string];

/**
 * The statement (in a list of one) by which the services that a person has agreed to enter learn what becomes of the account:
 * those that know the person and have an address for it, or one of them (`at`); one that is suspended once it is in force again. It stands in the batch of the change, so that
 * nothing is told of a change that did not happen, and a job sends it. Where `sessionId` is given, only services that this
 * session has signed in to, each with its own name for the session.
 */
export const tellServices = (
  ctx: Pick<Ctx, 'db' | 'now' | 'portal' | 'doors' | 'requestId'>,
  account: string | SQL,
  events: readonly ServiceEvent[],
  { at, sessionId }: { at?: { portal: string; service?: string }; sessionId?: string } = {},
) => {
  const nowMs = ctx.now();
  const { id, clientId, accountId } = serviceSubjectTable;
  const { portal, service, registration } = serviceClientTable;
  const visit = serviceSessionTable;
  const consented = hasLiveConsent(ctx, accountId, 'service', { portal, receiver: service });
  return [
    ctx.db
      .insert(serviceEventTable)
      .select(
        sql`select lower(hex(randomblob(16))), ${clientId}, case e.value ->> 0 when 'purged' then null else ${accountId} end, ${id}, e.value ->> 0, coalesce(${visit.id}, e.value ->> 1, ''), ${ctx.requestId}, ${nowMs}, ${nowMs}, ${nowMs + 7 * dayMs}, 'waiting', 0, null from json_each(${JSON.stringify(events)}) e join ${serviceSubjectTable} on ${accountId} = ${account} join ${serviceClientTable} on ${serviceClientTable.id} = ${clientId} and ${registration} ->> case e.value ->> 0 when 'logout' then 'backchannelLogoutUri' else 'eventsUri' end <> '' left join ${visit} on ${visit.sessionId} = ${sessionId ?? null} and ${visit.accountId} = ${accountId} and ${visit.clientId} = ${clientId} where ${consented} and (${sessionId ?? null} is null or ${visit.id} is not null) and ${portal} = ${at?.portal ?? portal} and ${service} = ${at?.service ?? service}`,
      )
      .onConflictDoNothing(),
  ] as const;
};

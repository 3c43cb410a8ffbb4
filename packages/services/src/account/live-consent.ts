import { consentTable } from '@shiming/db';
import { type ConsentKind, consents, type ServiceField } from '@shiming/domain';
import { type AnyColumn, eq, type SQL, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';

type PortalDeps = Pick<Deps, 'portal' | 'doors'>;

/** Whether a consent counts: it was not withdrawn, and the notice of its portal that it was given to still holds. */
export const isLiveConsent = ({ portal, doors }: PortalDeps) => {
  const others = doors.map((door) => door.portal).filter(({ id }) => id !== portal.id);
  const since = sql.join(
    [portal, ...others].map(({ id, consentsSince }) => sql`when ${id} then ${consentsSince}`),
    sql` `,
  );
  return sql<boolean>`(${consentTable.withdrawnAtMs} is null and (${consentTable.kind} = 'agreement' or ${consentTable.version} >= case ${consentTable.portal} ${since} end))`.mapWith(
    Boolean,
  );
};

/** Which consent of an account: at a portal, by default that of the request, and of services to one of them. */
type Which = {
  portal?: string | AnyColumn;
  receiver?: string | AnyColumn;
  /** To exactly these fields. */
  fields?: readonly ServiceField[];
};

/** That an account has given a consent that counts: a condition for a guard or a query. */
export const hasLiveConsent = (
  ctx: PortalDeps,
  accountId: string | AnyColumn,
  kind: ConsentKind,
  { portal = ctx.portal.id, receiver, fields }: Which = {},
) =>
  sql`exists (select 1 from ${consentTable} where ${consentTable.accountId} = ${accountId} and ${consentTable.kind} = ${kind} and ${consentTable.portal} = ${portal} and ${receiver === undefined ? sql`true` : eq(consentTable.receiver, receiver)} and ${fields === undefined ? sql`true` : eq(consentTable.fields, fields)} and ${isLiveConsent(ctx)})`;

/** The statement that keeps a consent to the notice as it is now, where none that counts is given. */
export const agreeTo = (
  ctx: Pick<Deps, 'db' | 'now' | 'crypto' | 'portal' | 'doors'>,
  accountId: string,
  kind: 'photos' | 'face',
) => {
  const { purpose, receiver } = consents[kind];
  return ctx.db
    .insert(consentTable)
    .select(
      sql`select ${ctx.crypto.randomToken(12)}, ${accountId}, ${kind}, ${ctx.portal.id}, ${purpose}, ${receiver}, ${ctx.portal.privacyNoticeVersion}, ${ctx.now()}, null, null where not ${hasLiveConsent(ctx, accountId, kind)}`,
    );
};

/**
 * X-06a: that a case of an account may be looked at, decided and made effective: the person consents to the use of the
 * number, and to that of photos. Photos from before consents for them were asked for go on until one is withdrawn.
 */
export const hasCaseConsents = (
  ctx: PortalDeps,
  accountId: string | AnyColumn,
  portal: string | AnyColumn | SQL,
) =>
  sql`(select coalesce(max(${consentTable.kind} = 'document_number' and ${isLiveConsent(ctx)}), 0) and coalesce(max(case ${consentTable.kind} when 'photos' then ${isLiveConsent(ctx)} end), 1) from ${consentTable} where ${consentTable.accountId} = ${accountId} and ${consentTable.portal} = ${portal})`;

/**
 * X-06a: that the school may have the photo that a person handed in. Photos from before there was a consent to that go on
 * until it is withdrawn.
 */
export const hasOwnPhotoConsent = (
  ctx: PortalDeps,
  accountId: string | AnyColumn,
  portal: string | AnyColumn | SQL,
) =>
  sql`(select coalesce(max(${isLiveConsent(ctx)}), 1) from ${consentTable} where ${consentTable.accountId} = ${accountId} and ${consentTable.kind} = 'own_photo' and ${consentTable.portal} = ${portal})`;

type Consented = { hasConsented: 0 | 1; hasAgreed: 0 | 1; services: readonly string[] };

/**
 * What an account has consented to at the portal of the request, for a query that reads the account: to the use of the
 * number, to the agreement, and to which services.
 */
export const consentedHere = ({ portal }: PortalDeps, accountId: AnyColumn) =>
  sql`(select json_object('hasConsented', coalesce(max(${consentTable.kind} = 'document_number'), 0), 'hasAgreed', coalesce(max(${consentTable.kind} = 'agreement'), 0), 'services', json_group_array(${consentTable.receiver}) filter (where ${consentTable.kind} = 'service')) from ${consentTable} where ${consentTable.accountId} = ${accountId} and ${consentTable.portal} = ${portal.id} and ${consentTable.withdrawnAtMs} is null and (${consentTable.kind} = 'agreement' or ${consentTable.version} >= ${portal.consentsSince}))`.mapWith(
    (json: string) => JSON.parse(json) as Consented,
  );

import { serviceDisclosureTable, type serviceEventTable, serviceSubjectTable } from '@shiming/db';
import { acrOf, type ServiceEventKind, serviceFields } from '@shiming/domain';
import type { BatchItem } from 'drizzle-orm/batch';
import { and, eq } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import type { Client } from './clients.ts';
import { claimsOf, fieldsFor, hasAgreed, knownTo, loadPerson, type Person } from './person.ts';

export type EventRow = typeof serviceEventTable.$inferSelect;

/** A token that is to be signed and sent to a service, and what is written down once the service has it. */
export type Prepared = {
  address: string;
  type: 'secevent+jwt' | 'logout+jwt';
  claims: Readonly<Record<string, unknown>>;
  whenTaken: readonly BatchItem<'sqlite'>[];
};

/** How long a service may take a logout token (OpenID Connect Back-Channel Logout, 2.4: at most two minutes). */
const logoutSeconds = 120;
const logoutUri = 'http://schemas.openid.net/event/backchannel-logout';

/** The URIs of events (CAEP 1.0, RISC 1.0). */
const uriOf: Readonly<Record<Exclude<ServiceEventKind, 'logout'>, string>> = {
  level: 'https://schemas.openid.net/secevent/caep/event-type/assurance-level-change',
  claims: 'https://schemas.openid.net/secevent/caep/event-type/token-claims-change',
  credential: 'https://schemas.openid.net/secevent/caep/event-type/credential-change',
  sessions_revoked: 'https://schemas.openid.net/secevent/caep/event-type/session-revoked',
  disabled: 'https://schemas.openid.net/secevent/risc/event-type/account-disabled',
  enabled: 'https://schemas.openid.net/secevent/risc/event-type/account-enabled',
  purged: 'https://schemas.openid.net/secevent/risc/event-type/account-purged',
};
/** CAEP leaves it open what levels are called: these are the values of `acr`. */
export const levelNamespace = 'urn:shiming:level';

type Said = { of: object; whenTaken?: readonly BatchItem<'sqlite'>[] } | null;

/** Another level than the service was told, if it is another. */
function levelEvent(ctx: Ctx, { level, ...person }: Person, client: Client): Said {
  const subject = knownTo({ ...person, level }, client);
  if (subject === undefined) return null;
  const { id, toldLevel } = subject;
  if (toldLevel === null || toldLevel === level) return null;
  const { db } = ctx;
  return {
    of: {
      namespace: levelNamespace,
      current_level: acrOf(level),
      previous_level: acrOf(toldLevel),
      change_direction: level > toldLevel ? 'increase' : 'decrease',
    },
    whenTaken: [
      db
        .update(serviceSubjectTable)
        .set({ toldLevel: level })
        .where(and(eq(serviceSubjectTable.id, id), eq(serviceSubjectTable.toldLevel, toldLevel))),
    ],
  };
}

/** What has changed of the fields that the service has read, and may still. */
async function claimsEvent(
  ctx: Ctx,
  person: Person,
  client: Client,
  { id, detail, accountId }: EventRow,
): Promise<Said> {
  const { portal, service } = client;
  const { db } = ctx;
  const of = serviceDisclosureTable;
  const told = await db
    .select({ fields: of.fields })
    .from(of)
    .where(
      and(eq(of.accountId, accountId ?? ''), eq(of.portal, portal), eq(of.service, service.id)),
    );
  const known = new Set(told.flatMap(({ fields }) => fields));
  const changed = detail.split(' ');
  const fields = (fieldsFor(person, client) ?? []).filter(
    (field) => known.has(field) && changed.includes(field),
  );
  if (fields.length === 0) return null;
  const read = await claimsOf(ctx, person, fields);
  const names = fields.flatMap((field) => [...serviceFields[field].claims]);
  const claims = Object.fromEntries(names.map((name) => [name, read[name] ?? null]));
  const { level, account } = person;
  const disclosure = { id, accountId: account.id, portal, service: service.id, fields, level };
  return {
    of: { claims },
    whenTaken: [
      db
        .insert(of)
        .values({ ...disclosure, atMs: ctx.now() })
        .onConflictDoNothing(),
    ],
  };
}

/** What an event says of its kind; `null` where there is nothing to say after all, or not to this service. */
async function said(
  ctx: Ctx,
  row: EventRow & { kind: Exclude<ServiceEventKind, 'logout'> },
  client: Client,
): Promise<Said> {
  const { kind } = row;
  if (kind === 'purged') return { of: {} };
  const person = row.accountId === null ? null : await loadPerson(ctx, row.accountId);
  if (person === null || !hasAgreed(person, client)) return null;
  switch (kind) {
    case 'level':
      return levelEvent(ctx, person, client);
    case 'claims':
      return claimsEvent(ctx, person, client, row);
    case 'credential':
      return { of: { credential_type: 'password', change_type: row.detail } };
    case 'disabled':
    case 'enabled':
    case 'sessions_revoked':
      return { of: {} };
  }
}

/** Makes the token of an event (RFC 8417, or a logout token); `null` where the service is not to learn it, or nothing has changed. */
export async function prepareEvent(
  ctx: Ctx,
  row: EventRow,
  client: Client,
): Promise<Prepared | null> {
  const { id: jti, kind, subject, detail, txn, atMs } = row;
  const { backchannelLogoutUri, eventsUri } = client.registration;
  const iss = `${ctx.publicOrigin}/oidc`;
  const iat = Math.floor(ctx.now() / 1_000);
  const all = { iss, aud: client.id, iat, jti };
  if (kind === 'logout') {
    if (!backchannelLogoutUri) return null;
    const claims = {
      ...all,
      sub: subject,
      ...(detail === '' ? {} : { sid: detail }),
      exp: iat + logoutSeconds,
      events: { [logoutUri]: {} },
    };
    return { address: backchannelLogoutUri, type: 'logout+jwt', claims, whenTaken: [] };
  }
  const event = eventsUri ? await said(ctx, { ...row, kind }, client) : null;
  if (!eventsUri || event === null) return null;
  const claims = {
    ...all,
    // Each service's own: by one that they share, two would know that they have the same person.
    txn: await keyedHash(ctx, `service_txn:${client.id}:${txn}`),
    sub_id: { format: 'iss_sub', iss, sub: subject },
    events: { [uriOf[kind]]: { ...event.of, event_timestamp: Math.floor(atMs / 1_000) } },
  };
  return { address: eventsUri, type: 'secevent+jwt', claims, whenTaken: event.whenTaken ?? [] };
}

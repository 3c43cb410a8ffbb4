import { accountTable, consentTable, serviceSubjectTable, sessionTable } from '@shiming/db';
import {
  acrOf,
  type AppErrorCode,
  appErrorIn,
  type ConsentKind,
  type ContactKind,
  fieldsGiven,
  type Level,
  meetsLevel,
  type Portal,
  type ServiceField,
} from '@shiming/domain';
import { and, eq, inArray, sql, type SQLWrapper } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  findIdentity,
  levelOfAccount,
  openContact,
  provedAtMsOf,
} from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { isLiveConsent } from '../account/live-consent.ts';
import { type Ctx, inPortal } from '../context.ts';
import { enterService } from '../entry/services.ts';
import { splitToken } from '../session/bearer.ts';
import { openSession, sessionById, type SignedIn } from '../session/session.ts';
import {
  accountsOfTokens,
  openToken,
  type Token,
  tokenIds,
  type TokenName,
  tokensById,
} from './tokens.ts';
import type { Client } from './clients.ts';

/** Of whom a request of the provider is: the holder of a session, or of a token that a service has brought. */
export type Person = {
  account: Account;
  level: Level;
  consents: readonly {
    kind: ConsentKind;
    portal: string;
    receiver: string;
    fields: readonly ServiceField[] | null;
  }[];
  /** By which name each service knows the person, and the level that it was told last. */
  subjects: readonly { clientId: string; id: string; toldLevel: Level | null }[];
  /** The session, and when its holder last proved who they are; `null` where a service asks. */
  session: { signedIn: SignedIn; authTimeMs: number } | null;
};

export type Loaded = {
  /** By the ids of their rows. */
  tokens: ReadonlyMap<string, Token>;
  person: Person | null;
};

/** What is read of the accounts that a subquery finds. */
const ofAccounts = (ctx: Ctx, accounts: SQLWrapper) =>
  [
    ctx.db
      .select({
        clientId: serviceSubjectTable.clientId,
        id: serviceSubjectTable.id,
        toldLevel: serviceSubjectTable.toldLevel,
      })
      .from(serviceSubjectTable)
      .where(inArray(serviceSubjectTable.accountId, accounts)),
    ctx.db
      .select({
        kind: consentTable.kind,
        portal: consentTable.portal,
        receiver: consentTable.receiver,
        fields: consentTable.fields,
      })
      .from(consentTable)
      .where(and(inArray(consentTable.accountId, accounts), isLiveConsent(ctx))),
  ] as const;

const idsOf = async (ctx: Ctx, names: readonly TokenName[]) =>
  (await Promise.all(names.map((name) => tokenIds(ctx, name)))).flat();

const opened = async (ctx: Ctx, rows: Awaited<ReturnType<typeof tokensById>[0]>) =>
  new Map(await Promise.all(rows.map(async (row) => [row.id, await openToken(ctx, row)] as const)));

/** Reads tokens, and the person who holds the session of this cookie: one round trip. */
export async function loadForBrowser(
  ctx: Ctx,
  names: readonly TokenName[],
  cookie: string | null,
): Promise<Loaded> {
  const split = splitToken(cookie);
  const ids = await idsOf(ctx, names);
  const holder = ctx.db
    .select({ id: sessionTable.accountId })
    .from(sessionTable)
    .where(eq(sessionTable.id, split?.id ?? ''));
  const [rows, found, subjects, consents] = await ctx.db.batch([
    ...tokensById(ctx, ids),
    sessionById(ctx, split?.id ?? ''),
    ...ofAccounts(ctx, holder),
  ]);
  const tokens = await opened(ctx, rows);
  const signedIn = split && (await openSession(ctx, found[0], split.secret));
  const createdAtMs = found[0]?.session.createdAtMs ?? 0;
  if (signedIn === null) return { tokens, person: null };
  const { account, level, provedAtMs } = signedIn;
  // Where a former secret was used, 0 or 1 stands in place of the instant.
  const authTimeMs = Math.max(createdAtMs, provedAtMs ?? 0);
  return {
    tokens,
    person: { account, level, consents, subjects, session: { signedIn, authTimeMs } },
  };
}

/** Reads a token that a service has brought, and the person it is about: one round trip. */
export async function loadForService(ctx: Ctx, name: TokenName): Promise<Loaded> {
  const ids = await tokenIds(ctx, name);
  const accounts = accountsOfTokens(ctx, ids);
  const [rows, found, subjects, consents] = await ctx.db.batch([
    ...tokensById(ctx, ids),
    ctx.db
      .select({ account: accountRow, attested: attestedNow(ctx) })
      .from(accountTable)
      .where(and(inArray(accountTable.id, accounts), eq(accountTable.status, 'active'))),
    ...ofAccounts(ctx, accounts),
  ]);
  const tokens = await opened(ctx, rows);
  const [holder] = found;
  if (holder === undefined) return { tokens, person: null };
  const { account, attested } = holder;
  const level = levelOfAccount(account, attested);
  return { tokens, person: { account, level, consents, subjects, session: null } };
}

/** Reads the person of an account, also of one that is not open; `null` where it is deleted. One round trip. */
export async function loadPerson(ctx: Ctx, accountId: string): Promise<Person | null> {
  const [[found], subjects, consents] = await ctx.db.batch([
    ctx.db
      .select({ account: accountRow, attested: attestedNow(ctx) })
      .from(accountTable)
      .where(eq(accountTable.id, accountId)),
    ...ofAccounts(ctx, sql`(${accountId})`),
  ]);
  if (found === undefined) return null;
  const { account, attested } = found;
  return {
    account,
    level: levelOfAccount(account, attested),
    consents,
    subjects,
    session: null,
  };
}

/** The token among those that were read. */
export async function tokenIn({ tokens }: Loaded, ctx: Ctx, name: TokenName) {
  const ids = await tokenIds(ctx, name);
  return ids.map((id) => tokens.get(id)).find((token) => token !== undefined);
}

const consentOf = (
  { consents }: Person,
  { portal }: Pick<Client, 'portal'>,
  kind: ConsentKind,
  receiver?: string,
) =>
  consents.find(
    (each) =>
      each.kind === kind &&
      each.portal === portal &&
      (receiver === undefined || each.receiver === receiver),
  );

/** All that a service may be told, as it is registered, and no more than its portal lists for it. */
export const fieldsOfClient = ({ service, registration }: Client): readonly ServiceField[] =>
  fieldsGiven(service, [...registration.required, ...registration.optional]);

/** That a person has agreed to enter a service, and to the use of their number there: it may learn what becomes of the account. */
export const hasAgreed = (person: Person, client: Client): boolean =>
  consentOf(person, client, 'service', client.service.id) !== undefined &&
  consentOf(person, client, 'document_number') !== undefined;

/**
 * What a service is told of a person: of what it may be told, what they let it. `null` where it may be told nothing of
 * them: they have not agreed to enter it with all that it needs, or to the use of their number there.
 */
export function fieldsFor(person: Person, client: Client): readonly ServiceField[] | null {
  const given = consentOf(person, client, 'service', client.service.id)?.fields ?? null;
  if (given === null || !hasAgreed(person, client)) return null;
  const { required } = client.registration;
  return fieldsGiven(client.service, [...required]).every((field) => given.includes(field))
    ? fieldsOfClient(client).filter((field) => given.includes(field))
    : null;
}

/** As whom a service knows a person; `undefined` where it does not know them yet. */
export const knownTo = ({ subjects }: Person, { id }: Pick<Client, 'id'>) =>
  subjects.find(({ clientId }) => clientId === id);

/** By which name a service knows a person. */
export const subjectOf = (person: Person, client: Pick<Client, 'id'>) =>
  knownTo(person, client)?.id;

/**
 * T-ENT-03: with which refusal the gate of a service is shut for who is signed in; `null` where it is open. The level is the
 * service's, or a higher one that it has asked for.
 */
export function gateOf(
  ctx: Ctx,
  person: Person & { session: NonNullable<Person['session']> },
  client: Client,
  asked: Level | null,
): AppErrorCode | null {
  const { signedIn } = person.session;
  const services = person.consents
    .filter(({ kind, portal }) => kind === 'service' && portal === client.portal)
    .map(({ receiver }) => receiver);
  const hasConsented = consentOf(person, client, 'document_number') !== undefined;
  try {
    enterService(
      inPortal(ctx, client.portal),
      { ...signedIn, hasConsented, services },
      { serviceId: client.service.id },
    );
  } catch (error) {
    const refused = appErrorIn(error);
    if (refused === null) throw error;
    return refused.data.code;
  }
  if (asked !== null && !meetsLevel(person.level, asked)) return 'service.not_verified';
  return fieldsFor(person, client) === null ? 'consent.required' : null;
}

/** The highest level that anybody can reach at a portal. */
export const reachableLevel = ({ faces }: Pick<Ctx, 'faces'>, portal: Portal): Level =>
  faces !== null && portal.face !== null ? 4 : 3;

/** What a service reads of a person: their level, and the claims of these fields. A contact that is not proved is none. */
export async function claimsOf(
  ctx: Ctx,
  { account, level }: Person,
  fields: readonly ServiceField[],
): Promise<Record<string, unknown>> {
  const contact = async (kind: ContactKind) =>
    provedAtMsOf(account, kind) === null ? '' : (await openContact(ctx, account))[kind];
  const of: Record<ServiceField, () => Promise<Record<string, unknown>>> = {
    name: async () => ({ name: (await findIdentity(ctx, account))?.name }),
    document: async () => {
      const number = (await findIdentity(ctx, account))?.number;
      return { document_type: account.documentType, document_number: number };
    },
    mobile: async () => {
      const mobile = await contact('mobile');
      return mobile === '' ? {} : { phone_number: `+86${mobile}`, phone_number_verified: true };
    },
    email: async () => {
      const email = await contact('email');
      return email === '' ? {} : { email, email_verified: true };
    },
  };
  const parts = await Promise.all(fields.map((field) => of[field]()));
  return Object.assign({ real_name_level: acrOf(level) }, ...parts);
}

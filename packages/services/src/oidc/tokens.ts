import {
  type Batch,
  commit,
  guard,
  hasWritten,
  serviceClientTable,
  serviceDisclosureTable,
  serviceSessionTable,
  serviceSubjectTable,
  serviceTokenTable,
} from '@shiming/db';
import type { Level, ServiceField } from '@shiming/domain';
import type { BatchItem } from 'drizzle-orm/batch';
import { and, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { keyedHash, keyedHashes } from '../vault/keyed-hash.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

/** What was given out, by its kind and its value. Only a keyed hash of the value is kept. */
export type TokenName = { kind: string; value: string };

export type Token = {
  payload: Readonly<Record<string, unknown>>;
  accountId: string | null;
  consumedAtMs: number | null;
};

/** A token as it is kept; `groupOf` names another token whose row is read together with this one. */
type NewToken = {
  payload: Readonly<Record<string, unknown>>;
  accountId: string | null;
  group: string | null;
  groupOf: TokenName | null;
  expiresAtMs: number;
};

const textOf = ({ kind, value }: TokenName) => `service_token:${kind}:${value}`;

/** The id of a token's row. */
export const tokenId = (ctx: Ctx, name: TokenName): Promise<string> => keyedHash(ctx, textOf(name));

/** The ids that a token's row may have while keys change. */
export const tokenIds = (ctx: Ctx, name: TokenName): Promise<string[]> =>
  keyedHashes(ctx, textOf(name));

/** The rows of these ids and of what they name as their group: a statement, in a list of one. */
export const tokensById = ({ db }: Pick<Ctx, 'db'>, ids: readonly string[]) => {
  const { id, groupId } = serviceTokenTable;
  const own = inArray(id, [...ids]);
  const groups = db.select({ id: groupId }).from(serviceTokenTable).where(own);
  return [
    db
      .select()
      .from(serviceTokenTable)
      // With nothing to find, the second half would look at every row.
      .where(ids.length === 0 ? own : sql`${own} or ${inArray(id, groups)}`),
  ] as const;
};

/** The accounts that these tokens are of. */
export const accountsOfTokens = ({ db }: Pick<Ctx, 'db'>, ids: readonly string[]) =>
  db
    .select({ id: serviceTokenTable.accountId })
    .from(serviceTokenTable)
    .where(inArray(serviceTokenTable.id, [...ids]));

export async function openToken(
  ctx: Ctx,
  { id, payloadSealed, accountId, consumedAtMs }: typeof serviceTokenTable.$inferSelect,
): Promise<Token> {
  const place = placeOf(serviceTokenTable.payloadSealed, id);
  return { payload: await open(ctx, place, payloadSealed), accountId, consumedAtMs };
}

/** The statements that keep a token, in place of what was kept of it before. */
export async function putToken(ctx: Ctx, name: TokenName, token: NewToken) {
  const id = await tokenId(ctx, name);
  const { accountId, expiresAtMs } = token;
  const groupId = token.groupOf === null ? token.group : await tokenId(ctx, token.groupOf);
  const payloadSealed = await seal(
    ctx,
    placeOf(serviceTokenTable.payloadSealed, id),
    token.payload,
  );
  const row = { accountId, groupId, payloadSealed, keyId: currentKeyId(ctx), expiresAtMs };
  return [
    ctx.db
      .insert(serviceTokenTable)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: serviceTokenTable.id, set: row }),
  ];
}

const stale = { code: 'request.stale' } as const;

/** The statements that keep what may be said once, and refuse it the second time with `request.stale`. */
export async function keepOnce(ctx: Ctx, name: TokenName, expiresAtMs: number) {
  const ids = await tokenIds(ctx, name);
  const known = ctx.db
    .select({ id: serviceTokenTable.id })
    .from(serviceTokenTable)
    .where(inArray(serviceTokenTable.id, ids));
  const token = { payload: {}, accountId: null, group: null, groupOf: null, expiresAtMs };
  return [guard(ctx.db, sql`not exists ${known}`, stale), ...(await putToken(ctx, name, token))];
}

/** The statements that use a token up: `request.stale` where another request has done so. */
export async function consumeToken(ctx: Ctx, name: TokenName) {
  const isIt = inArray(serviceTokenTable.id, await tokenIds(ctx, name));
  return [
    ctx.db
      .update(serviceTokenTable)
      .set({ consumedAtMs: ctx.now() })
      .where(and(isIt, isNull(serviceTokenTable.consumedAtMs))),
    guard(ctx.db, hasWritten, stale),
  ];
}

/** The statements that end a token: `request.stale` where another request has done so. */
export async function endToken(ctx: Ctx, name: TokenName) {
  return [
    ctx.db
      .delete(serviceTokenTable)
      .where(inArray(serviceTokenTable.id, await tokenIds(ctx, name))),
    guard(ctx.db, hasWritten, stale),
  ];
}

/** The statement that ends what was given out for one sign-in. */
export const endTokenGroup = ({ db }: Pick<Ctx, 'db'>, group: string) =>
  [db.delete(serviceTokenTable).where(eq(serviceTokenTable.groupId, group))] as const;

/** The statement that ends what was given out about an account to the services of a portal, or to one of them. */
export const endTokensOf = (
  { db }: Pick<Ctx, 'db'>,
  accountId: string,
  { portal, service }: { portal: string; service?: string },
) => {
  const { accountId: holder, groupId } = serviceTokenTable;
  const { id } = serviceClientTable;
  const client = db
    .select({ id })
    .from(serviceClientTable)
    .where(
      and(
        eq(serviceClientTable.portal, portal),
        service === undefined ? undefined : eq(serviceClientTable.service, service),
        // A group's id begins with its service's.
        sql`substr(${groupId}, 1, length(${id}) + 1) = ${id} || '.'`,
      ),
    );
  return db.delete(serviceTokenTable).where(and(eq(holder, accountId), sql`exists ${client}`));
};

/** The statement that ends what was given out to a service, about anybody. */
export const endTokensOfClient = ({ db }: Pick<Ctx, 'db'>, clientId: string) => {
  const { groupId } = serviceTokenTable;
  // A group's id begins with its service's and a full stop, after which the next character is a slash.
  return db
    .delete(serviceTokenTable)
    .where(and(gte(groupId, `${clientId}.`), lt(groupId, `${clientId}/`)));
};

/** The statement that gives a person a name at a service, where they have none yet, and notes the level that it is told. */
export const nameSubject = (ctx: Ctx, accountId: string, clientId: string, toldLevel: Level) =>
  [
    ctx.db
      .insert(serviceSubjectTable)
      .values({
        id: ctx.crypto.randomToken(24),
        accountId,
        clientId,
        createdAtMs: ctx.now(),
        toldLevel,
      })
      .onConflictDoUpdate({
        target: [serviceSubjectTable.accountId, serviceSubjectTable.clientId],
        set: { toldLevel },
      }),
  ] as const;

/** By which name a service knows a session: another one than the next service does. */
export const sidOf = (ctx: Ctx, sessionId: string, clientId: string): Promise<string> =>
  keyedHash(ctx, `service_session:${sessionId}:${clientId}`);

/** The statement that notes to which service a session has signed in. */
export const noteSession = (
  ctx: Ctx,
  session: { id: string; sessionId: string; accountId: string; clientId: string },
) =>
  [
    ctx.db
      .insert(serviceSessionTable)
      .values({ ...session, createdAtMs: ctx.now() })
      .onConflictDoNothing(),
  ] as const;

/**
 * The statements that note what a service was told by an access token, once for each set of fields. That it was told the level
 * alone, as with the sign-in, gives way to what it asks for then.
 */
export async function noteDisclosure(
  ctx: Ctx,
  { kind, value }: TokenName,
  told: {
    accountId: string;
    portal: string;
    service: string;
    fields: readonly ServiceField[];
    level: Level;
  },
) {
  const idOf = (fields: readonly ServiceField[]) =>
    tokenId(ctx, { kind, value: [value, ...fields].join(' ') });
  return [
    ctx.db.delete(serviceDisclosureTable).where(eq(serviceDisclosureTable.id, await idOf([]))),
    ctx.db
      .insert(serviceDisclosureTable)
      .values({ id: await idOf(told.fields), ...told, atMs: ctx.now() })
      .onConflictDoNothing(),
  ];
}

/** Writes what a request has come to, in one transaction. */
export async function commitTokens(
  ctx: Ctx,
  statements: readonly BatchItem<'sqlite'>[],
): Promise<void> {
  if (statements.length > 0) await commit(ctx.db, statements as unknown as Batch);
}

import { accountTable, guard, identifierTable } from '@shiming/db';
import {
  AppError,
  type AppErrorData,
  type Attested,
  type Contact,
  type ContactKind,
  contactKinds,
  type DocumentType,
  type Identity,
  type IdentifierKind,
  type Level,
  levelOf,
  type Need,
  fieldsLacking,
  type Profile,
  type ProfileField,
  profileFrom,
} from '@shiming/domain';
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { open, placeOf } from '../vault/vault.ts';
import { numberKinds, openIdentifier } from './identifiers.ts';
import { identityFrom } from './stored-identity.ts';

type IdentifierOf = Pick<
  typeof identifierTable.$inferSelect,
  'kind' | 'index' | 'sealed' | 'provedAtMs' | 'signsIn'
>;

export type Account = typeof accountTable.$inferSelect & {
  identifiers: readonly IdentifierOf[];
};

/** What a statement selects of an account: its row, with its identifiers. */
export const accountRow = {
  ...getTableColumns(accountTable),
  identifiers:
    sql`(select json_group_array(json_object('kind', "identifier"."kind", 'index', "identifier"."index", 'sealed', "identifier"."sealed", 'provedAtMs', "identifier"."proved_at_ms", 'signsIn', json(case "identifier"."signs_in" when 1 then 'true' else 'false' end))) from ${identifierTable} where "identifier"."account_id" = "account"."id")`.mapWith(
      (rows: string) => JSON.parse(rows) as readonly IdentifierOf[],
    ),
};

type OpenDeps = Pick<Deps, 'crypto' | 'keys'>;

/** What an account says of its holder's document; `null` where it says nothing yet. */
export const findIdentity = async (
  deps: OpenDeps,
  { id, identitySealed }: Pick<Account, 'id' | 'identitySealed'>,
): Promise<Identity | null> =>
  identitySealed === null
    ? null
    : identityFrom(await open(deps, placeOf(accountTable.identitySealed, id), identitySealed));

/**
 * The level of an account that a query reads together with what is attested of it. While its number opens another account,
 * neither the number nor what was attested gives it one.
 */
export function levelOfAccount(
  account: Pick<Account, 'documentType' | 'identifiers'>,
  attested: Attested | null,
): Level {
  const hasNumber = !isClaimant(account);
  return levelOf(hasNumber ? attested : null, {
    hasIdentity: hasNumber && account.documentType !== null,
    hasProvedContact: contactKinds.some((kind) => provedAtMsOf(account, kind) !== null),
  });
}

/** What the portal needs of an account before its services are open, and the account does not have. */
export function missingOf(
  { portal }: Pick<Ctx, 'portal'>,
  {
    account: { documentType },
    profileKnown,
    isBound,
  }: { account: Account; profileKnown: readonly ProfileField[]; isBound: boolean },
): readonly Need[] {
  const has: Record<Need, boolean> = {
    identity: documentType !== null,
    profile:
      documentType !== null && fieldsLacking(portal, documentType, profileKnown).length === 0,
    binding: isBound,
  };
  return portal.needs.filter((need) => !has[need]);
}

/** @throws AppError identity.required where the account says of nobody whose it is */
export async function openIdentity(
  deps: OpenDeps,
  account: Pick<Account, 'id' | 'identitySealed'>,
): Promise<Identity> {
  const identity = await findIdentity(deps, account);
  if (identity === null) throw new AppError({ code: 'identity.required' });
  return identity;
}

/** @throws AppError identity.required */
export function documentTypeOf({ documentType }: Pick<Account, 'documentType'>): DocumentType {
  if (documentType === null) throw new AppError({ code: 'identity.required' });
  return documentType;
}

type Identified = Pick<Account, 'id' | 'identifiers' | 'contactSealed'>;

export const identifierOf = ({ identifiers }: Pick<Account, 'identifiers'>, kind: IdentifierKind) =>
  identifiers.find((each) => each.kind === kind);

/**
 * Mobile and mail of an account. Until the job has moved them, they are read from where they were once kept.
 */
export async function openContact(deps: OpenDeps, account: Identified): Promise<Contact> {
  const { id, contactSealed } = account;
  const before =
    contactSealed === null
      ? null
      : await open<Contact>(deps, placeOf(accountTable.contactSealed, id), contactSealed);
  const valueOf = async (kind: ContactKind) => {
    const sealed = identifierOf(account, kind)?.sealed ?? null;
    return sealed === null
      ? (before?.[kind] ?? '')
      : openIdentifier(deps, { accountId: id, kind, sealed });
  };
  const [mobile, email] = await Promise.all([valueOf('mobile'), valueOf('email')]);
  return { mobile, email };
}

/** The openid of the WeChat that an account is bound to; `null` where it is bound to none. */
export async function openWeChat(
  deps: OpenDeps,
  account: Identified & Pick<Account, 'weChatSealed'>,
): Promise<string | null> {
  const { id, weChatSealed } = account;
  const bound = identifierOf(account, 'wechat');
  if (bound === undefined) return null;
  if (bound.sealed !== null) {
    return openIdentifier(deps, { accountId: id, kind: 'wechat', sealed: bound.sealed });
  }
  return open<string>(deps, placeOf(accountTable.weChatSealed, id), weChatSealed ?? '');
}

/** The ministry's account that an account is linked to, as `ministryIdentifier` writes it; `null` where it is linked to none. */
export async function openMinistryAccount(
  deps: OpenDeps,
  account: Pick<Account, 'id' | 'identifiers'>,
): Promise<string | null> {
  const kind = 'ministry';
  const sealed = identifierOf(account, kind)?.sealed ?? null;
  return sealed && openIdentifier(deps, { accountId: account.id, kind, sealed });
}

/** The number of the holder's earlier card; `null` where none was given. */
export async function openEarlierNumber(
  deps: OpenDeps,
  account: Pick<Account, 'id' | 'identifiers'>,
): Promise<string | null> {
  const kind = 'earlier_number';
  const sealed = identifierOf(account, kind)?.sealed ?? null;
  return sealed && openIdentifier(deps, { accountId: account.id, kind, sealed });
}

/** Whether an account is of whoever has one of these numbers, by their blind indexes; also by that of an earlier card. */
export const isOfNumber = (
  account: Pick<Account, 'identifiers'>,
  indexes: readonly string[],
): boolean =>
  numberKinds.some((kind) => indexes.includes(identifierOf(account, kind)?.index ?? ''));

/** Whether an account's number opens another account: it claims the number, or is closed. */
export const isClaimant = (account: Pick<Account, 'identifiers'>): boolean =>
  identifierOf(account, 'document_number')?.signsIn === false;

/** When the holder of an account last proved a contact of theirs; `null`: never. */
export const provedAtMsOf = (account: Pick<Account, 'identifiers'>, kind: ContactKind) =>
  identifierOf(account, kind)?.provedAtMs ?? null;

/** Which contacts of an account its holder has proved. */
export const isProvedOf = (
  account: Pick<Account, 'identifiers'>,
): Record<ContactKind, boolean> => ({
  mobile: provedAtMsOf(account, 'mobile') !== null,
  email: provedAtMsOf(account, 'email') !== null,
});

/** `null` until the profile has been completed. */
export const openProfile = async (
  deps: OpenDeps,
  account: Pick<Account, 'id' | 'profileSealed'>,
): Promise<Profile | null> =>
  account.profileSealed === null
    ? null
    : profileFrom(
        await open(deps, placeOf(accountTable.profileSealed, account.id), account.profileSealed),
      );

/** A guard that the account is still as it was read. */
export const guardAccountUnchanged = (
  { db }: Pick<Ctx, 'db'>,
  { id, version }: Pick<Account, 'id' | 'version'>,
  refusal: AppErrorData = { code: 'request.stale' },
) => {
  const same = db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(and(eq(accountTable.id, id), eq(accountTable.version, version)));
  return guard(db, sql`exists ${same}`, refusal);
};

import { accountTable, attestationTable, guard } from '@shiming/db';
import {
  type Attested,
  type CheckKind,
  checks,
  type Correction,
  type Identity,
  isSameCorrection,
  lookAtEnd,
  runsOutAtMs,
} from '@shiming/domain';
import { and, desc, eq, getTableColumns, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Instant } from '../compiled.ts';
import type { Ctx, Deps } from '../context.ts';
import { blindIndex, blindIndexes, currentKeyId, placeOf, seal } from '../vault/vault.ts';
import type { Account } from './account.ts';
import { type AccountChange, changeAccount } from './change.ts';

/** A binding says nothing of what a document says. */
const isCheck = ne(attestationTable.kind, 'binding');

/** That a check's attestation stands at an instant, for the account that the query reads. */
const stands = (atMs: Instant) =>
  and(
    eq(attestationTable.accountId, accountTable.id),
    isCheck,
    isNull(attestationTable.revokedAtMs),
    or(isNull(attestationTable.untilMs), gt(attestationTable.untilMs, sql`${atMs}`)),
    or(isNull(attestationTable.about), eq(attestationTable.about, accountTable.identityVersion)),
  );

/**
 * What stands for an account now, for a query that reads the account: the highest attestation, and of several the newest.
 * Nothing else says which level an account has (`levelOf`).
 */
export const attestedNow = ({ now }: { now: () => Instant }) => {
  const { id, kind, level, sourceId, atMs, untilMs } = attestationTable;
  return sql<Attested | null>`(select json_object('id', ${id}, 'kind', ${kind}, 'level', ${level}, 'sourceId', ${sourceId}, 'atMs', ${atMs}, 'untilMs', ${untilMs}) from ${attestationTable} where ${stands(now())} order by ${desc(level)}, ${desc(atMs)} limit 1)`.mapWith(
    (json: string) => JSON.parse(json) as Attested,
  );
};

/** A statement (in a list of one) that finds everything that stands for an account now, the highest first. */
export const standingAttestations = (ctx: Pick<Deps, 'db' | 'now'>, accountId: string) =>
  [
    ctx.db
      .select(getTableColumns(attestationTable))
      .from(attestationTable)
      .innerJoin(accountTable, eq(accountTable.id, attestationTable.accountId))
      .where(and(eq(accountTable.id, accountId), stands(ctx.now())))
      .orderBy(desc(attestationTable.level), desc(attestationTable.atMs)),
  ] as const;

/**
 * What the name and validity of an account rest on, for a query that reads the account: the source of their highest
 * attestation, and of several of the newest, also where the document has run out since.
 */
export const identitySource = () => {
  const { accountId, about, level, sourceId, atMs, revokedAtMs } = attestationTable;
  const isOfIdentity = and(
    eq(accountId, accountTable.id),
    eq(about, accountTable.identityVersion),
    isNull(revokedAtMs),
  );
  return sql<
    string | null
  >`(select ${sourceId} from ${attestationTable} where ${isOfIdentity} order by ${desc(level)}, ${desc(atMs)} limit 1)`;
};

/** That another account has been verified by a number that identifies by itself. */
export async function isAttestedElsewhere(ctx: Ctx, accountId: string, number: string) {
  const other = ctx.db
    .select({ id: attestationTable.id })
    .from(attestationTable)
    .where(
      and(
        inArray(attestationTable.numberIndex, await blindIndexes(ctx, 'number', number)),
        ne(attestationTable.accountId, accountId),
        isNull(attestationTable.revokedAtMs),
      ),
    );
  return sql`exists ${other}`;
}

/** The guard (in a list of one) that none has (T-VER-03a). */
export const guardNumberFree = async (ctx: Ctx, accountId: string, number: string) =>
  [
    guard(ctx.db, sql`not ${await isAttestedElsewhere(ctx, accountId, number)}`, {
      code: 'verification.permit_taken',
    }),
  ] as const;

/** The columns that keep the number by which an attestation identifies. */
export const numberColumns = async (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  id: string,
  number: string,
) => ({
  numberSealed: await seal(deps, placeOf(attestationTable.numberSealed, id), number),
  numberIndex: await blindIndex(deps, 'number', number),
  keyId: currentKeyId(deps),
});

/** The version of the identity with which an account is created: the default of its column. */
const firstIdentityVersion = 1;

/** What a check has confirmed of an account. */
export type Confirmed = {
  kind: CheckKind;
  /** Of a window: the check that it counts as. */
  standsFor?: CheckKind;
  /** The question to the authority, or the case. */
  sourceId: string;
  /** Name and validity as they were confirmed. */
  correction: Correction;
  /** The 通行证号码 of the holder of a 居住证, where the check was about it. */
  travelPermitNumber: string | null;
};

/** The row of what a check has confirmed of a version of an account's identity. */
async function attestationRow(
  ctx: Pick<Ctx, 'crypto' | 'keys' | 'now'>,
  accountId: string,
  version: number,
  { kind, standsFor = kind, sourceId, correction, travelPermitNumber }: Confirmed,
) {
  const { level, isAboutDocument } = checks[standsFor];
  const id = ctx.crypto.randomToken(12);
  const untilMs = isAboutDocument ? runsOutAtMs(correction.validity?.end ?? null) : null;
  return {
    id,
    accountId,
    kind,
    level,
    about: isAboutDocument ? version : null,
    sourceId,
    ...(travelPermitNumber === null ? {} : await numberColumns(ctx, id, travelPermitNumber)),
    atMs: ctx.now(),
    untilMs,
    lookAtMs: lookAtEnd(untilMs, 0).lookAtMs,
  };
}

/** The statement (in a list of one) that attests of a new account what a check has confirmed before there was one. */
export const attestNew = async (
  ctx: Pick<Ctx, 'db' | 'crypto' | 'keys' | 'now'>,
  accountId: string,
  confirmed: Confirmed,
) => {
  const row = await attestationRow(ctx, accountId, firstIdentityVersion, confirmed);
  return [ctx.db.insert(attestationTable).values(row)] as const;
};

/**
 * Statements that attest what a check has confirmed, and keep name and validity as they were confirmed. Where those are
 * others than the account's, what was attested before no longer stands; where they are not, the same check replaces its
 * former answer. `change` is what changes of the account besides.
 */
export async function attest(
  ctx: Ctx,
  account: Account,
  identity: Identity,
  { kind, standsFor = kind, sourceId, correction, travelPermitNumber: number }: Confirmed,
  change: AccountChange = {},
) {
  const isChanged = !isSameCorrection(identity, correction);
  const nowMs = ctx.now();
  const version = account.identityVersion + (isChanged ? 1 : 0);
  const row = await attestationRow(ctx, account.id, version, {
    kind,
    standsFor,
    sourceId,
    correction,
    travelPermitNumber: number,
  });
  const isExclusive = checks[kind].identifiesBy === 'travel_permit_number';
  return [
    ...(await changeAccount(
      ctx,
      account,
      isChanged ? { ...change, identity: { ...identity, ...correction } } : change,
    )),
    ...(isExclusive ? await guardNumberFree(ctx, account.id, number ?? '') : []),
    ctx.db
      .update(attestationTable)
      .set({ revokedAtMs: nowMs, lookAtMs: null })
      .where(
        and(
          eq(attestationTable.accountId, account.id),
          eq(attestationTable.kind, kind),
          sql`${attestationTable.about} is ${row.about}`,
          isNull(attestationTable.revokedAtMs),
        ),
      ),
    ctx.db.insert(attestationTable).values(row),
  ] as const;
}

/** The statement (in a list of one) that revokes what came of a case or a question. */
export const revoke = ({ db, now }: Pick<Ctx, 'db' | 'now'>, sourceId: string) =>
  [
    db
      .update(attestationTable)
      .set({ revokedAtMs: now(), lookAtMs: null })
      .where(and(eq(attestationTable.sourceId, sourceId), isNull(attestationTable.revokedAtMs))),
  ] as const;

/** The statement (in a list of one) that revokes everything that was attested of an account. */
export const revokeAll = ({ db, now }: Pick<Ctx, 'db' | 'now'>, accountId: string) =>
  [
    db
      .update(attestationTable)
      .set({ revokedAtMs: now(), lookAtMs: null })
      .where(and(eq(attestationTable.accountId, accountId), isNull(attestationTable.revokedAtMs))),
  ] as const;

/**
 * Statements that give an account the name and validity back that it had at `version` of its identity, with what was
 * attested of them then.
 */
export async function restoreIdentity(
  ctx: Ctx,
  account: Account,
  identity: Identity,
  former: Correction & { identityVersion?: number },
) {
  if (isSameCorrection(identity, former)) return changeAccount(ctx, account, {});
  const { name, validity, identityVersion } = former;
  return [
    ...(await changeAccount(ctx, account, { identity: { ...identity, name, validity } })),
    ctx.db
      .update(attestationTable)
      .set({ about: account.identityVersion + 1 })
      .where(
        and(
          eq(attestationTable.accountId, account.id),
          eq(attestationTable.about, identityVersion ?? 0),
        ),
      ),
  ] as const;
}

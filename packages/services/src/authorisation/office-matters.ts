import { accountTable, guard, hasWritten, isUniqueViolation, matterTable } from '@shiming/db';
import {
  type Attested,
  appErrorIn,
  isVerified,
  matterRule,
  shanghaiDate,
  matterStatusAt,
  numberKeyAlone,
  OfficeMatterIdInput,
  OfficeMatterInput,
  readCompany,
} from '@shiming/domain';
import { and, desc, eq, gt, gte, ne, sql } from 'drizzle-orm';
import { type Account, accountRow, isClaimant, levelOfAccount } from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { withOwnNumber } from '../account/identifiers.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { isKeyedHash, keyedHash } from '../vault/keyed-hash.ts';
import { blindIndex, blindIndexes, currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { type Matter, openMatter } from './matter.ts';
import {
  guardKey,
  invalid,
  nonceClaim,
  notFound,
  officeClaim,
  type OfficeCall,
  replayed,
  type Said,
} from './said.ts';
import { quietMs, tellOfAuthorisation } from './tell.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** What an office reads of a matter that it has asked. */
function saidOf(ctx: Pick<Ctx, 'now'>, matter: Matter, requestId: string): Said {
  const { id, expiresAtMs, endedAtMs, receipt, provedBy } = matter;
  return {
    status: 200,
    said: {
      matter: id,
      state: matterStatusAt(matter, ctx.now()),
      until: iso(expiresAtMs),
      ...(endedAtMs === null ? {} : { at: iso(endedAtMs) }),
      ...(receipt === null || provedBy === null ? {} : { receipt, by: provedBy }),
      requestId,
    },
  };
}

const perDay = (limit: number): Limit => ({
  limit,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
});

/** The statement (in a list of one) that finds the active accounts with a number, and what is attested of each. */
const withNumberQuery = async (ctx: Ctx, number: string) =>
  [
    ctx.db
      .select({ account: accountRow, attested: attestedNow(ctx) })
      .from(accountTable)
      .where(
        sql`${accountTable.id} in (${withOwnNumber(await blindIndexes(ctx, 'number', number))}) and ${accountTable.status} = 'active'`,
      )
      .orderBy(desc(accountTable.createdAtMs), desc(accountTable.id)),
  ] as const;

/** The one of them whose holder reads what offices ask: verified. */
function toldAccount(found: readonly { account: Account; attested: Attested | null }[]) {
  const { account, attested } = found.find((each) => !isClaimant(each.account)) ?? {};
  const isTold =
    account !== undefined && isVerified({ level: levelOfAccount(account, attested ?? null) });
  return isTold ? account : null;
}

/**
 * An office asks a person to confirm one matter: a company, a role and what is done. The answer tells nothing of the person: it
 * is the same where nobody has the number. The same question again, by its `requestId`, is the same matter.
 *
 * @throws AppError request.stale, request.too_many, staff.forbidden where the key was revoked meanwhile
 */
export async function askMatter(ctx: Ctx, call: OfficeCall): Promise<Said> {
  const parsed = OfficeMatterInput.safeParse(call.body);
  const company = parsed.success ? readCompany(parsed.data.company) : null;
  if (!parsed.success || company === null) return invalid;
  const { idNumber, role, purpose, requestId } = parsed.data;
  const { office } = call;
  const number = numberKeyAlone(idNumber);
  const numberIndex = await blindIndex(ctx, 'number', number);
  const nowMs = ctx.now();
  const id = ctx.crypto.randomToken(12);
  const others = recentOthers(ctx, { id, numberIndex });
  // In one round trip, whether or not somebody has the number.
  const [found, recent] = await ctx.db.batch([...(await withNumberQuery(ctx, number)), others]);
  const account = toldAccount(found);
  const details = { number, company };
  const matter = {
    id,
    portal: ctx.portal.id,
    office,
    requestId,
    bodyDigest: await keyedHash(ctx, call.text),
    numberIndex,
    detailsSealed: await seal(ctx, placeOf(matterTable.detailsSealed, id), details),
    keyId: currentKeyId(ctx),
    role,
    purpose,
    status: 'waiting',
    askedAtMs: nowMs,
    expiresAtMs: nowMs + matterRule.validMs,
    endedAtMs: null,
    accountId: null,
    receipt: null,
    provedBy: null,
  } as const;
  const claims = [
    nonceClaim(ctx, call),
    officeClaim(ctx, call),
    newClaim(ctx, 'matter', numberIndex, [perDay(matterRule.perDay)]),
    newClaim(ctx, 'matter', `${numberIndex}:${office}`, [perDay(matterRule.perDayOfOffice)]),
  ] as const;
  try {
    await commitClaims(ctx, claims, [
      guardKey(ctx, call),
      ctx.db.insert(matterTable).values(matter),
      record(ctx, 'matter.asked', account?.id ?? null, { office }),
      ...(account === null
        ? []
        : [
            // Of several at once one sends the message.
            ...(recent.length > 0
              ? []
              : [guard(ctx.db, sql`not exists ${others}`, { code: 'request.stale' })]),
            ...(await tellOfAuthorisation(
              ctx,
              account,
              'matter_asked',
              { office, date: shanghaiDate(matter.expiresAtMs) },
              { bySms: recent.length === 0 },
            )),
          ]),
    ]);
    return saidOf(ctx, matter, requestId);
  } catch (error) {
    const code = appErrorIn(error)?.data.code;
    const isLimited = code === 'request.too_many';
    const mayBeAskedBefore =
      isLimited || isUniqueViolation(error, 'matter.office') || code === 'office.replayed';
    if (!mayBeAskedBefore) throw error;
    const [before] = await ctx.db
      .select()
      .from(matterTable)
      .where(and(eq(matterTable.office, office), eq(matterTable.requestId, requestId)));
    // The answer to a question that was asked before is no new question.
    if (before === undefined && isLimited) throw error;
    const isSame =
      before?.portal === ctx.portal.id && (await isKeyedHash(ctx, call.text, before.bodyDigest));
    return isSame ? saidOf(ctx, before, requestId) : replayed;
  }
}

/** A query of the matters that were put to a person within the hour, beside one. */
const recentOthers = (ctx: Ctx, { id, numberIndex }: Pick<Matter, 'id' | 'numberIndex'>) =>
  ctx.db
    .select({ id: matterTable.id })
    .from(matterTable)
    .where(
      and(
        eq(matterTable.numberIndex, numberIndex),
        gte(matterTable.askedAtMs, ctx.now() - quietMs),
        ne(matterTable.id, id),
      ),
    );

/** The statement (in a list of one) that finds a matter that this office has asked at this portal. */
const askedByOffice = (ctx: Ctx, { office }: OfficeCall, id: string) =>
  [
    ctx.db
      .select()
      .from(matterTable)
      .where(
        and(
          eq(matterTable.id, id),
          eq(matterTable.office, office),
          eq(matterTable.portal, ctx.portal.id),
        ),
      ),
  ] as const;

/**
 * What has become of a matter, for the office that has asked it.
 *
 * @throws AppError office.replayed, request.too_many, staff.forbidden where the key was revoked meanwhile
 */
export async function readMatter(ctx: Ctx, call: OfficeCall): Promise<Said> {
  const parsed = OfficeMatterIdInput.safeParse(call.body);
  if (!parsed.success) return invalid;
  const [, [found]] = await commitClaims(
    ctx,
    [nonceClaim(ctx, call), officeClaim(ctx, call)],
    [guardKey(ctx, call), ...askedByOffice(ctx, call, parsed.data.matter)],
  );
  return found === undefined ? notFound : saidOf(ctx, found, parsed.data.requestId);
}

/**
 * An office withdraws a matter that nobody has answered; of one that has ended it reads how.
 *
 * @throws AppError office.replayed, request.stale, request.too_many, staff.forbidden where the key was revoked meanwhile
 */
export async function withdrawMatter(ctx: Ctx, call: OfficeCall): Promise<Said> {
  const parsed = OfficeMatterIdInput.safeParse(call.body);
  if (!parsed.success) return invalid;
  const { matter: id, requestId } = parsed.data;
  const [found] = await askedByOffice(ctx, call, id)[0];
  const nowMs = ctx.now();
  const waits = found !== undefined && matterStatusAt(found, nowMs) === 'waiting';
  const withdrawn = { status: 'withdrawn', endedAtMs: nowMs } as const;
  const [holders = []] = waits
    ? await ctx.db.batch(await withNumberQuery(ctx, (await openMatter(ctx, found)).number))
    : [];
  const account = toldAccount(holders);
  await commitClaims(
    ctx,
    [nonceClaim(ctx, call), officeClaim(ctx, call)],
    [
      guardKey(ctx, call),
      ...(waits
        ? [
            ctx.db
              .update(matterTable)
              .set(withdrawn)
              .where(
                and(
                  eq(matterTable.id, id),
                  eq(matterTable.status, 'waiting'),
                  gt(matterTable.expiresAtMs, nowMs),
                ),
              ),
            guard(ctx.db, hasWritten, { code: 'request.stale' }),
            record(ctx, 'matter.withdrawn', account?.id ?? null, { office: call.office }),
            ...(account === null
              ? []
              : await tellOfAuthorisation(
                  ctx,
                  account,
                  'matter_withdrawn',
                  { office: call.office },
                  { bySms: false },
                )),
          ]
        : []),
    ],
  );
  if (found === undefined) return notFound;
  return saidOf(ctx, waits ? { ...found, ...withdrawn } : found, requestId);
}

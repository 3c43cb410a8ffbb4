import {
  accountTable,
  authorisationTable,
  guard,
  hasWritten,
  isUniqueViolation,
  officeQuestionTable,
} from '@shiming/db';
import {
  isAuthorised,
  isVerified,
  meetsLevel,
  numberKeyAlone,
  OfficeQuestionInput,
} from '@shiming/domain';
import { and, desc, eq, gte, isNull, ne, sql } from 'drizzle-orm';
import { accountRow, isClaimant, levelOfAccount } from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { withOwnNumber } from '../account/identifiers.ts';
import { commitClaims } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { isKeyedHash, keyedHash } from '../vault/keyed-hash.ts';
import { blindIndex, blindIndexes } from '../vault/vault.ts';
import { mayAuthorise } from './own.ts';
import {
  guardKey,
  invalid,
  officeClaim,
  type OfficeCall,
  personClaim,
  replayed,
  type Said,
} from './said.ts';
import { quietMs, tellOfAuthorisation } from './tell.ts';

const saidOf = ({ id, isYes, atMs, requestId }: typeof officeQuestionTable.$inferSelect): Said => ({
  status: 200,
  said: {
    answer: isYes ? 'yes' : 'no',
    receipt: id,
    at: new Date(atMs).toISOString(),
    requestId,
  },
});

/**
 * E-AUT-02: whether a person has authorised a matter: yes only inside the window and at its level. Each question is on record,
 * and the person reads it. One nonce gets one answer: the same request gets it again, and any other with that nonce is refused.
 *
 * @throws AppError request.stale, request.too_many, staff.forbidden where the key was revoked meanwhile
 */
export async function checkAuthorisation(ctx: Ctx, call: OfficeCall): Promise<Said> {
  const parsed = OfficeQuestionInput.safeParse(call.body);
  if (!parsed.success) return invalid;
  try {
    return saidOf(await decide(ctx, call, parsed.data));
  } catch (error) {
    if (!isUniqueViolation(error, 'office_question.office_key_id')) throw error;
    const { keyId, nonce, base } = call.signature;
    const [before] = await ctx.db
      .select()
      .from(officeQuestionTable)
      .where(and(eq(officeQuestionTable.officeKeyId, keyId), eq(officeQuestionTable.nonce, nonce)));
    const isSame = before !== undefined && (await isKeyedHash(ctx, base, before.bodyDigest));
    return isSame ? saidOf(before) : replayed;
  }
}

/** The verified holder of a number, with what they have authorised, the last yes, and what is attested. */
async function personWith(ctx: Ctx, number: string) {
  const indexes = await blindIndexes(ctx, 'number', numberKeyAlone(number));
  const lastYes = sql<
    number | null
  >`(select max(${officeQuestionTable.atMs}) from ${officeQuestionTable} where ${officeQuestionTable.accountId} = ${accountTable.id} and ${officeQuestionTable.isYes} = 1)`;
  const found = await ctx.db
    .select({
      account: accountRow,
      attested: attestedNow(ctx),
      authorisation: authorisationTable,
      lastYesAtMs: lastYes,
    })
    .from(accountTable)
    .leftJoin(
      authorisationTable,
      and(
        eq(authorisationTable.accountId, accountTable.id),
        eq(authorisationTable.portal, ctx.portal.id),
        isNull(authorisationTable.closedAtMs),
      ),
    )
    .where(sql`${accountTable.id} in (${withOwnNumber(indexes)})`)
    .orderBy(desc(accountTable.createdAtMs), desc(accountTable.id));
  // Somebody who has only typed a number reads nothing of what is asked of its holder.
  return found.find(
    ({ account, attested }) =>
      !isClaimant(account) && isVerified({ level: levelOfAccount(account, attested) }),
  );
}

async function decide(
  ctx: Ctx,
  call: OfficeCall,
  { idNumber, purpose, requestId }: ReturnType<typeof OfficeQuestionInput.parse>,
) {
  const { signature, office } = call;
  const person = await personWith(ctx, idNumber);
  const nowMs = ctx.now();
  const { authorisation = null, account } = person ?? {};
  const isYes =
    account !== undefined &&
    account.status === 'active' &&
    meetsLevel(
      levelOfAccount(account, person?.attested ?? null),
      ctx.portal.authorisation?.level ?? 4,
    ) &&
    isAuthorised(authorisation, purpose, nowMs);
  const row = {
    id: ctx.crypto.randomToken(16),
    accountId: account?.id ?? null,
    portal: ctx.portal.id,
    officeKeyId: signature.keyId,
    nonce: signature.nonce,
    requestId,
    bodyDigest: await keyedHash(ctx, signature.base),
    office,
    purpose,
    isYes,
    atMs: nowMs,
  };
  const number = await blindIndex(ctx, 'number', numberKeyAlone(idNumber));
  const claims = [officeClaim(ctx, call), personClaim(ctx, call, number)] as const;
  await commitClaims(ctx, claims, [
    guardKey(ctx, call),
    ctx.db.insert(officeQuestionTable).values(row),
    ...(isYes && authorisation !== null
      ? await useStatements(ctx, {
          account,
          authorisation,
          questionId: row.id,
          office,
          lastYesAtMs: person?.lastYesAtMs,
        })
      : []),
  ]);
  return row;
}

/** Statements that use an authorisation once, unless it no longer stands; with its last use it closes. */
async function useStatements(
  ctx: Ctx,
  used: {
    account: NonNullable<Awaited<ReturnType<typeof personWith>>>['account'];
    authorisation: typeof authorisationTable.$inferSelect;
    questionId: string;
    office: string;
    lastYesAtMs: number | null | undefined;
  },
) {
  const { account, authorisation, questionId, office, lastYesAtMs } = used;
  const nowMs = ctx.now();
  const { usesAllowed, id, untilMs, closedAtMs, closedBy, lookAtMs } = authorisationTable;
  const isLast = sql`${authorisationTable.used} + 1 >= ${usesAllowed}`;
  const quietSinceMs = nowMs - quietMs;
  const bySms = (lastYesAtMs ?? 0) < quietSinceMs;
  const told = ctx.db
    .select({ id: officeQuestionTable.id })
    .from(officeQuestionTable)
    .where(
      and(
        eq(officeQuestionTable.accountId, account.id),
        eq(officeQuestionTable.isYes, true),
        gte(officeQuestionTable.atMs, quietSinceMs),
        ne(officeQuestionTable.id, questionId),
      ),
    );
  return [
    // Of several uses at once one sends the message: the others are decided again and find its yes.
    ...(bySms ? [guard(ctx.db, sql`not exists ${told}`, { code: 'request.stale' })] : []),
    guard(ctx.db, mayAuthorise(ctx, account.id), { code: 'request.stale' }),
    ctx.db
      .update(authorisationTable)
      .set({
        used: sql`${authorisationTable.used} + 1`,
        closedAtMs: sql`case when ${isLast} then ${nowMs} end`,
        closedBy: sql`case when ${isLast} then 'used_up' end`,
        lookAtMs: sql`case when ${isLast} then null else ${lookAtMs} end`,
      })
      .where(
        and(
          eq(id, authorisation.id),
          isNull(closedAtMs),
          isNull(closedBy),
          sql`${untilMs} > ${nowMs}`,
          sql`(${usesAllowed} is null or ${authorisationTable.used} < ${usesAllowed})`,
        ),
      ),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'authorisation.used', account.id, { office }),
    ...(await tellOfAuthorisation(ctx, account, 'authorisation_used', { office }, { bySms })),
  ];
}

import {
  accountTable,
  authorisationTable,
  guard,
  hasWritten,
  isUniqueViolation,
  officeKeyTable,
  officeQuestionTable,
} from '@shiming/db';
import {
  answerBase,
  appErrorIn,
  contentDigest,
  isAuthorised,
  isTimely,
  meetsLevel,
  numberKeyAlone,
  OfficeQuestionInput,
  type ReadSignature,
  readSignature,
  type SignableRequest,
} from '@shiming/domain';
import { and, desc, eq, gte, isNull, ne, sql } from 'drizzle-orm';
import { accountRow, isClaimant, levelOfAccount } from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { withNumber } from '../account/identifiers.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { isKeyedHash, keyedHash } from '../vault/keyed-hash.ts';
import { blindIndex, blindIndexes } from '../vault/vault.ts';
import { mayAuthorise } from './own.ts';
import { tellOfAuthorisation } from './tell.ts';

/** A request of an office, and its body as it came, and as text. */
export type OfficeRequest = SignableRequest & { bytes: Uint8Array; body: string };

/** An answer with its headers; one to somebody whose signature does not hold is not signed. */
export type OfficeAnswer = {
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
};

type Said = { status: number; said: Readonly<Record<string, string>> };

const refused = { status: 401, said: { error: 'signature_refused' } } as const;
const replayed = { status: 409, said: { error: 'replayed' } } as const;

const atMost = (limit: number, lastMs: number): Limit => ({
  limit,
  window: { lastMs },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
});

/** How much one office asks, however many keys it has; and how often about one number, whether or not somebody has it. */
const officeLimits = {
  office: atMost(600, 60_000),
  person: atMost(200, 24 * 3_600_000),
} as const;

/** What is asked in a body; `null` where it is no question. */
function questionIn(body: string) {
  try {
    const parsed = OfficeQuestionInput.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const saidOf = ({ id, isYes, atMs, requestId }: typeof officeQuestionTable.$inferSelect): Said => ({
  status: 200,
  said: {
    answer: isYes ? 'yes' : 'no',
    receipt: id,
    at: new Date(atMs).toISOString(),
    requestId,
  },
});

/** How often it is decided again where something changed between reading and writing. */
const triesAtMost = 5;

/** A message by SMS about uses goes out once an hour; the page lists each. */
const quietMs = 3_600_000;

/** The seed of the key that signs answers, under the id of the key that it is made of. */
async function answerKey({ crypto, keys }: Pick<Ctx, 'crypto' | 'keys'>, of = keys.audit[0]) {
  return { keyId: `answer-${of.id}`, seed: await crypto.hmacKey(of.key, 'office.answer') };
}

/** The public keys that answers are signed with, in the form of a JWK set; retired ones included. */
export async function listAnswerKeys(ctx: Pick<Ctx, 'crypto' | 'keys'>) {
  return {
    keys: await Promise.all(
      ctx.keys.audit.map(async (key) => {
        const { keyId, seed } = await answerKey(ctx, key);
        return {
          kty: 'OKP',
          crv: 'Ed25519',
          alg: 'EdDSA',
          use: 'sig',
          kid: keyId,
          x: await ctx.crypto.ed25519Public(seed),
        };
      }),
    ),
  };
}

/** SHA-256 in base64, as `Content-Digest` has it. */
async function digestOf({ crypto }: Pick<Ctx, 'crypto'>, body: Uint8Array): Promise<string> {
  const sha256 = await crypto.sha256(body);
  return contentDigest(`${sha256.replaceAll('-', '+').replaceAll('_', '/')}=`);
}

async function signed(
  ctx: Ctx,
  { status, said }: Said,
  requestSignature: string,
): Promise<OfficeAnswer> {
  const body = JSON.stringify(said);
  // What is said is ASCII.
  const bytes = Uint8Array.from(body, (character) => character.charCodeAt(0));
  const digest = await digestOf(ctx, bytes);
  const { keyId, seed } = await answerKey(ctx);
  const { input, base } = answerBase({
    status,
    contentDigest: digest,
    requestSignature,
    keyId,
    createdMs: ctx.now(),
  });
  return {
    status,
    body,
    headers: {
      'content-digest': digest,
      'signature-input': input,
      signature: `sig1=:${await ctx.crypto.ed25519Sign(seed, base)}:`,
    },
  };
}

/**
 * E-AUT-02: answers an office that asks, over a signed request, whether a person has authorised a matter: yes only inside the
 * window and at its level. Each question is on record, and the person reads it. One nonce gets one answer: the same request
 * gets it again, and any other with that nonce is refused.
 */
export async function answerOffice(ctx: Ctx, request: OfficeRequest): Promise<OfficeAnswer> {
  const unsigned = { status: refused.status, body: JSON.stringify(refused.said), headers: {} };
  const signature = readSignature(request);
  const digest = await digestOf(ctx, request.bytes);
  const isWhole =
    signature !== null &&
    ctx.portal.authorisation !== null &&
    request.contentDigest === digest &&
    isTimely(signature, ctx.now());
  if (!isWhole) return unsigned;
  const [key] = await ctx.db
    .select()
    .from(officeKeyTable)
    .where(and(eq(officeKeyTable.id, signature.keyId), isNull(officeKeyTable.revokedAtMs)));
  const holds =
    key !== undefined &&
    (await ctx.crypto.ed25519Verify(key.publicKey, signature.base, signature.signature));
  if (!holds) return unsigned;
  const question = questionIn(request.body);
  const said =
    question === null
      ? { status: 400, said: { error: 'input_invalid' } }
      : await answered(ctx, { question, signature, office: key.office });
  return said === refused ? unsigned : signed(ctx, said, request.signature);
}

type Asked = {
  question: NonNullable<ReturnType<typeof questionIn>>;
  signature: ReadSignature;
  office: string;
};

async function answered(ctx: Ctx, asked: Asked): Promise<Said> {
  const { keyId, nonce, base } = asked.signature;
  for (let tries = 1; ; tries += 1) {
    try {
      return saidOf(await decide(ctx, asked));
    } catch (error) {
      if (isUniqueViolation(error, 'office_question.office_key_id')) {
        const [before] = await ctx.db
          .select()
          .from(officeQuestionTable)
          .where(
            and(eq(officeQuestionTable.officeKeyId, keyId), eq(officeQuestionTable.nonce, nonce)),
          );
        if (before === undefined) return replayed;
        return (await isKeyedHash(ctx, base, before.bodyDigest)) ? saidOf(before) : replayed;
      }
      const data = appErrorIn(error)?.data;
      if (data?.code === 'staff.forbidden') return refused;
      if (data?.code === 'request.too_many') {
        const retryAt = new Date(data.retryAtMs).toISOString();
        return { status: 429, said: { error: 'too_many', retryAt } };
      }
      if (data?.code !== 'request.stale' || tries === triesAtMost) throw error;
    }
  }
}

/** Who has a number, with what they have authorised, the last yes, and what is attested. */
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
    .where(sql`${accountTable.id} in (${withNumber(indexes)})`)
    .orderBy(desc(accountTable.createdAtMs), desc(accountTable.id));
  return found.find(({ account }) => !isClaimant(account));
}

/** @throws AppError request.stale, request.too_many, staff.forbidden where the key was revoked meanwhile */
async function decide(ctx: Ctx, { question, signature, office }: Asked) {
  const { idNumber, purpose, requestId } = question;
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
  const held = ctx.db
    .select({ id: officeKeyTable.id })
    .from(officeKeyTable)
    .where(and(eq(officeKeyTable.id, signature.keyId), isNull(officeKeyTable.revokedAtMs)));
  const number = await blindIndex(ctx, 'number', numberKeyAlone(idNumber));
  const claims = [
    newClaim(ctx, 'office', office, [officeLimits.office]),
    newClaim(ctx, 'office.person', `${number}:${office}`, [officeLimits.person]),
  ] as const;
  await commitClaims(ctx, claims, [
    guard(ctx.db, sql`exists ${held}`, { code: 'staff.forbidden' }),
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

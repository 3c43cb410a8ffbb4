import { accountTable, commit, guard } from '@shiming/db';
import { AppError, documentTypeOf, parseDocumentNumber } from '@shiming/domain';
import { eq, inArray, sql } from 'drizzle-orm';
import {
  type Claim,
  commitClaims,
  type Limit,
  newClaim,
  releaseAll,
} from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { newSession } from '../session/session.ts';
import { blindIndexes, subjectHash } from '../vault/vault.ts';

const minute = 60_000;
/** How long a failure counts. */
const failureWindowMs = 15 * minute;
const locked = (retryAtMs: number) => ({ code: 'login.locked', retryAtMs }) as const;

/**
 * Failures are counted for the account together with where they come from: a browser that has signed in to
 * this account before, or else a network address. So whoever fails on purpose locks out themselves, not
 * the person (OWASP: device cookies). 等保 L3 8.1.4.1 b asks for a limit; five in a quarter of an hour, and
 * after three in a row a pause.
 */
const perAccountAndPlace: readonly Limit[] = [
  { limit: 3, window: { lastMs: 20_000 }, refusal: locked },
  { limit: 5, window: { lastMs: failureWindowMs }, refusal: locked },
];

/** All browsers unknown to the account together: what a guesser with many addresses has for one account. */
const perAccountStrangers: readonly Limit[] = [
  { limit: 30, window: { lastMs: 60 * minute }, refusal: locked },
];

/** One address over all accounts; enough for a school or an office behind it. */
const perAddress: readonly Limit[] = [
  {
    limit: 100,
    window: { lastMs: 15 * minute },
    refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
  },
];

/** The mark a browser carries after it has signed in to an account: it names neither. */
const deviceMark = (ctx: Ctx, number: string) =>
  ctx.crypto.hmac(ctx.keys.token, `device:${ctx.visitor.deviceId}:${number}`);

/**
 * T-LOG-01. A wrong password and an account that does not exist give the same answer for the same work: the
 * same statements, and one Argon2id hash. Failures are counted before the password is looked at and given
 * back on success, so fifty guesses at once are fifty counted guesses.
 *
 * @throws AppError input.invalid (a number that none of the documents has), puzzle.ticket_refused,
 * login.refused, login.locked, request.too_many
 */
export async function signIn(
  ctx: Ctx,
  input: { number: string; password: string; ticket: string },
): Promise<{ sessionToken: string; deviceMark: string }> {
  const type = documentTypeOf(input.number);
  const parsed = type === null ? null : parseDocumentNumber(type, input.number, today(ctx));
  if (parsed === null || !parsed.ok) {
    const code = parsed === null ? 'document_number.format' : parsed.code;
    throw new AppError({
      code: 'input.invalid',
      fields: { number: input.number.trim() === '' ? 'document_number.missing' : code },
    });
  }
  refuseUnless(input.password !== '', {
    code: 'input.invalid',
    fields: { password: 'password.missing' },
  });

  const { number } = parsed.value;
  const mark = await deviceMark(ctx, number);
  const isKnownDevice = ctx.visitor.deviceMarks.some((held) => ctx.crypto.equal(held, mark));
  const indexes = await blindIndexes(ctx, 'number', number);
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  // Keyed hashes already, so joining them tells nobody whose they are.
  const [numberIndex = ''] = indexes;
  const claims: [Claim, ...Claim[]] = [
    newClaim(ctx, 'login', `${numberIndex}:${isKnownDevice ? mark : address}`, perAccountAndPlace),
    newClaim(ctx, 'login.address', address, perAddress),
    ...(isKnownDevice ? [] : [newClaim(ctx, 'login.strangers', numberIndex, perAccountStrangers)]),
  ];
  const [, , accounts] = await commitClaims(ctx, claims, [
    ...(await spendTicket(ctx, 'login', input.ticket)),
    ctx.db
      .select({ id: accountTable.id, passwordHash: accountTable.passwordHash })
      .from(accountTable)
      .where(inArray(accountTable.numberIndex, indexes)),
  ]);
  const [account] = accounts;
  const check = await ctx.hasher.verify(input.password, account?.passwordHash ?? ctx.hasher.decoy);
  if (account === undefined || !check.isRight) {
    // Which account was tried is in the ledger, under a hash; here it would tell whether there is one.
    await commit(ctx.db, [record(ctx, 'login.refused', null)]);
    throw new AppError({ code: 'login.refused' });
  }

  const session = await newSession(ctx, account.id);
  const rehashed = check.isOutdated ? await ctx.hasher.hash(input.password) : null;
  // A password that was reset while it was looked at opens nothing any more.
  const unchanged = sql`exists (select 1 from ${accountTable} where ${accountTable.id} = ${account.id} and ${accountTable.passwordHash} = ${account.passwordHash})`;
  await commit(ctx.db, [
    guard(ctx.db, unchanged, { code: 'login.refused' }),
    session.statement,
    releaseAll(ctx.db, claims, ctx.now() - failureWindowMs, 'signed_in'),
    record(ctx, 'login.signed_in', account.id, { isKnownDevice }),
    ...(rehashed === null
      ? []
      : [
          ctx.db
            .update(accountTable)
            .set({ passwordHash: rehashed })
            .where(eq(accountTable.id, account.id)),
        ]),
  ]);
  return { sessionToken: session.token, deviceMark: mark };
}

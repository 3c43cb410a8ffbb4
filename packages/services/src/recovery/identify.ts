import { accountTable, commit } from '@shiming/db';
import {
  AppError,
  parseRecoveryAnswers,
  type RecoveryAnswers,
  type RecoveryIdentity,
  numberKey,
} from '@shiming/domain';
import { requireActive } from '../account/status.ts';
import { hasNumber } from '../account/identifiers.ts';
import { isClaimedBy } from '../account/number-claims.ts';
import { isLeftBehind } from '../account/taken-up.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { type Account, accountRow, openIdentity } from '../account/account.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { blindIndexes, placeOf, seal, subjectHash } from '../vault/vault.ts';
import { newRecovery } from './begun.ts';
import { besideRecovery, type RecoveryView, viewRecovery } from './view.ts';

/**
 * From one address, whatever the numbers: a campus of 5,000 who come in the same hour and of whom one in twenty has
 * forgotten the password has 250.
 */
const perAddress: Limit = {
  limit: 300,
  window: { lastMs: 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * All browsers unknown to the account together. Anybody can fill this, so it never refuses: from the eleventh try of the
 * day on, a stranger's takes heavy work.
 */
const perNumberStrangers: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: () => ({ code: 'puzzle.work_required' }),
};

/** The name on the account's document; for nobody's account as much work, and `null`. */
async function nameOf(
  ctx: Ctx,
  account: Account | undefined,
  typed: RecoveryIdentity,
): Promise<string | null> {
  if (account !== undefined) return (await openIdentity(ctx, account)).name;
  await seal(ctx, placeOf(accountTable.identitySealed, ''), typed);
  return null;
}

/**
 * T-PWD-01: document type, number (or that of a claim on one) and name must all be right, or the reset cannot go on. A wrong name and a
 * number without an account are one answer for the same statements; which ways there are is shown only after
 * all three were right. A number can be tried five times a day from one place: a browser that has signed in to it before,
 * or else a network address. So somebody who tries on purpose keeps nobody else from it.
 *
 * T-PWD-05: the holder of an account that is too old for a reset and was never taken up is asked to register again, for the
 * same work.
 *
 * @returns the cookie of the recovery, and where it stands
 * @throws AppError input.invalid, puzzle.ticket_refused, puzzle.work_required, recovery.no_match,
 * recovery.registered_too_early, recovery.day_limit, request.too_many
 */
export async function identify(
  ctx: Ctx,
  input: RecoveryAnswers & { ticket: string },
): Promise<{ token: string; recovery: RecoveryView }> {
  const parsed = accepted(parseRecoveryAnswers(input, ctx.portal, today(ctx)));
  const { name } = parsed;
  const by = 'claim' in parsed ? parsed.claim : parsed.document;
  const { perDay } = ctx.portal.recovery;
  const perNumberAndPlace: Limit = {
    limit: perDay,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'recovery.day_limit', limit: perDay, resumesAtMs }),
  };
  const isClaim = 'claim' in parsed;
  const key = 'claim' in parsed ? by.number : numberKey(parsed.document);
  const indexes = await blindIndexes(ctx, 'number', key);
  const [numberIndex = ''] = indexes;
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  const { held: knownMark } = await deviceMarks(ctx, by.number);
  const [, , [found]] = await commitClaims(
    ctx,
    [
      // Keyed hashes already, so joining them tells nobody whose they are.
      newClaim(ctx, 'recovery', `${numberIndex}:${knownMark ?? address}`, [perNumberAndPlace]),
      newClaim(ctx, 'recovery.address', address, [perAddress]),
      ...(knownMark === null
        ? [
            newClaim(
              ctx,
              'recovery.strangers',
              numberIndex,
              isHeavy(input.ticket) ? [] : [perNumberStrangers],
            ),
          ]
        : []),
    ],
    [
      ...(await spendTicket(ctx, 'recover', input.ticket)),
      ctx.db
        .select({ account: accountRow, isLeftBehind: isLeftBehind(ctx) })
        .from(accountTable)
        .where(isClaim ? isClaimedBy(ctx, by.number) : hasNumber(indexes)),
    ],
  );
  const account = found?.account;
  const nameThere = await nameOf(ctx, account, parsed);
  if (account === undefined || account.documentType !== by.type || nameThere !== name) {
    await commit(ctx.db, [record(ctx, 'recovery.not_matched', null)]);
    throw new AppError({ code: 'recovery.no_match' });
  }
  requireActive(account);
  if (found?.isLeftBehind) {
    await commit(ctx.db, [record(ctx, 'recovery.too_early', account.id)]);
    const { registeredSinceMs } = ctx.portal.recovery;
    throw new AppError({ code: 'recovery.registered_too_early', registeredSinceMs });
  }
  const { token, recovery, statement } = await newRecovery(ctx, { account, userName: null });
  const [, , ...rows] = await commit(ctx.db, [
    statement,
    record(ctx, 'recovery.begun', account.id),
    ...(await besideRecovery(ctx, recovery)),
  ]);
  return { token, recovery: await viewRecovery(ctx, recovery, rows) };
}

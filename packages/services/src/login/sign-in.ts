import {
  accountTable,
  commit,
  guard,
  placeholdersOf,
  oncePer,
  compiledStatement,
  valuesOf,
} from '@shiming/db';
import { appErrorIn, parseUserName, type UserName } from '@shiming/domain';
import { and, sql } from 'drizzle-orm';
import { requireActive } from '../account/status.ts';
import { identifierIndexes, openedBy, openedFirst, wasOpenedBy } from '../account/identifiers.ts';
import { accountRow } from '../account/account.ts';
import { keepRehashed } from '../account/change.ts';
import { isHelped } from '../account/helped.ts';
import { claimedBy, isClaimedBy } from '../account/number-claims.ts';
import { commitClaims, releaseAll } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { notify } from '../notice/notify.ts';
import { endTicket, isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { endHeldSession, newSession } from '../session/session.ts';
import {
  accountAttempts,
  attemptClaims,
  failureWindowMs,
  isUsedUp,
  refuseTry,
} from './attempts.ts';
import { deviceMarks } from './device-mark.ts';

/** The account that is signed in to by a name of a kind, by so many blind indexes or the number of a claim. */
const accountOf = oncePer(
  (kind: UserName['kind'], signsIn: boolean, isKnown: boolean, indexes: number) =>
    compiledStatement((db) => {
      const found =
        kind === 'number_claim'
          ? isClaimedBy({ db }, sql.placeholder('claimNumber'))
          : wasOpenedBy(kind, placeholdersOf('index', indexes));
      return (
        db
          .select({
            id: accountRow.id,
            status: accountRow.status,
            restorableUntilMs: accountRow.restorableUntilMs,
            passwordHash: accountRow.passwordHash,
            contactSealed: accountRow.contactSealed,
            // A column without a name of its own is called by its whole text, in each answer.
            identifiers: accountRow.identifiers.as('identifiers'),
            isUsedUp: isUsedUp(isKnown, {
              place: sql.placeholder('place'),
              hereSinceMs: sql.placeholder('hereSinceMs'),
              strangersSinceMs: sql.placeholder('strangersSinceMs'),
            }).as('is_used_up'),
          })
          .from(accountTable)
          // Elsewhere than where numbers sign in, they open what an agency has helped to (S-REG-09).
          .where(signsIn ? found : and(found, isHelped))
          .orderBy(openedFirst)
          .limit(1)
      );
    }),
);

/**
 * T-LOG-01, S-LOG-01: by what the portal signs in with. A wrong password and an account that does not exist give the same answer for the same work: the
 * same statements, and one Argon2id hash. Failures are counted before the password is looked at and given
 * back on success, so fifty guesses at once are fifty counted guesses, by whichever names of an account. Of a browser that is new to the account its
 * holder gets a notice. An earlier sign-in at this browser ends. The
 * sign-in is a proof, as by password.
 *
 * @throws AppError input.invalid (a name that no account can have), puzzle.ticket_refused,
 * puzzle.work_required, login.refused, login.locked, login.strangers_locked, request.too_many
 */
export async function signIn(
  ctx: Ctx,
  input: { name: string; password: string; ticket: string },
): Promise<{ sessionToken: string; deviceMark: string }> {
  const name = accepted(parseUserName(input.name, today(ctx), ctx.portal), 'name');
  refuseUnless(input.password !== '', {
    code: 'input.invalid',
    fields: { password: 'password.missing' },
  });

  const { mark, held } = await deviceMarks(ctx, name.value);
  const kind = name.kind === 'number_claim' ? 'document_number' : name.kind;
  const indexes = await identifierIndexes(ctx, kind, name.key);
  const [nameIndex = ''] = indexes;
  const isClaim = name.kind === 'number_claim';
  const opened = isClaim ? claimedBy(ctx, name.value).getSQL() : openedBy(kind, indexes);
  const isKnown = held !== null;
  const byName = await attemptClaims(ctx, 'login', nameIndex, held, isHeavy(input.ticket));
  const byAccount = await accountAttempts(ctx, { opened, nameIndex, isKnown });
  const claims = [...byName, ...byAccount.claims] as const;
  const [[ticket], , accounts] = await commitClaims(ctx, claims, [
    ...(await spendTicket(ctx, 'login', input.ticket)),
    accountOf(
      name.kind,
      ctx.portal.signInWith.includes(kind),
      isKnown,
      indexes.length,
    )(ctx.db, { ...byAccount.counted, ...valuesOf('index', indexes), claimNumber: name.value }),
  ]);
  const [account] = accounts;
  const passwordHash = account?.passwordHash ?? null;
  const check = await ctx.hasher.verify(input.password, passwordHash ?? ctx.hasher.decoy);
  const refuse = () => refuseTry(ctx, claims[0]);
  if (account === undefined || passwordHash === null || !check.isRight) return refuse();
  if (account.isUsedUp) return refuse();
  const giveBack = (reason: string) =>
    releaseAll(ctx.db, claims, ctx.now() - failureWindowMs, reason, [
      byName[0],
      byAccount.failuresOf(account.id),
    ]);
  if (account.status !== 'active') {
    await giveBack('not_active');
    requireActive(account);
  }

  const session = await newSession(ctx, account.id, { isProved: true });
  const rehashed = check.isOutdated ? await ctx.hasher.hash(input.password) : null;
  // A password that was reset while it was looked at opens nothing.
  const unchanged = sql`exists (select 1 from ${accountTable} where ${accountTable.id} = ${account.id} and ${accountTable.passwordHash} = ${passwordHash})`;
  const refusal = { code: 'login.refused', triesLeft: 0 } as const;
  const statements = [
    guard(ctx.db, unchanged, refusal),
    ...endTicket(ctx, ticket?.id ?? ''),
    ...(await endHeldSession(ctx)),
    session.statement,
    giveBack('signed_in'),
    record(ctx, 'login.signed_in', account.id, { isKnownDevice: isKnown }),
    ...(isKnown ? [] : await notify(ctx, account, 'new_device', { device: ctx.visitor.label })),
    ...(rehashed === null ? [] : keepRehashed(ctx, { id: account.id, passwordHash }, rehashed)),
  ] as const;
  try {
    await commit(ctx.db, statements);
  } catch (error) {
    if (appErrorIn(error)?.data === refusal) return refuse();
    throw error;
  }
  return { sessionToken: session.token, deviceMark: mark };
}

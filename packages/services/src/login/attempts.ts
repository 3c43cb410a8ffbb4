import { accountTable, commit } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { type Placeholder, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { type Claim, type Limit, newClaim, usedBy, usedSince } from '../allowance/allowance.ts';
import { networkOf } from '../allowance/per-address.ts';
import { strangersLimits } from '../allowance/strangers.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';

const minute = 60_000;
/** So many failures lock an account at a place. */
const failuresAllowed = 5;
/** How long a failure counts. */
export const failureWindowMs = 15 * minute;
const locked = (retryAtMs: number) => ({ code: 'login.locked', retryAtMs }) as const;

/**
 * Failures are counted for the account together with where they come from: a browser that has signed in to
 * this account before, or else a network address. So somebody who fails on purpose locks out themselves, not
 * the person (OWASP: device cookies). 等保 L3 8.1.4.1 b asks for a limit; five in a quarter of an hour, and
 * after three in a row a pause.
 */
const perAccountAndPlace: readonly Limit[] = [
  { limit: 3, window: { lastMs: 20_000 }, refusal: locked },
  { limit: failuresAllowed, window: { lastMs: failureWindowMs }, refusal: locked },
];

/**
 * All browsers unknown to the account together: what a guesser with many addresses has for one account. Anybody can fill
 * this, so what they fill is a price, and no door of the holder's:
 *
 * - up to 30 failures in an hour a try takes a puzzle; from then on it takes heavy work;
 * - from 60 on it also takes a network that has failed at most twice at this account in the last day (`networkOf`). The
 *   holder on a new device comes from such a network, even after two slips. A guesser has three tries a day for each
 *   network of 256 addresses that they can send from;
 * - 300 are all, no matter who asks: the bound on guesses. To fill it somebody needs heavy work 270 times and 80 new networks,
 *   each hour. Then a browser is left that has signed in before, and one where the password was reset by a contact of
 *   the account, which makes it such a browser.
 */
const strangers = { window: { lastMs: 60 * minute }, byPuzzle: 30, byWork: 60, most: 300 } as const;
const failuresOfNetwork = { limit: 3, window: { lastMs: 24 * 60 * minute } } as const;

/** Members of the staff have a second factor, passkeys, and an administrator who can send a link. */
const staffStrangers: readonly Limit[] = [
  { limit: 30, window: { lastMs: 60 * minute }, refusal: locked },
];

/** Failures from one address over all accounts: as many as 1,600 people an hour make who mistype every fourth time. */
export const failuresPerAddress: readonly Limit[] = [
  {
    limit: 400,
    window: { lastMs: 15 * minute },
    refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
  },
];

/**
 * The claims of one try to sign in, to be made before the password is looked at and given back when it was right.
 * `subject` is a keyed hash of the account that is tried; `knownMark` the mark of a browser that has signed in to it
 * before, `null` for a stranger; `isHeavy` that the try is paid for with heavy work.
 */
export async function attemptClaims(
  ctx: Ctx,
  kind: 'login' | 'staff_login',
  subject: string,
  knownMark: string | null,
  isHeavy = false,
): Promise<[Claim, ...Claim[]]> {
  const { address: from } = ctx.visitor;
  const address = await subjectHash(ctx, 'address', from);
  const claims = [
    // Keyed hashes already, so joining them tells nobody whose they are.
    newClaim(ctx, kind, `${subject}:${knownMark ?? address}`, perAccountAndPlace),
    newClaim(ctx, `${kind}.address`, address, failuresPerAddress),
  ] as const;
  if (knownMark !== null) return [...claims];
  if (kind === 'staff_login') {
    return [...claims, newClaim(ctx, 'staff_login.strangers', subject, staffStrangers)];
  }
  const hash = await subjectHash(ctx, 'address', networkOf(from));
  const network = newClaim(ctx, 'login.network', `${subject}:${hash}`, []);
  const limits = strangersLimits(
    strangers,
    isHeavy,
    { ...network, ...failuresOfNetwork },
    (_limit, retryAtMs) => ({ code: 'login.strangers_locked', retryAtMs }),
  );
  return [...claims, newClaim(ctx, 'login.strangers', subject, limits), network];
}

/**
 * Refuses a try whose claims are made, and says how many are left. Which account was tried is in the ledger, under a hash; on
 * record it would tell whether there is one.
 *
 * @throws AppError login.refused
 */
export async function refuseTry(ctx: Ctx, { kind, subject }: Claim): Promise<never> {
  const [[tries]] = await commit(ctx.db, [
    usedSince(ctx.db, kind, subject, ctx.now() - failureWindowMs),
    record(ctx, 'login.refused', null),
  ]);
  const triesLeft = Math.max(0, failuresAllowed - (tries?.used ?? 0));
  throw new AppError({ code: 'login.refused', triesLeft });
}

const subjectHere = (account: SQLWrapper, place: string | Placeholder) =>
  sql`${account} || ':' || ${place}`;

/** That the tries of the account which a query reads are used up, with this one counted: a column. */
export function isUsedUp(
  isKnown: boolean,
  counted: Record<'hereSinceMs' | 'strangersSinceMs', number | Placeholder> & {
    place: string | Placeholder;
  },
) {
  const { place, hereSinceMs, strangersSinceMs } = counted;
  const usedHere = usedBy('login.account', subjectHere(accountTable.id, place), hereSinceMs);
  if (isKnown) return sql<number>`${usedHere} > ${failuresAllowed}`;
  const usedByStrangers = usedBy('login.account_strangers', accountTable.id, strangersSinceMs);
  return sql<number>`${usedHere} > ${failuresAllowed} or ${usedByStrangers} > ${strangers.most}`;
}

/**
 * Failures of an account by all its names together, so that a mobile, a mail address and a number are not three times the
 * tries. Nobody reads how many there were: that two names count together would show that both open one account. So
 * no limit refuses these claims; once they are used up, a right password gets the answer of a wrong one.
 *
 * `opened` finds the account that the name opens; where there is none, the same statements count `nameIndex`.
 */
export async function accountAttempts(
  ctx: Ctx,
  { opened, nameIndex, isKnown }: { opened: SQL; nameIndex: string; isKnown: boolean },
) {
  const { address, deviceId } = ctx.visitor;
  const place = await subjectHash(ctx, 'address', isKnown ? deviceId : address);
  const account = sql`coalesce((${opened}), ${nameIndex})`;
  return {
    claims: [
      newClaim(ctx, 'login.account', subjectHere(account, place), []),
      ...(isKnown ? [] : [newClaim(ctx, 'login.account_strangers', account, [])]),
    ],
    /** What `isUsedUp` counts. */
    counted: {
      place,
      hereSinceMs: ctx.now() - failureWindowMs + 1,
      strangersSinceMs: ctx.now() - strangers.window.lastMs + 1,
    },
    /** The failures at this place, which a success gives back. */
    failuresOf: (accountId: string) =>
      ({ kind: 'login.account', subject: `${accountId}:${place}` }) as const,
  };
}

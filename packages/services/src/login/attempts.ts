import { type Claim, type Limit, newClaim } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';

const minute = 60_000;
/** So many failures lock an account at a place. */
export const failuresAllowed = 5;
/** How long a failure counts. */
export const failureWindowMs = 15 * minute;
const locked = (retryAtMs: number) => ({ code: 'login.locked', retryAtMs }) as const;

/**
 * Failures are counted for the account together with where they come from: a browser that has signed in to
 * this account before, or else a network address. So whoever fails on purpose locks out themselves, not
 * the person (OWASP: device cookies). 等保 L3 8.1.4.1 b asks for a limit; five in a quarter of an hour, and
 * after three in a row a pause.
 */
const perAccountAndPlace: readonly Limit[] = [
  { limit: 3, window: { lastMs: 20_000 }, refusal: locked },
  { limit: failuresAllowed, window: { lastMs: failureWindowMs }, refusal: locked },
];

/**
 * All browsers unknown to the account together: what a guesser with many addresses has for one account. Anybody can fill
 * this, so it raises the price before it refuses: after 30 failures in an hour a stranger's try takes heavy work, and
 * after 60 only a browser counts that has signed in before, or one where the password was reset by a contact of the
 * account, which makes it such a browser. Guessers with any number of addresses have 60 an hour.
 */
const strangersWith = (isHeavy: boolean): readonly Limit[] => [
  ...(isHeavy
    ? []
    : [
        {
          limit: 30,
          window: { lastMs: 60 * minute },
          refusal: () => ({ code: 'puzzle.work_required' }) as const,
        },
      ]),
  {
    limit: 60,
    window: { lastMs: 60 * minute },
    refusal: (retryAtMs) => ({ code: 'login.strangers_locked', retryAtMs }),
  },
];

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
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  const strangers = kind === 'login' ? strangersWith(isHeavy) : staffStrangers;
  return [
    // Keyed hashes already, so joining them tells nobody whose they are.
    newClaim(ctx, kind, `${subject}:${knownMark ?? address}`, perAccountAndPlace),
    newClaim(ctx, `${kind}.address`, address, failuresPerAddress),
    ...(knownMark === null ? [newClaim(ctx, `${kind}.strangers`, subject, strangers)] : []),
  ];
}

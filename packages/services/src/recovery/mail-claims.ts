import type { CodeRule } from '@shiming/domain';
import { type Claim, newClaim } from '../allowance/allowance.ts';
import { networkOf } from '../allowance/per-address.ts';
import { strangersLimits } from '../allowance/strangers.ts';
import { perContact } from '../codes/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { isHeavy } from '../puzzle/puzzle.ts';
import { subjectHash } from '../vault/vault.ts';

/**
 * Mails to one mailbox that browsers unknown to its account ask for in a day, together. Anybody who knows whose it is can
 * fill this: from the eleventh on they take heavy work, from the thirtieth on also a network that has asked for at most
 * one, and sixty are all, since each is a mail that somebody gets. A browser that has signed in before is not counted here.
 */
const strangers = { window: 'shanghai_day', byPuzzle: 10, byWork: 30, most: 60 } as const;
const mailsOfNetwork = { limit: 2, window: 'shanghai_day' } as const;

/** Whose mails are counted together: those to a mailbox that are asked for from one place. */
export const mailSubject = async (
  ctx: Ctx,
  mailbox: string,
  knownMark: string | null = null,
): Promise<string> =>
  // Keyed hashes already, so joining them tells nobody whose they are.
  `${mailbox}:${knownMark ?? (await subjectHash(ctx, 'address', ctx.visitor.address))}`;

/** The claims of a mail by which somebody gets back in, so that strangers who ask for them use up nothing of the holder's. */
export async function mailClaims(
  ctx: Ctx,
  kind: 'mail' | 'mail.code',
  {
    mailbox,
    knownMark,
    ticket,
    rule,
  }: {
    mailbox: string;
    knownMark: string | null;
    ticket: string;
    rule: Pick<CodeRule, 'perDay' | 'gapMs'>;
  },
): Promise<readonly [Claim, ...Claim[]]> {
  const own = newClaim(ctx, kind, await mailSubject(ctx, mailbox, knownMark), perContact(rule));
  if (knownMark !== null) return [own];
  const networkHash = await subjectHash(ctx, 'address', networkOf(ctx.visitor.address));
  const network = newClaim(ctx, 'mail.network', `${mailbox}:${networkHash}`, []);
  const limits = strangersLimits(
    strangers,
    isHeavy(ticket),
    { ...network, ...mailsOfNetwork },
    (limit, resumesAtMs) => ({ code: 'code.day_limit', limit, resumesAtMs }),
  );
  return [own, newClaim(ctx, 'mail.strangers', mailbox, limits), network];
}

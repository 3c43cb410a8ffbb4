import { maskEmail, maskMobile, startOfShanghaiDay } from '@shiming/domain';
import { usedSince } from '../allowance/allowance.ts';
import { codesLeft, standingCode, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { openContact, provedAtMsOf } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { contactHash } from '../vault/vault.ts';
import { contactCode, maskContact, openChange, pendingChange } from './change.ts';

/** Both contacts, masked, and the change that waits for its code; `null` when none does. */
export async function currentContact(ctx: Ctx, { account }: SignedIn) {
  const { mobile, email } = await openContact(ctx, account);
  const masked = {
    maskedMobile: maskMobile(mobile),
    maskedEmail: maskEmail(email),
    isProved: {
      mobile: provedAtMsOf(account, 'mobile') !== null,
      email: provedAtMsOf(account, 'email') !== null,
    },
  };
  const [[pending], [code]] = await ctx.db.batch([
    pendingChange(ctx, account.id),
    standingCode(ctx, contactCode(account.id)),
  ]);
  if (pending === undefined) return { ...masked, change: null };
  const { kind } = pending;
  const { after } = await openChange(ctx, pending);
  const { claim, rule } =
    kind === 'mobile'
      ? ({ claim: 'sms', rule: ctx.portal.codes.sms } as const)
      : ({ claim: 'mail.code', rule: ctx.portal.codes.mail } as const);
  const subject = await contactHash(ctx, kind, after);
  const [today] = await usedSince(ctx.db, claim, subject, startOfShanghaiDay(ctx.now()));
  return {
    ...masked,
    change: {
      kind,
      maskedAfter: maskContact[kind](after),
      code: viewCode(code, rule),
      remainingToday: codesLeft(today, rule),
    },
  };
}

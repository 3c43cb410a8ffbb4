import { maskEmail, maskMobile, startOfShanghaiDay } from '@shiming/domain';
import { usedSince } from '../allowance/allowance.ts';
import { codesLeft, standingCode, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { isProvedOf, openContact } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { mailProofLink } from '../account/mail-proof.ts';
import { contactHash } from '../vault/vault.ts';
import { contactCode, maskContact, openChange, pendingChange } from './change.ts';

/** Both contacts, masked, what proves the mail address, and the change that waits for its code; `null` when none does. */
export async function currentContact(ctx: Ctx, { account }: SignedIn) {
  const { mobile, email } = await openContact(ctx, account);
  const masked = {
    maskedMobile: maskMobile(mobile),
    maskedEmail: maskEmail(email),
    isProved: isProvedOf(account),
  };
  const startMs = startOfShanghaiDay(ctx.now());
  const [[pending], [code], [link], [links]] = await ctx.db.batch([
    pendingChange(ctx, account.id),
    standingCode(ctx, contactCode(account.id)),
    standingCode(ctx, mailProofLink(account.id)),
    usedSince(ctx.db, 'mail.proof', await contactHash(ctx, 'email', email), startMs),
  ]);
  const { mailProof } = ctx.portal;
  const standing = {
    ...masked,
    /** The link on its way that proves the address, and how many more can be sent today. */
    mailProof: { link: viewCode(link, mailProof), remainingToday: codesLeft(links, mailProof) },
  };
  if (pending === undefined) return { ...standing, change: null };
  const { kind } = pending;
  const { after } = await openChange(ctx, pending);
  const { claim, rule } =
    kind === 'mobile'
      ? ({ claim: 'sms', rule: ctx.portal.codes.sms } as const)
      : ({ claim: 'mail.code', rule: ctx.portal.codes.mail } as const);
  const subject = await contactHash(ctx, kind, after);
  const [today] = await usedSince(ctx.db, claim, subject, startMs);
  return {
    ...standing,
    change: {
      kind,
      maskedAfter: maskContact[kind](after),
      code: viewCode(code, rule),
      remainingToday: codesLeft(today, rule),
    },
  };
}

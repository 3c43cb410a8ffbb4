import { challengeTable, outboxTable } from '@shiming/db';
import { maskEmail, maskMobile, type ProofChannel, startOfShanghaiDay } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { usedSince } from '../allowance/allowance.ts';
import { isUnused } from '../challenge/challenge.ts';
import { codesLeft, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { isProvedOf, openContact } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { contactHash, subjectHash } from '../vault/vault.ts';
import { canAskAuthority } from './by-authority.ts';
import { proofCode, proofValidMs } from './proof.ts';

/** Until when the session is proved, the ways to prove it, and the code that is on its way. */
export async function currentProof(ctx: Ctx, signedIn: SignedIn) {
  const { mobile, email } = await openContact(ctx, signedIn.account);
  const { codes } = ctx.portal;
  const nowMs = ctx.now();
  const startMs = startOfShanghaiDay(nowMs);
  const [[bySms], [byMail], [code]] = await ctx.db.batch([
    usedSince(ctx.db, 'sms', await subjectHash(ctx, 'mobile', mobile), startMs),
    usedSince(ctx.db, 'mail.code', await contactHash(ctx, 'email', email), startMs),
    ctx.db
      .select({
        channel: outboxTable.channel,
        createdAtMs: challengeTable.createdAtMs,
        expiresAtMs: challengeTable.expiresAtMs,
        triesLeft: challengeTable.triesLeft,
      })
      .from(challengeTable)
      // A code and the message it stands in have one id.
      .innerJoin(outboxTable, eq(outboxTable.id, challengeTable.id))
      .where(isUnused(proofCode(signedIn))),
  ]);
  const provedUntilMs = signedIn.provedAtMs === null ? null : signedIn.provedAtMs + proofValidMs;
  const channel: ProofChannel = code?.channel ?? 'sms';
  const standing = viewCode(code, codes[channel]);
  return {
    provedUntilMs: provedUntilMs !== null && provedUntilMs > nowMs ? provedUntilMs : null,
    maskedMobile: maskMobile(mobile),
    maskedEmail: maskEmail(email),
    isProved: isProvedOf(signedIn.account),
    code: standing && { channel, ...standing },
    remainingToday: { sms: codesLeft(bySms, codes.sms), mail: codesLeft(byMail, codes.mail) },
    canAskAuthority: canAskAuthority(ctx, signedIn),
  };
}

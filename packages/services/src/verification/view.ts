import { allowanceTable, verificationTable } from '@shiming/db';
import {
  maskNumber,
  maskProfile,
  provedOf,
  startOfNextShanghaiDay,
  startOfShanghaiDay,
} from '@shiming/domain';
import { and, desc, eq, gte } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { openIdentity, openProfile } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { authorityCheck, lacksProfile } from './ask.ts';

/**
 * T-VER-01, T-VER-02: what stands on the verification page: the identity that will be sent, the day's
 * ledger (counted or not, and why), what is left of it and when it is renewed. The name is shown in full,
 * because the person is asked to compare it with the document.
 */
export async function viewVerification(ctx: Ctx, signedIn: SignedIn) {
  const { account, attested, level } = signedIn;
  const nowMs = ctx.now();
  const [identity, profile, attempts] = await Promise.all([
    openIdentity(ctx, account),
    openProfile(ctx, account),
    ctx.db
      .select({
        id: verificationTable.id,
        askedAtMs: verificationTable.askedAtMs,
        status: verificationTable.status,
        isCounted: allowanceTable.isCounted,
      })
      .from(verificationTable)
      .innerJoin(allowanceTable, eq(allowanceTable.id, verificationTable.id))
      .where(
        and(
          eq(verificationTable.accountId, account.id),
          gte(verificationTable.askedAtMs, startOfShanghaiDay(nowMs)),
        ),
      )
      .orderBy(desc(verificationTable.askedAtMs))
      .limit(50),
  ]);
  const { perDay } = ctx.portal.verification;
  const used = attempts.filter((attempt) => attempt.isCounted).length;
  const checks = authorityCheck(ctx, account);
  return {
    level,
    proved: provedOf(attested),
    isProfileComplete: !lacksProfile(ctx, signedIn),
    documentType: identity.type,
    birthDate: identity.birthDate,
    maskedNumber: maskNumber(identity.number),
    maskedTravelPermitNumber: profile && maskProfile(profile).travelPermitNumber,
    name: identity.name,
    validity: identity.validity,
    checks,
    perDay,
    remainingToday: Math.max(0, perDay - used),
    resumesAtMs: startOfNextShanghaiDay(nowMs),
    attempts,
  };
}

import { maskName } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { openIdentity } from '../profile/account.ts';
import type { SignedIn } from './session.ts';

/** Who is signed in, for the header, and until when. */
export async function describeSession(ctx: Ctx, { account, endsAtMs }: SignedIn) {
  const identity = await openIdentity(ctx, account);
  return {
    maskedName: maskName(identity.name),
    level: account.level,
    isProfileComplete: account.profileSealed !== null,
    endsAtMs,
  };
}

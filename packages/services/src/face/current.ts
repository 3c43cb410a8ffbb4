import {
  type FaceObstacle,
  type FaceOutcome,
  type PictureFault,
  startOfNextShanghaiDay,
  startOfShanghaiDay,
} from '@shiming/domain';
import { findIdentity } from '../account/account.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { usedSince } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { blindIndex } from '../vault/vault.ts';
import { newestAnswers, personHash, stands } from './compare.ts';
import { obstacleOf } from './level.ts';
import { sql } from 'drizzle-orm';

/** Whether faces are compared at the portal of the request, and by whom. */
export const offerFaces = ({ portal, faces }: Pick<Ctx, 'portal' | 'faces'>) => ({
  isOffered: portal.face !== null && faces !== null,
  receiver: faces?.receiver ?? '',
  perDay: portal.face?.perDay ?? 0,
});

/** Where somebody who is signed in stands with their face. */
export type FaceView = {
  obstacle: FaceObstacle | null;
  hasConsent: boolean;
  perDay: number;
  remainingToday: number;
  resumesAtMs: number;
  /** The newest answer of the last day; `isStanding`: another picture gets the same without a question. */
  last: {
    outcome: FaceOutcome;
    pictureFault: PictureFault | null;
    atMs: number;
    isStanding: boolean;
  } | null;
};

export async function viewFace(ctx: Ctx, signedIn: SignedIn): Promise<FaceView> {
  const { id } = signedIn.account;
  const [obstacle, identity] = await Promise.all([
    obstacleOf(ctx, signedIn, 'level'),
    findIdentity(ctx, signedIn.account),
  ]);
  // Somebody who has not been verified, or whose number opens another account, may have said they are somebody else.
  const isShown = obstacle !== 'level_first' && identity !== null;
  const person = isShown ? identity : { name: '', number: '' };
  const [consent, [used], [before]] = await ctx.db.batch([
    ctx.db.all<{ isLive: number }>(sql`select ${hasLiveConsent(ctx, id, 'face')} as "isLive"`),
    usedSince(
      ctx.db,
      'face',
      await blindIndex(ctx, 'number', person.number),
      startOfShanghaiDay(ctx.now()),
    ),
    newestAnswers(ctx, await personHash(ctx, person)),
  ]);
  const { perDay } = offerFaces(ctx);
  return {
    obstacle,
    hasConsent: consent[0]?.isLive === 1,
    perDay,
    remainingToday: Math.max(0, perDay - (used?.used ?? 0)),
    resumesAtMs: startOfNextShanghaiDay(ctx.now()),
    last:
      before === undefined || before.status === 'asked'
        ? null
        : {
            outcome: before.status,
            pictureFault: before.pictureFault,
            atMs: before.askedAtMs,
            isStanding: stands(ctx, before),
          },
  };
}

import {
  type ChallengePurpose,
  type FaceAction,
  faceActionsOf,
  type FacePurpose,
} from '@shiming/domain';
import { type Binding, giveOnly, spendSecret } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';

/** What a page needs to take the pictures. `challenge` is a secret, and stands for its actions. */
export type FaceChallenge = { challenge: string; actions: FaceAction[]; expiresAtMs: number };

/** What is shown and by whom: an account, a recovery, a registration, or a number in one browser. */
export type FaceSubject = { purpose: FacePurpose; subject: string };

const bindingOf = ({ purpose, subject }: FaceSubject): Binding => ({
  purpose: `face.${purpose}` satisfies ChallengePurpose,
  subject,
});

/**
 * How faces are compared at the portal of the request, and by whom.
 *
 * @throws AppError face.not_offered where none are */
export function facesHere({ portal, faces }: Pick<Ctx, 'portal' | 'faces'>) {
  refuseUnless(portal.face !== null && faces !== null, {
    code: 'face.not_offered',
    why: 'not_offered',
  });
  return { ...faces, rule: portal.face };
}

/** The actions that a challenge stands for. */
export const actionsOf = (challenge: string): FaceAction[] =>
  faceActionsOf(Uint8Array.from(challenge, (character) => character.charCodeAt(0)));

/** A challenge, and the statements that give it out and void the one before. */
export async function giveChallenge(ctx: Ctx, of: FaceSubject) {
  const { challengeMs } = facesHere(ctx).rule;
  const challenge = ctx.crypto.randomToken(24);
  const given: FaceChallenge = {
    challenge,
    actions: actionsOf(challenge),
    expiresAtMs: ctx.now() + challengeMs,
  };
  return {
    given,
    statements: await giveOnly(ctx, bindingOf(of), challenge, { validMs: challengeMs, tries: 1 }),
  };
}

/** Statements that spend a challenge, once. */
export const spendChallenge = (ctx: Ctx, of: FaceSubject, challenge: string) =>
  spendSecret(ctx, bindingOf(of), challenge, { code: 'face.challenge_over' });

import { AppError, cleanJpeg, faceFrame, readBase64, writeBase64 } from '@shiming/domain';
import type { FaceQuery } from '@shiming/providers';
import { type Ctx, refuseUnless } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';
import { actionsOf } from './challenge.ts';

/**
 * Reads the frames of a challenge: the frontal picture and one for each action, all whole JPEGs and all different. What does not
 * draw is cut off, as it is of every photo. `marks` are keyed digests, by which a frame that is sent again is known.
 *
 * @throws AppError input.invalid, photo.refused, face.frame_repeated
 */
export async function readFrames(
  ctx: Pick<Ctx, 'crypto' | 'keys'>,
  { challenge, frames }: { challenge: string; frames: readonly string[] },
): Promise<{ shown: Pick<FaceQuery, 'picture' | 'actions'>; marks: string[] }> {
  refuseUnless(frames.length === faceFrame.count, {
    code: 'input.invalid',
    fields: { frames: 'input.shape' },
  });
  const cleaned = frames.map((frame) => {
    const jpeg = cleanJpeg(readBase64(frame) ?? new Uint8Array(1), faceFrame);
    if (!jpeg.ok) throw new AppError({ code: 'photo.refused', reason: jpeg.code });
    return jpeg.value.bytes;
  });
  const marks: string[] = [];
  for (const bytes of cleaned) {
    marks.push(await subjectHash(ctx, 'face.frame', await ctx.crypto.sha256(bytes)));
  }
  refuseUnless(new Set(marks).size === marks.length, { code: 'face.frame_repeated' });
  const [picture = '', ...after] = cleaned.map(writeBase64);
  const actions = actionsOf(challenge).map((action, at) => ({ action, picture: after[at] ?? '' }));
  return { shown: { picture, actions }, marks };
}

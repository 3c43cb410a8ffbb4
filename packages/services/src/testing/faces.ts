import { faceFrame, type FaceOutcome, type PictureFault } from '@shiming/domain';
import {
  bytes,
  eoi,
  frame,
  huffman,
  quantiser,
  scan,
  segment,
  soi,
} from '@shiming/domain/testing/jpeg';
import type { FaceQuery, FaceReply } from '@shiming/providers';
import { faceOf, shotOf } from '@shiming/sandbox/faces';
import type { Ctx } from '../context.ts';

const base64 = (file: Uint8Array) => Buffer.from(file).toString('base64');
let drawn = 0;

/** A grey picture that differs from every other of this file. */
export function greyFrame(): string {
  drawn += 1;
  const table = segment(0xdb, [
    0,
    ...Array.from({ length: 64 }, (_, at) => 1 + (Math.floor(drawn / 200 ** (at % 4)) % 200)),
  ]);
  return base64(bytes(soi, quantiser(), table, frame(640, 480), huffman, scan(640, 480), eoi));
}

/** As many frames as a challenge takes, all new. */
export const greyFrames = (): string[] => Array.from({ length: faceFrame.count }, greyFrame);

/** Frames of somebody in the register of the sandbox. */
export async function framesOf(name: string, light = 1): Promise<string[]> {
  const shots = Array.from({ length: faceFrame.count }, (_, at) =>
    shotOf(faceOf(name), { light, tilt: at * 2, aside: at * 3 }),
  );
  return (await Promise.all(shots)).map(base64);
}

/** A context in which the face authority answers `outcome`; `asked` collects what it was asked. */
export function withFaces(
  ctx: Ctx,
  outcome: FaceOutcome | ((query: FaceQuery) => Promise<FaceOutcome>),
  {
    pictureFault = null,
    isKnownCode = true,
  }: { pictureFault?: PictureFault | null; isKnownCode?: boolean } = {},
): { ctx: Ctx; asked: FaceQuery[] } {
  const asked: FaceQuery[] = [];
  const reply = (said: FaceOutcome): FaceReply => ({
    outcome: said,
    pictureFault,
    provider: 'tencent',
    rawCode: said,
    isKnownCode,
    requestId: 'r-1',
    isBilled: false,
    score: 87.5,
    model: 'ImageRecognitionV2',
  });
  const authority = {
    compareFace: async (query: FaceQuery) => {
      asked.push(query);
      return reply(typeof outcome === 'string' ? outcome : await outcome(query));
    },
  };
  if (ctx.faces === null) throw new Error('no faces are compared');
  return { ctx: { ...ctx, faces: { ...ctx.faces, authority } }, asked };
}

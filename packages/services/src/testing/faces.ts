import { type FaceAction, faceFrame, type FaceOutcome } from '@shiming/domain';
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
import { faceOf, shotOf, shotOfAction } from '@shiming/sandbox/faces';
import type { Ctx } from '../context.ts';
import type { TestWorld } from './world.ts';

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

/** Frames of somebody in the register of the sandbox who does what a challenge asks; `doing` stands in for them. */
export async function framesOf(
  name: string,
  { actions }: { actions: readonly FaceAction[] },
  { light = 1, doing = name }: { light?: number; doing?: string } = {},
): Promise<string[]> {
  const shots = [
    shotOf(faceOf(name), { light }),
    ...actions.map((action) => shotOf(faceOf(doing), { light, ...shotOfAction[action] })),
  ];
  return (await Promise.all(shots)).map(base64);
}

/** Frames of a photo of somebody that is held before the camera, and turned and brought closer as asked. */
export async function framesOfPrint(
  name: string,
  { actions }: { actions: readonly FaceAction[] },
): Promise<string[]> {
  const print = { turn_left: 40, turn_right: -40, blink: 5, come_closer: 0 };
  const shots = actions.map((action) =>
    shotOf(faceOf(name), {
      print: print[action],
      ...(action === 'come_closer' ? { height: 320 } : {}),
    }),
  );
  return (await Promise.all([shotOf(faceOf(name)), ...shots])).map(base64);
}

/** A context in which the face authority answers `outcome`; `asked` collects what it was asked. */
export function withFaces(
  ctx: Ctx,
  outcome: FaceOutcome | ((query: FaceQuery) => Promise<FaceOutcome>),
  {
    pictureFault = null,
    isKnownCode = true,
    mayFollowRegister = false,
  }: Partial<Pick<FaceReply, 'pictureFault' | 'isKnownCode' | 'mayFollowRegister'>> = {},
): { ctx: Ctx; asked: FaceQuery[] } {
  const asked: FaceQuery[] = [];
  const reply = (said: FaceOutcome): FaceReply => ({
    outcome: said,
    pictureFault,
    provider: 'tencent',
    rawCode: said,
    isKnownCode,
    mayFollowRegister,
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

/** The forms in which a piece from the middle of a picture, where it is drawn, could have been kept. */
function piecesOf(frame: string): string[] {
  const file = Buffer.from(frame, 'base64');
  const middle = file.length - (file.length % 3) - 3 * Math.floor(file.length / 6);
  const piece = file.subarray(middle, middle + 24);
  const forms = ['latin1', 'hex', 'base64', 'base64url'] as const;
  return forms.map((form) => piece.toString(form));
}

/** Where something of pictures is found: columns of the database and keys of the photo store. */
export async function tracesOf(world: TestWorld, frames: readonly string[]): Promise<string[]> {
  const { db } = world.ctx();
  const pieces = frames.flatMap(piecesOf);
  const tables = await db.all<{ name: string }>(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
  );
  const found: string[] = [...world.bucket.objects.keys()];
  for (const { name } of tables) {
    for (const row of await db.all<Record<string, unknown>>(`select * from "${name}"`)) {
      for (const [column, value] of Object.entries(row)) {
        const text = Buffer.from(value instanceof Uint8Array ? value : String(value));
        const isKept = pieces.some((piece) => text.includes(piece, 0, 'latin1'));
        // Nothing that is kept is as large as a picture, sealed or not.
        if (isKept || text.length > 20_000) found.push(`${name}.${column}`);
      }
    }
  }
  return found;
}

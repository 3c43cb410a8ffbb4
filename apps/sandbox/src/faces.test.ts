import { describe, expect, test } from 'vitest';
import { citizens } from './citizens.ts';
import { faceOf, type SampleFace, type Shot, shotOf } from './faces.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';
import { callTencent, faceid } from './testing/vendor-calls.ts';

const url = `https://sandbox.test${vendorPaths.tencentFaceid}`;
const sandbox = createSandbox({ slowCitizenMs: 1 });

/** What Tencent's `ImageRecognitionV2` says of a citizen and a picture. */
async function ask(name: string, image: Uint8Array, change: Record<string, string> = {}) {
  const { number } = citizens.find((each) => each.name === name) ?? { number: '' };
  const parameters = {
    Name: name,
    IdCard: number,
    ImageBase64: Buffer.from(image).toString('base64'),
    ...change,
  };
  const call = faceid('ImageRecognitionV2', parameters);
  const response = await callTencent(sandbox.fetch, url, call, { nowMs: Date.now() });
  const answer = (await response.json()) as {
    Response: { Result?: string; Sim?: number; Error?: { Code: string } };
  };
  const { Error: error, Result = error?.Code ?? '', Sim = null } = answer.Response;
  return { result: Result.replace('FailedOperation.', ''), similar: Sim };
}

const holders = ['林知远', '古丽·买买提', '沈秀兰', '杜若溪'];
const plain = new Map<string, Promise<Uint8Array>>();
/** Somebody's picture; one that is as it is in the sample is made once. */
function shot(name: string, how?: Shot): Promise<Uint8Array> {
  if (how !== undefined) return shotOf(faceOf(name), how);
  const made = plain.get(name) ?? shotOf(faceOf(name));
  plain.set(name, made);
  return made;
}

describe('E-FAC-01: the register compares faces with a model', () => {
  test.each(holders.map((name, at) => [name, holders.at(at - 1) ?? name] as const))(
    '%s is found alike, and %s is not',
    async (name, other) => {
      expect((await ask(name, await shot(name))).result).toBe('Success');
      const { result, similar } = await ask(name, await shot(other));
      expect(result).toBe('CompareLowSimilarity');
      expect(similar).toBeLessThan(65);
    },
  );

  test.each<[string, Shot]>([
    ['tilted', { tilt: 20 }],
    ['in little light, aside', { light: 0.5, aside: 40 }],
    ['farther and coarse', { height: 500, quality: 30 }],
  ])('the same person %s is the same person', async (_, how) => {
    expect((await ask('林知远', await shot('林知远', how))).result).toBe('Success');
  });

  test('another photo of the person in the register is that person', async () => {
    // Two samples of one evening in which the same face is seen.
    const other: SampleFace = { sample: 3, x: 1185, y: 364 };
    expect((await ask('古丽·买买提', await shotOf(other))).result).toBe('Success');
  });

  test.each<[string, Shot, string]>([
    ['several faces', { height: 1200 }, 'LifePhotoDetectFaces'],
    ['in the dark', { light: 0.3 }, 'LifePhotoPoorQuality'],
    ['blurred', { isBlurred: true }, 'ImageBlur'],
  ])('a picture with %s is refused for that', async (_, how, result) => {
    expect((await ask('林知远', await shot('林知远', how))).result).toBe(result);
  });

  test.each([
    ['周子涵', 'IdNameMisMatch'],
    ['方念之', 'IdNoExistSystem'],
    ['罗建民', 'IdPhotoNoExist'],
    ['秦望舒', 'IdPhotoPoorQuality'],
    ['许静姝', 'InternalError'],
  ])('of %s the register says %s', async (name, result) => {
    expect((await ask(name, await shot('林知远'))).result).toBe(result);
  });

  test('a wall is no face, and the picture is looked at before the register', async () => {
    const wall = await shotOf({ sample: 5, x: 160, y: 160 }, { height: 200 });
    expect((await ask('方念之', wall)).result).toBe('LifePhotoDetectNoFaces');
  });

  test('what is no picture, and no name or number, is not compared', async () => {
    const picture = await shot('林知远');
    expect((await ask('林知远', new Uint8Array([1, 2, 3]))).result).toBe('ImageDecodeFailed');
    expect((await ask('林知远', new Uint8Array())).result).toBe('EmptyImageError');
    expect((await ask('林知远', picture, { IdCard: 'H12345678' })).result).toBe('IdFormatError');
    expect((await ask('林知远', picture, { Name: 'Lin' })).result).toBe('NameFormatError');
  });

  test('T-VER-07: a busy source and a quota are not a mismatch', async () => {
    const picture = await shot('林知远');
    sandbox.authority.setMode('source_down');
    expect((await ask('林知远', picture)).result).toBe('IdPhotoSystemNoanswer');
    sandbox.authority.setMode('quota');
    expect((await ask('林知远', picture)).result).toBe('RequestLimitExceeded');
    sandbox.reset();
  });
});

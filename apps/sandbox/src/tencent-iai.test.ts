import type { FaceAction } from '@shiming/domain';
import { expect, test } from 'vitest';
import { faceOf, type Shot, shotOf, shotOfAction } from './faces.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';
import { callTencent } from './testing/vendor-calls.ts';

const url = `https://sandbox.test${vendorPaths.tencentIai}`;
const sandbox = createSandbox();

type Point = { X: number; Y: number };
type Answer = {
  Error?: { Code: string };
  ImageHeight?: number;
  FaceShapeSet?: { FaceProfile: Point[]; LeftEye: Point[]; RightEye: Point[]; Nose: Point[] }[];
  Score?: number;
};

async function ask(action: string, parameters: object): Promise<Answer> {
  const call = { service: 'iai', version: '2020-03-03', action, parameters };
  const response = await callTencent(sandbox.fetch, url, call, { nowMs: Date.now() });
  return ((await response.json()) as { Response: Answer }).Response;
}

const base64 = (file: Uint8Array) => Buffer.from(file).toString('base64');
const seen = async (name: string, shot: Shot = {}) => base64(await shotOf(faceOf(name), shot));

const middle = (points: readonly Point[]) => ({
  x: points.reduce((sum, { X }) => sum + X, 0) / points.length,
  y: points.reduce((sum, { Y }) => sum + Y, 0) / points.length,
});

/** Where the tip of the nose is between the eyes, and how high the face is. */
async function measured(Image: string) {
  const { FaceShapeSet = [], ImageHeight = 1 } = await ask('AnalyzeFace', { Mode: 1, Image });
  const [shape] = FaceShapeSet;
  if (shape === undefined) throw new Error('no face');
  const { LeftEye, RightEye, Nose, FaceProfile } = shape;
  expect([FaceShapeSet.length, LeftEye.length, RightEye.length]).toEqual([1, 8, 8]);
  const [from, to, tip] = [middle(LeftEye), middle(RightEye), middle(Nose.slice(0, 1))];
  const [across, down] = [to.x - from.x, to.y - from.y];
  const heights = FaceProfile.map(({ Y }) => Y);
  return {
    nose: ((tip.x - from.x) * across + (tip.y - from.y) * down) / (across ** 2 + down ** 2),
    height: (Math.max(...heights) - Math.min(...heights)) / ImageHeight,
  };
}

test('a turned head and a face that came closer are measured, and a print that is turned moves less', async () => {
  const front = await measured(await seen('林知远'));
  const movedBy = async (shot: Shot) =>
    (await measured(await seen('林知远', shot))).nose - front.nose;
  expect(await movedBy(shotOfAction.turn_left)).toBeGreaterThan(0.14);
  expect(await movedBy(shotOfAction.turn_right)).toBeLessThan(-0.14);
  expect(Math.abs(await movedBy({ print: -45 }))).toBeLessThan(0.1);
  const near = await measured(await seen('林知远', shotOfAction.come_closer));
  expect(near.height / front.height).toBeGreaterThan(1.2);
});

test('a person is found alike in each action, and another is not', async () => {
  const ImageA = await seen('林知远');
  const alike = async (name: string, action: FaceAction) =>
    (await ask('CompareFace', { ImageA, ImageB: await seen(name, shotOfAction[action]) })).Score;
  expect(await alike('林知远', 'turn_left')).toBeGreaterThan(45);
  expect(await alike('林知远', 'come_closer')).toBeGreaterThan(80);
  expect(await alike('杜若溪', 'turn_left')).toBeLessThan(36);
});

const refused = async (parameters: object) =>
  (await ask('AnalyzeFace', { Mode: 1, ...parameters })).Error?.Code;

test('no face, no picture and nothing are refused in the words of the vendor', async () => {
  const wall = base64(await shotOf({ sample: 5, x: 160, y: 160 }, { height: 200 }));
  expect(await refused({ Image: wall })).toBe('InvalidParameterValue.NoFaceInPhoto');
  expect(await refused({ Image: 'AAAA' })).toBe('FailedOperation.ImageDecodeFailed');
  expect(await refused({ Image: '' })).toBe('InvalidParameterValue.ImageEmpty');
  expect(await refused({})).toBe('MissingParameter');
});

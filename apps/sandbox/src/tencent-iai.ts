import type { Face } from './face-model.ts';
import { facesIn, likenessOf } from './faces.ts';
import { mean, type Point } from './picture.ts';
import { answerTencent, requiredString, TencentApiError } from './tencent-api.ts';
import type { TencentParameters } from './tencent-api.ts';
import type { TencentCredentials } from './tc3.ts';

/**
 * Face recognition of Tencent Cloud, iai 2020-03-03: `AnalyzeFace` (points of a face; document/api/867/45019) and
 * `CompareFace` (whether two pictures are of one person; document/api/867/44987). It knows no register.
 */
export const answerTencentIai = (
  request: Request,
  { credentials, now }: { credentials: TencentCredentials; now: () => number },
): Promise<Response> =>
  answerTencent(
    request,
    {
      name: 'iai',
      version: '2020-03-03',
      actions: { AnalyzeFace: analyzeFace, CompareFace: compareFace },
    },
    credentials,
    now(),
  );

const refused = (code: string, message: string) => new TencentApiError({ code, message });

const areaOf = ({ box }: Face) => box.width * box.height;

/** The faces of the picture in a parameter, the largest first. */
async function facesOf(parameters: TencentParameters, name: string) {
  const image = requiredString(parameters, name);
  if (image === '') throw refused('InvalidParameterValue.ImageEmpty', '图片为空。');
  if (image.length > 5 * 1024 * 1024) {
    throw refused('FailedOperation.ImageSizeExceed', 'base64编码后的图片数据大小不超过5M。');
  }
  const looked = await facesIn(new Uint8Array(Buffer.from(image, 'base64')));
  if (looked === null) throw refused('FailedOperation.ImageDecodeFailed', '图片解码失败。');
  const [largest, ...others] = looked.faces.toSorted((one, other) => areaOf(other) - areaOf(one));
  if (largest === undefined) {
    throw refused('InvalidParameterValue.NoFaceInPhoto', '图片中没有人脸。');
  }
  return { picture: looked.picture, largest, others };
}

type Six = readonly [number, number, number, number, number, number];

const points = (of: readonly Point[]) =>
  of.map(({ x, y }) => ({ X: Math.round(x), Y: Math.round(y) }));

/** The points of a face in the vendor's parts and order, as many as the model has; brows and mouth are left out. */
function shapeOf({ marks }: Face) {
  const at = (index: number): Point => marks[index] ?? { x: 0, y: 0 };
  const between = (one: number, other: number) => mean([at(one), at(other)]);
  /** From the outer corner along the lower lid, and back along the upper. */
  const eye = ([outer, upper, upperIn, inner, lowerIn, lower]: Six) => {
    const below = [at(lower), between(lower, lowerIn), at(lowerIn)];
    const above = [at(upperIn), between(upper, upperIn), at(upper)];
    return points([at(outer), ...below, at(inner), ...above]);
  };
  return {
    FaceProfile: points(marks.slice(0, 17)),
    LeftEye: eye([36, 37, 38, 39, 40, 41]),
    RightEye: eye([45, 44, 43, 42, 47, 46]),
    // The tip first.
    Nose: points([at(30), ...marks.slice(27, 30), ...marks.slice(31, 36)]),
  };
}

async function analyzeFace(parameters: TencentParameters): Promise<Record<string, unknown>> {
  const { picture, largest, others } = await facesOf(parameters, 'Image');
  const faces = parameters['Mode'] === 1 ? [largest] : [largest, ...others].slice(0, 10);
  return {
    ImageWidth: picture.width,
    ImageHeight: picture.height,
    FaceShapeSet: faces.map(shapeOf),
    FaceModelVersion: '3.0',
  };
}

async function compareFace(parameters: TencentParameters): Promise<Record<string, unknown>> {
  const one = await facesOf(parameters, 'ImageA');
  const other = await facesOf(parameters, 'ImageB');
  return { Score: await likenessOf(one.largest, other.largest), FaceModelVersion: '3.0' };
}

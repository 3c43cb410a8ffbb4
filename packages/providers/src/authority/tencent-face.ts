import {
  type FaceOutcome,
  type FaceShape,
  isFaceActionSeen,
  type PictureFault,
} from '@shiming/domain';
import { member, text } from '../json.ts';
import { createTencentApi, type TencentAccount, type TencentAnswer } from '../tencent/api.ts';
import type { FaceAuthority, FaceReply } from './face.ts';

/** What a code means, and whether the vendor bills it. */
type Row = readonly [outcome: FaceOutcome, isBilled: boolean, pictureFault?: PictureFault];

const free = (outcome: FaceOutcome): Row => [outcome, false];
const picture = (fault: PictureFault): Row => ['picture', false, fault];

/** Of one face and another; below, `Success` is none. Tencent fixes it and bills either. */
const sameFrom = 70;
/** Of two pictures of a challenge, of which one is turned: below, one in a thousand pairs of strangers is left (model 3.0). */
const onePersonFrom = 40;
/** The algorithm whose scores these are. */
const FaceModelVersion = '3.0';

/**
 * The codes of `ImageRecognitionV2`, without `FailedOperation.`, and those of the API that stand for our account.
 *
 * @see https://cloud.tencent.com/document/product/1007/47911
 * @see https://cloud.tencent.com/document/api/1007/102203
 */
export const tencentFaceCodes: Readonly<Record<string, Row>> = {
  Success: ['matched', true],
  CompareLowSimilarity: ['not_same', true],
  // "The comparison failed", without saying whose fault it was.
  CompareFail: free('unavailable'),
  IdNameMisMatch: ['name_mismatch', true],
  LivessDetectFake: ['suspected_fake', true],
  SilentPictureLiveFail: ['suspected_fake', true],
  LifePhotoDetectFake: ['suspected_fake', true],
  IdNoExistSystem: free('no_record'),
  IdPhotoNoExist: free('no_photo'),
  IdPhotoPoorQuality: free('no_photo'),
  LifePhotoDetectNoFaces: picture('no_face'),
  ActionNodetectFace: picture('no_face'),
  LivessBestFrameError: picture('no_face'),
  IncompleteFace: picture('cut_off'),
  LifePhotoDetectFaces: picture('several_faces'),
  SilentMultiFaceFail: picture('several_faces'),
  CoveredFace: picture('covered'),
  SilentFaceWithMaskFail: picture('covered'),
  LifePhotoPoorQuality: picture('poor'),
  PoorImageQuality: picture('poor'),
  ImageBlur: picture('poor'),
  ActionLightDark: picture('poor'),
  ActionLightStrong: picture('poor'),
  ActionFaceClose: picture('too_close'),
  ActionFaceFar: picture('too_far'),
  ActionFaceLeft: picture('turned'),
  ActionFaceRight: picture('turned'),
  LifePhotoSizeError: picture('format'),
  ImageSizeTooLarge: picture('format'),
  ImageDecodeFailed: picture('format'),
  EmptyImageError: picture('format'),
  IdFormatError: free('refused_input'),
  NameFormatError: free('refused_input'),
  CompareSystemError: free('unavailable'),
  DetectEngineSystemError: free('unavailable'),
  IdPhotoSystemNoanswer: free('unavailable'),
  DbError: free('unavailable'),
  UnKnown: free('unavailable'),
  DecryptSystemError: free('unavailable'),
  UnsupportEncryptField: free('unavailable'),
  RequestLimitExceeded: free('unavailable'),
  InternalError: free('unavailable'),
};

/**
 * The codes of `AnalyzeFace` and `CompareFace`, which are about a picture and never about the person.
 *
 * @see https://cloud.tencent.com/document/api/867/45019
 * @see https://cloud.tencent.com/document/api/867/44987
 */
export const tencentShapeCodes: Readonly<Record<string, Row>> = {
  'InvalidParameterValue.NoFaceInPhoto': picture('no_face'),
  ImageFacedetectFailed: picture('no_face'),
  FaceSizeTooSmall: picture('too_far'),
  FaceQualityNotQualified: picture('poor'),
  'InvalidParameterValue.ImageEmpty': picture('format'),
  'InvalidParameterValue.ImageEmptyError': picture('format'),
  ImageDecodeFailed: picture('format'),
  ImageResolutionExceed: picture('format'),
  ImageResolutionTooSmall: picture('format'),
  ImageSizeExceed: picture('format'),
  // Ours, of what they measured.
  action_not_seen: ['picture', true, 'not_done'],
  frames_differ: ['picture', true, 'other_person'],
  CompareFail: free('unavailable'),
  RequestLimitExceeded: free('unavailable'),
  RequestTimeout: free('unavailable'),
  RpcFail: free('unavailable'),
  ServerError: free('unavailable'),
  UnKnowError: free('unavailable'),
};

/** Codes of our account, key and request, and those that `exchange` gives: the part before the first dot. */
const ours =
  /^(?:AuthFailure|UnauthorizedOperation|InvalidParameter|InvalidParameterValue|MissingParameter|UnknownParameter|UnsupportedOperation|UnsupportedRegion|InvalidAction|NoSuchVersion|NoSuchProduct|ResourceUnavailable|ResourceInsufficient|ResourcesSoldOut|LimitExceeded|RequestLimitExceeded|InternalError|timeout|network_error|malformed_answer|http_\d+)(?:\.|$)/;

function rowOf(codes: Readonly<Record<string, Row>>, code: string) {
  const row = Object.hasOwn(codes, code) ? codes[code] : undefined;
  return row === undefined
    ? { row: free('unavailable'), isKnownCode: ours.test(code) }
    : { row, isKnownCode: true };
}

/** What came of it, out of a code and its table; `Success` of a comparison that is too low is none. */
function replyOf(
  model: string,
  codes: Readonly<Record<string, Row>>,
  { code, requestId }: { code: string; requestId: string | null },
  score: number | null = null,
): FaceReply {
  const rawCode = code.replace(/^FailedOperation\./, '');
  const { row, isKnownCode } = rowOf(codes, rawCode);
  const [said, isBilled, pictureFault = null] = row;
  const isLow = said === 'matched' && (score === null || score < sameFrom);
  return {
    outcome: isLow ? 'not_same' : said,
    pictureFault,
    provider: 'tencent',
    rawCode,
    isKnownCode,
    mayFollowRegister: codes === tencentFaceCodes && !ours.test(rawCode),
    requestId,
    isBilled,
    score,
    model,
  };
}

const numberIn = (json: unknown, name: string): number | null => {
  const value = member(json, name);
  return typeof value === 'number' ? value : null;
};

type Point = { x: number; y: number };

/** The points of a part of a face; none where they make no sense. */
function pointsOf(shape: unknown, part: string): Point[] {
  const points = member(shape, part);
  return Array.isArray(points)
    ? points.map((point) => ({
        x: numberIn(point, 'X') ?? Number.NaN,
        y: numberIn(point, 'Y') ?? Number.NaN,
      }))
    : [];
}

const middle = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** What `AnalyzeFace` measured of the largest face; `null` where the answer makes no sense. */
function shapeIn(response: unknown): FaceShape | null {
  const [shape] = [member(response, 'FaceShapeSet')].flat();
  // The nose begins with its tip, and left is the left of the picture.
  const [tip] = pointsOf(shape, 'Nose');
  const [from, to] = [middle(pointsOf(shape, 'LeftEye')), middle(pointsOf(shape, 'RightEye'))];
  const heights = pointsOf(shape, 'FaceProfile').map(({ y }) => y);
  if (tip === undefined) return null;
  const [across, down] = [to.x - from.x, to.y - from.y];
  const nose = ((tip.x - from.x) * across + (tip.y - from.y) * down) / (across ** 2 + down ** 2);
  const height =
    (Math.max(...heights) - Math.min(...heights)) / (numberIn(response, 'ImageHeight') ?? 0);
  return Number.isFinite(nose) && Number.isFinite(height) ? { nose, height } : null;
}

type Answered = Extract<TencentAnswer, { isOk: true }>;
const malformed = { code: 'malformed_answer', requestId: null };

/**
 * Faces compared by Tencent Cloud with the photo that goes with a 身份证 number (faceid, `ImageRecognitionV2`), once its face
 * recognition (iai) has found the actions done (`AnalyzeFace`) and one person in all pictures (`CompareFace`). Who does not do
 * what is asked is not compared. A code that the tables do not have is a fault of the source, never a mismatch.
 */
export function createTencentFaces(
  account: TencentAccount & { shapesEndpoint: string },
): FaceAuthority {
  const compare = createTencentApi(account, { service: 'faceid', version: '2018-03-01' });
  const measure = createTencentApi(
    { ...account, endpoint: account.shapesEndpoint },
    { service: 'iai', version: '2020-03-03' },
  );
  /** Answers to several pictures, or the reply to the first that failed. */
  const measureAll = async (action: string, sent: readonly Record<string, unknown>[]) => {
    const answers = await Promise.all(
      sent.map((parameters) => measure(action, { ...parameters, FaceModelVersion })),
    );
    const failed = answers.find(({ isOk }) => !isOk);
    return failed === undefined || failed.isOk
      ? (answers as Answered[])
      : replyOf(action, tencentShapeCodes, failed);
  };

  return {
    async compareFace({ name, number, picture: front, actions }) {
      const pictures = [front, ...actions.map(({ picture: of }) => of)];
      // The largest face alone, as it is the one that is compared.
      const shapes = await measureAll(
        'AnalyzeFace',
        pictures.map((Image) => ({ Mode: 1, Image })),
      );
      if (!Array.isArray(shapes)) return shapes;
      const [before, ...after] = shapes.map(({ response }) => shapeIn(response));
      const { requestId = null } = shapes[0] ?? {};
      for (const [at, { action }] of actions.entries()) {
        const shape = after[at];
        if (!before || !shape) return replyOf('AnalyzeFace', tencentShapeCodes, malformed);
        if (isFaceActionSeen(action, shape, before)) continue;
        return replyOf('AnalyzeFace', tencentShapeCodes, { code: 'action_not_seen', requestId });
      }
      const likenesses = await measureAll(
        'CompareFace',
        actions.map(({ picture: ImageB }) => ({ ImageA: front, ImageB })),
      );
      if (!Array.isArray(likenesses)) return likenesses;
      for (const { response, requestId: of } of likenesses) {
        const score = numberIn(response, 'Score');
        if (score === null) return replyOf('CompareFace', tencentShapeCodes, malformed);
        if (score >= onePersonFrom) continue;
        const differ = { code: 'frames_differ', requestId: of };
        return replyOf('CompareFace', tencentShapeCodes, differ, score);
      }

      const answer = await compare('ImageRecognitionV2', {
        Name: name,
        IdCard: number,
        ImageBase64: front,
      });
      const code = answer.isOk ? text(answer.response, 'Result') : answer.code;
      return replyOf(
        'ImageRecognitionV2',
        tencentFaceCodes,
        { code: code ?? malformed.code, requestId: answer.requestId },
        answer.isOk ? numberIn(answer.response, 'Sim') : null,
      );
    },
  };
}

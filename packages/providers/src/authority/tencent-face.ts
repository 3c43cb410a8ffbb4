import type { FaceOutcome, PictureFault } from '@shiming/domain';
import { member, text } from '../json.ts';
import { createTencentApi, type TencentAccount } from '../tencent/api.ts';
import type { FaceAuthority } from './face.ts';

/** What a code means, and whether the vendor bills it. */
type Row = readonly [outcome: FaceOutcome, isBilled: boolean, pictureFault?: PictureFault];

const free = (outcome: FaceOutcome): Row => [outcome, false];
const picture = (fault: PictureFault): Row => ['picture', false, fault];

/** Of one face and another; below, `Success` is none. Tencent fixes it and bills either. */
const sameFrom = 70;

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

/** Codes of our account, key and request, and those that `exchange` gives: the part before the first dot. */
const ours =
  /^(?:AuthFailure|UnauthorizedOperation|InvalidParameter|InvalidParameterValue|MissingParameter|UnknownParameter|UnsupportedOperation|UnsupportedRegion|InvalidAction|NoSuchVersion|NoSuchProduct|ResourceUnavailable|ResourceInsufficient|RequestLimitExceeded|InternalError|timeout|network_error|malformed_answer|http_\d+)(?:\.|$)/;

function rowOf(code: string, score: number | null): { row: Row; isKnownCode: boolean } {
  const row = Object.hasOwn(tencentFaceCodes, code) ? tencentFaceCodes[code] : undefined;
  if (row === undefined) return { row: free('unavailable'), isKnownCode: ours.test(code) };
  const isLow = row[0] === 'matched' && (score === null || score < sameFrom);
  return { row: isLow ? ['not_same', row[1]] : row, isKnownCode: true };
}

/**
 * Faces compared by Tencent Cloud (faceid, 2018-03-01, `ImageRecognitionV2`) with the photo that goes with a 身份证 number.
 * A code that the table does not have is a fault of the source, never a mismatch.
 */
export function createTencentFaces(account: TencentAccount): FaceAuthority {
  const call = createTencentApi(account, { service: 'faceid', version: '2018-03-01' });
  return {
    async compareFace({ name, number, picture: image }) {
      const answer = await call('ImageRecognitionV2', {
        Name: name,
        IdCard: number,
        ImageBase64: image,
      });
      const said = answer.isOk ? text(answer.response, 'Result') : answer.code;
      const rawCode = (said ?? 'malformed_answer').replace(/^FailedOperation\./, '');
      const sim = answer.isOk ? member(answer.response, 'Sim') : null;
      const score = typeof sim === 'number' ? sim : null;
      const { row, isKnownCode } = rowOf(rawCode, score);
      const [outcome, isBilled, pictureFault = null] = row;
      return {
        outcome,
        pictureFault,
        provider: 'tencent',
        rawCode,
        isKnownCode,
        requestId: answer.requestId,
        isBilled,
        score,
        model: 'ImageRecognitionV2',
      };
    },
  };
}

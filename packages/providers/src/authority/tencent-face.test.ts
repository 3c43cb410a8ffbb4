import { assert, describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { withFaceCircuit } from './face.ts';
import { createTencentFaces, tencentFaceCodes } from './tencent-face.ts';

const query = { name: '测试', number: '110199199508150119', picture: '/9j/2Q==' };
const faces = (fetch: Fetch, timeoutMs = 5_000) =>
  createTencentFaces({
    endpoint: 'https://faceid.tencentcloudapi.com',
    secretId: 'made-up-id',
    secretKey: 'made-up-secret',
    region: 'ap-guangzhou',
    fetch,
    now: () => Date.UTC(2026, 10, 21, 4),
    timeoutMs,
  });
const answer = (response: object, status = 200) =>
  faces(() =>
    Response.json({ Response: { RequestId: 'r-1', ...response } }, { status }),
  ).compareFace(query);

/** Every row of the table: outcome, the fault of the picture, whether it is billed. */
const rows = {
  Success: ['matched', null, true],
  CompareLowSimilarity: ['not_same', null, true],
  CompareFail: ['unavailable', null, false],
  IdNameMisMatch: ['name_mismatch', null, true],
  LivessDetectFake: ['suspected_fake', null, true],
  SilentPictureLiveFail: ['suspected_fake', null, true],
  LifePhotoDetectFake: ['suspected_fake', null, true],
  IdNoExistSystem: ['no_record', null, false],
  IdPhotoNoExist: ['no_photo', null, false],
  IdPhotoPoorQuality: ['no_photo', null, false],
  LifePhotoDetectNoFaces: ['picture', 'no_face', false],
  ActionNodetectFace: ['picture', 'no_face', false],
  LivessBestFrameError: ['picture', 'no_face', false],
  IncompleteFace: ['picture', 'cut_off', false],
  LifePhotoDetectFaces: ['picture', 'several_faces', false],
  SilentMultiFaceFail: ['picture', 'several_faces', false],
  CoveredFace: ['picture', 'covered', false],
  SilentFaceWithMaskFail: ['picture', 'covered', false],
  LifePhotoPoorQuality: ['picture', 'poor', false],
  PoorImageQuality: ['picture', 'poor', false],
  ImageBlur: ['picture', 'poor', false],
  ActionLightDark: ['picture', 'poor', false],
  ActionLightStrong: ['picture', 'poor', false],
  ActionFaceClose: ['picture', 'too_close', false],
  ActionFaceFar: ['picture', 'too_far', false],
  ActionFaceLeft: ['picture', 'turned', false],
  ActionFaceRight: ['picture', 'turned', false],
  LifePhotoSizeError: ['picture', 'format', false],
  ImageSizeTooLarge: ['picture', 'format', false],
  ImageDecodeFailed: ['picture', 'format', false],
  EmptyImageError: ['picture', 'format', false],
  IdFormatError: ['refused_input', null, false],
  NameFormatError: ['refused_input', null, false],
  CompareSystemError: ['unavailable', null, false],
  DetectEngineSystemError: ['unavailable', null, false],
  IdPhotoSystemNoanswer: ['unavailable', null, false],
  DbError: ['unavailable', null, false],
  UnKnown: ['unavailable', null, false],
  DecryptSystemError: ['unavailable', null, false],
  UnsupportEncryptField: ['unavailable', null, false],
  RequestLimitExceeded: ['unavailable', null, false],
  InternalError: ['unavailable', null, false],
} as const;

describe('E-FAC-01: what Tencent says of a face', () => {
  test('it is asked for the face by name, number and picture', async () => {
    let asked: Request | undefined;
    await faces((request) => {
      asked = request;
      return Response.json({});
    }).compareFace(query);
    assert(asked);
    expect(asked.headers.get('x-tc-action')).toBe('ImageRecognitionV2');
    expect(asked.headers.get('authorization')).toMatch(/\/2026-11-21\/faceid\/tc3_request, /);
    const { name: Name, number: IdCard, picture: ImageBase64 } = query;
    expect(await asked.json()).toEqual({ Name, IdCard, ImageBase64 });
  });

  test.each(Object.entries(rows))('%s, as result and as error', async (rawCode, row) => {
    const [outcome, pictureFault, isBilled] = row;
    const said = { outcome, pictureFault, isBilled, rawCode, isKnownCode: true, requestId: 'r-1' };
    const prefix = rawCode === 'Success' ? '' : 'FailedOperation.';
    expect(await answer({ Result: `${prefix}${rawCode}`, Sim: 81.5 })).toMatchObject(said);
    if (rawCode === 'Success') return;
    expect(await answer({ Error: { Code: `${prefix}${rawCode}` } })).toMatchObject(said);
  });

  test('each row of the table is tested', () => {
    expect(Object.keys(rows)).toEqual(Object.keys(tencentFaceCodes));
  });

  test.each([
    [69.99, 'not_same'],
    [70, 'matched'],
    [undefined, 'not_same'],
    ['99', 'not_same'],
  ])('Success with the similarity %s is %s, and billed', async (Sim, outcome) => {
    expect(await answer({ Result: 'Success', Sim })).toMatchObject({ outcome, isBilled: true });
  });

  test.each(['SomethingNew', 'constructor', 'FailedOperation.Another'])(
    'the unknown code %s is the source’s, and marked',
    async (Result) => {
      expect(await answer({ Result })).toMatchObject({
        outcome: 'unavailable',
        isKnownCode: false,
        isBilled: false,
      });
    },
  );

  test.each([
    ['AuthFailure.SignatureFailure'],
    ['UnauthorizedOperation.Arrears'],
    ['InvalidParameterValue.x'],
  ])('%s is our account’s fault, and no new code', async (Code) => {
    expect(await answer({ Error: { Code } })).toMatchObject({
      outcome: 'unavailable',
      isKnownCode: true,
    });
  });

  test('T-VER-07: no answer, none in time and none that makes sense are the source’s', async () => {
    const down = await faces(() => Promise.reject(new TypeError('fetch failed'))).compareFace(
      query,
    );
    expect(down).toMatchObject({ outcome: 'unavailable', rawCode: 'network_error' });
    const late = await faces(() => new Promise(() => {}), 5).compareFace(query);
    expect(late).toMatchObject({ outcome: 'unavailable', rawCode: 'timeout' });
    expect(await answer({})).toMatchObject({ outcome: 'unavailable', rawCode: 'malformed_answer' });
    expect(await answer({ Result: 'Success', Sim: 99 }, 503)).toMatchObject({
      outcome: 'unavailable',
      rawCode: 'http_503',
    });
  });

  test('T-VER-07: a source that is down is left alone, and a picture that is refused is no failure', async () => {
    let asked = 0;
    let outcome: 'picture' | 'unavailable' = 'picture';
    const inner = await answer({ Result: 'Success', Sim: 99 });
    const circuit = withFaceCircuit(
      { compareFace: async () => ((asked += 1), { ...inner, outcome }) },
      { now: () => 0, failures: 2, openMs: 1 },
    );
    for (let i = 0; i < 5; i += 1) await circuit.compareFace(query);
    outcome = 'unavailable';
    for (let i = 0; i < 5; i += 1) await circuit.compareFace(query);
    expect(asked).toBe(7);
    expect(await circuit.compareFace(query)).toMatchObject({ rawCode: 'circuit_open' });
  });
});

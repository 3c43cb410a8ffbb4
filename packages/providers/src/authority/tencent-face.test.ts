import { describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { type FaceQuery, withFaceCircuit } from './face.ts';
import { createTencentFaces, tencentFaceCodes, tencentShapeCodes } from './tencent-face.ts';

const query: FaceQuery = {
  name: '测试',
  number: '110199199508150119',
  picture: '/9j/2Q==',
  actions: [
    { action: 'turn_left', picture: '/9j/left' },
    { action: 'come_closer', picture: '/9j/near' },
  ],
};
const faces = (fetch: Fetch, timeoutMs = 5_000) =>
  createTencentFaces({
    endpoint: 'https://faceid.tencentcloudapi.com',
    shapesEndpoint: 'https://iai.tencentcloudapi.com',
    secretId: 'made-up-id',
    secretKey: 'made-up-secret',
    region: 'ap-guangzhou',
    fetch,
    now: () => Date.UTC(2026, 10, 21, 4),
    timeoutMs,
  });
const point = (X: number, Y: number) => ({ X, Y });

/** A face as the documentation shows one: its tip of the nose at `x`, and as high as the picture by `tall`. */
const shape = (x = 244, tall = 300) => ({
  ImageWidth: 550,
  ImageHeight: 600,
  FaceShapeSet: [
    {
      FaceProfile: [point(63, 335), point(245, 335 + tall), point(426, 334)],
      LeftEye: [point(114, 333), point(146, 349), point(183, 341), point(150, 318)],
      RightEye: [point(378, 331), point(345, 348), point(309, 340), point(341, 316)],
      Nose: [point(x, 428), point(245, 341), point(187, 448), point(302, 448)],
    },
  ],
});
const shapes: Record<string, object> = {
  '/9j/2Q==': shape(),
  '/9j/left': shape(290),
  '/9j/near': shape(244, 400),
};
type Asked = { action: string; sent: Record<string, unknown>; request: Request };

/** Tencent, which measures what was asked for, and says `last` of the person. */
async function ask(
  {
    measures = shapes,
    likeness = { Score: 55 },
    last = {},
    status = 200,
  }: {
    measures?: Record<string, object>;
    likeness?: object;
    last?: object;
    status?: number;
  },
  asked: Asked[] = [],
) {
  return faces(async (request) => {
    const action = request.headers.get('x-tc-action') ?? '';
    const sent = (await request.clone().json()) as Record<string, unknown>;
    asked.push({ action, sent, request });
    const said = { AnalyzeFace: measures[String(sent['Image'])], CompareFace: likeness }[action];
    return Response.json(
      { Response: { RequestId: 'r-1', ...(said ?? last) } },
      { status: said === undefined ? status : 200 },
    );
  }).compareFace(query);
}
const answer = (last: object, status = 200) => ask({ last, status });

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

/** The same of the codes about pictures: outcome, and the fault of the picture. */
const shapeRows = {
  'InvalidParameterValue.NoFaceInPhoto': ['picture', 'no_face'],
  ImageFacedetectFailed: ['picture', 'no_face'],
  FaceSizeTooSmall: ['picture', 'too_far'],
  FaceQualityNotQualified: ['picture', 'poor'],
  'InvalidParameterValue.ImageEmpty': ['picture', 'format'],
  'InvalidParameterValue.ImageEmptyError': ['picture', 'format'],
  ImageDecodeFailed: ['picture', 'format'],
  ImageResolutionExceed: ['picture', 'format'],
  ImageResolutionTooSmall: ['picture', 'format'],
  ImageSizeExceed: ['picture', 'format'],
  CompareFail: ['unavailable', null],
  RequestLimitExceeded: ['unavailable', null],
  RequestTimeout: ['unavailable', null],
  RpcFail: ['unavailable', null],
  ServerError: ['unavailable', null],
  UnKnowError: ['unavailable', null],
} as const;

describe('E-FAC-01: what Tencent says of a face', () => {
  test('it measures the pictures, compares them, and is asked for the face by name, number and the frontal one', async () => {
    const asked: Asked[] = [];
    await ask({}, asked);
    const sent = asked.map(({ action, sent: parameters }) => [action, parameters]);
    const FaceModelVersion = '3.0';
    expect(new Set(sent.slice(0, 3))).toEqual(
      new Set(
        Object.keys(shapes).map((Image) => ['AnalyzeFace', { Mode: 1, Image, FaceModelVersion }]),
      ),
    );
    expect(new Set(sent.slice(3, 5))).toEqual(
      new Set(
        ['/9j/left', '/9j/near'].map((ImageB) => [
          'CompareFace',
          { ImageA: '/9j/2Q==', ImageB, FaceModelVersion },
        ]),
      ),
    );
    const { name: Name, number: IdCard, picture: ImageBase64 } = query;
    expect(sent.slice(5)).toEqual([['ImageRecognitionV2', { Name, IdCard, ImageBase64 }]]);
    const signed = asked.map(({ request }) => [
      new URL(request.url).hostname,
      /\/2026-11-21\/(\w+)\/tc3_request, /.exec(request.headers.get('authorization') ?? '')?.[1],
      request.headers.get('x-tc-version'),
    ]);
    expect([signed.at(0), signed.at(-1)]).toEqual([
      ['iai.tencentcloudapi.com', 'iai', '2020-03-03'],
      ['faceid.tencentcloudapi.com', 'faceid', '2018-03-01'],
    ]);
  });

  test.each<[string, Record<string, object>]>([
    ['the same pose', { '/9j/left': shape() }],
    ['a turn to the other side', { '/9j/left': shape(190) }],
    ['a face as far away as before', { '/9j/near': shape(244, 310) }],
  ])('%s is not what was asked for, and the register is not asked', async (_, change) => {
    const asked: Asked[] = [];
    expect(await ask({ measures: { ...shapes, ...change } }, asked)).toMatchObject({
      outcome: 'picture',
      pictureFault: 'not_done',
      rawCode: 'action_not_seen',
      isKnownCode: true,
    });
    expect(asked.map(({ action }) => action)).toEqual(Array(3).fill('AnalyzeFace'));
  });

  test.each([
    [39.9, 'frames_differ', 'other_person'],
    [40, 'malformed_answer', null],
    [undefined, 'malformed_answer', null],
  ])('pictures that are alike by %s: %s', async (Score, rawCode, pictureFault) => {
    const likeness = { Score };
    expect(await ask({ likeness })).toMatchObject({ rawCode, pictureFault, isKnownCode: true });
  });

  test.each(Object.entries(shapeRows))('%s of a picture', async (code, row) => {
    const [outcome, pictureFault] = row;
    const said = { outcome, pictureFault, isKnownCode: true };
    const Code = code.includes('.') ? code : `FailedOperation.${code}`;
    const failed = { Error: { Code } };
    expect(await ask({ likeness: failed })).toMatchObject(said);
    expect(await ask({ measures: { ...shapes, '/9j/left': failed } })).toMatchObject(said);
  });

  test('a shape that makes no sense is the source’s fault, and an unknown code is marked', async () => {
    const senseless = [{}, { FaceShapeSet: [{}] }, { ...shape(), ImageHeight: 0 }];
    for (const said of senseless) {
      expect(await ask({ measures: { ...shapes, '/9j/near': said } })).toMatchObject({
        outcome: 'unavailable',
        rawCode: 'malformed_answer',
      });
    }
    expect(await ask({ likeness: { Error: { Code: 'FailedOperation.New' } } })).toMatchObject({
      outcome: 'unavailable',
      isKnownCode: false,
    });
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
    expect([...Object.keys(shapeRows), 'action_not_seen', 'frames_differ'].toSorted()).toEqual(
      Object.keys(tencentShapeCodes).toSorted(),
    );
  });

  test.each([
    [69.99, 'not_same'],
    [70, 'matched'],
    [undefined, 'not_same'],
    ['99', 'not_same'],
  ])('Success with the similarity %s is %s, and billed', async (Sim, outcome) => {
    expect(await answer({ Result: 'Success', Sim })).toMatchObject({ outcome, isBilled: true });
  });

  test.each([
    ['FailedOperation.CompareFail', true],
    ['FailedOperation.IdPhotoSystemNoanswer', true],
    ['SomethingNew', true],
    ['RequestLimitExceeded', false],
    ['InternalError', false],
    ['AuthFailure.SignatureFailure', false],
  ])('%s may come once the person was found: %s', async (Code, mayFollowRegister) => {
    const said = { outcome: 'unavailable', mayFollowRegister };
    expect(await answer({ Error: { Code } })).toMatchObject(said);
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

import { setTimeout as delay } from 'node:timers/promises';
import type { CitizenValidity } from './citizens.ts';
import { faceIn, isSame, similarityTo } from './faces.ts';
import type { IdentityRegister, RegisterAnswer } from './identity-register.ts';
import type { AuthorityMode, ModeSwitch } from './mode.ts';
import { answerTencent, requiredString, TencentApiError } from './tencent-api.ts';
import type { TencentParameters } from './tencent-api.ts';
import type { TencentCredentials } from './tc3.ts';

type Options = {
  now: () => number;
  credentials: TencentCredentials;
  authority: ModeSwitch<AuthorityMode>;
  register: IdentityRegister;
  slowCitizenMs: number;
};

type Verdict = readonly [result: string, description: string];

const checkIdNameDateVerdicts: Record<Exclude<RegisterAnswer, 'broken'> | 'source_down', Verdict> =
  {
    match: ['0', '一致'],
    mismatch: ['-1', '不一致'],
    no_record: ['-7', '证件库中无此身份证记录'],
    quota: ['-8', '认证次数超过当日限制，请次日重试'],
    source_down: ['-6', '证件库服务异常'],
  };

/**
 * Tencent Cloud FaceID 2018-03-01: `CheckIdNameDate` (name, number, dates; document/api/1007/60075) and
 * `ImageRecognitionV2` (name, number, face; document/api/1007/102203). The answer is `Response.Result`, a string: `0` same,
 * `-1` not, `-2` and below as documented; of a face `Success` or one of the failures. Like the vendor it answers with 身份证
 * numbers only; what it sells for other documents has no public protocol.
 */
export function answerTencentFaceid(request: Request, options: Options): Promise<Response> {
  return answerTencent(
    request,
    {
      name: 'faceid',
      version: '2018-03-01',
      actions: {
        CheckIdNameDate: (parameters) => checkIdNameDate(parameters, options),
        ImageRecognitionV2: (parameters) => recogniseImage(parameters, options),
      },
    },
    options.credentials,
    options.now(),
  );
}

async function checkIdNameDate(
  parameters: TencentParameters,
  options: Options,
): Promise<Record<string, unknown>> {
  const name = requiredString(parameters, 'Name');
  const number = requiredString(parameters, 'IdCard').toUpperCase();
  const start = parseDate(requiredString(parameters, 'ValidityBegin'));
  const endText = requiredString(parameters, 'ValidityEnd');
  const end = endText === '00000000' ? null : parseDate(endText);
  options.register.countQuery(number);
  if (!isIdentityNumber(number)) return fields(['-2', '非法身份证号']);
  if (!isName(name)) return fields(['-3', '非法姓名']);
  if (start === null || (end === null ? endText !== '00000000' : end <= start)) {
    return fields(['-4', '非法有效期']);
  }
  const answer = await lookUp({ name, number, validity: { start, end } }, options);
  return fields(checkIdNameDateVerdicts[answer]);
}

function fields([Result, Description]: Verdict): Record<string, unknown> {
  return { Result, Description };
}

const failed = (code: string) => ({
  Result: `FailedOperation.${code}`,
  Description: code,
  Sim: 0,
});

/** The text that is taken at most; document/api/1007/102203. */
const imageLimit = 3 * 1024 * 1024;

/**
 * Looks at the picture before the register, so that an answer about it says nothing of the person. The picture is not kept.
 */
async function recogniseImage(
  parameters: TencentParameters,
  options: Options,
): Promise<Record<string, unknown>> {
  const name = requiredString(parameters, 'Name');
  const number = requiredString(parameters, 'IdCard').toUpperCase();
  const image = requiredString(parameters, 'ImageBase64');
  const { register } = options;
  register.countQuery(number);
  if (!isIdentityNumber(number)) return failed('IdFormatError');
  if (!isName(name)) return failed('NameFormatError');
  if (image.length > imageLimit) return failed('ImageSizeTooLarge');
  if (image === '') return failed('EmptyImageError');
  const face = await faceIn(new Uint8Array(Buffer.from(image, 'base64')));
  if (typeof face === 'string') return failed(face);
  const answer = await lookUp({ name, number }, options);
  if (answer === 'quota') {
    throw new TencentApiError({
      code: 'RequestLimitExceeded',
      message: '请求的次数超过了频率限制。',
    });
  }
  if (answer === 'source_down') return failed('IdPhotoSystemNoanswer');
  if (answer === 'no_record') return failed('IdNoExistSystem');
  if (answer === 'mismatch') return failed('IdNameMisMatch');
  const photo = register.photoOf(number);
  if (photo === undefined) return failed('IdPhotoNoExist');
  if (photo === 'poor') return failed('IdPhotoPoorQuality');
  const similar = await similarityTo(face, photo);
  return isSame(similar)
    ? { Result: 'Success', Description: '成功', Sim: similar }
    : { ...failed('CompareLowSimilarity'), Sim: similar };
}

async function lookUp(
  query: { name: string; number: string; validity?: CitizenValidity },
  { authority, now, register, slowCitizenMs }: Options,
): Promise<Exclude<RegisterAnswer, 'broken'> | 'source_down'> {
  const { mode } = authority;
  if (mode === 'quota' || mode === 'source_down') return mode;
  const answer = register.lookUp(query, now());
  if (answer === 'broken') {
    throw new TencentApiError({ code: 'InternalError', message: '内部错误。' }, 503);
  }
  if (register.isSlow(query.number)) await delay(slowCitizenMs, undefined, { ref: false });
  return answer;
}

function isName(name: string): boolean {
  return /^(?=.{2})[\p{Unified_Ideograph}〇]+(?:·[\p{Unified_Ideograph}〇]+)*$/u.test(name);
}

function parseDate(yyyymmdd: string): string | null {
  const date = yyyymmdd.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  const atMs = date === yyyymmdd ? Number.NaN : Date.parse(date);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(date) ? date : null;
}

/** GB 11643-1999: 17 digits and an ISO 7064 MOD 11-2 check character. */
function isIdentityNumber(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  const sum = Array.from(number.slice(0, 17)).reduce(
    (total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11),
    0,
  );
  return '10X98765432'[sum % 11] === number[17];
}

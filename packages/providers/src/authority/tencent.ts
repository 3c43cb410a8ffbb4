import { text } from '../json.ts';
import { createTencentApi, type TencentAccount } from '../tencent/api.ts';
import type { AuthorityAnswer, IdentityAuthority } from './port.ts';

type Result = AuthorityAnswer['result'];

// https://cloud.tencent.com/document/api/1007/60075
const CHECK_ID_NAME_DATE = new Map<string, Result>([
  ['0', 'match'],
  ['-1', 'mismatch'],
  ['-2', 'invalid_input'],
  ['-3', 'invalid_input'],
  ['-4', 'invalid_input'],
  // 身份信息无效: the register holds nothing in force to compare with.
  ['-5', 'no_record'],
  ['-6', 'source_unavailable'],
  ['-7', 'no_record'],
  ['-8', 'quota'],
]);

const CONFIG_ERROR =
  /^(?:AuthFailure|UnauthorizedOperation|ResourceUnavailable|UnsupportedRegion|UnsupportedOperation|InvalidAction|NoSuchVersion|NoSuchProduct|MissingParameter|UnknownParameter)(?:\.|$)/;
const INVALID_INPUT = /^InvalidParameter(?:Value)?(?:\.|$)/;

function resultOfError(code: string): Result {
  if (CONFIG_ERROR.test(code)) return 'config_error';
  if (INVALID_INPUT.test(code)) return 'invalid_input';
  return 'source_unavailable';
}

const compactDate = (date: string) => date.replaceAll('-', '');

/**
 * Identity checks by Tencent Cloud (faceid, 2018-03-01, `CheckIdNameDate`). They answer with 身份证 numbers only: what
 * the vendor sells for other documents has no public protocol.
 *
 * @param account.endpoint `https://faceid.tencentcloudapi.com`.
 */
export function createTencentAuthority(account: TencentAccount): IdentityAuthority {
  const call = createTencentApi(account, { service: 'faceid', version: '2018-03-01' });
  const provider = 'tencent';

  return {
    products: { four_factors: ['resident_identity_card'] },
    async checkIdentity(query) {
      if (query.check !== 'four_factors') {
        const rawCode = 'no_product';
        return { provider, requestId: null, result: 'config_error', rawCode, isBilled: false };
      }
      const { name, number, validity } = query;
      const answer = await call('CheckIdNameDate', {
        Name: name,
        IdCard: number,
        ValidityBegin: compactDate(validity.start),
        ValidityEnd: validity.end === null ? '00000000' : compactDate(validity.end),
      });
      const base = { provider, requestId: answer.requestId };
      if (!answer.isOk) {
        const result = resultOfError(answer.code);
        return { ...base, result, rawCode: answer.code, isBilled: false };
      }
      const rawCode = text(answer.response, 'Result') ?? 'malformed_answer';
      const result = CHECK_ID_NAME_DATE.get(rawCode) ?? 'source_unavailable';
      return { ...base, result, rawCode, isBilled: result === 'match' || result === 'mismatch' };
    },
  };
}

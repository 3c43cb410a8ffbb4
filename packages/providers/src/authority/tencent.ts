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

// https://cloud.tencent.com/document/api/1007/33188
const ID_CARD_VERIFICATION = new Map<string, Result>([
  ['0', 'match'],
  ['-1', 'mismatch'],
  ['-2', 'invalid_input'],
  ['-3', 'invalid_input'],
  ['-4', 'source_unavailable'],
  ['-5', 'no_record'],
  ['-6', 'source_unavailable'],
  ['-7', 'quota'],
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
 * Identity checks by Tencent Cloud (faceid, 2018-03-01): `CheckIdNameDate` when the validity is asked too,
 * `IdCardVerification` when it is not. Answers with 身份证 numbers only.
 *
 * @param account.endpoint `https://faceid.tencentcloudapi.com`.
 */
export function createTencentAuthority(account: TencentAccount): IdentityAuthority {
  const call = createTencentApi(account, { service: 'faceid', version: '2018-03-01' });

  return {
    async checkIdentity({ name, number, validity }) {
      const person = { Name: name, IdCard: number };
      const answer =
        validity === null
          ? await call('IdCardVerification', person)
          : await call('CheckIdNameDate', {
              ...person,
              ValidityBegin: compactDate(validity.start),
              ValidityEnd: validity.end === null ? '00000000' : compactDate(validity.end),
            });
      const base = { provider: 'tencent', requestId: answer.requestId };
      if (!answer.isOk) {
        const result = resultOfError(answer.code);
        return { ...base, result, rawCode: answer.code, isBilled: false };
      }
      const rawCode = text(answer.response, 'Result') ?? 'malformed_answer';
      const results = validity === null ? ID_CARD_VERIFICATION : CHECK_ID_NAME_DATE;
      const result = results.get(rawCode) ?? 'source_unavailable';
      return { ...base, result, rawCode, isBilled: result === 'match' || result === 'mismatch' };
    },
  };
}

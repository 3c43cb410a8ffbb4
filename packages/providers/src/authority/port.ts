import type { AuthorityProducts } from '@shiming/domain';

/**
 * What is asked of the authority: name, number and both dates of a document, or name and number of a 通行证. `end: null`
 * is 长期. Dates are `YYYY-MM-DD`.
 */
export type IdentityQuery =
  | {
      check: 'four_factors';
      name: string;
      number: string;
      validity: { start: string; end: string | null };
    }
  | { check: 'travel_permit'; name: string; number: string };

/**
 * One answer for every authority.
 * `match`, `mismatch`, `no_record`: it looked and said so. `invalid_input`: it would not look (a malformed name, number or date).
 * `source_unavailable`: its source, or the way to it, is down. `quota`: it has answered enough about this person today.
 * `config_error`: our contract, key or region is at fault.
 */
export type AuthorityAnswer = {
  result:
    | 'match'
    | 'mismatch'
    | 'no_record'
    | 'invalid_input'
    | 'source_unavailable'
    | 'quota'
    | 'config_error';
  provider: string;
  /** The vendor's own result or error code. */
  rawCode: string;
  /** The vendor's id of the request, `null` when none came back. */
  requestId: string | null;
  isBilled: boolean;
};

export type IdentityAuthority = {
  /** What it can check. It is asked about nothing else. */
  products: AuthorityProducts;
  checkIdentity(query: IdentityQuery): Promise<AuthorityAnswer>;
};

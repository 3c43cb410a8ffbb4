/**
 * What is asked of the authority. With `validity` all four factors are compared (name, number, start, end);
 * without it, name and number. `end: null` is 长期. Dates are `YYYY-MM-DD`.
 */
export type IdentityQuery = {
  name: string;
  number: string;
  validity: { start: string; end: string | null } | null;
};

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

export type IdentityAuthority = { checkIdentity(query: IdentityQuery): Promise<AuthorityAnswer> };

import type { FieldCode } from './field-codes.ts';

/**
 * What a parser of one field gives: the normalised value with what it changed on the way and the
 * person should see (`notices`), or the reason for which the field is refused.
 */
export type Parsed<T, N extends string = never> =
  | { ok: true; value: T; notices: readonly N[] }
  | { ok: false; code: FieldCode };

/** The field is good; `notices` names the changes to show. */
export function accept<T, N extends string = never>(
  value: T,
  notices: readonly N[] = [],
): Parsed<T, N> {
  return { ok: true, value, notices };
}

/** The field is refused for `code`. */
export function refuse(code: FieldCode): { ok: false; code: FieldCode } {
  return { ok: false, code };
}

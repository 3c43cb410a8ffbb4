import type { FieldRefusals } from './errors.ts';
import type { FieldCode } from './field-codes.ts';
import type { Parsed } from './parsed.ts';

/** A date as it is typed: three texts, each of which may be empty. */
export type DateAnswers = { year: string; month: string; day: string };

/** Either the parsed answers, or for each refused field its code. */
export type Answers<T> = { ok: true; value: T } | { ok: false; fields: FieldRefusals };

type Values<F extends Record<string, Parsed<unknown, string>>> = {
  [K in keyof F]: Extract<F[K], { ok: true }>['value'];
};

/** All fields together: every refusal is reported at once, not one after the other. */
export function collect<F extends Record<string, Parsed<unknown, string>>>(
  fields: F,
): Answers<Values<F>> {
  const refusals: Record<string, FieldCode> = {};
  const values: Record<string, unknown> = {};
  for (const [name, parsed] of Object.entries(fields)) {
    if (parsed.ok) values[name] = parsed.value;
    else refusals[name] = parsed.code;
  }
  return Object.keys(refusals).length === 0
    ? { ok: true, value: values as Values<F> }
    : { ok: false, fields: refusals };
}

/** Two parts of one page together: every refusal of both is reported at once. */
export function together<A, B>(one: Answers<A>, other: Answers<B>): Answers<A & B> {
  return one.ok && other.ok
    ? { ok: true, value: { ...one.value, ...other.value } }
    : {
        ok: false,
        fields: { ...(one.ok ? {} : one.fields), ...(other.ok ? {} : other.fields) },
      };
}

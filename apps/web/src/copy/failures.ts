import type { Failure } from '../api.ts';
import type { FieldProblem } from '../form/create-form.ts';
import { defineCopy } from './define-copy.ts';
import { zh as errorsZh } from './errors.zh.ts';
import { zh as fieldsZh } from './fields.zh.ts';

/** A sentence for every way in which a request can fail; a missing one does not compile. */
export type FailureTable = {
  [C in Failure['code']]: string | ((failure: Extract<Failure, { code: C }>) => string);
};

const errors = defineCopy<FailureTable>(errorsZh, () => import('./errors.en.ts'));
const fields = defineCopy(fieldsZh, () => import('./fields.en.ts'));

/** What a failed request tells the person. */
export function failureSentence(failure: Failure): string {
  // The table's type pairs each code with its own parameters; an index by a union loses the pairing.
  const sentence = errors()[failure.code] as string | ((failure: Failure) => string);
  return typeof sentence === 'string' ? sentence : sentence(failure);
}

/** What stands beside a field. */
export function problemSentence(problem: FieldProblem): string {
  return typeof problem === 'string' ? fields()[problem] : failureSentence(problem);
}

import { caseNumberOf, caseNumberRandomDigits } from '@shiming/domain';
import type { Ctx } from '../context.ts';

/** A number for a case that is sent off at an instant. The caller draws another where a case has it already. */
export function newCaseNumber({ crypto }: Pick<Ctx, 'crypto'>, atMs: number): string {
  const value = crypto.randomBytes(6).reduce((number, byte) => number * 256 + byte, 0);
  const digits = String(value % 10 ** caseNumberRandomDigits);
  return caseNumberOf(atMs, digits.padStart(caseNumberRandomDigits, '0'));
}

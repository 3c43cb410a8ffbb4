import { caseTable } from '@shiming/db';
import type { DisputeField, DisputeStatement } from '@shiming/domain';
import type { Deps } from '../context.ts';
import type { CaseRow } from '../cases/state.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

/** What of a dispute is sealed: what the record said, and what the person says. Photos stand by themselves, or a page of the queue would read them all. */
export type Dispute = {
  /** As the record has it: by this the console finds the case. */
  name: string;
  recordId: string;
  school: string;
  before: Record<DisputeField, string>;
  statement: DisputeStatement;
  /** What the school has answered. */
  answer: string | null;
};

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** The columns that keep a dispute. */
export const sealedDispute = async (deps: VaultDeps, caseId: string, dispute: Dispute) => ({
  answersSealed: await seal(deps, placeOf(caseTable.answersSealed, caseId), dispute),
  keyId: currentKeyId(deps),
});

/** @throws Error for a case that is no dispute */
export function openDispute(
  deps: VaultDeps,
  { id, answersSealed }: Pick<CaseRow, 'id' | 'answersSealed'>,
): Promise<Dispute> {
  if (answersSealed === null) throw new Error('a dispute without answers');
  return open<Dispute>(deps, placeOf(caseTable.answersSealed, id), answersSealed);
}

import { caseTable } from '@shiming/db';
import type { Correction, ReviewStatement } from '@shiming/domain';
import type { CaseRow } from '../cases/state.ts';
import type { Deps } from '../context.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** The columns that keep what a person states. */
export const sealedAnswers = async (
  deps: VaultDeps,
  caseId: string,
  statement: ReviewStatement & {
    /** The 通行证号码 of a request that was sent off, by which it is found. */
    number?: string;
  },
) => ({
  answersSealed: await seal(deps, placeOf(caseTable.answersSealed, caseId), statement),
  keyId: currentKeyId(deps),
});

/** `null` until the answers have been given. */
export const openAnswers = (
  deps: VaultDeps,
  { id, answersSealed }: Pick<CaseRow, 'id' | 'answersSealed'>,
): Promise<ReviewStatement | null> =>
  answersSealed === null
    ? Promise.resolve(null)
    : open<ReviewStatement>(deps, placeOf(caseTable.answersSealed, id), answersSealed);

/** Name and validity before an approval, and which version of the identity they were; not kept by older approvals. */
export type FormerIdentity = Correction & { identityVersion?: number };

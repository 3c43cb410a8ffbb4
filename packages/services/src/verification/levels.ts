import { type Level, type Proved, provedOf } from '@shiming/domain';
import { isClaimant } from '../account/account.ts';
import { standingAttestations } from '../account/attestation.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

/** A level that a check has given: how, when, and until when that holds. */
export type Attained = Proved & { level: Level };

/** E-LVL-01: the level of an account, and every check that stands for it. */
export async function viewLevels(
  ctx: Ctx,
  { account, level }: SignedIn,
): Promise<{ level: Level; attained: Attained[] }> {
  const [statement] = standingAttestations(ctx, account.id);
  const rows = await statement;
  // While its number opens another account, what was attested gives no level.
  const attained = isClaimant(account) ? [] : rows;
  return {
    level,
    attained: attained.flatMap((row) => {
      if (row.kind === 'binding') return [];
      const proved = provedOf({ ...row, kind: row.kind });
      return proved === null ? [] : [{ ...proved, level: row.level }];
    }),
  };
}

import { guardianConsentTable } from '@shiming/db';
import type { DocumentType } from '@shiming/domain';
import type { Deps } from '../context.ts';
import { type Account, findIdentity, openProfile } from '../account/account.ts';
import { open, placeOf } from '../vault/vault.ts';

type ConsentRow = typeof guardianConsentTable.$inferSelect;

/** The child as the guardian named it. */
export type Child = { documentType: DocumentType; number: string; name: string };

export const openChild = (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, childSealed }: Pick<ConsentRow, 'id' | 'childSealed'>,
) => open<Child>(deps, placeOf(guardianConsentTable.childSealed, id), childSealed);

/** When the holder of an account was born: by the number, or by the profile. `null`: that is not known yet. */
export async function birthDateOf(
  deps: Pick<Deps, 'crypto' | 'keys'>,
  account: Account,
): Promise<string | null> {
  const identity = await findIdentity(deps, account);
  return identity?.birthDate ?? (await openProfile(deps, account))?.birthDate ?? null;
}

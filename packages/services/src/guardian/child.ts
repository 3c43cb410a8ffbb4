import { guardianConsentTable } from '@shiming/db';
import type { DocumentType } from '@shiming/domain';
import type { Deps } from '../context.ts';
import { type Account, findIdentity, openProfile } from '../account/account.ts';
import { open, placeOf } from '../vault/vault.ts';

type ConsentRow = typeof guardianConsentTable.$inferSelect;

/**
 * The child as the guardian named it. `salt` is what keeps the number from being guessed from the hash of the declaration;
 * rows of before there was one have none.
 */
export type Child = { documentType: DocumentType; number: string; name: string; salt?: string };

/** What a guardian declares: of which child, as what, to which notice, and when. */
type Declaration = Pick<
  ConsentRow,
  'accountId' | 'channel' | 'relation' | 'scope' | 'version' | 'givenAtMs'
> & { child: Child };

/** The hash of a declaration. It stands in the row and in the audit, so a row that was altered later is found out. */
export function evidenceHashOf({ crypto }: Pick<Deps, 'crypto'>, declared: Declaration) {
  const { accountId, channel, relation, scope, version, givenAtMs, child } = declared;
  const { documentType, number, name, salt } = child;
  const parts = [accountId, channel, relation, scope, version, givenAtMs];
  const text = encodeURIComponent(JSON.stringify([...parts, documentType, number, name, salt]));
  return crypto.sha256(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

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

import { staffTable } from '@shiming/db';
import type { StaffPerson } from '@shiming/domain';
import { inArray } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { blindIndexes, open } from '../vault/vault.ts';
import type { StaffRow } from './session.ts';

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** The places for which the columns of a member of staff are sealed. */
export const personContext = (staffId: string): string => `staff.person:${staffId}`;
export const totpContext = (staffId: string): string => `staff.totp:${staffId}`;

/** Name, work mail and own document number. */
export const openStaffPerson = (
  deps: VaultDeps,
  { id, personSealed }: Pick<StaffRow, 'id' | 'personSealed'>,
): Promise<StaffPerson> => open<StaffPerson>(deps, personContext(id), personSealed);

/** The names of members of staff by their ids, for whoever works with them. One round trip. */
export async function staffNames(
  deps: Pick<Deps, 'db' | 'crypto' | 'keys'>,
  staffIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (staffIds.length === 0) return new Map();
  const rows = await deps.db
    .select({ id: staffTable.id, personSealed: staffTable.personSealed })
    .from(staffTable)
    .where(inArray(staffTable.id, [...new Set(staffIds)]));
  return new Map(
    await Promise.all(
      rows.map(async (row) => [row.id, (await openStaffPerson(deps, row)).name] as const),
    ),
  );
}

/**
 * The blind indexes of a member's own document number, under every key held: an account with one of them is their
 * own, and nobody works on it. None where no number was given.
 */
export async function ownNumberIndexes(
  deps: VaultDeps,
  member: Pick<StaffRow, 'id' | 'personSealed'>,
): Promise<string[]> {
  const { number } = await openStaffPerson(deps, member);
  return number === null ? [] : blindIndexes(deps, 'number', number);
}

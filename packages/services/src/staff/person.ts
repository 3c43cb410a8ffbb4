import { staffTable } from '@shiming/db';
import { canonicalEmail, numberKeyAlone, type StaffPerson } from '@shiming/domain';
import { eq, inArray, or } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { blindIndex, blindIndexes, open, seal, placeOf } from '../vault/vault.ts';
import type { StaffRow } from './session.ts';

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** Name, work mail and own document number. */
export const openStaffPerson = (
  deps: VaultDeps,
  { id, personSealed }: Pick<StaffRow, 'id' | 'personSealed'>,
): Promise<StaffPerson> =>
  open<StaffPerson>(deps, placeOf(staffTable.personSealed, id), personSealed);

/** The names of members of staff by their ids, for their colleagues. One round trip. */
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
  return number === null ? [] : blindIndexes(deps, 'number', numberKeyAlone(number));
}

/** The columns that hold who a member of staff is. */
export async function personColumns(deps: VaultDeps, staffId: string, person: StaffPerson) {
  const { number, email } = person;
  return {
    personSealed: await seal(deps, placeOf(staffTable.personSealed, staffId), person),
    numberIndex: number === null ? null : await blindIndex(deps, 'number', numberKeyAlone(number)),
    emailIndex: await blindIndex(deps, 'staff_email', canonicalEmail(email)),
  };
}

/** The blind indexes by which a person is known among the staff, under every key held. */
async function indexesOf(deps: VaultDeps, { number, email }: StaffPerson) {
  return {
    numbers: number === null ? [] : await blindIndexes(deps, 'number', numberKeyAlone(number)),
    emails: await blindIndexes(deps, 'staff_email', canonicalEmail(email)),
  };
}

/**
 * Whether a row of the staff is of the same person as a member: the same row, document number or mailbox, whatever
 * became of the account since. Every rule that wants two persons asks this, or `samePersonIds` in SQL; never two ids.
 */
export async function isSamePerson(
  deps: VaultDeps,
  member: Pick<StaffRow, 'id' | 'personSealed'>,
  other: Pick<StaffRow, 'id' | 'numberIndex' | 'emailIndex'>,
): Promise<boolean> {
  if (other.id === member.id) return true;
  const { numbers, emails } = await indexesOf(deps, await openStaffPerson(deps, member));
  const { numberIndex, emailIndex } = other;
  return (
    (numberIndex !== null && numbers.includes(numberIndex)) ||
    (emailIndex !== null && emails.includes(emailIndex))
  );
}

/** The condition for rows of the staff that are of a person. */
export async function isOfPerson(deps: VaultDeps, person: StaffPerson) {
  const { numbers, emails } = await indexesOf(deps, person);
  return {
    sameNumber: inArray(staffTable.numberIndex, numbers),
    sameEmail: inArray(staffTable.emailIndex, emails),
  };
}

/**
 * The query (in a list of one) of the ids of all rows of the staff that are of the same person as a member, their own
 * among them: for a batch, or as a subquery of `inArray`.
 */
export async function samePersonIds(
  deps: Pick<Deps, 'db' | 'crypto' | 'keys'>,
  member: Pick<StaffRow, 'id' | 'personSealed'>,
) {
  const { sameNumber, sameEmail } = await isOfPerson(deps, await openStaffPerson(deps, member));
  return [
    deps.db
      .select({ id: staffTable.id })
      .from(staffTable)
      .where(or(eq(staffTable.id, member.id), sameNumber, sameEmail)),
  ] as const;
}

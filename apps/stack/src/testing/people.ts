import { checkCharacter, type LegacyAccount } from '@shiming/domain';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import type { TestWorld } from '@shiming/services/testing';

/** Somebody over a county code that does not exist, by a number of up to three digits. */
export function madeUpPerson(index: number) {
  const serial = String(index).padStart(3, '0');
  const digits = `11019919900101${serial}`;
  return {
    documentType: 'resident_identity_card',
    number: `${digits}${checkCharacter(digits)}`,
    name: '林一舟',
    mobile: `19950000${serial}`,
    email: `person${serial}@example.com`,
  } as const;
}

export type MadeUpPerson = ReturnType<typeof madeUpPerson>;

/** What `madeUpPerson` types on the first page of a registration. */
export const documentAnswersOf = ({ documentType, number, name }: MadeUpPerson) => ({
  documentType,
  number,
  name,
  validityStart: { year: '2020', month: '5', day: '6' },
  validityTerm: '10',
  hasConsented: true,
});

/** An account each, which nobody has signed in to; the mail address is proved. */
export async function giveAccounts(
  world: TestWorld,
  people: readonly MadeUpPerson[],
): Promise<void> {
  const accounts = people.map(({ documentType, number, name, mobile, email }): LegacyAccount => ({
    identity: {
      type: documentType,
      number,
      birthDate: '1990-01-01',
      sex: 'male',
      region: null,
      name,
      validity: { start: '2020-05-06', end: '2030-05-06', term: 10 },
    },
    contact: { mobile, email },
    registeredAtMs: world.nowMs() - 1_000,
  }));
  await importAccounts(world.ctx(), accounts);
  await world
    .ctx()
    .db.run(`update identifier set proved_at_ms = ${world.nowMs()} where kind = 'email'`);
}

/** A browser and an address of the person's own. */
export const placeOf = (index: number) => ({
  deviceId: `device-${index}`,
  address: `198.51.${Math.floor(index / 250)}.${index % 250}`,
});

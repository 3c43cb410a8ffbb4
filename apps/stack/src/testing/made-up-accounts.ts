import { checkCharacter, type LegacyAccount, parseLegacyRow, type Portal } from '@shiming/domain';

/** The row of a file of accounts about somebody made up, over a county code that does not exist, by its column. */
export function madeUpRow(index: number): Record<string, string> {
  const day = new Date(Date.UTC(1960, 0, 1 + Math.floor(index / 1_000)));
  const digits = `110199${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(index % 1_000).padStart(3, '0')}`;
  return {
    document_type: 'resident_identity_card',
    document_number: `${digits}${checkCharacter(digits)}`,
    name: '林一舟',
    validity_start: '2015-12-24',
    validity_end: '2035-12-24',
    mobile: `199${String(index).padStart(8, '0')}`,
    email: `person${index}@example.com`,
    registered_at: '2020-05-06T08:30:00+08:00',
  };
}

/** The same as an account of an older system. */
export function madeUpAccount(index: number, portal: Portal, nowMs: number): LegacyAccount {
  const parsed = parseLegacyRow(madeUpRow(index), portal, nowMs);
  if (!parsed.ok) throw new Error(`made-up row ${index}: ${JSON.stringify(parsed.refusals)}`);
  return parsed.value;
}

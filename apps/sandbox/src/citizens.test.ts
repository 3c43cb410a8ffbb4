import {
  parseDocumentNumber,
  parseLocalDocumentNumber,
  parseTravelPermitNumber,
} from '@shiming/domain';
import { expect, test } from 'vitest';
import { citizens } from './citizens.ts';
import type { Citizen } from './citizens.ts';

const today = '2026-11-21';

function ageOn(birth: string, day: string): number {
  return (
    Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - Number(day.slice(5) < birth.slice(5))
  );
}

test.each(citizens)('$name has a number that our own rules accept', ({ documentType, number }) => {
  expect(parseDocumentNumber(documentType, number, today)).toMatchObject({ ok: true });
});

test.each(citizens.filter(({ localDocumentNumber }) => localDocumentNumber !== undefined))(
  '$name has a local document, and with a 居住证 a 通行证, of the same region',
  (citizen) => {
    const { documentType, number, localDocumentNumber = '' } = citizen;
    const permit = citizen.travelPermitNumber ?? number;
    const parsed = parseDocumentNumber(documentType, number, today);
    const region = (parsed.ok && parsed.value.region) || 'none';
    expect(region).not.toBe('none');
    if (region === 'none') return;
    expect(parseLocalDocumentNumber(region, localDocumentNumber)).toMatchObject({ ok: true });
    expect(parseTravelPermitNumber(region, permit)).toMatchObject({ ok: true });
  },
);

test('numbers and mobiles are different for everybody, and mobiles are 1990000xxxx', () => {
  const numbers = citizens.flatMap(({ number, travelPermitNumber }) => [
    number,
    ...(travelPermitNumber === undefined ? [] : [travelPermitNumber]),
  ]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(citizens.map(({ mobile }) => mobile)).size).toBe(citizens.length);
  for (const { mobile } of citizens) expect(mobile).toMatch(/^1990000\d{4}$/);
});

/** 居民身份证法 art. 5 for identity cards; 5 years for residence and Taiwan permits, 10 for an adult's 港澳 permit. */
function lawfulEnd({ documentType, number, validity: { start } }: Citizen): string | null {
  const after = (years: number) => `${Number(start.slice(0, 4)) + years}${start.slice(4)}`;
  if (documentType === 'hk_macao_travel_permit') return after(10);
  if (documentType !== 'resident_identity_card') return after(5);
  const age = ageOn(number.replace(/^\d{6}(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3'), start);
  if (age >= 46) return null;
  return after(age < 16 ? 5 : age < 26 ? 10 : 20);
}

test.each(citizens)('$name holds a document in force, of a lawful term', (citizen) => {
  const { start, end } = citizen.validity;
  expect(start <= today).toBe(true);
  expect(end === null || end > today).toBe(true);
  expect(end).toBe(lawfulEnd(citizen));
});

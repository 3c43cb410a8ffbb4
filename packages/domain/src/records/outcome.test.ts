import { describe, expect, test } from 'vitest';
import { availableFrom, findingOf, PersonRecord, type RecordOutcome } from './outcome.ts';

const of = (outcome: RecordOutcome) => ({ outcome, records: [], availableFrom: null });

describe('S-REC-01a: a month after the admission of the batch closes', () => {
  test.each([
    ['2026-11-15', '2026-12-15'],
    ['2026-12-15', '2027-01-15'],
    ['2027-01-31', '2027-02-28'],
    ['2028-01-31', '2028-02-29'],
    ['2026-10-31', '2026-11-30'],
  ])('%s: from %s', (closes, from) => expect(availableFrom(closes)).toBe(from));
});

describe('S-REC-01: each document of a person is asked about', () => {
  test.each<[RecordOutcome[], RecordOutcome]>([
    [['not_found', 'found'], 'found'],
    [['unreachable', 'found'], 'found'],
    [['not_found', 'hidden'], 'hidden'],
    [['not_found', 'not_yet'], 'not_yet'],
    [['not_found', 'unreachable'], 'unreachable'],
    [['mismatched', 'not_found'], 'mismatched'],
    [['mismatched', 'unreachable'], 'unreachable'],
    [['mismatched', 'found'], 'found'],
    [['not_found', 'not_found'], 'not_found'],
    [[], 'not_found'],
  ])('%j is %s', (answers, outcome) => expect(findingOf(answers.map(of)).outcome).toBe(outcome));

  test('what two of them found is one list, in which no record stands twice', () => {
    const found = (...ids: string[]) => ({
      ...of('found'),
      records: ids.map((id) => ({ id, fields: {} })),
    });
    const { records } = findingOf([found('a', 'b'), of('not_found'), found('b', 'c')]);
    expect(records.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

test.each([
  { id: '', fields: {} },
  { id: 'a b', fields: {} },
  { id: 'r-1', fields: { enrolledOn: '20240901' } },
  { id: 'r-1', fields: { enrolledOn: '2024-02-30' } },
  { id: 'r-1', fields: { name: 'a\u0000b' } },
  { id: 'r-1', fields: { name: 'x'.repeat(121) } },
  { id: 'r-1', fields: { name: 7 } },
])('%j is no record', (record) => {
  expect(PersonRecord.safeParse(record).success).toBe(false);
});

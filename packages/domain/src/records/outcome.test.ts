import { describe, expect, test } from 'vitest';
import {
  availableFrom,
  differingFields,
  findingOf,
  PersonRecord,
  type RecordOutcome,
} from './outcome.ts';

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

/** A photo of so many characters in base64. */
const photoOf = (length: number) => `/9j/${'A'.repeat(length - 4)}`;
const fields = { name: '林知远', enrolledOn: '2024-09-01' };

test.each([
  { id: 'r-1.x_2', fields },
  { id: 'x'.repeat(64), fields: { name: '长'.repeat(120) } },
  { id: 'r-1', fields, photos: { admission: '/9j/AAA=', graduation: null } },
  { id: 'r-1', fields, photos: { admission: '/9j/AA==', graduation: photoOf(409_604) } },
])('case %# is a record', (record) => {
  expect(PersonRecord.parse(record)).toEqual(record);
});

test.each(['R0lGODlh', 'x/9j/AAAA', '/9j/', '/9j/AAAA!', '/9j/A===', photoOf(409_605)])(
  'case %# is no photo of a record',
  (admission) => {
    const record = { id: 'r-1', fields, photos: { admission, graduation: null } };
    expect(PersonRecord.safeParse(record).success).toBe(false);
  },
);

test('an id is of 64 characters at most', () => {
  expect(PersonRecord.safeParse({ id: 'x'.repeat(65), fields }).success).toBe(false);
});

test('S-REC-01a: the day of the batch is told with the answer that has it', () => {
  const notYet = { outcome: 'not_yet', records: [], availableFrom: '2026-12-15' } as const;
  expect(findingOf([of('not_found'), notYet])).toEqual(notYet);
  expect(findingOf([])).toEqual(of('not_found'));
});

test.each([
  [{ sex: '女', birthDate: '1995-08-15' }, 'female', '1995-08-15', []],
  [{ sex: '男', birthDate: '1995-08-15' }, 'male', '1995-08-15', []],
  [{ sex: '男', birthDate: '1995-08-16' }, 'female', '1995-08-15', ['sex', 'birthDate']],
  [{ sex: '女' }, 'male', '1995-08-15', ['sex']],
  [{ birthDate: '1995-08-16' }, 'male', '1995-08-15', ['birthDate']],
  [{ sex: '男', birthDate: '1995-08-16' }, null, null, []],
] as const)(
  'S-NAM-03: a record that says %j of %s, %s, differs in %j',
  (says, sex, birthDate, in_) => {
    expect(differingFields({ id: 'r-1', fields: says }, { sex, birthDate })).toEqual(in_);
  },
);

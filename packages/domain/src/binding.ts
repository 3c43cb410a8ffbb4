import { type Answers, collect } from './answers.ts';
import { parseName } from './documents/index.ts';
import { parseMobile } from './mobile.ts';
import type { PersonRecord, RecordField } from './records/index.ts';

/**
 * How a classmate confirms who somebody is, for a binding (S-BND-02) or a claim on a number (S-DUP-05), and what keeps that from
 * being bought or forged (DOMAIN 14.7).
 */
export type VouchRule = {
  /** How long a request can be answered, and afterwards taken back by the helper. */
  validMs: number;
  takeBackMs: number;
  /** How many people one person helps. */
  perYear: number;
  perDay: number;
  /** Requests of one account in a day, and requests that name one mobile. */
  requestsPerDay: number;
  requestsToOne: number;
  /** Names that a helper can type wrong in a day. */
  namesPerDay: number;
  /** How long the helper has had the mobile proved, and has not been helped by a classmate. */
  boundForMs: number;
  notHelpedForMs: number;
  /** How long the page of the helper waits before its button can be pressed. */
  waitMs: number;
};

const hour = 3_600_000;
const day = 24 * hour;

export const vouchRule: VouchRule = {
  validMs: 72 * hour,
  takeBackMs: 7 * day,
  perYear: 3,
  perDay: 1,
  requestsPerDay: 3,
  requestsToOne: 5,
  namesPerDay: 5,
  boundForMs: 30 * day,
  notHelpedForMs: 180 * day,
  waitMs: 10_000,
};

const vouchStatuses = ['waiting', 'confirmed', 'declined', 'withdrawn', 'taken_back'] as const;
export type VouchStatus = (typeof vouchStatuses)[number];

/** Why somebody may not help a classmate. */
const vouchObstacles = [
  'child',
  'same_person',
  'mobile',
  'record',
  'not_classmate',
  'helped_lately',
  'helped_by_asker',
  'barred',
] as const;
export type VouchObstacle = (typeof vouchObstacles)[number];

/** What is typed to ask a classmate: the classmate's name and mobile, and one's own mobile. */
export type VouchAnswers = { name: string; mobile: string; ownMobile: string };

/** What a classmate confirms somebody for. */
const vouchSubjects = ['binding', 'number_claim'] as const;
export type VouchSubject = (typeof vouchSubjects)[number];

/** S-BND-02. */
export const parseVouchAnswers = ({
  name,
  mobile,
  ownMobile,
}: VouchAnswers): Answers<VouchAnswers> =>
  collect({
    name: parseName(name, 'any'),
    mobile: parseMobile(mobile),
    ownMobile: parseMobile(ownMobile),
  });

const text = ({ fields }: PersonRecord, field: RecordField): string => fields[field] ?? '';
const year = (record: PersonRecord) => text(record, 'enrolledOn').slice(0, 4);
const same = (a: string, b: string) => a !== '' && a === b;

/** Whether two people study or studied together by their records: at one school, in one class or from one year on. */
export function areClassmates(
  some: readonly PersonRecord[],
  others: readonly PersonRecord[],
): boolean {
  return some.some((one) =>
    others.some(
      (other) =>
        same(text(one, 'school'), text(other, 'school')) &&
        (same(text(one, 'class'), text(other, 'class')) || same(year(one), year(other))),
    ),
  );
}

import * as z from 'zod/mini';
import { diplomaPhoto } from '../photo-check.ts';
import { recordFields, type RecordField } from './kinds.ts';

/**
 * What came of a question for records. `found`: they are in the answer. `not_found`: the authority holds none under this
 * name and number. `mismatched`: it holds some under this number and another name (S-NAM-03). `not_yet`: those of the batch are not published. `hidden`: the school checks the person and nothing
 * is shown until it is done; only the person reads so. `unreachable`: nobody looked.
 */
export type RecordOutcome =
  | 'found'
  | 'not_found'
  | 'mismatched'
  | 'not_yet'
  | 'hidden'
  | 'unreachable';

/** No authority's value is longer: 40 characters of a name, 50 of a subject. */
const text = z.string().check(z.maxLength(120), z.regex(/^[^\p{Cc}]*$/u));
const forms = { text, date: z.iso.date() } as const;

const fields = Object.fromEntries(
  Object.entries(recordFields).map(([field, form]) => [field, z.optional(forms[form])]),
) as Record<RecordField, z.ZodMiniOptional<z.ZodMiniString>>;

/** A JPEG in base64: no larger than the photo that a person may hand in for it. */
const photo = z.nullable(
  z
    .string()
    .check(
      z.maxLength(Math.ceil((diplomaPhoto.maxBytes * 4) / 3) + 4),
      z.regex(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/),
    ),
);

/** A record as an authority gives it: its id there, what it says, and of a photo check the photos of admission and diploma. */
export const PersonRecord = z.object({
  id: z.string().check(z.regex(/^[\w.-]{1,64}$/)),
  fields: z.object(fields),
  photos: z.optional(z.object({ admission: photo, graduation: photo })),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

/** What an authority said, and what is kept of it. `availableFrom` is a date where the outcome is `not_yet`. */
export type RecordFinding = {
  outcome: RecordOutcome;
  records: readonly PersonRecord[];
  availableFrom: string | null;
};

/**
 * What is said of a person by the answers about each document of theirs: what was found counts before everything else, and
 * nothing is "not found" as long as one answer is missing.
 */
export function findingOf(answers: readonly RecordFinding[]): RecordFinding {
  const order = ['found', 'hidden', 'not_yet', 'unreachable', 'mismatched'] as const;
  const outcome = order.find((each) => answers.some((answer) => answer.outcome === each));
  const first = answers.find((answer) => answer.outcome === outcome);
  const records = new Map(
    answers.flatMap((answer) => answer.records.map((record) => [record.id, record])),
  );
  return {
    outcome: outcome ?? 'not_found',
    records: [...records.values()],
    availableFrom: first?.availableFrom ?? null,
  };
}

/**
 * S-NAM-03: what a record says of a person otherwise than the person's real-name information. The name and the number are
 * those that it was asked for by; what one side does not say is not compared.
 */
export function differingFields(
  { fields }: PersonRecord,
  { sex, birthDate }: { sex: 'female' | 'male' | null; birthDate: string | null },
): readonly ('sex' | 'birthDate')[] {
  const own = { sex: sex && (sex === 'female' ? '女' : '男'), birthDate };
  return (['sex', 'birthDate'] as const).filter(
    (field) => fields[field] !== undefined && own[field] !== null && fields[field] !== own[field],
  );
}

/** S-REC-01a: the day from which records can be seen, a month after the admission of the batch closes on `date`. */
export function availableFrom(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

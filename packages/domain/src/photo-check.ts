import { type Answers, collect } from './answers.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

/** Why a person finds a record or its photo wrong (S-REC-02). */
export const disputeReasons = ['field_wrong', 'other_person', 'no_photo'] as const;
export type DisputeReason = (typeof disputeReasons)[number];

/** What of a record the person can say to be wrong. */
export const disputeFields = ['studentNumber', 'name', 'documentNumber'] as const;
export type DisputeField = (typeof disputeFields)[number];

/** A dispute as typed: `field` and `value` where a field is wrong. */
export type DisputeAnswers = {
  reason: DisputeReason;
  field: DisputeField | null;
  value: string;
  note: string;
};
export type DisputeStatement = {
  reason: DisputeReason;
  field: DisputeField | null;
  value: string | null;
  note: string | null;
};

const valueMaxLength = 40;
const noteMaxLength = 200;

function parseValue({ reason, field, value }: DisputeAnswers): Parsed<string | null> {
  if (reason !== 'field_wrong' || field === null) return accept(null);
  const right = cleanText(value);
  if (right === '') return refuse('dispute_value.missing');
  return Array.from(right).length > valueMaxLength ? refuse('text.too_long') : accept(right);
}

function parseNote(typed: string): Parsed<string | null> {
  const note = cleanText(typed);
  return Array.from(note).length > noteMaxLength ? refuse('text.too_long') : accept(note || null);
}

/** What is wrong, and where that is a field, which one and what would be right. */
export function parseDispute(typed: DisputeAnswers): Answers<DisputeStatement> {
  const { reason } = typed;
  const isOfField = reason === 'field_wrong';
  return collect({
    reason: accept(reason),
    field:
      isOfField && typed.field === null
        ? refuse('dispute_field.missing')
        : accept(isOfField ? typed.field : null),
    value: parseValue(typed),
    note: parseNote(typed.note),
  });
}

/** Whether a photo check can be answered on a Shanghai date. Both days belong to the window. */
export const isWindowOpen = (
  { opensOn, closesOn }: { opensOn: string; closesOn: string },
  today: string,
): boolean => opensOn <= today && today <= closesOn;

/**
 * What is asked of a photo for a diploma: pixels, bytes, and the colour behind the person (教毕指〔2017〕99号). Only type,
 * pixels and bytes refuse; another background is said.
 */
export const diplomaPhoto = {
  width: 480,
  height: 640,
  minBytes: 20 * 1024,
  /** The standard takes 900 KB; the browser makes a file of this size out of any larger one. */
  maxBytes: 300 * 1024,
  background: [100, 197, 255],
  tolerance: 40,
} as const;

export type DiplomaPhotoProblem = 'type' | 'pixels' | 'too_small' | 'too_large' | 'background';

/** What a photo does not fulfil: the colour is the median of its upper corners. */
export function diplomaPhotoProblems(photo: {
  isJpeg: boolean;
  width: number;
  height: number;
  bytes: number;
  background: readonly [number, number, number];
}): DiplomaPhotoProblem[] {
  const { width, height, minBytes, maxBytes, background, tolerance } = diplomaPhoto;
  const isFar = photo.background.some(
    (value, at) => Math.abs(value - (background[at] ?? 0)) > tolerance,
  );
  return [
    ...(photo.isJpeg ? [] : ['type' as const]),
    ...(photo.width === width && photo.height === height ? [] : ['pixels' as const]),
    ...(photo.bytes < minBytes ? ['too_small' as const] : []),
    ...(photo.bytes > maxBytes ? ['too_large' as const] : []),
    ...(isFar ? ['background' as const] : []),
  ];
}

/** Whether a photo with these problems is refused. */
export const isRefusedFor = (problems: readonly DiplomaPhotoProblem[]): boolean =>
  problems.some((problem) => problem !== 'background');

import { documentOf, type DocumentType } from './documents/index.ts';
import type { Level } from './levels.ts';
import { countedOutcomes, verificationOutcomes } from './verification.ts';

/** What a check compares, or what somebody looks at. */
export type Factor =
  | 'name'
  | 'document_number'
  | 'validity'
  | 'travel_permit_number'
  | 'photos'
  | 'face'
  | 'person'
  | 'school_record';

/** A way to check who a person is. It runs on an account, or on what is to become one. */
export type Check = {
  /** Who makes it. */
  by: 'authority' | 'face' | 'review' | 'window' | 'school';
  factors: readonly Factor[];
  /** How it can end. */
  outcomes: readonly string[];
  /** The outcomes that use up one of the person's tries. */
  counted: readonly string[];
  /** The level that a match gives. */
  level: Level;
  /** The number for which a match stands: it stands for one account at a time. */
  identifiesBy: 'document_number' | 'travel_permit_number';
  /** Whether the match is about name and validity, so that it ends with the document and with a change of the name. */
  isAboutDocument: boolean;
};

const byAuthority = {
  by: 'authority',
  outcomes: verificationOutcomes,
  counted: countedOutcomes,
  level: 3,
  isAboutDocument: true,
} as const;

const byReviewer = {
  by: 'review',
  outcomes: ['approved', 'rejected', 'returned'],
  counted: ['approved', 'rejected'],
  level: 3,
  identifiesBy: 'document_number',
  isAboutDocument: true,
} as const;

export const checks = {
  /** T-VER-03: name, number and both dates, compared by the authority. */
  four_factors: {
    ...byAuthority,
    factors: ['name', 'document_number', 'validity'],
    identifiesBy: 'document_number',
  },
  /** T-VER-03: name and 通行证号码 of the holder of a 居住证, compared by the authority. */
  travel_permit: {
    ...byAuthority,
    factors: ['name', 'travel_permit_number'],
    identifiesBy: 'travel_permit_number',
  },
  /** 人工审核: a reviewer compares photos of the document, and of the person with it, with what was stated. */
  manual_review: { ...byReviewer, factors: ['name', 'document_number', 'validity', 'photos'] },
  /** The person came to a counter with the document. */
  window: {
    ...byReviewer,
    by: 'window',
    factors: ['name', 'document_number', 'validity', 'person'],
  },
  /** A face compared with the photo that the authority holds. It is about the person, whatever the document says. */
  face: {
    ...byAuthority,
    by: 'face',
    factors: ['name', 'document_number', 'face'],
    identifiesBy: 'document_number',
    level: 4,
    isAboutDocument: false,
  },
  /** The school's record of a student. */
  school_record: {
    ...byAuthority,
    by: 'school',
    factors: ['name', 'document_number', 'school_record'],
    identifiesBy: 'document_number',
  },
} as const satisfies Record<string, Check>;

export type CheckKind = keyof typeof checks;

/** The checks that a portal can have the identity authority make. */
export type AuthorityCheck = Extract<CheckKind, 'four_factors' | 'travel_permit'>;

/** Which documents an identity authority has a product for, by check. */
export type AuthorityProducts = Readonly<Partial<Record<AuthorityCheck, readonly DocumentType[]>>>;

/** The check that the authority can make of a document; `none` where it has no product for it (T-VER-03a). */
export function checkOf(type: DocumentType, products: AuthorityProducts): AuthorityCheck | 'none' {
  const { check } = documentOf(type);
  return check !== 'none' && products[check]?.includes(type) === true ? check : 'none';
}

import type { StaffPermission } from '../staff.ts';
import type { CaseFlag, CaseStage } from './case.ts';

/**
 * What a case can be about: an identity that a reviewer confirms by photos, a question to the help desk, a record that is
 * wrong and that the school corrects, the letter with which an organisation registers or gets back in,
 * a document number that two accounts have.
 */
export const caseKinds = [
  'manual_review',
  'ticket',
  'record_dispute',
  'organisation_letter',
  'number_claim',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** The files that a case of a kind takes, each in a slot of its own. */
export const slotsOf = {
  /** The two faces of the document, and the person holding it (T-REV-01). */
  manual_review: ['a', 'b', 'holding'],
  /** Evidence, in the order in which it was added. */
  ticket: ['file_1', 'file_2', 'file_3', 'file_4'],
  /** The person's own photo. What the case is about comes with the record. */
  record_dispute: ['own'],
  /** The letter with its seal, and a second evidence such as an invoice (S-USR-03). */
  organisation_letter: ['letter', 'evidence'],
  /** The claimant holding the document (S-DUP-03). */
  number_claim: ['holding'],
} as const satisfies Record<CaseKind, readonly string[]>;
export type Slot<K extends CaseKind = CaseKind> = (typeof slotsOf)[K][number];

export const isSlotOf = <K extends CaseKind>(kind: K, text: string): text is Slot<K> =>
  (slotsOf[kind] as readonly string[]).includes(text);

/** A value for each slot of a kind. */
export const bySlot = <K extends CaseKind, T>(
  kind: K,
  of: (slot: Slot<K>) => T,
): Record<Slot<K>, T> =>
  Object.fromEntries(slotsOf[kind].map((slot) => [slot, of(slot as Slot<K>)])) as Record<
    Slot<K>,
    T
  >;

/** The kinds that are followed by a number and a code, and answered at the help desk. */
export const followedKinds = [
  'ticket',
  'organisation_letter',
] as const satisfies readonly CaseKind[];
export type FollowedKind = (typeof followedKinds)[number];
export const isFollowed = (kind: CaseKind): kind is FollowedKind =>
  (followedKinds as readonly CaseKind[]).includes(kind);

/** What the engine asks of a kind. */
export type CaseSpec = {
  /** The permission that each stage takes. */
  permissions: Readonly<Record<CaseStage, StaffPermission>>;
  /** The flags with which one person alone does not approve. */
  needsTwo: readonly CaseFlag[];
  /** Those among the flags that the first person finds. The others are found at submission. */
  found: readonly CaseFlag[];
  /** Whether the second person judges without knowing what the first one found. */
  isBlind: boolean;
  /** Whether some cases are decided twice without anybody knowing beforehand which. */
  isSampled: boolean;
  /** Whether a senior opens again what was decided. */
  isReopened: boolean;
  /** Until when its person takes it back, while it is not overdue. */
  withdraws: 'until_opened' | 'always';
  /**
   * The consents with which alone it goes on: those to the number and to photos, or that to records. `null`: none.
   */
  consents: 'review' | 'records' | null;
  /** A draft that nobody touches is forgotten. */
  draftMs: number;
};

const dayMs = 24 * 3_600_000;

export const caseSpecs: Readonly<Record<CaseKind, CaseSpec>> = {
  manual_review: {
    permissions: {
      first: 'review.decide',
      second: 'review.decide',
      senior: 'review.decide_disagreement',
    },
    // Most requests come after a mismatch, so that is none.
    needsTwo: [
      'name_changed',
      'photo_reused',
      'permit_reused',
      'face_doubtful',
      'face_doubted_before',
    ],
    found: ['face_doubtful'],
    isBlind: true,
    isSampled: true,
    isReopened: true,
    withdraws: 'until_opened',
    consents: 'review',
    draftMs: 30 * dayMs,
  },
  ticket: {
    permissions: {
      first: 'help_desk.change',
      second: 'help_desk.approve',
      senior: 'help_desk.approve',
    },
    needsTwo: ['frees_number'],
    found: ['frees_number'],
    isBlind: false,
    isSampled: false,
    isReopened: false,
    withdraws: 'always',
    consents: null,
    draftMs: dayMs,
  },
  /** S-REC-03: worked off by the staff of the school alone. */
  record_dispute: {
    permissions: { first: 'records.decide', second: 'records.decide', senior: 'records.decide' },
    needsTwo: [],
    found: [],
    isBlind: false,
    isSampled: false,
    isReopened: false,
    withdraws: 'always',
    consents: 'records',
    draftMs: dayMs,
  },
  organisation_letter: {
    permissions: {
      first: 'help_desk.change',
      second: 'help_desk.approve',
      senior: 'help_desk.approve',
    },
    needsTwo: ['organisation_known', 'organisation_code_unusual'],
    found: [],
    isBlind: false,
    isSampled: false,
    isReopened: false,
    withdraws: 'always',
    consents: null,
    draftMs: dayMs,
  },
  number_claim: {
    permissions: {
      first: 'review.decide',
      second: 'review.decide',
      senior: 'review.decide_disagreement',
    },
    // S-DUP-04: an approval closes an account.
    needsTwo: ['takes_number'],
    found: [],
    isBlind: true,
    isSampled: false,
    // The number goes back by restoring the other account.
    isReopened: false,
    withdraws: 'always',
    consents: 'review',
    draftMs: dayMs,
  },
};

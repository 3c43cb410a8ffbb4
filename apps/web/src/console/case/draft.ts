import {
  isReturnable,
  type PhotoMark,
  type PhotoSide,
  type ReasonCode,
  type CaseItem,
  type CaseOutcome,
  type CaseReason,
} from '@shiming/domain';

/** What is compared, by the item that a difference is about. */
export const checks = ['name', 'number', 'validity', 'profile', 'holding'] as const;
export type Check = (typeof checks)[number];

/** What a reviewer has ready for a case and has not sent yet. */
export type Draft = {
  /** What Ctrl+Enter will do; `null`: still looking. */
  outcome: CaseOutcome | null;
  /** Whose reasons are listed. */
  item: CaseItem;
  reasons: readonly CaseReason[];
  /** Which of the reasons a region and a sentence go to. */
  active: ReasonCode | null;
  /** A region that was drawn before there was a reason for it. */
  pendingMark: { side: PhotoSide; mark: PhotoMark } | null;
  isFaceDoubtful: boolean;
  /** What has been compared and agrees. */
  ticks: readonly Check[];
};

export const emptyDraft: Draft = {
  outcome: null,
  item: 'a',
  reasons: [],
  active: null,
  pendingMark: null,
  isFaceDoubtful: false,
  ticks: [],
};

const isOf =
  (item: CaseItem, code: ReasonCode | null) =>
  (reason: CaseReason): boolean =>
    reason.item === item && reason.code === code;

/** The reason that a region and a sentence go to: the one ticked last of the item in view. */
export const activeReason = ({ reasons, item, active }: Draft): CaseReason | undefined =>
  reasons.find(isOf(item, active)) ?? reasons.findLast((reason) => reason.item === item);

export const withItem = (draft: Draft, item: CaseItem): Draft =>
  item === draft.item ? draft : { ...draft, item, active: null };

/** Ticks a reason of the item in view, or takes it back with its region and sentence. */
export function toggled(draft: Draft, code: ReasonCode): Draft {
  const { item, reasons, pendingMark } = draft;
  if (reasons.some(isOf(item, code))) {
    const isThis = isOf(item, code);
    return { ...draft, reasons: reasons.filter((reason) => !isThis(reason)), active: null };
  }
  const waits = pendingMark?.side === item;
  const mark = waits ? pendingMark.mark : null;
  return {
    ...draft,
    reasons: [...reasons, { code, item, mark, note: null }],
    active: code,
    pendingMark: waits ? null : pendingMark,
  };
}

const changed = (draft: Draft, change: Partial<CaseReason>): Draft => {
  const reason = activeReason(draft);
  return {
    ...draft,
    reasons: draft.reasons.map((each) => (each === reason ? { ...each, ...change } : each)),
  };
};

/** Puts a region on the active reason of the photo in view; without one it waits for the next reason. */
export function marked(draft: Draft, side: PhotoSide, mark: PhotoMark | null): Draft {
  const onItem = withItem(draft, side);
  if (activeReason(onItem) !== undefined) return changed(onItem, { mark });
  return { ...onItem, pendingMark: mark === null ? null : { side, mark } };
}

/** The sentence of the active reason as it is being typed. */
export const noted = (draft: Draft, note: string): Draft =>
  changed(draft, { note: note === '' ? null : note });

/** The regions to show on a photo, the active one told apart. */
export function marksOn(draft: Draft, side: PhotoSide): { mark: PhotoMark; isActive: boolean }[] {
  const active = activeReason(draft);
  const { pendingMark } = draft;
  return [
    ...draft.reasons.flatMap((reason) =>
      reason.item === side && reason.mark !== null
        ? [{ mark: reason.mark, isActive: reason === active }]
        : [],
    ),
    ...(pendingMark?.side === side ? [{ mark: pendingMark.mark, isActive: true }] : []),
  ];
}

/** The region that `r` takes up again. */
export function markToEdit(draft: Draft, side: PhotoSide): PhotoMark | null {
  if (draft.item === side) {
    const reason = activeReason(draft);
    if (reason !== undefined) return reason.mark;
  }
  return draft.pendingMark?.side === side ? draft.pendingMark.mark : null;
}

/** Items among the reasons that keep a case from being sent back: they cannot be corrected within it. */
export const notReturnable = ({ reasons }: Pick<Draft, 'reasons'>): readonly CaseItem[] => [
  ...new Set(reasons.map(({ item }) => item).filter((item) => !isReturnable(item))),
];

export const ticked = (draft: Draft, check: Check): Draft => ({
  ...draft,
  ticks: draft.ticks.includes(check)
    ? draft.ticks.filter((each) => each !== check)
    : [...draft.ticks, check],
});

/** The photos that a check compares with, the one to look at for it last. */
const sidesOf: Readonly<Record<Check, readonly [...PhotoSide[], PhotoSide]>> = {
  name: ['a'],
  number: ['a'],
  validity: ['a', 'b'],
  profile: ['b', 'a'],
  holding: ['a', 'holding'],
};

/** The photos that have been on the screen since the last look. */
export type Seen = ReadonlySet<PhotoSide>;

/** A photo that a check compares with and that has not been on the screen. */
export const unseenFor = (check: Check, seen: Seen): PhotoSide | undefined =>
  sidesOf[check].find((side) => !seen.has(side));

/** The first check that is still to be made: none that is about a photo nobody has seen counts as made. */
export const nextCheck = ({ ticks, isFaceDoubtful }: Draft, seen: Seen): Check | undefined =>
  checks.find(
    (check) =>
      unseenFor(check, seen) !== undefined ||
      !(ticks.includes(check) || (check === 'holding' && isFaceDoubtful)),
  );

/**
 * One step towards an approval: the check that comes next is ticked where its photos have been on the screen, and the
 * photo to look at for the check after it is named; once all are ticked the approval is chosen.
 */
export function approvalStep(draft: Draft, seen: Seen): { draft: Draft; look: PhotoSide | null } {
  const check = nextCheck(draft, seen);
  if (check === undefined) return { draft: { ...draft, outcome: 'approve' }, look: null };
  const unseen = unseenFor(check, seen);
  if (unseen !== undefined) return { draft, look: unseen };
  const after = ticked(draft, check);
  const next = nextCheck(after, seen);
  return next === undefined
    ? { draft: { ...after, outcome: 'approve' }, look: null }
    : { draft: after, look: unseenFor(next, seen) ?? sidesOf[next].at(-1) ?? null };
}

/** The draft after the photos were covered: what was said of them is to be looked at again. */
export const unlooked = (draft: Draft): Draft => ({
  ...draft,
  ticks: [],
  outcome: draft.outcome === 'approve' ? null : draft.outcome,
});

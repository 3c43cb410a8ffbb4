import { type CaseKind, caseSpecs, type Slot } from './kinds.ts';
import type { CaseReason } from './reasons.ts';
import { type StaffRole, mayStaff } from '../staff.ts';

/**
 * The states of a manual review. `waiting`: in the queue, or on the screen of its holder. `deciding`: decided,
 * and can still be undone. `returned`: single items are asked for again. The last four are final.
 */
export const caseStatuses = [
  'draft',
  'waiting',
  'deciding',
  'returned',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Whose decision it takes: anybody's, a second person's who does not see the first one's, a senior's. */
export const caseStages = ['first', 'second', 'senior'] as const;
export type CaseStage = (typeof caseStages)[number];

/** T-CON-04. `return`: single items are sent back for correction, at no cost. */
export const caseOutcomes = ['approve', 'reject', 'return'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/**
 * T-CON-05: how the person gets the news, beside the page 通知. The first is chosen unless they choose: every account has
 * a mobile number that was proved, and a mail address that was only typed.
 */
export const caseChannels = ['sms', 'mail', 'inbox'] as const;
export type CaseChannel = (typeof caseChannels)[number];

/** What a request is made of, for the list of tasks: the photos, and the answers. */
export type CaseTask = Slot<'manual_review'> | 'answers';

/** While a request is in one of these, neither profile nor verification can be changed (T-REV-04). */
export const openCaseStatuses = ['waiting', 'deciding', 'returned'] as const;

/** A draft, or what is open: an account has one of these at most. */
export const activeCaseStatuses = ['draft', ...openCaseStatuses] as const;

export const caseRule = {
  /** A case is held so long without a sign of life. */
  leaseMs: 10 * 60_000,
  /** So many cases one reviewer has on the screen, the one that is being left among them; one more is loaded ahead. */
  heldAtMost: 3,
  /** A decision can be undone so long; only then is anybody told of it. */
  undoMs: 10_000,
  /** One that is to take effect later than this was made by a clock that was ahead, and takes effect now. */
  settlesAtMostMs: 60_000,
  /** What was sent back is given up. */
  returnedMs: 30 * 24 * 3_600_000,
  /** Photos of a request that has ended: long enough to correct it or to complain. */
  photosAfterEndMs: 90 * 24 * 3_600_000,
} as const;

/** A decision that has not been undone. */
export type StandingDecision = {
  round: number;
  stage: CaseStage;
  reviewerId: string;
  outcome: CaseOutcome;
};

/** What a transition reads and writes of a request. Instants in ms. */
export type CaseState = {
  kind: CaseKind;
  status: CaseStatus;
  stage: CaseStage;
  round: number;
  holderId: string | null;
  /** Who may have it beside those of its stage: a case that nobody else may take is given to somebody on record. */
  assignedToId: string | null;
  leaseEndsAtMs: number | null;
  takenAtMs: number | null;
  /** When somebody first had it on the screen. */
  openedAtMs: number | null;
  settlesAtMs: number | null;
  endedAtMs: number | null;
  expiresAtMs: number | null;
  /** When it has to be decided; from then on its person may take it back. */
  dueAtMs: number | null;
  flags: readonly CaseFlag[];
  /** How many requests of the person had been rejected before this one. */
  rejectionsBefore: number;
  /** The decisions of the present round. */
  decisions: readonly StandingDecision[];
  /** Those of the rounds before it: they no longer decide anything, but a member who made one does not approve alone. */
  earlier: readonly StandingDecision[];
};

/** A case before it is sent off. `nowMs`: when it is begun. */
export const newCase = (kind: CaseKind, nowMs: number): CaseState => ({
  kind,
  status: 'draft',
  stage: 'first',
  round: 1,
  holderId: null,
  assignedToId: null,
  leaseEndsAtMs: null,
  takenAtMs: null,
  openedAtMs: null,
  settlesAtMs: null,
  endedAtMs: null,
  expiresAtMs: nowMs + caseSpecs[kind].draftMs,
  dueAtMs: null,
  flags: [],
  rejectionsBefore: 0,
  decisions: [],
  earlier: [],
});

export type Reviewer = { id: string; role: StaffRole };

/**
 * Whether two decisions are one person's. Their ids are compared: before the table is asked, the services give all
 * accounts of a person one id (`samePersonIds`).
 */
export const isSamePerson = (
  one: Pick<StandingDecision, 'reviewerId'>,
  other: Pick<StandingDecision, 'reviewerId'>,
): boolean => one.reviewerId === other.reviewerId;

export type CaseEvent =
  | {
      type: 'submit';
      flags: readonly CaseFlag[];
      rejectionsBefore: number;
      dueAtMs: number;
      atMs: number;
    }
  | { type: 'answer'; flags: readonly CaseFlag[]; dueAtMs: number; atMs: number }
  | { type: 'withdraw'; hasConsent: boolean; atMs: number }
  | { type: 'expire' | 'pause'; atMs: number }
  | { type: 'take' | 'reserve' | 'renew' | 'release' | 'undo'; by: Reviewer; atMs: number }
  | { type: 'reopen'; by: Reviewer; dueAtMs: number; atMs: number }
  | {
      type: 'decide';
      by: Reviewer;
      outcome: CaseOutcome;
      found: readonly CaseFlag[];
      atMs: number;
    }
  | { type: 'assign'; by: Reviewer; to: Reviewer; atMs: number }
  | { type: 'settle'; isSampled: boolean; atMs: number };
export type CaseEventName = CaseEvent['type'];

/**
 * Why a transition is refused. `status`: the table has no such edge. `held`: somebody else holds it. `not_held`: the
 * lease is not the actor's, or over. `same_person`: a person who decided once does not decide again. `opened`: it is, or
 * was, on a reviewer's screen. `too_early`, `too_late`: by the clock.
 */
export type CaseRefusal =
  | 'status'
  | 'held'
  | 'not_held'
  | 'same_person'
  | 'role'
  | 'opened'
  | 'too_early'
  | 'too_late';

/** The closed table: which event may come in which status. Where it leads depends on the state only for `settle`. */
export const caseEventsIn: Record<CaseStatus, readonly CaseEventName[]> = {
  draft: ['submit', 'expire'],
  waiting: [
    'take',
    'reserve',
    'renew',
    'release',
    'decide',
    'assign',
    'withdraw',
    'pause',
    'expire',
  ],
  deciding: ['undo', 'settle', 'pause'],
  returned: ['answer', 'withdraw', 'expire'],
  approved: ['reopen'],
  rejected: ['reopen'],
  withdrawn: [],
  expired: [],
};

/** Whether a request with this status has ended: only a senior can open one again, and only what was decided. */
export const isEndedCase = (status: CaseStatus): boolean =>
  !(activeCaseStatuses as readonly CaseStatus[]).includes(status);

/** Who holds the request at an instant: a lease ends by itself. */
export const holderAt = (
  { holderId, leaseEndsAtMs }: Pick<CaseState, 'holderId' | 'leaseEndsAtMs'>,
  atMs: number,
): string | null => (leaseEndsAtMs !== null && atMs < leaseEndsAtMs ? holderId : null);

const free = { holderId: null, leaseEndsAtMs: null, takenAtMs: null } as const;
const ended = (state: CaseState, status: CaseStatus, atMs: number): CaseState => ({
  ...state,
  ...free,
  assignedToId: null,
  status,
  settlesAtMs: null,
  expiresAtMs: null,
  endedAtMs: atMs,
});

/** The stages in which this role may have a case of a kind on the screen. */
export const stagesOf = (role: StaffRole, kind: CaseKind): readonly CaseStage[] =>
  caseStages.filter((stage) => mayStaff(role, caseSpecs[kind].permissions[stage]));

/** Whether this role opens a request again: what was decided, while its photos are still there. */
export const canReopen = (
  { kind, status, endedAtMs }: Pick<CaseState, 'kind' | 'status' | 'endedAtMs'>,
  role: StaffRole,
  atMs: number,
): boolean =>
  caseSpecs[kind].isReopened &&
  caseEventsIn[status].includes('reopen') &&
  stagesOf(role, kind).includes('senior') &&
  atMs < (endedAtMs ?? 0) + caseRule.photosAfterEndMs;

/** Who may have a request in its present stage: the same for taking it and for deciding it. */
function refusalFor(
  { kind, stage, decisions, assignedToId }: CaseState,
  by: Reviewer,
): CaseRefusal | null {
  const stages = stagesOf(by.role, kind);
  const isAssigned = assignedToId === by.id && stages.length > 0;
  if (!stages.includes(stage) && !isAssigned) return 'role';
  return hasDecided(decisions, { reviewerId: by.id }) ? 'same_person' : null;
}

const hasDecided = (
  decisions: readonly StandingDecision[],
  who: Pick<StandingDecision, 'reviewerId'>,
): boolean => decisions.some((decision) => isSamePerson(decision, who));

/** Whether a decision can no longer be undone. */
const isSettled = (settlesAtMs: number, atMs: number): boolean =>
  atMs >= settlesAtMs || settlesAtMs > atMs + caseRule.settlesAtMostMs;

const holds = (state: CaseState, { by, atMs }: { by: Reviewer; atMs: number }): boolean =>
  holderAt(state, atMs) === by.id;

/**
 * The state after an event, or why there is none. The verbs load a state, ask here, and write the answer guarded by the
 * version they read. What has to be one statement says the same in SQL: to take or reserve the next case, to release
 * what a member holds, to pause.
 */
export function caseAfter(state: CaseState, event: CaseEvent): CaseState | CaseRefusal {
  const spec = caseSpecs[state.kind];
  if (!caseEventsIn[state.status].includes(event.type)) return 'status';
  if (event.type === 'reopen' && !spec.isReopened) return 'status';
  const { atMs } = event;
  switch (event.type) {
    case 'submit': {
      const { flags, rejectionsBefore, dueAtMs } = event;
      return { ...state, status: 'waiting', flags, rejectionsBefore, dueAtMs, expiresAtMs: null };
    }
    case 'answer':
      return {
        ...state,
        ...nextRound(state),
        status: 'waiting',
        stage: 'first',
        flags: flagsWithDoubt(event.flags, state.flags),
        dueAtMs: event.dueAtMs,
        expiresAtMs: null,
      };
    case 'withdraw': {
      // What was sent back waits for the person, and may be given up although it was opened; so may what is overdue,
      // and what cannot go on without their consent.
      const isOverdue = state.dueAtMs !== null && atMs >= state.dueAtMs;
      const isOpened = state.status === 'waiting' && state.openedAtMs !== null;
      return spec.withdraws === 'until_opened' && isOpened && !isOverdue && event.hasConsent
        ? 'opened'
        : ended(state, 'withdrawn', atMs);
    }
    // The person has withdrawn the consent: out of everybody's hands, and what can still be undone is. The doubt of
    // the member who decided stays: the person cannot take that back.
    case 'pause':
      return {
        ...state,
        ...free,
        status: 'waiting',
        flags:
          state.status === 'deciding' && state.stage === 'first'
            ? flagsAfterPause(state.flags)
            : state.flags,
        settlesAtMs: null,
        decisions: state.status === 'deciding' ? state.decisions.slice(0, -1) : state.decisions,
      };
    case 'expire':
      return state.expiresAtMs === null || atMs < state.expiresAtMs
        ? 'too_early'
        : ended(state, 'expired', atMs);
    case 'take': {
      const holder = holderAt(state, atMs);
      if (holder !== null && holder !== event.by.id) return 'held';
      return (
        refusalFor(state, event.by) ?? {
          ...state,
          holderId: event.by.id,
          leaseEndsAtMs: atMs + caseRule.leaseMs,
          takenAtMs: (holder === null ? null : state.takenAtMs) ?? atMs,
          openedAtMs: state.openedAtMs ?? atMs,
        }
      );
    }
    // The next case, loaded ahead: a lease like any other, but nobody has it on the screen yet.
    case 'reserve': {
      const holder = holderAt(state, atMs);
      if (holder !== null) return holder === event.by.id ? 'status' : 'held';
      return (
        refusalFor(state, event.by) ?? {
          ...state,
          holderId: event.by.id,
          leaseEndsAtMs: atMs + caseRule.leaseMs,
          takenAtMs: null,
        }
      );
    }
    case 'renew':
      return holds(state, event)
        ? { ...state, leaseEndsAtMs: atMs + caseRule.leaseMs }
        : 'not_held';
    case 'release':
      return holds(state, event) ? { ...state, ...free } : 'not_held';
    case 'decide': {
      if (!holds(state, event) || state.takenAtMs === null) return 'not_held';
      const { by, outcome } = event;
      const { round, stage } = state;
      const decision = { round, stage, reviewerId: by.id, outcome };
      return (
        refusalFor(state, by) ?? {
          ...state,
          status: 'deciding',
          flags: flagsAfter(state, event.found),
          settlesAtMs: atMs + caseRule.undoMs,
          decisions: [...state.decisions, decision],
        }
      );
    }
    case 'assign': {
      const { by, to } = event;
      if (holderAt(state, atMs) !== null) return 'held';
      if (!stagesOf(by.role, state.kind).includes('senior')) return 'role';
      const assigned = { ...state, ...free, assignedToId: to.id };
      return refusalFor(assigned, to) ?? assigned;
    }
    case 'undo': {
      const last = state.decisions.at(-1);
      if (last?.reviewerId !== event.by.id) return 'not_held';
      if (state.settlesAtMs !== null && isSettled(state.settlesAtMs, atMs)) return 'too_late';
      return {
        ...state,
        status: 'waiting',
        holderId: event.by.id,
        leaseEndsAtMs: atMs + caseRule.leaseMs,
        settlesAtMs: null,
        decisions: state.decisions.slice(0, -1),
      };
    }
    case 'settle':
      return state.settlesAtMs !== null && !isSettled(state.settlesAtMs, atMs)
        ? 'too_early'
        : settled(state, event);
    // Any senior may have it, no matter who decided before; but a member who did does not approve alone.
    case 'reopen':
      if (!stagesOf(event.by.role, state.kind).includes('senior')) return 'role';
      return canReopen(state, event.by.role, atMs)
        ? {
            ...state,
            ...nextRound(state),
            status: 'waiting',
            stage: 'senior',
            openedAtMs: state.openedAtMs ?? atMs,
            dueAtMs: event.dueAtMs,
            endedAtMs: null,
          }
        : 'too_late';
  }
}

const nextRound = ({ round, decisions, earlier }: CaseState) => ({
  round: round + 1,
  decisions: [],
  earlier: [...earlier, ...decisions],
});

/** The flags of a request that comes again: a doubt of a member who looked before stays one. */
export const flagsWithDoubt = (
  found: readonly CaseFlag[],
  before: readonly CaseFlag[],
): readonly CaseFlag[] =>
  before.some((flag) => flag === 'face_doubtful' || flag === 'face_doubted_before')
    ? [...found, 'face_doubted_before']
    : found;

/** The flags of a request whose first decision a pause has undone: its doubt is one from before. */
const flagsAfterPause = (flags: readonly CaseFlag[]): readonly CaseFlag[] =>
  flags.includes('face_doubted_before')
    ? flags
    : flags.map((flag) => (flag === 'face_doubtful' ? 'face_doubted_before' : flag));

/** What the first one finds may ask for a second person; the next one is that person. */
function flagsAfter(
  { kind, flags, stage }: CaseState,
  found: readonly CaseFlag[],
): readonly CaseFlag[] {
  if (stage !== 'first') return flags;
  const known = caseSpecs[kind].found;
  return [
    ...flags.filter((flag) => !known.includes(flag)),
    ...known.filter((flag) => found.includes(flag)),
  ];
}

/** Where the last decision leads: to an end, back to the person, or on to somebody else. */
function settled(
  state: CaseState,
  { isSampled, atMs }: { isSampled: boolean; atMs: number },
): CaseState {
  const last = state.decisions.at(-1);
  if (last === undefined || last.outcome === 'return') {
    return {
      ...state,
      ...free,
      assignedToId: null,
      status: 'returned',
      settlesAtMs: null,
      expiresAtMs: atMs + caseRule.returnedMs,
    };
  }
  const { outcome } = last;
  const next = nextStage(state, outcome, causesOf(state, last, isSampled));
  return next === null
    ? ended(state, outcome === 'approve' ? 'approved' : 'rejected', atMs)
    : {
        ...state,
        ...free,
        assignedToId: null,
        status: 'waiting',
        stage: next,
        settlesAtMs: null,
      };
}

function nextStage(
  { stage, decisions }: CaseState,
  outcome: CaseOutcome,
  causes: readonly SecondCause[],
): CaseStage | null {
  // A senior decides first after reopening, and else last.
  if (stage !== 'second') return decisions.length === 1 && causes.length > 0 ? 'second' : null;
  // After reopening the second person comes after a senior, whose approval does not stand without theirs.
  const first = decisions.find((decision) => decision.stage === 'first');
  return first === undefined || first.outcome === outcome ? null : 'senior';
}

/** Whether an approval in this state may have to be borne out by a second person: nobody has approved yet. */
export const canNeedSecond = ({ stage, decisions }: CaseState): boolean =>
  stage !== 'second' && !decisions.some(({ outcome }) => outcome === 'approve');

/** Why a decision on a request takes a second person: of this one, who makes it in this state. */
export function causesOf(
  { kind, stage, earlier, rejectionsBefore, flags }: CaseState,
  decided: Pick<StandingDecision, 'reviewerId' | 'outcome'>,
  isSampled: boolean,
): SecondCause[] {
  const ends = new Map(earlier.map(({ round, outcome }) => [round, outcome]));
  const rejections = [...ends.values()].filter((outcome) => outcome === 'reject').length;
  return secondCausesOf({
    kind,
    outcome: decided.outcome,
    rejectionsBefore: rejectionsBefore + rejections,
    flags,
    hasDecidedBefore: hasDecided(
      earlier.filter(({ outcome }) => outcome !== 'return'),
      decided,
    ),
    isSampled: isSampled && stage === 'first',
  });
}

/**
 * Where something disagrees: found at submission, but for `face_doubtful`, which a reviewer finds, and which is
 * `face_doubted_before` once the request, or another one of the person, comes again.
 */
const caseFlags = [
  'name_changed',
  'validity_changed',
  'unusual_term',
  'authority_mismatched',
  'authority_no_record',
  'photo_reused',
  /** The 通行证号码 has verified another account. */
  'permit_reused',
  'face_doubtful',
  'face_doubted_before',
  /** The first one frees a number from the account that has it. */
  'frees_number',
  /** The organisation has an account already, which an approval gives to the sender of the letter. */
  'organisation_known',
  'organisation_code_unusual',
  /** An approval gives the number of another account to the claimant. */
  'takes_number',
] as const;
export type CaseFlag = (typeof caseFlags)[number];

/** The flags that a colleague sees: of what the first one found nothing, where each judges for themselves. */
export const flagsFor = ({
  kind,
  flags,
  stage,
}: Pick<CaseState, 'kind' | 'flags' | 'stage'>): readonly CaseFlag[] => {
  const { isBlind, found } = caseSpecs[kind];
  return isBlind && stage === 'second' ? flags.filter((flag) => !found.includes(flag)) : flags;
};

/** Why a second person decides too. */
export const secondCauses = [
  'after_rejections',
  'identity_disagreement',
  'decided_before',
  'sampled',
] as const;
export type SecondCause = (typeof secondCauses)[number];

/** Which part of all cases is decided twice without anybody knowing beforehand which. */
const sampledShare = 0.05;
const manyRejections = 2;

/**
 * Whether a case is in the blind sample: by a keyed hash of its id (base64url, from the first six characters), so
 * that nobody can tell without the key and nothing has to be drawn or kept.
 */
export function isSampled(keyedHash: string): boolean {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let value = 0;
  for (const character of keyedHash.slice(0, 6)) value = value * 64 + alphabet.indexOf(character);
  return value < sampledShare * 64 ** 6;
}

/** Why a second person has to look at what the first one decided; none for what is only sent back. */
export function secondCausesOf(decided: {
  kind: CaseKind;
  outcome: CaseOutcome;
  rejectionsBefore: number;
  flags: readonly CaseFlag[];
  /** Whether the same person has approved or rejected it in an earlier round. */
  hasDecidedBefore: boolean;
  isSampled: boolean;
}): SecondCause[] {
  const { kind, outcome, rejectionsBefore, flags } = decided;
  const spec = caseSpecs[kind];
  if (outcome === 'return') return [];
  const approves = outcome === 'approve';
  const found: Record<SecondCause, boolean> = {
    after_rejections: approves && rejectionsBefore >= manyRejections,
    identity_disagreement: approves && flags.some((flag) => spec.needsTwo.includes(flag)),
    decided_before: approves && decided.hasDecidedBefore,
    sampled: decided.isSampled && spec.isSampled,
  };
  return secondCauses.filter((cause) => found[cause]);
}

/** The items that were sent back: only these can be changed, and every photo among them must be. */
export const returnedItems = (reasons: readonly Pick<CaseReason, 'item'>[]) => [
  ...new Set(reasons.map(({ item }) => item)),
];

const bandEnds = [10, 50, 200, 500] as const;

/** How many more rows it takes to know the band: no queue is counted to its end. */
export const queueCountLimit = 501;

/** The place in the queue as a band: with so many before it, between `from` and `to` (`null`: or later). */
export function queueBand(before: number): { from: number; to: number | null } {
  const place = before + 1;
  let from = 1;
  for (const to of bandEnds) {
    if (place <= to) return { from, to };
    from = to + 1;
  }
  return { from, to: null };
}

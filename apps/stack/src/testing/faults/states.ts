import type { Database } from '@shiming/db';
import { type CaseStatus, caseEventsIn, caseStatuses } from '@shiming/domain';

/** A state of a row, and how it is left. */
interface State {
  readonly table: string;
  /** The condition of the state. */
  readonly where: string;
  readonly state: string;
  /** The verbs and jobs that leave it; an end, where the row stays as it is kept. */
  readonly leave: string;
  /** Rows that none of them would find. `:now` is the present. */
  readonly stuck: string;
}

const never = '0';
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Rows that a job deletes or ends once an instant is over; which has to be there, and not further away than so long. */
const ends = (column: string, longestMs: number) =>
  `${column} is null or ${column} > :now + ${longestMs}`;

/** Of each status of a case, what has to be there for its events to come. */
const caseNeeds: Readonly<Record<CaseStatus, string>> = {
  draft: ends('expires_at_ms', 366 * dayMs),
  // Its person takes it back once it is overdue, and a lease ends by the clock.
  waiting: `due_at_ms is null or due_at_ms > :now + ${60 * dayMs} or lease_ends_at_ms > :now + ${11 * minuteMs} or (holder_id is not null and lease_ends_at_ms is null)`,
  deciding: ends('settles_at_ms', minuteMs),
  returned: ends('expires_at_ms', 31 * dayMs),
  approved: 'ended_at_ms is null',
  rejected: 'ended_at_ms is null',
  withdrawn: 'ended_at_ms is null',
  expired: 'ended_at_ms is null',
};

const byStatus = (
  table: string,
  column: string,
  states: Readonly<Record<string, readonly [leave: string, stuck: string]>>,
): State[] =>
  Object.entries(states).map(([state, [leave, stuck]]) => ({
    table,
    where: `"${column}" = '${state}'`,
    state,
    leave,
    stuck,
  }));

/** A table whose rows have no status: they end by the clock. */
const byClock = (table: string, column: string, longestMs: number, leave: string): State => ({
  table,
  where: '1',
  state: '–',
  leave,
  stuck: ends(column, longestMs),
});

const end = (table: string, column: string, states: readonly string[]) =>
  byStatus(table, column, Object.fromEntries(states.map((state) => [state, ['an end', never]])));

/** Somebody is at it: when all have ended, and the jobs have run, there is none. */
const atRest = '1';

/** The states of everything that a person or the staff can be in, and what leaves each. */
export const states: readonly State[] = [
  ...byStatus('account', 'status', {
    active: ['data.requestCancellation, data.closeAtOnce, helpDesk', never],
    suspended: ['helpDesk (two persons), data.closeAtOnce', never],
    closed: [
      'restored by its holder; job closed_accounts',
      'not exists (select 1 from cancellation where account_id = account.id)',
    ],
  }),
  ...['collecting', 'code_sent', 'contact_proved'].map((state) => ({
    table: 'registration',
    where: `status = '${state}'`,
    state,
    leave: 'registration.*; registration.discard; job retention',
    stuck: ends('expires_at_ms', 31 * dayMs),
  })),
  byClock('recovery', 'expires_at_ms', dayMs, 'recovery.*; job retention'),
  byClock(
    'contact_change',
    'expires_at_ms',
    31 * dayMs,
    'contact.confirm, cancel, undo; job retention',
  ),
  byClock('challenge', 'expires_at_ms', 60 * dayMs, 'used up, or job retention'),
  byClock('puzzle', 'expires_at_ms', dayMs, 'puzzle.solve; job retention'),
  byClock('service_token', 'expires_at_ms', 60 * dayMs, 'the provider; job retention'),
  byClock('wechat_scene', 'expires_at_ms', dayMs, 'the chat; job retention'),
  byClock('ministry_visit', 'expires_at_ms', dayMs, 'ministry.*; job retention'),
  ...caseStatuses.map((state) => ({
    table: 'case',
    where: `status = '${state}'`,
    state,
    leave: caseEventsIn[state].join(', ') || 'an end',
    stuck: caseNeeds[state],
  })),
  ...byStatus('window_ticket', 'status', {
    open: ['window.decide; a new ticket; job retention', ends('expires_at_ms', 31 * dayMs)],
  }),
  ...end('window_ticket', 'status', ['passed', 'refused', 'replaced', 'revoked']),
  ...byStatus('verification', 'status', {
    asked: ['the answer; job verifications', atRest],
  }),
  ...end('verification', 'status', [
    'matched',
    'mismatched',
    'no_record',
    'refused_input',
    'unavailable',
  ]),
  ...byStatus('face_check', 'status', {
    asked: ['the answer; job verifications', atRest],
  }),
  ...byStatus('outbox', 'status', {
    waiting: ['job messages; job retention', `due_at_ms > :now + ${61 * minuteMs}`],
    taken: ['its sender; job messages', atRest],
    handing_over: ['its sender; job messages', atRest],
  }),
  ...end('outbox', 'status', ['sent', 'failed', 'unclear']),
  {
    table: 'channel_stop',
    where: '1',
    state: 'stopped',
    leave: 'a message that goes through',
    stuck: `probe_at_ms > :now + ${6 * minuteMs}`,
  },
  ...byStatus('number_claim', 'status', {
    open: ['claim.*; job number_claims', never],
    noticed: ['claim.object; job number_claims', ends('object_until_ms', 31 * dayMs)],
    in_review: ['desk.decideClaim', never],
  }),
  ...end('number_claim', 'status', ['moved', 'refused', 'withdrawn', 'undone']),
  ...byStatus('correction', 'status', {
    waiting: ['helpDesk (second person); job corrections', ends('expires_at_ms', 31 * dayMs)],
  }),
  ...end('correction', 'status', ['done', 'refused', 'expired']),
  ...byStatus('vouch', 'status', {
    waiting: ['binding.*; its time', ends('expires_at_ms', 31 * dayMs)],
  }),
  ...end('vouch', 'status', ['confirmed', 'declined', 'withdrawn', 'taken_back']),
  ...byStatus('matter', 'status', {
    waiting: [
      'authorisation.answerMatter; the office; its time',
      ends('expires_at_ms', 366 * dayMs),
    ],
  }),
  ...end('matter', 'status', ['yes', 'no', 'withdrawn']),
  {
    table: 'authorisation',
    where: 'closed_at_ms is null',
    state: 'open',
    leave: 'authorisation.close; its last use; job authorisations',
    stuck: 'look_at_ms is null',
  },
  {
    table: 'record',
    where: 'ask_id is not null',
    state: 'asked',
    leave: 'the answer; job records',
    stuck: atRest,
  },
  {
    table: 'photo',
    where: 'remove_after_ms is null',
    state: 'in use',
    leave: 'the end of its case',
    stuck: `not exists (select 1 from case_photo join "case" on "case".id = case_photo.case_id
      where case_photo.photo_id = photo.id and "case".ended_at_ms is null)`,
  },
  {
    table: 'session',
    where: 'ended_at_ms is null',
    state: 'open',
    leave: 'session.signOut, end; its time',
    // By a clock that was ahead, too.
    stuck: `created_at_ms > :now + ${dayMs / 2}`,
  },
  ...byStatus('staff', 'status', {
    invited: ['staff.accept*; a new link', never],
    active: ['staff.*', never],
    disabled: ['staff.enable', never],
  }),
];

export interface StateCount extends State {
  readonly rows: number;
  readonly stuckRows: number;
}

/**
 * Counts the rows in each state, and those that nothing would leave, when nobody is at anything any longer; a state that is not
 * listed is one of the latter.
 */
export async function countStates(db: Database, nowMs: number): Promise<StateCount[]> {
  const counted: StateCount[] = [];
  for (const state of states) {
    const stuck = state.stuck.replaceAll(':now', String(nowMs));
    const [row] = await db.all<{ rows: number; stuck: number }>(
      `select count(*) as rows, coalesce(sum(${stuck}), 0) as stuck from "${state.table}" where ${state.where}`,
    );
    counted.push({ ...state, rows: row?.rows ?? 0, stuckRows: row?.stuck ?? 0 });
  }
  for (const table of new Set(states.map((state) => state.table))) {
    const known = states.filter((state) => state.table === table);
    // Of these only some states are of interest.
    if (known.length === 1 || table === 'face_check') continue;
    const [row] = await db.all<{ rows: number }>(
      `select count(*) as rows from "${table}" where not (${known.map(({ where }) => where).join(' or ')})`,
    );
    if ((row?.rows ?? 0) === 0) continue;
    const unknown = { table, where: '', state: 'unknown', leave: '', stuck: '' };
    counted.push({ ...unknown, rows: row?.rows ?? 0, stuckRows: row?.rows ?? 0 });
  }
  return counted;
}

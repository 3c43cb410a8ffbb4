import {
  accountTable,
  attestationTable,
  authorisationTable,
  cancellationTable,
  guardianConsentTable,
  correctionTable,
  numberClaimTable,
  caseTable,
  recordTable,
  verificationTable,
} from '@shiming/db';
import { type AppErrorCode, appErrorIn, noteOf, retention } from '@shiming/domain';
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { endAuthorisations } from './authorisation/ends.ts';
import { forgetStudies } from './binding/forget.ts';
import { eraseOrganisations, organisationsDueSince } from './organisation/closing.ts';
import { tellOfEnds } from './verification/attestation-ends.ts';
import { clearAudit, sealAll, unsealedSince } from './audit/chain.ts';
import type { Deps } from './context.ts';
import { endGuardianConsents } from './guardian/end.ts';
import { settleNumberClaims } from './claim/settle.ts';
import { expireChanges } from './help-desk/decide.ts';
import { deliverWaiting, reportOutbox, settleOutbox } from './outbox/outbox.ts';
import { reportDisputes, reportsDueSince } from './photo-check/report.ts';
import { rotatePhotos } from './review/rotate.ts';
import { hasConsentFor } from './cases/consent.ts';
import { expireCases, isDeciding, settleCases } from './desk/settle.ts';
import { photosDueSince, sweepPhotos } from './review/sweep-photos.ts';
import { rotateKeys } from './vault/rotate.ts';
import { settleRecords } from './records/ask.ts';
import { abandonedAfterMs, settleVerifications } from './verification/ask.ts';
import { clearExpired, expiredSince } from './jobs/clear-expired.ts';
import { eraseCancelled } from './data/erase-cancelled.ts';
import type { Turn } from './jobs/turn.ts';
import { watchSends } from './jobs/watch-sends.ts';
import { moveIdentifiers } from './account/move.ts';

/** Fewer than a Worker may open connections in one run, and over before the next begins. */
const messagesOfRun = { limit: 300, budgetMs: 40_000 };

/** What a job says of itself in its line besides the counts. */
type Facts = Readonly<Record<string, string | number>>;

/** A job of the minute. It may run twice at once: what one run has done the other leaves. */
type Job = {
  /** How long it may take when there is much to do; the next minute goes on from there. */
  seconds: number;
  /** Does what is due, and returns how much that was. */
  run(deps: Deps, turn: Turn): Promise<number | { done: number; facts: Facts }>;
  /** Looks afterwards at what is left: when the oldest of it was due, or will be. */
  look?(deps: Deps): Promise<{ since: number | null; facts?: Facts }>;
};

async function lookAt(deps: Deps, instant: SQL) {
  const [row] = await deps.db.all<{ since: number | null }>(sql`select ${instant} as since`);
  return { since: row?.since ?? null };
}

/** The earliest instant in a column. */
const earliest =
  (table: SQLiteTable, column: SQLiteColumn, where: SQL | undefined = sql`true`, laterMs = 0) =>
  (deps: Deps) =>
    lookAt(deps, sql`(select min(${column}) + ${laterMs} from ${table} where ${where})`);

/** Evidence first, and people's messages beside everything else; then what somebody waits for; then what nobody does. */
const jobs = {
  audit: {
    seconds: 10,
    run: async (deps, turn) => {
      const { done, head } = await sealAll(deps, turn);
      // So the head is kept elsewhere, too.
      return { done, facts: head === null ? {} : { auditBlock: head.block, auditHead: head.hash } };
    },
    look: (deps) => lookAt(deps, unsealedSince),
  },
  messages: {
    seconds: 40,
    run: async (deps) => {
      const settled = await settleOutbox(deps);
      const { accepted, refused, unclear, postponed } = await deliverWaiting(deps, messagesOfRun);
      return {
        done: accepted,
        facts: {
          refused,
          postponed,
          unclear: unclear + settled.unclear,
          returned: settled.returned,
        },
      };
    },
    look: async (deps) => {
      const { waiting, oldestWaitingMs, alarms } = await reportOutbox(deps);
      return {
        since: oldestWaitingMs === null ? null : deps.now() - oldestWaitingMs,
        facts: { waiting, ...(alarms.length === 0 ? {} : { alarm: alarms.join('; ') }) },
      };
    },
  },
  sends: {
    seconds: 1,
    run: async (deps) => ({ done: 0, facts: (await watchSends(deps)) ?? {} }),
  },
  verifications: {
    seconds: 3,
    run: settleVerifications,
    look: earliest(
      verificationTable,
      verificationTable.askedAtMs,
      eq(verificationTable.status, 'asked'),
      abandonedAfterMs,
    ),
  },
  records: {
    seconds: 2,
    run: settleRecords,
    look: earliest(
      recordTable,
      recordTable.askedAtMs,
      isNotNull(recordTable.askId),
      abandonedAfterMs,
    ),
  },
  decisions: {
    seconds: 6,
    run: async (deps, turn) => {
      const settled = await settleCases(deps, turn);
      if (settled > 0) deps.defer(() => deliverWaiting(deps));
      return settled;
    },
    // What waits for a consent that was withdrawn is no work left undone.
    look: (deps) =>
      earliest(caseTable, caseTable.settlesAtMs, and(isDeciding, hasConsentFor(deps)))(deps),
  },
  reports: {
    seconds: 3,
    run: async (deps, turn) => {
      const { done, refused } = await reportDisputes(deps, turn);
      return { done, facts: refused === 0 ? {} : { refused, alarm: 'report_refused' } };
    },
    // Since the school has answered; not what waits for a consent that was withdrawn.
    look: (deps) => lookAt(deps, reportsDueSince(deps)),
  },
  expired_reviews: {
    seconds: 4,
    run: expireCases,
    look: earliest(caseTable, caseTable.expiresAtMs),
  },
  number_claims: {
    seconds: 3,
    run: async (deps, turn) =>
      (await settleNumberClaims(deps, turn)) + (await forgetStudies(deps, turn)),
    look: earliest(
      numberClaimTable,
      numberClaimTable.objectUntilMs,
      eq(numberClaimTable.status, 'noticed'),
    ),
  },
  corrections: {
    seconds: 2,
    run: expireChanges,
    look: earliest(
      correctionTable,
      correctionTable.expiresAtMs,
      eq(correctionTable.status, 'waiting'),
    ),
  },
  authorisations: {
    seconds: 2,
    run: endAuthorisations,
    look: earliest(authorisationTable, authorisationTable.lookAtMs),
  },
  attestations: {
    seconds: 4,
    run: tellOfEnds,
    look: earliest(attestationTable, attestationTable.lookAtMs),
  },
  guardian_consents: {
    seconds: 2,
    run: endGuardianConsents,
    look: earliest(guardianConsentTable, guardianConsentTable.lookAtMs),
  },
  closed_accounts: {
    seconds: 5,
    run: eraseCancelled,
    // The account of a suspended person waits.
    look: earliest(
      cancellationTable,
      cancellationTable.dueAtMs,
      sql`(select ${accountTable.status} from ${accountTable} where ${accountTable.id} = ${cancellationTable.accountId}) <> 'suspended'`,
    ),
  },
  organisations: {
    seconds: 2,
    run: eraseOrganisations,
    look: (deps) => lookAt(deps, organisationsDueSince),
  },
  photos: {
    seconds: 5,
    run: sweepPhotos,
    look: (deps) => lookAt(deps, photosDueSince),
  },
  retention: {
    seconds: 8,
    run: clearExpired,
    look: async (deps) => ({ since: await expiredSince(deps) }),
  },
  audit_retention: {
    seconds: 2,
    run: (deps, turn) => clearAudit(deps, deps.now() - retention.audit.keep.ms, turn),
  },
  keys: {
    seconds: 8,
    run: async (deps, turn) =>
      (await moveIdentifiers(deps, turn)) +
      (await rotateKeys(deps, turn)) +
      (await rotatePhotos(deps, turn)),
  },
} satisfies Record<string, Job>;

export type JobName = keyof typeof jobs;

/** What a job's line says. `done` is what it did before it failed, if it did fail, or 0. */
export type JobReport = Facts & {
  job: JobName;
  outcome: AppErrorCode | 'ok';
  done: number;
  /** Rows that it could not work on: each wants somebody to look. */
  failed: number;
  /** For how long the oldest thing has been due that is not done; 0 where nothing is. */
  waitingMs: number;
  ms: number;
};

async function runJob(deps: Deps, name: JobName): Promise<JobReport> {
  const job: Job = jobs[name];
  const startMs = deps.now();
  const untilMs = startMs + job.seconds * 1_000;
  let failed = 0;
  let note: string | undefined;
  const turn: Turn = {
    isOver: () => deps.now() >= untilMs,
    fail: (error, rows = 1) => {
      // The database or the store is away: no row can be worked on.
      if (appErrorIn(error)?.data.code === 'service.unavailable') throw error;
      failed += rows;
      note = noteOf(error);
    },
  };
  let outcome: JobReport['outcome'] = 'ok';
  let done = 0;
  let facts: Facts = {};
  try {
    const result = await job.run(deps, turn);
    ({ done, facts } = typeof result === 'number' ? { done: result, facts } : result);
  } catch (error) {
    outcome = appErrorIn(error)?.data.code ?? 'internal.unexpected';
    note = noteOf(error);
  }
  // Without a database there is no saying; the outcome tells.
  const left = await job.look?.(deps).catch(() => undefined);
  const since = left?.since ?? null;
  return {
    job: name,
    outcome,
    done,
    failed,
    waitingMs: since === null ? 0 : Math.max(0, deps.now() - since),
    ms: deps.now() - startMs,
    ...(failed > 0 ? { alarm: 'rows_failed' } : {}),
    ...facts,
    ...left?.facts,
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * Everything that is done every minute. Whatever one job meets, the others run; each tells `log` its own line when it has
 * ended. Messages go out beside the others, for a mail server may be slow. Returns the lines by job.
 */
export async function runJobs(
  deps: Deps,
  log: (line: JobReport) => void = () => {},
): Promise<Record<JobName, JobReport>> {
  const run = async (name: JobName) => {
    const line = await runJob(deps, name);
    log(line);
    return line;
  };
  const { messages: _, ...others } = jobs;
  const messages = run('messages');
  const lines: JobReport[] = [];
  for (const name of Object.keys(others) as (keyof typeof others)[]) lines.push(await run(name));
  lines.push(await messages);
  return Object.fromEntries(lines.map((line) => [line.job, line])) as Record<JobName, JobReport>;
}

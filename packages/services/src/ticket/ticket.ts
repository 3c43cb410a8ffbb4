import { caseDecisionTable, casePhotoTable, caseReasonTable, caseTable, guard } from '@shiming/db';
import {
  type CaseOutcome,
  type CaseStatus,
  followedKinds,
  type LetterOrganisation,
  parseCaseNumber,
  readTicketCode,
  type TicketStatement,
} from '@shiming/domain';
import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { type Ctx, type Deps, refuseUnless } from '../context.ts';
import type { CaseRow } from '../cases/state.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

/** What of a ticket is sealed: what was asked, the code that follows it, and what was said since. */
export type Ticket = TicketStatement & {
  /** What a letter speaks for. */
  organisation?: LetterOrganisation;
  code: string;
  /** The secret of the link that confirms the address; `null` once it was, and where there is none. */
  emailSecret: string | null;
  replies: readonly { atMs: number; text: string }[];
  /** When the help desk last told the answer by telephone (S-USR-03). */
  telephonedAtMs?: number;
};

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** The columns that keep a ticket. */
export const sealedTicket = async (deps: VaultDeps, caseId: string, ticket: Ticket) => ({
  answersSealed: await seal(deps, placeOf(caseTable.answersSealed, caseId), ticket),
  keyId: currentKeyId(deps),
});

/** @throws Error for a case that is no ticket */
export function openTicket(
  deps: VaultDeps,
  { id, answersSealed }: Pick<CaseRow, 'id' | 'answersSealed'>,
): Promise<Ticket> {
  if (answersSealed === null) throw new Error('a ticket without answers');
  return open<Ticket>(deps, placeOf(caseTable.answersSealed, id), answersSealed);
}

export type TicketKey = { number: string; code: string };

/** What the help desk has said, as soon as it took effect. */
export type TicketAnswer = { outcome: CaseOutcome; text: string; atMs: number };

const isTicket = inArray(caseTable.kind, [...followedKinds]);

/** Statements that read tickets: with their files and their answers. */
export const ticketQueries = ({ db }: Pick<Ctx, 'db'>, which: SQL | undefined) => {
  const is = and(isTicket, which);
  return [
    db.select().from(caseTable).where(is),
    db
      .select({
        caseId: casePhotoTable.caseId,
        slot: casePhotoTable.slot,
        photoId: casePhotoTable.photoId,
      })
      .from(caseTable)
      .innerJoin(casePhotoTable, eq(casePhotoTable.caseId, caseTable.id))
      .where(is),
    db
      .select({ decision: caseDecisionTable, reason: caseReasonTable })
      .from(caseTable)
      .innerJoin(caseDecisionTable, eq(caseDecisionTable.caseId, caseTable.id))
      .innerJoin(caseReasonTable, eq(caseReasonTable.decisionId, caseDecisionTable.id))
      .where(
        and(is, isNull(caseDecisionTable.undoneAtMs), isNotNull(caseDecisionTable.settledAtMs)),
      )
      .orderBy(asc(caseDecisionTable.settledAtMs)),
  ] as const;
};

/**
 * A ticket for anybody who has its number and its code. A number that is not there and a code that is wrong are refused
 * alike.
 *
 * @throws AppError request.not_found
 */
export async function loadTicket(ctx: Ctx, { number, code }: TicketKey) {
  // A draft has no number but its id.
  const isIt = or(
    eq(caseTable.caseNumber, parseCaseNumber(number) ?? ''),
    eq(caseTable.id, number),
  );
  const [[row], files, settled] = await ctx.db.batch(ticketQueries(ctx, isIt));
  const ticket = row === undefined ? null : await openTicket(ctx, row);
  refuseUnless(
    row !== undefined && ticket !== null && ctx.crypto.equal(ticket.code, readTicketCode(code)),
    { code: 'request.not_found' },
  );
  return { row, ticket, files, answers: await answersIn(ctx, row, settled) };
}

/** What the help desk has said in a ticket, among the decisions on several that `ticketQueries` finds. */
export function answersIn(
  ctx: Ctx,
  row: CaseRow,
  settled: readonly {
    decision: typeof caseDecisionTable.$inferSelect;
    reason: typeof caseReasonTable.$inferSelect;
  }[],
): Promise<TicketAnswer[]> {
  // A second person may still decide otherwise.
  const isTold = ({ round }: { round: number }) =>
    round < row.round || !['waiting', 'deciding'].includes(row.status);
  const told = new Map(
    settled
      .filter(({ decision }) => decision.caseId === row.id && isTold(decision))
      .map((each) => [each.decision.round, each] as const),
  );
  return Promise.all(
    [...told.values()].map(async ({ decision, reason }): Promise<TicketAnswer> => ({
      outcome: decision.outcome,
      text: await textOf(ctx, reason),
      atMs: decision.settledAtMs ?? 0,
    })),
  );
}

export const textOf = async (
  deps: VaultDeps,
  { id, noteSealed }: Pick<typeof caseReasonTable.$inferSelect, 'id' | 'noteSealed'>,
): Promise<string> =>
  noteSealed === null
    ? ''
    : open<string>(deps, placeOf(caseReasonTable.noteSealed, id), noteSealed);

/** A guard that a ticket has not been sent off since it was read. */
export const guardInHand = ({ db }: Pick<Ctx, 'db'>, { id, status, round }: CaseRow) => {
  const same = db
    .select({ id: caseTable.id })
    .from(caseTable)
    .where(and(eq(caseTable.id, id), eq(caseTable.status, status), eq(caseTable.round, round)));
  return guard(db, sql`exists ${same}`, { code: 'request.stale' });
};

/** Whether its person has a ticket in hand: it is being written, or was sent back. */
export const isInHand = (status: CaseStatus): boolean =>
  status === 'draft' || status === 'returned';

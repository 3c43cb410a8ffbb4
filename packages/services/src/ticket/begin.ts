import { caseTable } from '@shiming/db';
import {
  AppError,
  type CaseFlag,
  caseSpecs,
  type FollowedKind,
  numberKeyAlone,
  parseAskedCorrection,
  parseTicket,
  type TicketAnswers,
  ticketCodeOf,
  type TicketStatement,
} from '@shiming/domain';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { networkOf, perAddress } from '../allowance/per-address.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import type { SignedIn } from '../session/session.ts';
import { blindIndex, subjectHash } from '../vault/vault.ts';
import { sealedTicket, type Ticket } from './ticket.ts';

const workRequired = () => ({ code: 'puzzle.work_required' }) as const;

/**
 * Tickets of one place in an hour for a puzzle: a service centre helps many people from one address. Anybody behind the
 * same address can fill it, so above it the ticket takes heavy work.
 */
const byPuzzle: Limit = { limit: 20, window: { lastMs: 3_600_000 }, refusal: workRequired };
/** And those of its network in a day. */
const byPuzzleOfNetwork: Limit = { limit: 500, window: 'shanghai_day', refusal: workRequired };

/**
 * T-ENT-07: begins a ticket, with and without an account. Files are added until it is sent off (`submitTicket`).
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, puzzle.work_required, request.too_many
 */
export async function beginTicket(
  ctx: Ctx,
  signedIn: SignedIn | null,
  { ticket, ...typed }: TicketAnswers & { ticket: string },
): Promise<{ number: string; code: string }> {
  const parsed = accepted(parseTicket(typed, today(ctx)));
  const correction = parseAskedCorrection(parsed.topic, typed);
  if (!correction.ok) {
    throw new AppError({ code: 'input.invalid', fields: { correction: correction.code } });
  }
  return beginFollowed(ctx, {
    kind: 'ticket',
    accountId: signedIn?.account.id ?? null,
    statement: { ...parsed, correction: correction.value },
    flags: [],
    ticket,
  });
}

/**
 * Begins a case that is followed by a number and a code. Only the place is counted, so that nobody fills another's
 * limit, and nothing is said of whether there is an account.
 *
 * @throws AppError puzzle.ticket_refused, puzzle.work_required, request.too_many
 */
export async function beginFollowed(
  ctx: Ctx,
  {
    kind,
    accountId,
    statement,
    flags,
    ticket,
  }: {
    kind: FollowedKind;
    accountId: string | null;
    statement: Pick<Ticket, keyof TicketStatement | 'organisation'>;
    flags: readonly CaseFlag[];
    ticket: string;
  },
): Promise<{ number: string; code: string }> {
  const { address } = ctx.visitor;
  const [place, network] = await Promise.all([
    subjectHash(ctx, 'address', address),
    subjectHash(ctx, 'address', networkOf(address)),
  ]);
  const { name, number, email } = statement;
  const id = ctx.crypto.randomToken(12);
  const code = ticketCodeOf(ctx.crypto.randomBytes(12));
  const emailSecret = email === null ? null : ctx.crypto.randomToken(16);
  const nowMs = ctx.now();
  await commitClaims(
    ctx,
    [
      newClaim(ctx, 'ticket', place, isHeavy(ticket) ? [perAddress] : [byPuzzle, perAddress]),
      newClaim(ctx, 'ticket.network', network, isHeavy(ticket) ? [] : [byPuzzleOfNetwork]),
    ],
    [
      ...(await spendTicket(ctx, 'ticket', ticket)),
      ctx.db.insert(caseTable).values({
        id,
        kind,
        portal: ctx.portal.id,
        accountId,
        numberIndex:
          number === null ? null : await blindIndex(ctx, 'number', numberKeyAlone(number)),
        nameIndex: name === null ? null : await blindIndex(ctx, 'name', name),
        status: 'draft',
        stage: 'first',
        channel: email === null ? 'inbox' : 'mail',
        flags,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + caseSpecs[kind].draftMs,
        ...(await sealedTicket(ctx, id, { ...statement, code, emailSecret, replies: [] })),
      }),
    ],
  );
  return { number: id, code };
}

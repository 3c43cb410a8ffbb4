import { auditTable, commit, guard, hasWritten, windowTicketTable } from '@shiming/db';
import { isReasonOf, type WindowOutcome, type WindowReason } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { attest } from '../account/attestation.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { actorName, record } from '../audit/record.ts';
import { guardNoOpenReview } from '../cases/state.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { registrationValidMs, saveStep } from '../registration/draft.ts';
import { guardActing } from '../staff/guards.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { type AtWindow, openAtWindow, windowOf } from './subject.ts';
import { isOpenTicket } from '../verification/window-ticket.ts';

/**
 * E-WIN-01: records what a clerk has seen of person and card, with the reason. It counts as the check that the ticket stands
 * for: the level of an account rises at once, and a registration goes on after its check. Only the clerk who has opened the ticket
 * decides, about what they were shown.
 *
 * @throws AppError input.invalid, window.ticket_over, window.own_ticket, staff.number_required, consent.required,
 * review.open, request.stale
 */
export async function decideWindowTicket(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { ticketId: string; version: number; outcome: WindowOutcome; reason: WindowReason },
): Promise<void> {
  const { outcome, reason } = input;
  refuseUnless(isReasonOf(outcome, reason), {
    code: 'input.invalid',
    fields: { reason: 'input.shape' },
  });
  const acting = guardActing(ctx, windowOf(staff));
  const found = await openAtWindow(ctx, staff, input);
  refuseUnless(found.version === input.version, { code: 'request.stale' });
  const { ticket } = found;
  const { member } = staff;
  const looked = ctx.db
    .select({ id: auditTable.id })
    .from(auditTable)
    .where(
      and(
        eq(auditTable.accountId, ticket.accountId),
        eq(auditTable.action, 'window.looked'),
        eq(auditTable.actor, actorName(ctx)),
        sql`json_extract(${auditTable.facts}, '$.ticket') = ${ticket.id}`,
      ),
    );
  await commit(ctx.db, [
    acting,
    guard(ctx.db, sql`exists ${looked}`, { code: 'window.ticket_over' }),
    ctx.db
      .update(windowTicketTable)
      .set({
        status: outcome,
        reason,
        scope: member.scope,
        clerkId: member.id,
        decidedAtMs: ctx.now(),
      })
      .where(and(eq(windowTicketTable.id, ticket.id), isOpenTicket(ctx.now()))),
    guard(ctx.db, hasWritten, { code: 'window.ticket_over' }),
    record(ctx, `window.${outcome}`, ticket.accountId, {
      role: member.role,
      check: ticket.check,
      reason,
      window: member.scope,
    }),
    ...(outcome === 'passed' ? await pass(found) : []),
    ...('account' in found.of
      ? notice(found.ctx, ticket.accountId, `window_${outcome}`, { reason })
      : []),
  ]);
}

/** What a pass gives: the level of the account, or the check of the registration. */
async function pass({ ctx, ticket, identity, of }: AtWindow) {
  if ('registration' in of) {
    const checked = { kind: 'window', sourceId: ticket.id } as const;
    const untilMs = ctx.now() + 7 * registrationValidMs;
    const { statements } = await saveStep(ctx, of.registration, 'verify', { checked }, { untilMs });
    return statements;
  }
  return [
    guard(ctx.db, hasLiveConsent(ctx, of.account.id, 'document_number'), {
      code: 'consent.required',
    }),
    guardNoOpenReview(ctx, of.account.id),
    ...(await attest(ctx, of.account, identity, {
      kind: 'window',
      standsFor: ticket.check,
      sourceId: ticket.id,
      correction: identity,
      travelPermitNumber: null,
    })),
  ];
}

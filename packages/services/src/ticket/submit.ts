import { recipientFor } from '../account/recipients.ts';
import { caseTable, commit, isUniqueViolation } from '@shiming/db';
import {
  AppError,
  type CaseEvent,
  caseAfter,
  caseSpecs,
  isFollowed,
  dueAfterWorkingDays,
  groupCaseNumber,
  parseTicketText,
  ticketMail,
} from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, inPortal, refuseUnless } from '../context.ts';
import { deliverWaiting, enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { keepPhotos } from '../review/photo-store.ts';
import { type CaseRow, moveCase, stateOf } from '../cases/state.ts';
import { newCaseNumber } from '../cases/number.ts';
import { contactHash } from '../vault/vault.ts';
import { flagKnown } from './organisation.ts';
import { loadTicket, openTicket, sealedTicket, type Ticket, type TicketKey } from './ticket.ts';

/** Working days to the answer. */
const workingDays = 5;

/** Mails that confirm one mailbox in a day. Above that a ticket is taken all the same, and followed by its number. */
const perMailbox: Limit = {
  limit: 5,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** What was found of a case before it was sent off; what a first person has found begins again. */
const flagsOf = ({ kind, flags }: CaseRow) =>
  flags.filter((flag) => !caseSpecs[kind].found.includes(flag));

function moved(row: CaseRow, event: CaseEvent) {
  const state = caseAfter(stateOf(row), event);
  if (typeof state === 'string') throw new AppError({ code: 'request.stale' });
  return state;
}

/**
 * T-ENT-07: sends a ticket off. It gets its number; the address in it gets one mail, which confirms it.
 *
 * @throws AppError request.not_found, request.stale, organisation.letter_required
 */
export async function submitTicket(
  ctx: Ctx,
  key: TicketKey,
): Promise<{ caseNumber: string; dueDate: string }> {
  const { row, ticket, files } = await loadTicket(ctx, key);
  refuseUnless(ticket.organisation === undefined || files.some(({ slot }) => slot === 'letter'), {
    code: 'organisation.letter_required',
  });
  const atMs = ctx.now();
  const due = dueAfterWorkingDays(atMs, workingDays);
  const state = moved(row, {
    type: 'submit',
    flags: flagsOf(row),
    rejectionsBefore: 0,
    dueAtMs: due.endMs,
    atMs,
  });
  for (;;) {
    const caseNumber = newCaseNumber(ctx, atMs);
    try {
      await commit(ctx.db, [
        ...moveCase(ctx, row, state, {
          caseNumber,
          submittedAtMs: atMs,
          isDueProvisional: due.isProvisional,
        }),
        ...flagKnown(ctx, row, ticket),
        keepPhotos(ctx, row),
        record(ctx, 'ticket.submitted', row.accountId, { case: row.id }),
      ]);
      await askToConfirm(ctx, row, ticket, caseNumber);
      return { caseNumber, dueDate: due.date };
    } catch (error) {
      if (!isUniqueViolation(error, 'case.case_number')) throw error;
    }
  }
}

async function askToConfirm(ctx: Ctx, row: CaseRow, ticket: Ticket, caseNumber: string) {
  const { email, emailSecret } = ticket;
  if (email === null || emailSecret === null) return;
  const ofPortal = inPortal(ctx, row.portal);
  const link = `${ofPortal.address}/tickets#${row.id}.${emailSecret}`;
  const mail = ticketMail({
    portal: ofPortal.portal.name,
    kind: 'prove',
    caseNumber: groupCaseNumber(caseNumber),
    link,
  });
  const mailbox = await contactHash(ctx, 'email', email);
  const waits = {
    as: 'code',
    accountId: row.accountId,
    expiresAtMs: ctx.now() + newsValidMs,
  } as const;
  const claim = newClaim(ctx, 'ticket.mail', mailbox, [perMailbox]);
  try {
    await commitClaims(
      ctx,
      [claim],
      await enqueueMail(ofPortal, { to: recipientFor(email, 'proves_it'), ...mail }, waits),
    );
  } catch (error) {
    if (error instanceof AppError) return;
    throw error;
  }
  ctx.defer(() => deliverWaiting(ctx));
}

/**
 * Answers what the help desk has asked back. The ticket waits again, under its number.
 *
 * @throws AppError input.invalid, request.not_found, request.stale
 */
export async function answerTicket(
  ctx: Ctx,
  { text: typed, ...key }: TicketKey & { text: string },
): Promise<{ dueDate: string }> {
  const text = parseTicketText(typed);
  if (!text.ok) throw new AppError({ code: 'input.invalid', fields: { text: text.code } });
  const { row, ticket } = await loadTicket(ctx, key);
  const atMs = ctx.now();
  const due = dueAfterWorkingDays(atMs, workingDays);
  const state = moved(row, { type: 'answer', flags: flagsOf(row), dueAtMs: due.endMs, atMs });
  const replies = [...ticket.replies, { atMs, text: text.value }];
  await commit(ctx.db, [
    ...moveCase(ctx, row, state, await sealedTicket(ctx, row.id, { ...ticket, replies })),
    ...flagKnown(ctx, row, ticket),
    record(ctx, 'ticket.replied', row.accountId, { case: row.id }),
  ]);
  return { dueDate: due.date };
}

/**
 * Confirms the address in a ticket by the secret that was mailed to it; news of the ticket go there from then on.
 *
 * @throws AppError link.used, link.expired
 */
export async function proveTicket(ctx: Ctx, { link }: { link: string }): Promise<void> {
  const [id = '', secret = ''] = link.split('.');
  const [row] = await ctx.db.select().from(caseTable).where(eq(caseTable.id, id));
  refuseUnless(row !== undefined && isFollowed(row.kind), { code: 'link.expired' });
  const ticket = await openTicket(ctx, row);
  const { emailSecret } = ticket;
  if (emailSecret === null) throw new AppError({ code: 'link.used', for: 'ticket.email' });
  refuseUnless(ctx.crypto.equal(emailSecret, secret), { code: 'link.expired' });
  await commit(ctx.db, [
    ...moveCase(
      ctx,
      row,
      stateOf(row),
      await sealedTicket(ctx, row.id, { ...ticket, emailSecret: null }),
    ),
    record(ctx, 'ticket.proved', row.accountId, { case: row.id }),
  ]);
}

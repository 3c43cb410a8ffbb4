import { organisationTable } from '@shiming/db';
import { type LetterAnswers, letterRule, parseLetter } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Effect } from '../cases/effect.ts';
import type { CaseRow } from '../cases/state.ts';
import { useGiven } from '../challenge/challenge.ts';
import { accepted, type Ctx } from '../context.ts';
import { beginFollowed } from '../ticket/begin.ts';
import { organisationOf } from '../ticket/organisation.ts';
import { ticketEffect } from '../ticket/outcome.ts';
import { openTicket, type Ticket } from '../ticket/ticket.ts';
import {
  changeOrganisation,
  type OrganisationContact,
  sealedContact,
  stopLink,
  tellOrganisation,
} from './contact.ts';

/**
 * S-USR-02, S-USR-03: begins the letter by which an organisation registers or gets back in. It is followed, completed with
 * files and sent off as a ticket is. Nothing is said of whether the organisation has an account.
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, puzzle.work_required, request.too_many
 */
export async function beginLetter(
  ctx: Ctx,
  { ticket, ...typed }: LetterAnswers & { ticket: string },
): Promise<{ number: string; code: string }> {
  const parsed = accepted(parseLetter(typed));
  const { organisation } = parsed.statement;
  const noticeVersion = ctx.portal.privacyNoticeVersion;
  return beginFollowed(ctx, {
    kind: 'organisation_letter',
    accountId: null,
    statement: { ...parsed.statement, organisation: { ...organisation, noticeVersion } },
    flags: parsed.flags,
    ticket,
  });
}

/** The organisation of a letter, and the contact person whom the letter names. */
export function spokenFor({ organisation, email }: Ticket, { createdAtMs }: CaseRow) {
  if (organisation === undefined) throw new Error('a letter of no organisation');
  const { person, mobile, noticeVersion } = organisation;
  const contact: OrganisationContact = {
    person,
    mobile,
    email: email ?? '',
    consent: noticeVersion === undefined ? null : { noticeVersion, atMs: createdAtMs },
  };
  return { organisation, contact };
}

/**
 * What the outcome of a letter does: the answer goes to the confirmed address, and with an approval the organisation has its
 * account, for which the sender of the letter sets a password. The former password stays good until then. An account that was
 * there stays, whether or not it was to be closed, and its former contact person reads of the letter.
 */
export const letterEffect: Effect = async (ctx, found) => {
  const { row, state } = found;
  const told = await ticketEffect(ctx, found);
  if (state.status !== 'approved') return told;
  const { organisation, contact } = spokenFor(await openTicket(ctx, row), row);
  const { name, code } = organisation;
  const [known] = await organisationOf(ctx, code);
  const id = known?.id ?? ctx.crypto.randomToken(12);
  const values = {
    name,
    ...(await sealedContact(ctx, id, contact)),
    letterId: row.id,
    letterUntilMs: ctx.now() + letterRule.passwordDays * 24 * 3_600_000,
    closesAtMs: null,
  };
  const letters = sql`json_insert(${organisationTable.letters}, '$[#]', ${row.id})`;
  return [
    ...told,
    ...(known === undefined
      ? [
          ctx.db.insert(organisationTable).values({
            id,
            portal: row.portal,
            code,
            letters: [row.id],
            createdAtMs: ctx.now(),
            ...values,
          }),
        ]
      : [
          ...changeOrganisation(ctx, known, { ...values, letters }),
          useGiven(ctx, stopLink(id)),
          ...(await tellOrganisation(ctx, known, 'letter_approved')),
        ]),
    record(ctx, 'organisation.approved', null, { case: row.id, organisation: id }),
  ];
};

import { guard, organisationTable } from '@shiming/db';
import { type LetterAnswers, letterRule, parseLetter } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Effect } from '../cases/effect.ts';
import { accepted, type Ctx } from '../context.ts';
import { beginFollowed } from '../ticket/begin.ts';
import { organisationOf } from '../ticket/organisation.ts';
import { ticketEffect } from '../ticket/outcome.ts';
import { openTicket } from '../ticket/ticket.ts';
import { currentKeyId, placeOf, seal } from '../vault/vault.ts';

/** Who is to be reached at an organisation. */
export type OrganisationContact = { person: string; mobile: string; email: string };

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
  return beginFollowed(ctx, {
    kind: 'organisation_letter',
    accountId: null,
    ...parsed,
    ticket,
  });
}

/**
 * What the outcome of a letter does: the answer goes to the confirmed address, and with an approval the organisation has its
 * account, for which whoever follows the letter sets a password. The former password stays good until then.
 */
export const letterEffect: Effect = async (ctx, found) => {
  const { row, state } = found;
  const told = await ticketEffect(ctx, found);
  if (state.status !== 'approved') return told;
  const { organisation, email } = await openTicket(ctx, row);
  if (organisation === undefined) throw new Error('a letter of no organisation');
  const { name, code, person, mobile } = organisation;
  const contact: OrganisationContact = { person, mobile, email: email ?? '' };
  const [known] = await organisationOf(ctx, code);
  const id = known?.id ?? ctx.crypto.randomToken(12);
  const values = {
    name,
    contactSealed: await seal(ctx, placeOf(organisationTable.contactSealed, id), contact),
    letterId: row.id,
    letterUntilMs: ctx.now() + letterRule.passwordDays * 24 * 3_600_000,
    keyId: currentKeyId(ctx),
  };
  return [
    ...told,
    ...(known === undefined
      ? [
          ctx.db
            .insert(organisationTable)
            .values({ id, portal: row.portal, code, createdAtMs: ctx.now(), ...values }),
        ]
      : [
          guardSame(ctx, known),
          ctx.db
            .update(organisationTable)
            .set({ ...values, version: sql`${organisationTable.version} + 1` })
            .where(eq(organisationTable.id, id)),
        ]),
    record(ctx, 'organisation.approved', null, { case: row.id, organisation: id }),
  ];
};

/** A guard that an organisation is still as it was read. */
export const guardSame = (
  { db }: Pick<Ctx, 'db'>,
  { id, version }: Pick<typeof organisationTable.$inferSelect, 'id' | 'version'>,
) => {
  const same = db
    .select({ id: organisationTable.id })
    .from(organisationTable)
    .where(and(eq(organisationTable.id, id), eq(organisationTable.version, version)));
  return guard(db, sql`exists ${same}`, { code: 'request.stale' });
};

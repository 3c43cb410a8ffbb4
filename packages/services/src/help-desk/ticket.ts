import { accountTable, caseTable, commit, guard } from '@shiming/db';
import {
  canonicalEmail,
  AppError,
  type CaseOutcome,
  type HelpDeskReason,
  isFollowed,
  maskEmail,
  maskField,
  maskMobile,
  maskName,
  maskNumber,
  parseHelpDeskNote,
  parseTicketText,
} from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { hasNumber } from '../account/identifiers.ts';
import { record } from '../audit/record.ts';
import type { CaseRow } from '../cases/state.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { decide } from '../desk/decide.ts';
import { requireSight } from '../desk/may-see.ts';
import { guardLooked, keysOf } from '../desk/reveal.ts';
import { answersIn, answersQuery, headOf, photosOf, photosQuery } from '../desk/screen.ts';
import { type Work, workOf, workQueries } from '../desk/work.ts';
import { openStaffPerson } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { squatted } from '../ticket/outcome.ts';
import { openTicket, sealedTicket } from '../ticket/ticket.ts';

type Key = { caseId: string };

const notFound = { code: 'request.not_found' } as const;

/** Why somebody who has not worked on a ticket reads it after its end. */
type Look = { reason: HelpDeskReason; note: string };

async function loadTicketWork(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId, look }: Key & { look?: Look | undefined },
) {
  const [found, standing, photos, said] = await ctx.db.batch([
    ...(await workQueries(ctx, staff, caseId)),
    ...photosQuery(ctx, caseId),
    ...answersQuery(ctx, caseId),
  ]);
  const work = await workOf(ctx, staff, found, standing);
  const { kind } = work.row;
  if (!isFollowed(kind)) throw new AppError(notFound);
  const isReader = look !== undefined && work.row.endedAtMs !== null;
  const sight = isReader ? ('reader' as const) : await requireSight(ctx, work, staff);
  return { work, kind, photos, said, sight };
}

function reasonOf({ reason, note: typed }: Look, known: readonly (string | null)[]): Look {
  const note = parseHelpDeskNote(
    typed,
    known.filter((each) => each !== null),
  );
  if (!note.ok) throw new AppError({ code: 'input.invalid', fields: { note: note.code } });
  return { reason, note: note.value };
}

/**
 * T-CON-08a: everything the screen of a ticket shows. One that has ended is read with a reason, which is recorded. Name, number and address stay masked, and files are fetched by
 * themselves, each look on record.
 *
 * @throws AppError input.invalid, request.not_found, desk.own_case, desk.held, desk.not_holder, desk.closed
 */
export async function viewTicketCase(
  ctx: Ctx,
  staff: SignedInStaff,
  key: Key & { look?: Look | undefined },
) {
  const { work, kind, photos, said, sight } = await loadTicketWork(ctx, staff, key);
  const { row, account } = work;
  const ticket = await openTicket(ctx, row);
  // Its holder was recorded when they took it.
  if (sight === 'senior' || sight === 'reader') {
    const { name, number, email } = ticket;
    const why = sight === 'reader' && key.look ? reasonOf(key.look, [name, number, email]) : {};
    await commit(ctx.db, [
      record(ctx, 'desk.viewed', row.accountId, {
        case: row.id,
        role: staff.member.role,
        ...why,
      }),
    ]);
  }
  const [named] =
    account === null && row.numberIndex !== null
      ? await ctx.db
          .select({ id: accountTable.id })
          .from(accountTable)
          .where(hasNumber([row.numberIndex]))
      : [];
  return {
    ...headOf(row, sight === 'holder'),
    kind,
    organisation: ticket.organisation
      ? {
          name: ticket.organisation.name,
          code: ticket.organisation.code,
          maskedMobile: maskMobile(ticket.organisation.mobile),
        }
      : null,
    telephonedAtMs: ticket.telephonedAtMs ?? null,
    isEmailProved: ticket.email !== null && ticket.emailSecret === null,
    flags: row.flags,
    topic: ticket.topic,
    text: ticket.text,
    replies: ticket.replies,
    maskedName: ticket.name === null ? null : maskName(ticket.name),
    maskedNumber: ticket.number === null ? null : maskNumber(ticket.number),
    maskedEmail: ticket.email === null ? null : maskEmail(ticket.email),
    /** What it asks to put right, masked. */
    correction: ticket.correction
      ? {
          field: ticket.correction.field,
          masked: maskField(ticket.correction.field, ticket.correction.value),
        }
      : null,
    /** The account of the person who asks, or the one with the number in the ticket. */
    accountId: account?.id ?? named?.id ?? null,
    canFree: (await squatted(ctx, row)).length > 0,
    photos: photosOf(kind, photos),
    decisions: await answersIn(ctx, said),
  };
}

/**
 * What of a ticket is masked, in full, and the keys of its files, once the look is on record.
 *
 * @throws AppError request.not_found, desk.own_case, desk.held, desk.not_holder, desk.closed
 */
export async function revealTicket(ctx: Ctx, staff: SignedInStaff, { caseId }: Key) {
  const { work, kind, photos } = await loadTicketWork(ctx, staff, { caseId });
  const { row } = work;
  const { role } = staff.member;
  const { name, number, email, correction, organisation } = await openTicket(ctx, row);
  const mobile = organisation?.mobile ?? null;
  const asked = correction ? { [correction.field]: correction.value } : {};
  const items = Object.entries({ name, number, mobile, email, ...asked }).filter(
    ([, value]) => value !== null,
  );
  const seen = [...items.map(([item]) => item), ...photos.map(({ slot }) => slot)];
  await commit(ctx.db, [
    record(ctx, 'desk.viewed', row.accountId, { case: row.id, role }),
    ...seen.map((item) =>
      record(ctx, 'desk.revealed', row.accountId, {
        case: row.id,
        role,
        item,
        version: row.version,
      }),
    ),
  ]);
  const photoKeys = await keysOf(
    ctx,
    staff,
    kind,
    photos.map(({ slot, photo }) => ({ slot, photoId: photo.id })),
  );
  return { name, number, mobile, email, correction: correction ?? null, photoKeys };
}

/**
 * What stands beside the answer to a letter: it is not the member's own, before an approval its mail address was confirmed, and
 * this member has looked at the letter. Who tells the answer by telephone has looked at the number, and it is on record.
 *
 * @throws AppError desk.own_case, contact.not_proved
 */
async function letterStatements(
  ctx: Ctx,
  { member }: SignedInStaff,
  row: CaseRow,
  { outcome, isTelephoned = false }: { outcome: CaseOutcome; isTelephoned?: boolean | undefined },
) {
  const ticket = await openTicket(ctx, row);
  const { email } = await openStaffPerson(ctx, member);
  refuseUnless(canonicalEmail(ticket.email ?? '') !== canonicalEmail(email), {
    code: 'desk.own_case',
  });
  const isApproved = outcome === 'approve';
  refuseUnless(!isApproved || ticket.emailSecret === null, { code: 'contact.not_proved' });
  const looked = [...(isApproved ? ['letter'] : []), ...(isTelephoned ? ['mobile'] : [])] as const;
  return [
    ...(looked.length === 0 ? [] : [guardLooked(ctx, row.accountId, row, looked)]),
    ...(isTelephoned
      ? [
          ctx.db
            .update(caseTable)
            .set(await sealedTicket(ctx, row.id, { ...ticket, telephonedAtMs: ctx.now() }))
            .where(eq(caseTable.id, row.id)),
          record(ctx, 'organisation.telephoned', null, { case: row.id }),
        ]
      : []),
  ];
}

/**
 * T-CON-08a: answers a ticket, ends it without what was asked for, or asks back. Each has a text for its person. Freeing
 * the number closes an account: it takes a fresh proof, a recorded look at the number, and a second person.
 *
 * @throws AppError input.invalid, request.not_found, desk.own_case, desk.closed, desk.not_holder, desk.look_required,
 * staff.proof_required, staff.forbidden, request.stale
 */
export async function decideTicket(
  ctx: Ctx,
  staff: SignedInStaff,
  input: Key & {
    version: number;
    outcome: CaseOutcome;
    text: string;
    freesNumber: boolean;
    isTelephoned?: boolean | undefined;
  },
) {
  const { caseId, version, outcome } = input;
  const text = accepted(parseTicketText(input.text), 'text');
  const frees = input.freesNumber && outcome === 'approve';
  if (frees) requireStaffProof(ctx, staff);
  return decide(ctx, staff, {
    caseId,
    version,
    outcome,
    found: frees ? ['frees_number'] : [],
    reasons: [{ code: 'ticket_answer', item: 'answer', mark: null, note: text }],
    async check({ row }: Work) {
      refuseUnless(isFollowed(row.kind), notFound);
      if (row.kind === 'organisation_letter') return letterStatements(ctx, staff, row, input);
      const isFreed = frees || (outcome === 'approve' && row.flags.includes('frees_number'));
      if (!isFreed) return [];
      requireStaffProof(ctx, staff);
      return [
        guardLooked(ctx, row.accountId, row, ['number']),
        guard(ctx.db, sql`exists ${squatted(ctx, row)}`, notFound),
      ];
    },
  });
}

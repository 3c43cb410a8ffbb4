import { caseTable, organisationSessionTable } from '@shiming/db';
import { type OrganisationExport, writeBase64 } from '@shiming/domain';
import { desc, eq, inArray } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, inPortal } from '../context.ts';
import { photoContext } from '../review/photo-store.ts';
import { answersIn, openTicket, ticketQueries } from '../ticket/ticket.ts';
import { openBytes } from '../vault/vault.ts';
import { askPassword, openOrganisationContact, type Organisation } from './contact.ts';

const perHour: Limit = {
  limit: 10,
  window: { lastMs: 60 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null | undefined): string | null =>
  atMs === null || atMs === undefined ? null : iso(atMs);

/**
 * X-07, PIPL 45: everything that is held about an organisation and its contact person, to take along, with the letters that
 * were approved and their photos as long as these are kept. That it was taken is recorded in the same transaction.
 *
 * @throws AppError input.invalid, login.locked, request.too_many
 */
export async function exportOrganisation(
  ctx: Ctx,
  organisation: Organisation,
  { password }: { password: string },
): Promise<OrganisationExport> {
  await askPassword(ctx, organisation, password);
  const { id, name, code, createdAtMs, closesAtMs } = organisation;
  const { db } = ctx;
  const [rows, files, settled, sessions] = await commitClaims(
    ctx,
    [newClaim(ctx, 'organisation.export', id, [perHour])],
    [
      ...ticketQueries(ctx, inArray(caseTable.id, [...organisation.letters])),
      db
        .select()
        .from(organisationSessionTable)
        .where(eq(organisationSessionTable.organisationId, id))
        .orderBy(desc(organisationSessionTable.createdAtMs)),
      record(ctx, 'organisation.exported', null, { organisation: id }),
    ] as const,
  );
  const imagesOf = async (caseId: string) => {
    const own = files.filter((file) => file.caseId === caseId);
    const images = await Promise.all(
      own.map(async ({ slot, photoId }) => {
        const sealed = await ctx.photos.get(photoId);
        if (sealed === null) return [];
        return [
          { side: slot, jpeg: writeBase64(await openBytes(ctx, photoContext(photoId), sealed)) },
        ];
      }),
    );
    return images.flat();
  };
  const { consent, ...contact } = await openOrganisationContact(ctx, organisation);
  return {
    format: 'shiming.organisation',
    version: 1,
    portal: inPortal(ctx, organisation.portal).portal.name.zh,
    exportedAt: iso(ctx.now()),
    organisation: {
      name,
      code,
      createdAt: iso(createdAtMs),
      closesAt: isoOrNull(closesAtMs),
    },
    contact: {
      ...contact,
      consent: consent ? { version: consent.noticeVersion, givenAt: iso(consent.atMs) } : null,
    },
    letters: await Promise.all(
      rows.map(async (row) => {
        const ticket = await openTicket(ctx, row);
        const answers = await answersIn(ctx, row, settled);
        return {
          caseNumber: row.caseNumber,
          status: row.status,
          name: ticket.organisation?.name ?? name,
          person: ticket.organisation?.person ?? '',
          mobile: ticket.organisation?.mobile ?? '',
          email: ticket.email,
          text: ticket.text,
          replies: ticket.replies.map(({ atMs, text }) => ({ at: iso(atMs), text })),
          answers: answers.map(({ atMs, ...each }) => ({ ...each, at: iso(atMs) })),
          telephonedAt: isoOrNull(ticket.telephonedAtMs),
          submittedAt: isoOrNull(row.submittedAtMs),
          endedAt: isoOrNull(row.endedAtMs),
          images: await imagesOf(row.id),
        };
      }),
    ),
    sessions: sessions.map((each) => ({
      label: each.label,
      createdAt: iso(each.createdAtMs),
      lastSeenAt: iso(each.lastSeenAtMs),
      endedAt: isoOrNull(each.endedAtMs),
    })),
  };
}

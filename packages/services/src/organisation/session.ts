import { compiled, organisationSessionTable, organisationTable } from '@shiming/db';
import { maskEmail, maskMobile, maskName } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { nowOfRequest } from '../compiled.ts';
import type { Ctx } from '../context.ts';
import { splitToken } from '../session/bearer.ts';
import { sessionKind } from '../session/kind.ts';
import { openOrganisationContact } from './contact.ts';

/** A cookie of an organisation opens nothing of a person, nor the other way round: the name stands in its hash. */
const sessions = sessionKind({
  name: 'organisation_session',
  table: organisationSessionTable,
  holder: organisationSessionTable.organisationId,
  idleMs: 30 * 60_000,
  maxMs: 12 * 3_600_000,
});
export const { end: endOrganisationSessions, endHeld: endHeldOrganisationSession } = sessions;

export type SignedInOrganisation = {
  organisation: typeof organisationTable.$inferSelect;
  sessionId: string;
};

/** A session in its cookie's form (`id.secret`), and the statement that stores its hash. */
export async function newOrganisationSession(ctx: Ctx, organisationId: string) {
  const { id, token, secretHash } = await sessions.issue(ctx);
  const nowMs = ctx.now();
  return {
    token,
    statement: ctx.db.insert(organisationSessionTable).values({
      id,
      secretHash,
      organisationId,
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
      provedAtMs: nowMs,
      label: ctx.visitor.label,
    }),
  };
}

const findOpen = compiled((db) =>
  db
    .select({ session: organisationSessionTable, organisation: organisationTable })
    .from(organisationSessionTable)
    .innerJoin(organisationTable, eq(organisationTable.id, organisationSessionTable.organisationId))
    .where(
      and(eq(organisationSessionTable.id, sql.placeholder('id')), sessions.isLive(nowOfRequest)),
    ),
);

/** The organisation that holds this cookie, in one round trip; `null` when it is no session, or no longer one. */
export async function authenticateOrganisation(
  ctx: Ctx,
  token: string | null,
): Promise<SignedInOrganisation | null> {
  const split = splitToken(token);
  if (split === null) return null;
  const [found] = await findOpen(ctx.db, { id: split.id, nowMs: ctx.now() });
  if (found === undefined) return null;
  const opened = await sessions.open(ctx, found.session, split.secret, true);
  return opened && { organisation: found.organisation, sessionId: found.session.id };
}

/** What the page of an organisation shows: who it is, who is reached there, masked, and when it is closed. */
export async function viewOrganisation(ctx: Ctx, token: string | null) {
  const signedIn = await authenticateOrganisation(ctx, token);
  if (signedIn === null) return null;
  const { organisation } = signedIn;
  const { name, code, createdAtMs, closesAtMs } = organisation;
  const contact = await openOrganisationContact(ctx, organisation);
  return {
    name,
    code,
    createdAtMs,
    closesAtMs,
    maskedPerson: maskName(contact.person),
    maskedMobile: maskMobile(contact.mobile),
    maskedEmail: maskEmail(contact.email),
  };
}

import { commit, guard, organisationTable } from '@shiming/db';
import {
  type OrganisationContactAnswers,
  organisationMail,
  type OrganisationNews,
  parseCodeAnswers,
  parseOrganisationContact,
} from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { recipientFor } from '../account/recipients.ts';
import { record } from '../audit/record.ts';
import {
  type Binding,
  countTry,
  judgeTry,
  type LinkBinding,
  spend,
  withRightCode,
} from '../challenge/challenge.ts';
import { sendMailCode } from '../codes/send-mail-code.ts';
import type { CodeDelivery } from '../codes/send-sms-code.ts';
import { accepted, type Ctx, type Deps, inPortal, refuseUnless } from '../context.ts';
import { deliverWaiting, enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { tryPassword } from '../proof/try-password.ts';
import { contactHash, currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

export type Organisation = typeof organisationTable.$inferSelect;

/** Who is to be reached at an organisation, and the notice to which that person has consented. */
export type OrganisationContact = {
  person: string;
  mobile: string;
  email: string;
  consent?: { noticeVersion: string; atMs: number } | null;
};

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

export const openOrganisationContact = (
  deps: VaultDeps,
  { id, contactSealed }: Pick<Organisation, 'id' | 'contactSealed'>,
): Promise<OrganisationContact> =>
  open<OrganisationContact>(deps, placeOf(organisationTable.contactSealed, id), contactSealed);

/** The columns that keep a contact person. */
export const sealedContact = async (deps: VaultDeps, id: string, contact: OrganisationContact) => ({
  contactSealed: await seal(deps, placeOf(organisationTable.contactSealed, id), contact),
  keyId: currentKeyId(deps),
});

/** Statements that change an organisation, guarded by its version. */
export function changeOrganisation(
  { db }: Pick<Ctx, 'db'>,
  { id, version }: Pick<Organisation, 'id' | 'version'>,
  columns: SQLiteUpdateSetSource<typeof organisationTable>,
) {
  const same = db
    .select({ id: organisationTable.id })
    .from(organisationTable)
    .where(and(eq(organisationTable.id, id), eq(organisationTable.version, version)));
  return [
    guard(db, sql`exists ${same}`, { code: 'request.stale' }),
    db
      .update(organisationTable)
      .set({ ...columns, version: sql`${organisationTable.version} + 1` })
      .where(eq(organisationTable.id, id)),
  ] as const;
}

/** The link by which the contact person keeps an account that is to be closed. */
export const stopLink = (id: string): LinkBinding => ({
  purpose: 'organisation.stop',
  subject: id,
});

/** Statements that tell the present contact person by mail, in the name of the portal of the organisation. */
export async function tellOrganisation(
  anywhere: Ctx,
  organisation: Organisation,
  kind: OrganisationNews,
  { due, path = '/letter' }: { due?: string; path?: string } = {},
) {
  const ctx = inPortal(anywhere, organisation.portal);
  const { email } = await openOrganisationContact(ctx, organisation);
  const mail = organisationMail({
    portal: ctx.portal.name,
    organisation: organisation.name,
    kind,
    ...(due === undefined ? {} : { due }),
    link: `${ctx.address}/organisation${path}`,
  });
  const waits = { as: 'decision', accountId: null, expiresAtMs: ctx.now() + newsValidMs } as const;
  return enqueueMail(ctx, { to: recipientFor(email, 'confirmed_in_ticket'), ...mail }, waits);
}

/**
 * Asks for the password of the organisation once more. A try is claimed before it is looked at, and that of a right one given
 * back, whatever becomes of what it was asked for.
 *
 * @throws AppError input.invalid, login.locked, request.too_many
 */
export async function askPassword(
  ctx: Ctx,
  organisation: Organisation,
  password: string,
  field = 'password',
): Promise<void> {
  refuseUnless(password !== '', {
    code: 'input.invalid',
    fields: { [field]: 'password.missing' },
  });
  const { isRight, giveBack } = await tryPassword(ctx, organisation, password, null);
  refuseUnless(isRight, { code: 'input.invalid', fields: { [field]: 'password.wrong' } });
  await giveBack;
}

const codeFor = async (ctx: Ctx, { id }: Organisation, email: string): Promise<Binding> => ({
  purpose: 'organisation.contact',
  subject: `${id}:${await contactHash(ctx, 'email', email)}`,
});

/**
 * Sends a code to the mail address of another contact person. What was typed is not kept: it comes again with the code.
 *
 * @throws AppError input.invalid, login.locked, request.too_many, puzzle.ticket_refused, code.too_soon, code.day_limit
 */
export async function sendOrganisationCode(
  ctx: Ctx,
  organisation: Organisation,
  { password, ticket, ...typed }: OrganisationContactAnswers & { password: string; ticket: string },
): Promise<CodeDelivery> {
  const { email } = accepted(parseOrganisationContact(typed));
  await askPassword(ctx, organisation, password);
  const { delivery } = await sendMailCode(ctx, {
    accountId: null,
    binding: await codeFor(ctx, organisation, email),
    email: recipientFor(email, 'proves_it'),
    purpose: 'contact',
    ticket,
    write: [],
  });
  return delivery;
}

/**
 * Changes the contact person of an organisation, by the code that went to the new address. The former one reads of it by mail.
 *
 * @throws AppError input.invalid, code.wrong, code.expired, code.tries_used_up, request.stale
 */
export async function changeOrganisationContact(
  ctx: Ctx,
  organisation: Organisation,
  { code: typedCode, ...typed }: OrganisationContactAnswers & { code: string },
): Promise<void> {
  const contact = accepted(parseOrganisationContact(typed));
  const { code } = accepted(parseCodeAnswers({ code: typedCode }, ctx.portal.codes.mail));
  const binding = await codeFor(ctx, organisation, contact.email);
  const nowMs = ctx.now();
  const [[tried]] = await commit(ctx.db, [countTry(ctx.db, binding, nowMs)]);
  const codeId = await judgeTry(ctx, binding, tried, code);
  const consent = { noticeVersion: ctx.portal.privacyNoticeVersion, atMs: nowMs };
  await withRightCode(ctx, codeId, async () =>
    commit(ctx.db, [
      ...spend(ctx.db, codeId, nowMs, { code: 'code.expired' }),
      ...changeOrganisation(ctx, organisation, {
        ...(await sealedContact(ctx, organisation.id, { ...contact, consent })),
      }),
      ...(await tellOrganisation(ctx, organisation, 'contact_changed')),
      record(ctx, 'organisation.contact_changed', null, { organisation: organisation.id }),
    ]),
  );
  ctx.defer(() => deliverWaiting(ctx));
}

import { commit, guard, organisationTable } from '@shiming/db';
import {
  AppError,
  parseOrganisationCode,
  type PasswordAnswers,
  parsePasswordAnswers,
  personOf,
} from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import { and, eq, gt, sql } from 'drizzle-orm';
import { commitClaims, releaseAll } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { attemptClaims, failureWindowMs, refuseTry } from '../login/attempts.ts';
import { deviceMark, deviceMarks } from '../login/device-mark.ts';
import { hashNewPassword } from '../login/new-password.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { endTicket, isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { organisationOf } from '../ticket/organisation.ts';
import { loadTicket, type TicketKey } from '../ticket/ticket.ts';
import { subjectHash } from '../vault/vault.ts';
import { useGiven } from '../challenge/challenge.ts';
import {
  askPassword,
  changeOrganisation,
  type Organisation,
  sealedContact,
  stopLink,
  tellOrganisation,
} from './contact.ts';
import { spokenFor } from './letter.ts';
import {
  authenticateOrganisation,
  endHeldOrganisationSession,
  endOrganisationSessions,
  newOrganisationSession,
  type SignedInOrganisation,
} from './session.ts';

/**
 * S-USR-02, S-USR-03: sets the password of an organisation by the letter that was approved, once. Its sessions end, and the contact
 * person is the one whom the letter names: what was done with the former password since then no longer counts.
 *
 * @throws AppError input.invalid, request.not_found, request.stale, request.too_many
 */
export async function setOrganisationPassword(
  ctx: Ctx,
  { number, code, ...typed }: TicketKey & PasswordAnswers,
): Promise<{ deviceMark: string }> {
  const { row, ticket } = await loadTicket(ctx, { number, code });
  const [organisation] = await ctx.db
    .select()
    .from(organisationTable)
    .where(
      and(eq(organisationTable.letterId, row.id), gt(organisationTable.letterUntilMs, ctx.now())),
    );
  if (organisation === undefined) throw new AppError({ code: 'request.stale' });
  const passwordHash = await newHash(ctx, organisation, typed);
  await commit(ctx.db, [
    ...changeOrganisation(ctx, organisation, {
      passwordHash,
      letterId: null,
      letterUntilMs: null,
      closesAtMs: null,
      ...(await sealedContact(ctx, organisation.id, spokenFor(ticket, row).contact)),
    }),
    useGiven(ctx, stopLink(organisation.id)),
    endOrganisationSessions(ctx, organisation.id),
    ...(await tellOrganisation(ctx, organisation, 'password_set')),
    record(ctx, 'organisation.password_set', null, {
      organisation: organisation.id,
      case: row.id,
    }),
  ]);
  ctx.defer(() => deliverWaiting(ctx));
  return { deviceMark: await deviceMark(ctx, markName(organisation.code)) };
}

/** The hash of a new password of an organisation, which is another one than the present one. */
async function newHash(ctx: Ctx, { id, passwordHash }: Organisation, typed: PasswordAnswers) {
  const { password } = accepted(parsePasswordAnswers(typed, personOf(null, null)));
  refuseUnless(!isCommonPassword(password), {
    code: 'input.invalid',
    fields: { password: 'password.common' },
  });
  return hashNewPassword(ctx, id, password, passwordHash === null ? [] : [passwordHash]);
}

/**
 * Changes the password of an organisation that is signed in. Its other sessions end, and its contact person reads of it.
 *
 * @throws AppError input.invalid, login.locked, request.too_many, request.stale
 */
export async function changeOrganisationPassword(
  ctx: Ctx,
  { organisation, sessionId }: SignedInOrganisation,
  { current, ...typed }: PasswordAnswers & { current: string },
): Promise<void> {
  accepted(parsePasswordAnswers(typed, personOf(null, null)));
  await askPassword(ctx, organisation, current, 'current');
  const passwordHash = await newHash(ctx, organisation, typed);
  await commit(ctx.db, [
    ...changeOrganisation(ctx, organisation, { passwordHash }),
    endOrganisationSessions(ctx, organisation.id, { except: sessionId }),
    ...(await tellOrganisation(ctx, organisation, 'password_set')),
    record(ctx, 'organisation.password_set', null, { organisation: organisation.id }),
  ]);
  ctx.defer(() => deliverWaiting(ctx));
}

/** Under what name a browser remembers that an organisation has signed in there. */
const markName = (code: string) => `organisation:${code}`;

/**
 * S-LOG-01: signs an organisation in by its code and password. A wrong password and an organisation that does not exist get
 * the same answer for the same work, and failures count as those of people do. `held` is the cookie that the browser has, whose
 * session ends.
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, puzzle.work_required, login.refused, login.locked,
 * login.strangers_locked, request.too_many
 */
export async function signInOrganisation(
  ctx: Ctx,
  input: { code: string; password: string; ticket: string },
  held: string | null,
): Promise<{ sessionToken: string; deviceMark: string }> {
  const parsed = accepted(parseOrganisationCode(input.code), 'code');
  refuseUnless(input.password !== '', {
    code: 'input.invalid',
    fields: { password: 'password.missing' },
  });
  const place = await subjectHash(ctx, 'organisation', parsed);
  const known = await deviceMarks(ctx, markName(parsed));
  const claims = await attemptClaims(ctx, 'login', place, known.held, isHeavy(input.ticket));
  const [[ticket], , [organisation]] = await commitClaims(ctx, claims, [
    ...(await spendTicket(ctx, 'login', input.ticket)),
    organisationOf(ctx, parsed),
  ]);
  const passwordHash = organisation?.passwordHash ?? null;
  const { isRight } = await ctx.hasher.verify(input.password, passwordHash ?? ctx.hasher.decoy);
  if (organisation === undefined || passwordHash === null || !isRight) {
    return refuseTry(ctx, claims[0]);
  }
  const session = await newOrganisationSession(ctx, organisation.id);
  // A password that was replaced while it was looked at no longer opens anything.
  const unchanged = sql`exists (select 1 from ${organisationTable} where ${organisationTable.id} = ${organisation.id} and ${organisationTable.passwordHash} = ${passwordHash})`;
  await commit(ctx.db, [
    guard(ctx.db, unchanged, { code: 'login.refused', triesLeft: 0 }),
    ...endTicket(ctx, ticket?.id ?? ''),
    ...(await endHeldOrganisationSession(ctx, held)),
    session.statement,
    releaseAll(ctx.db, claims, ctx.now() - failureWindowMs, 'signed_in'),
    record(ctx, 'organisation.signed_in', null, { organisation: organisation.id }),
  ]);
  return { sessionToken: session.token, deviceMark: known.mark };
}

/** Signs an organisation out at all its browsers. */
export async function signOutOrganisation(ctx: Ctx, token: string | null): Promise<void> {
  const signedIn = await authenticateOrganisation(ctx, token);
  if (signedIn === null) return;
  const { id } = signedIn.organisation;
  await commit(ctx.db, [
    endOrganisationSessions(ctx, id),
    record(ctx, 'organisation.signed_out', null, { organisation: id }),
  ]);
}

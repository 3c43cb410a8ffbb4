import {
  accountTable,
  commit,
  consentTable,
  guard,
  handoverTable,
  isUniqueViolation,
} from '@shiming/db';
import {
  AppError,
  consents,
  contactKinds,
  type DocumentAnswers,
  handoverStateOf,
  type Identity,
  numberKey,
  parseDocumentAnswers,
  parseFirstPassword,
  type PasswordAnswers,
  parsePasswordAnswers,
  personOf,
  together,
} from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import { and, eq, inArray, sql } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  findIdentity,
  identifierOf,
  provedAtMsOf,
} from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { createAccounts, numberTaken, opensOne, prepareAccount } from '../account/create.ts';
import { hasNumber } from '../account/identifiers.ts';
import { endPending } from '../account/secure.ts';
import { requireActive } from '../account/status.ts';
import { commitClaims, releaseAll } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, today } from '../context.ts';
import { attemptClaims, failureWindowMs, refuseTry } from '../login/attempts.ts';
import { deviceMark } from '../login/device-mark.ts';
import { hashNewPassword } from '../login/new-password.ts';
import { notice } from '../notice/notify.ts';
import { endTicket, isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { endHeldSession, endSessions, newSession } from '../session/session.ts';
import { isHandoverOpen } from '../staff/guards.ts';
import { isKeyedHash } from '../vault/keyed-hash.ts';
import { blindIndexes } from '../vault/vault.ts';
import { type Handover, openPerson, secretText } from './handover.ts';

export type TakeUpAnswers = DocumentAnswers &
  PasswordAnswers & { firstPassword: string; hasAgreed: boolean };

/** Everything on the page: the document, the first password, a password of one's own, and the agreement. */
function parseTakeUp(ctx: Ctx, typed: TakeUpAnswers) {
  const document = parseDocumentAnswers(typed, ctx.portal, today(ctx));
  const password = parsePasswordAnswers(typed, personOf(document.ok ? document.value : null, null));
  const first = parseFirstPassword(typed.firstPassword);
  const parsed = together(document, password);
  const fields = {
    ...(parsed.ok ? {} : parsed.fields),
    ...(first.ok ? {} : { firstPassword: first.code }),
    ...(typed.hasAgreed ? {} : { hasAgreed: 'agreement.missing' as const }),
    ...(password.ok && isCommonPassword(password.value.password)
      ? { password: 'password.common' as const }
      : {}),
  };
  if (!document.ok || !password.ok || !first.ok || Object.keys(fields).length > 0) {
    throw new AppError({ code: 'input.invalid', fields });
  }
  return { identity: document.value, ...password.value, firstPassword: first.value };
}

/** Whether an account has a contact that its holder has proved, by which they get back in: no agency opens it then. */
const hasOwnWay = (account: Account): boolean =>
  contactKinds.some((kind) => provedAtMsOf(account, kind) !== null) ||
  identifierOf(account, 'wechat') !== undefined ||
  identifierOf(account, 'ministry') !== undefined;

/**
 * S-REG-09: with a first password from an agency a person sets their own, and has an account with their real-name information;
 * or, where the same agency has helped to that account and it has no proved contact, another password. The first password works
 * once. A wrong one, another name and a number that nobody handed one over for get the same answer. That the number has an
 * account which no agency opens is shown only with the right first password, which then stays good.
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, puzzle.work_required, login.refused, login.locked,
 * login.strangers_locked, request.too_many, registration.number_taken, request.stale
 */
export async function takeUp(
  ctx: Ctx,
  { ticket, ...typed }: TakeUpAnswers & { ticket: string },
): Promise<{ sessionToken: string; deviceMark: string }> {
  const { identity, password, firstPassword } = parseTakeUp(ctx, typed);
  const indexes = await blindIndexes(ctx, 'number', numberKey(identity));
  // Not the sign-in's: who fails here keeps nobody from signing in.
  const claims = await attemptClaims(ctx, 'login', `${indexes[0]}.first`, null, isHeavy(ticket));
  const [[spent], , handovers, [holder]] = await commitClaims(ctx, claims, [
    ...(await spendTicket(ctx, 'login', ticket)),
    ctx.db
      .select()
      .from(handoverTable)
      .where(
        and(inArray(handoverTable.numberIndex, indexes), eq(handoverTable.portal, ctx.portal.id)),
      ),
    ctx.db.select(accountRow).from(accountTable).where(hasNumber(indexes)),
  ]);
  const handover = await rightOne(ctx, handovers, identity, firstPassword);
  if (handover === undefined) return refuseTry(ctx, claims[0]);
  const free = releaseAll(ctx.db, claims, ctx.now() - failureWindowMs, 'first_password_right');
  let passwordHash: string;
  try {
    await requireMayUse(ctx, { holder, handovers, handover, identity });
    const former = holder?.formerPasswordHashes ?? [];
    passwordHash = await hashNewPassword(ctx, handover.id, password, former);
  } catch (error) {
    // The first password was right, so this was no failed try.
    await free;
    throw error;
  }
  const accountId = holder?.id ?? ctx.crypto.randomToken(12);
  const session = await newSession(ctx, accountId);
  try {
    await commit(ctx.db, [
      guardOpen(ctx, handover),
      ...(holder === undefined
        ? await createdFor(ctx, accountId, identity, passwordHash)
        : [
            ...(await changeAccount(ctx, holder, { passwordHash })),
            ...endSessions(ctx, accountId),
            ...endPending(ctx, accountId),
          ]),
      ctx.db
        .update(handoverTable)
        .set({ usedAtMs: ctx.now(), endsAtMs: null, accountId })
        .where(eq(handoverTable.id, handover.id)),
      ...notice(ctx, accountId, 'handed_over', { agency: handover.scope }),
      ...endTicket(ctx, spent?.id ?? ''),
      ...(await endHeldSession(ctx)),
      session.statement,
      free,
      record(ctx, 'agency.taken_up', accountId, {
        handover: handover.id,
        scope: handover.scope,
        isNew: holder === undefined,
      }),
    ]);
  } catch (error) {
    if (isUniqueViolation(error, opensOne)) throw new AppError(numberTaken);
    throw error;
  }
  return { sessionToken: session.token, deviceMark: await deviceMark(ctx, identity.number) };
}

/** The one of the first passwords for a number that was typed, for the name that was typed. */
async function rightOne(
  ctx: Ctx,
  handovers: readonly Handover[],
  { name }: Identity,
  firstPassword: string,
): Promise<Handover | undefined> {
  for (const each of handovers) {
    const isRight = await isKeyedHash(ctx, secretText(each.id, firstPassword), each.secretHash);
    if (isRight) return (await openPerson(ctx, each)).name === name ? each : undefined;
  }
  return undefined;
}

/**
 * Refuses a right first password that no longer works, or that does not open the account which has the number.
 *
 * @throws AppError input.invalid, registration.number_taken, account.suspended
 */
async function requireMayUse(
  ctx: Ctx,
  {
    holder,
    handovers,
    handover,
    identity,
  }: {
    holder: Account | undefined;
    handovers: readonly Handover[];
    handover: Handover;
    identity: Identity;
  },
): Promise<void> {
  const state = handoverStateOf(handover, ctx.now());
  if (state !== 'open') {
    const code = state === 'taken_up' ? 'first_password.used' : 'first_password.expired';
    throw new AppError({ code: 'input.invalid', fields: { firstPassword: code } });
  }
  if (holder === undefined) return;
  if (!(await mayReset(ctx, holder, handovers, handover, identity))) {
    // The person who asked has found out that the number has an account: its holder reads of it.
    const { id, scope } = handover;
    await commit(ctx.db, [record(ctx, 'agency.refused', holder.id, { handover: id, scope })]);
    throw new AppError(numberTaken);
  }
  requireActive(holder);
}

/** Whether a first password sets another password of the account that has the number. */
async function mayReset(
  ctx: Ctx,
  holder: Account,
  handovers: readonly Handover[],
  { scope }: Handover,
  { name }: Identity,
): Promise<boolean> {
  const isOwn = handovers.some((each) => each.accountId === holder.id && each.scope === scope);
  return isOwn && !hasOwnWay(holder) && (await findIdentity(ctx, holder))?.name === name;
}

/** Statements that create the account, with what the person has agreed to. */
async function createdFor(ctx: Ctx, accountId: string, identity: Identity, passwordHash: string) {
  const { id: portal, privacyNoticeVersion, agreementVersion } = ctx.portal;
  const nowMs = ctx.now();
  const account = await prepareAccount(ctx, {
    id: accountId,
    portal,
    identity,
    contact: {},
    passwordHash,
    createdAtMs: nowMs,
  });
  const given = [
    ['document_number', privacyNoticeVersion],
    ['agreement', agreementVersion],
  ] as const;
  return [
    ...createAccounts(ctx, [account]),
    ctx.db.insert(consentTable).values(
      given.map(([kind, version]) => ({
        id: ctx.crypto.randomToken(12),
        accountId,
        portal,
        kind,
        ...consents[kind],
        version,
        givenAtMs: nowMs,
      })),
    ),
    record(ctx, 'account.registered', accountId, { documentType: identity.type }),
  ];
}

/** A guard that a first password was not used or revoked meanwhile, and still works. */
function guardOpen(ctx: Ctx, { id }: Handover) {
  const isOpen = ctx.db
    .select({ id: handoverTable.id })
    .from(handoverTable)
    .where(and(eq(handoverTable.id, id), isHandoverOpen(ctx.now())));
  return guard(ctx.db, sql`exists ${isOpen}`, { code: 'request.stale' });
}

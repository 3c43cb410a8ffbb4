import {
  accountTable,
  attestationTable,
  cancellationTable,
  challengeTable,
  guard,
  identifierTable,
  numberClaimTable,
  recordTable,
} from '@shiming/db';
import {
  type AccountClosedBy,
  contactKinds,
  identifiers,
  numberFreedMail,
  numberKey,
} from '@shiming/domain';
import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { type AuditFacts, record, recordWhere } from '../audit/record.ts';
import { type Ctx, inPortal } from '../context.ts';
import { deliverWaiting, enqueueMail, enqueueSms, newsValidMs } from '../outbox/outbox.ts';
import {
  type Account,
  findIdentity,
  openContact,
  openEarlierNumber,
  openMinistryAccount,
  openWeChat,
} from './account.ts';
import { revokeAll } from './attestation.ts';
import { changeAccount } from './change.ts';
import { identifierIndexes } from './identifiers.ts';
import { contactsForMessages } from './recipients.ts';
import { tellServices } from './tell-services.ts';

/**
 * Statements that close an account, unless it changed since it was read (request.stale). Its identifiers open nothing and
 * are free for others (T-REG-16a, S-DUP-06a), and what was attested of it no longer stands. Until the time of the portal
 * is over, `restoreAccount` undoes all of it in one batch; then the job deletes the account. No link of its holder stops
 * that. A mail tells its holder on whose word it was closed (`by`), and what to do against it; where no address is proved, a
 * text message says that it was closed.
 */
export async function closeAccount(
  ctx: Ctx,
  account: Account,
  by: AccountClosedBy,
  facts: AuditFacts = {},
) {
  const { id: accountId } = account;
  const requestedAtMs = ctx.now();
  const { numberClaims, cancellation } = ctx.portal;
  const keptMs = by === 'claim' ? numberClaims.restorableMs : cancellation.waitMs;
  const dueAtMs = requestedAtMs + keptMs;
  const wasSuspended = account.status === 'suspended';
  const closing = { requestedAtMs, dueAtMs, closedBy: by, wasSuspended };
  const { email, mobile } = await contactsForMessages(ctx, account);
  const mail = numberFreedMail({ portal: ctx.portal.name, by, link: `${ctx.address}/tickets` });
  const waits = { as: 'notice', accountId, expiresAtMs: requestedAtMs + newsValidMs } as const;
  ctx.defer(() => deliverWaiting(ctx));
  return [
    ...(await changeAccount(ctx, account, {
      status: { status: 'closed', restorableUntilMs: dueAtMs },
    })),
    ctx.db
      .insert(cancellationTable)
      .values({ accountId, ...closing })
      .onConflictDoUpdate({ target: cancellationTable.accountId, set: closing }),
    ctx.db
      .delete(challengeTable)
      .where(
        and(eq(challengeTable.purpose, 'cancellation.stop'), eq(challengeTable.subject, accountId)),
      ),
    ctx.db
      .update(identifierTable)
      .set({ signsIn: false })
      .where(eq(identifierTable.accountId, accountId)),
    ...revokeAll(ctx, accountId),
    ...(await enqueueMail(ctx, { to: email, ...mail }, waits)),
    // Nobody can read it on a page any longer, so the holder of an unproved address gets a text message.
    ...(email === null ? await enqueueSms(ctx, { kind: 'number_freed', mobile }, waits) : []),
    record(ctx, by === 'registration' ? 'account.replaced' : 'account.freed', accountId, facts),
  ] as const;
}

const openingKinds = Object.entries(identifiers)
  .filter(([, { isExclusive }]) => isExclusive)
  .map(([kind]) => kind as keyof typeof identifiers);

/** The blind indexes of all identifiers of an account, under every key held. */
async function indexesOf(ctx: Ctx, account: Account): Promise<string[]> {
  const [identity, earlierNumber, contact, openId, ministryAccount] = await Promise.all([
    findIdentity(ctx, account),
    openEarlierNumber(ctx, account),
    openContact(ctx, account),
    openWeChat(ctx, account),
    openMinistryAccount(ctx, account),
  ]);
  const values = {
    ...contact,
    document_number: identity && numberKey(identity),
    earlier_number: earlierNumber,
    wechat: openId,
    ministry: ministryAccount,
  };
  const found = await Promise.all(
    Object.entries(values).map(async ([kind, value]) =>
      value ? identifierIndexes(ctx, kind as keyof typeof values, value) : [],
    ),
  );
  return found.flat();
}

/** The query (in a list of one) of how an account was closed. */
export const closingOf = ({ db }: Pick<Ctx, 'db'>, { id }: Pick<Account, 'id'>) =>
  [db.select().from(cancellationTable).where(eq(cancellationTable.accountId, id))] as const;

/**
 * Statements that make a suspended or closed account active again, or suspended as it was when it was closed, unless it changed since it was read (request.stale). One
 * that was closed gets its identifiers back with what was attested of it when it was closed, also a number that has moved by a
 * claim: all of them, or nothing is restored (account.number_taken).
 */
export async function restoreAccount(
  ctx: Ctx,
  account: Account,
  to: 'active' | 'suspended' = 'active',
) {
  const { id: accountId } = account;
  const other = alias(identifierTable, 'other');
  const indexes = await indexesOf(ctx, account);
  const opensAnother = and(
    inArray(other.index, indexes),
    eq(other.signsIn, true),
    ne(other.accountId, accountId),
  );
  const taken = ctx.db
    .select({ id: other.id })
    .from(other)
    .where(and(opensAnother, inArray(other.kind, openingKinds)));
  const { portal } = inPortal(ctx, account.portal);
  const contacts = contactKinds.filter((kind) => portal.signInWith.includes(kind));
  const elsewhere = ctx.db
    .select({ id: other.id })
    .from(other)
    .where(and(opensAnother, eq(other.kind, identifierTable.kind)));
  const closedAtMs = sql`(select ${cancellationTable.requestedAtMs} from ${cancellationTable} where ${cancellationTable.accountId} = ${accountId} and ${isNotNull(cancellationTable.closedBy)})`;
  const { untilMs } = attestationTable;
  // By the index of the holder.
  const moved = and(
    eq(numberClaimTable.holderId, accountId),
    sql`+${numberClaimTable.status} = 'moved'`,
  );
  const claimant = ctx.db
    .select({ id: numberClaimTable.accountId })
    .from(numberClaimTable)
    .where(moved);
  const wasClosed = [
    // S-DUP-04: of a claim that took the number, the claimant gives it back.
    recordWhere(ctx, 'number_claim.undone', inArray(accountTable.id, claimant)),
    ctx.db
      .update(identifierTable)
      .set({ signsIn: false })
      .where(
        and(
          inArray(identifierTable.accountId, claimant),
          eq(identifierTable.kind, 'document_number'),
        ),
      ),
    ...tellServices(ctx, sql`(${claimant})`, [['level']]),
    // What authorities answered about the number is not the claimant's to read.
    ctx.db.delete(recordTable).where(inArray(recordTable.accountId, claimant)),
    ctx.db
      .update(numberClaimTable)
      .set({ status: 'undone', version: sql`${numberClaimTable.version} + 1` })
      .where(moved),
    guard(ctx.db, sql`not exists ${taken}`, { code: 'account.number_taken' }),
    ctx.db
      .update(identifierTable)
      .set({ signsIn: true })
      .where(
        and(eq(identifierTable.accountId, accountId), inArray(identifierTable.kind, openingKinds)),
      ),
    // A contact that another account is signed in to by meanwhile stays a contact.
    ctx.db
      .update(identifierTable)
      .set({ signsIn: true })
      .where(
        and(
          eq(identifierTable.accountId, accountId),
          inArray(identifierTable.kind, contacts),
          isNotNull(identifierTable.provedAtMs),
          sql`not exists ${elsewhere}`,
        ),
      ),
    ctx.db
      .update(attestationTable)
      // The job finds out when to look next.
      .set({ revokedAtMs: null, lookAtMs: sql`case when ${untilMs} is not null then 0 end` })
      .where(
        and(
          eq(attestationTable.accountId, accountId),
          eq(attestationTable.revokedAtMs, closedAtMs),
        ),
      ),
  ] as const;
  return [
    ...(await changeAccount(ctx, account, {
      status: { status: to, restorableUntilMs: null },
    })),
    ...(account.status === 'closed' ? wasClosed : []),
    // The person it was suspended for may have asked for it to be deleted.
    ctx.db.delete(cancellationTable).where(eq(cancellationTable.accountId, accountId)),
    record(ctx, 'account.restored', accountId),
  ] as const;
}

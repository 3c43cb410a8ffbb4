import {
  accountTable,
  cancellationTable,
  challengeTable,
  commit,
  contactChangeTable,
} from '@shiming/db';
import { type ContactKind, parseUndoCode } from '@shiming/domain';
import { aliasedTable, and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { removeIdentifier } from '../account/identifiers.ts';
import { type AccountChange, changeAccount } from '../account/change.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Binding, isSecretRight, spend } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notice, noticeToAddress } from '../notice/notify.ts';
import { accountRow, identifierOf } from '../account/account.ts';
import { contactsForMessages, recipientFor } from '../account/recipients.ts';
import { endHeldSession, endSessions } from '../session/session.ts';
import { subjectHash, subjectHashes } from '../vault/vault.ts';
import { maskContact, openChange } from './change.ts';

/** A code has 60 bits; this keeps guessing from being worth a request. */
const perAddress: Limit = {
  limit: 20,
  window: { lastMs: 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const purpose = 'contact.undo';

/**
 * The code that takes a change back is all that its holder has, in a link or typed from a message: it is found by a
 * keyed hash of itself, and then compared as every other secret. The challenge has the id of the change.
 */
export async function undoBinding(ctx: Ctx, code: string): Promise<Binding> {
  return { purpose, subject: await subjectHash(ctx, 'undo_code', code) };
}

const each = aliasedTable(contactChangeTable, 'each_change');

/** @throws AppError input.invalid, link.used, link.expired, request.too_many */
async function findUndo(ctx: Ctx, input: { secret: string }) {
  const parsed = accepted(parseUndoCode(input.secret), 'secret');
  const subjects = await subjectHashes(ctx, 'undo_code', parsed);
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  const [rows] = await commitClaims(
    ctx,
    [newClaim(ctx, 'undo.address', address, [perAddress])],
    [
      ctx.db
        .select({
          challenge: challengeTable,
          change: contactChangeTable,
          account: accountRow,
          each,
        })
        .from(challengeTable)
        .innerJoin(contactChangeTable, eq(contactChangeTable.id, challengeTable.id))
        .innerJoin(accountTable, eq(accountTable.id, contactChangeTable.accountId))
        .innerJoin(each, eq(each.accountId, contactChangeTable.accountId))
        .where(
          and(
            eq(challengeTable.purpose, purpose),
            inArray(challengeTable.subject, subjects),
            isNotNull(each.doneAtMs),
          ),
        )
        // Two changes of one millisecond do not happen: each takes a code of its own.
        .orderBy(desc(each.doneAtMs)),
    ],
  );
  const [found] = rows;
  refuseUnless(
    found !== undefined &&
      (await isSecretRight(
        ctx,
        { purpose, subject: found.challenge.subject },
        found.challenge.secretHash,
        parsed,
      )),
    { code: 'link.expired' },
  );
  const { challenge, change, account } = found;
  refuseUnless(challenge.usedAtMs === null, { code: 'link.used', for: 'contact.undo' });
  refuseUnless(challenge.expiresAtMs > ctx.now(), { code: 'link.expired' });
  const made = rows.map((row) => row.each);
  return { change, account, standing: made.filter(({ undoneAtMs }) => undoneAtMs === null) };
}

/**
 * Whether a code takes a change back, and which (masked), before anything is done. It spends nothing, so a second
 * look costs nothing.
 *
 * @throws AppError input.invalid, link.used, link.expired, request.too_many
 */
export async function openUndo(
  ctx: Ctx,
  input: { secret: string },
): Promise<{ kind: ContactKind; maskedBefore: string; maskedAfter: string }> {
  const { change } = await findUndo(ctx, input);
  const { kind } = change;
  const { before, after } = await openChange(ctx, change);
  return { kind, maskedBefore: maskContact[kind](before), maskedAfter: maskContact[kind](after) };
}

/**
 * T-PRO-05: the holder of the old contact says that it was not them. The change is taken back, and with it every
 * one that was begun in the same session or done since, of either contact. Every session ends; codes, links and
 * WeChat binding are void, and so is the password: another one is set by the contact that was restored.
 *
 * @throws AppError input.invalid, link.used, link.expired, request.stale, request.too_many
 */
export async function undoContactChange(ctx: Ctx, input: { secret: string }): Promise<void> {
  const { change, account, standing } = await findUndo(ctx, input);
  const { sessionId } = await openChange(ctx, change);
  // What the last release changed: the mobile before was proved at the registration, unless that was done by WeChat.
  const isByWeChat = identifierOf(account, 'wechat')?.provedAtMs === account.createdAtMs;
  const registeredAtMs = isByWeChat ? null : account.createdAtMs;
  const restored: AccountChange['contact'] = {};
  const kinds = new Set<ContactKind>();
  const undone: [string, ...string[]] = [change.id];
  // Newest first, so that what stood before the oldest of them is restored last.
  for (const other of standing) {
    const made = await openChange(ctx, other);
    const isLater = (other.doneAtMs ?? 0) >= (change.doneAtMs ?? 0);
    if (!isLater && made.sessionId !== sessionId) continue;
    const { provedAtMs = other.kind === 'mobile' ? registeredAtMs : null } = made;
    restored[other.kind] = made.before === '' ? null : { value: made.before, provedAtMs };
    kinds.add(other.kind);
    undone.push(other.id);
  }
  const nowMs = ctx.now();
  const after = [...kinds]
    .map((kind) => maskContact[kind](restored[kind]?.value ?? ''))
    .join(' / ');
  const { email: again } = restored;
  const isAgainProved = again !== undefined && again !== null && again.provedAtMs !== null;
  const email =
    again === undefined
      ? (await contactsForMessages(ctx, account)).email
      : isAgainProved
        ? recipientFor(again.value, 'proved_with_it')
        : null;
  await commit(ctx.db, [
    ...spend(ctx.db, change.id, nowMs, { code: 'link.used', for: 'contact.undo' }),
    ...(await changeAccount(ctx, account, { contact: restored, passwordHash: null })),
    ctx.db
      .update(contactChangeTable)
      .set({ undoneAtMs: nowMs })
      .where(inArray(contactChangeTable.id, undone)),
    // The later ones' codes went to the holder of the contact at that time.
    ctx.db
      .update(challengeTable)
      .set({ usedAtMs: nowMs })
      .where(inArray(challengeTable.id, undone)),
    ...endPending(ctx, account.id),
    ...removeIdentifier(ctx, account.id, 'wechat'),
    ...removeIdentifier(ctx, account.id, 'ministry'),
    // The person who changed the contact may have asked for the account to be deleted as well. One that was closed stays so.
    ...(account.status === 'closed'
      ? []
      : [ctx.db.delete(cancellationTable).where(eq(cancellationTable.accountId, account.id))]),
    ...endSessions(ctx, account.id),
    ...(await endHeldSession(ctx)),
    ...notice(ctx, account.id, 'contact_restored', { after }),
    ...(await noticeToAddress(ctx, account.id, email, 'contact_restored', { after })),
    record(ctx, 'contact.restored', account.id),
  ]);
}

import { contactChangeTable } from '@shiming/db';
import {
  accountStatusMail,
  type Attested,
  type CorrectionKind,
  type SuspensionReason,
} from '@shiming/domain';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { applyChange } from '../contact/apply.ts';
import { type ContactChange } from '../contact/change.ts';
import { type Ctx, inPortal } from '../context.ts';
import { notice, notify } from '../notice/notify.ts';
import { type Account, openContact, openIdentity, provedAtMsOf } from '../account/account.ts';
import { restoreAccount } from '../account/close.ts';
import { endPending } from '../account/secure.ts';
import { deliverWaiting, enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { pauseReview } from '../review/pause.ts';
import { guardNoOpenReview } from '../review/state.ts';
import { endSessions } from '../session/session.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { maskOf } from './corrections.ts';

type Correction = { id: string; kind: CorrectionKind; before: string; after: string };

/** Statements that put an account right and tell its holder, in the name of the account's portal, whom nobody else can tell apart from a thief. */
export async function correctionStatements(
  staffCtx: Ctx,
  account: Account & { attested: Attested | null },
  correction: Correction,
) {
  const ctx = inPortal(staffCtx, account.portal);
  const { kind } = correction;
  const done = record(ctx, 'help_desk.corrected', account.id, { kind, change: correction.id });
  switch (kind) {
    case 'name':
      return [...(await nameStatements(ctx, account, correction)), done];
    case 'suspend':
    case 'restore':
      return [...(await statusStatements(ctx, account, correction)), done];
    case 'mobile':
    case 'email':
      return [...(await contactStatements(ctx, account, { ...correction, kind })), done];
  }
}

/**
 * A suspended account opens nothing: its sessions end with all that was on its way into it, and its review waits. Its holder
 * reads why in a mail, and at the next sign-in that it is so.
 */
async function statusStatements(ctx: Ctx, account: Account, { kind, after }: Correction) {
  const { id: accountId } = account;
  const reason = kind === 'suspend' ? (after as SuspensionReason) : null;
  const { email } = await openContact(ctx, account);
  const mail = accountStatusMail({
    portal: ctx.portal.name,
    reason,
    link: `${ctx.address}/tickets`,
  });
  const waits = { as: 'notice', accountId, expiresAtMs: ctx.now() + newsValidMs } as const;
  ctx.defer(() => deliverWaiting(ctx));
  const told = await enqueueMail(ctx, { to: email, ...mail }, waits);
  if (reason === null) {
    return [
      ...(await restoreAccount(ctx, account)),
      ...notice(ctx, accountId, 'account_restored'),
      ...told,
    ];
  }
  return [
    ...(await changeAccount(ctx, account, {
      status: { status: 'suspended', restorableUntilMs: null },
    })),
    ...endPending(ctx, accountId),
    endSessions(ctx, accountId),
    ...pauseReview(ctx, accountId),
    ...notice(ctx, accountId, 'account_suspended', { reason }),
    ...told,
    record(ctx, 'account.suspended', accountId, { reason }),
  ];
}

/**
 * What authority or reviewer confirmed was the other name: the account has to be verified again. While a review is
 * open, nothing that it is about changes (T-REV-04).
 */
async function nameStatements(
  ctx: Ctx,
  account: Account & { attested: Attested | null },
  { before, after }: Correction,
) {
  const identity = await openIdentity(ctx, account);
  return [
    guardNoOpenReview(ctx, account.id),
    ...(await changeAccount(ctx, account, {
      identity: { ...identity, name: after },
    })),
    ...(await notify(ctx, account, 'name_corrected', {
      before: maskOf.name(before),
      after: maskOf.name(after),
      ...(account.attested === null ? {} : { verify: 'again' }),
    })),
  ];
}

/** As a change by the person: it can be taken back by whoever had the contact. */
async function contactStatements(
  ctx: Ctx,
  account: Account,
  { id, kind, before, after }: Correction & { kind: 'mobile' | 'email' },
) {
  const nowMs = ctx.now();
  // It was begun in no session of the person, so taking it back takes back what came after it, and nothing else.
  const change: ContactChange = {
    before,
    after,
    sessionId: `help_desk:${id}`,
    provedAtMs: provedAtMsOf(account, kind),
  };
  return [
    ctx.db.insert(contactChangeTable).values({
      id,
      accountId: account.id,
      kind,
      changeSealed: await seal(ctx, placeOf(contactChangeTable.changeSealed, id), change),
      createdAtMs: nowMs,
      doneAtMs: nowMs,
      expiresAtMs: nowMs + ctx.portal.contactUndoMs,
      keyId: currentKeyId(ctx),
    }),
    ...(await applyChange(ctx, account, { id, kind, before, after }, { by: 'staff' })),
  ];
}

import { contactChangeTable } from '@shiming/db';
import {
  accountFields,
  accountStatusMail,
  type Attested,
  type ContactKind,
  corrected,
  type CorrectionKind,
  type DataCorrectionKind,
  isDataCorrection,
  maskField,
  profileField,
  type ProfileField,
  type SuspensionReason,
} from '@shiming/domain';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { foundFalse } from '../binding/vouch.ts';
import { claimAgainst } from '../account/number-claims.ts';
import { tellOfClaim } from '../claim/tell.ts';
import { applyChange } from '../contact/apply.ts';
import { type ContactChange } from '../contact/change.ts';
import { type Ctx, inPortal, today } from '../context.ts';
import { notice, notify } from '../notice/notify.ts';
import { type Account, openIdentity, openProfile, provedAtMsOf } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { closingOf, restoreAccount } from '../account/close.ts';
import { endPending } from '../account/secure.ts';
import { deliverWaiting, enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { endReviews, pauseReview } from '../review/pause.ts';
import { guardNoOpenReview } from '../cases/state.ts';
import { endSessions } from '../session/session.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';

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
  if (!isDataCorrection(kind)) return [...(await statusStatements(ctx, account, correction)), done];
  return kind === 'mobile' || kind === 'email'
    ? [...(await contactStatements(ctx, account, { ...correction, kind })), done]
    : [...(await detailStatements(ctx, account, { ...correction, kind })), done];
}

/**
 * A suspended account opens nothing: its sessions end with all that was on its way into it, and its review waits. Its holder
 * reads why in a mail, and at the next sign-in that it is so.
 */
async function statusStatements(ctx: Ctx, account: Account, { kind, after }: Correction) {
  const { id: accountId } = account;
  const reason = kind === 'suspend' ? (after as SuspensionReason) : null;
  const { email } = await contactsForMessages(ctx, account);
  const mail = accountStatusMail({
    portal: ctx.portal.name,
    reason,
    link: `${ctx.address}/tickets`,
  });
  const waits = { as: 'notice', accountId, expiresAtMs: ctx.now() + newsValidMs } as const;
  ctx.defer(() => deliverWaiting(ctx));
  const told = await enqueueMail(ctx, { to: email, ...mail }, waits);
  if (reason === null) {
    const [[found], [closing]] = await ctx.db.batch([
      ...claimAgainst(ctx, account),
      ...closingOf(ctx, account),
    ]);
    const claimant = found?.claimant ?? null;
    // Nobody can sign in to an account that was suspended when it was closed.
    const isOpen = account.status !== 'closed' || closing?.wasSuspended !== true;
    return [
      ...(await restoreAccount(ctx, account, isOpen ? 'active' : 'suspended')),
      ...(isOpen ? notice(ctx, accountId, 'account_restored') : []),
      ...(claimant === null
        ? []
        : [
            // The services are closed to them again, and what they asked for under the number ends.
            ...endReviews(ctx, claimant.id),
            ...foundFalse(ctx, claimant.id),
            ...(await tellOfClaim(ctx, claimant, 'number_claim_undone')),
          ]),
      ...(isOpen ? told : []),
    ];
  }
  return [
    ...(await changeAccount(ctx, account, {
      status: { status: 'suspended', restorableUntilMs: null },
    })),
    ...endPending(ctx, accountId),
    ...endSessions(ctx, accountId),
    ...pauseReview(ctx, accountId),
    ...notice(ctx, accountId, 'account_suspended', { reason }),
    ...told,
    record(ctx, 'account.suspended', accountId, { reason }),
  ];
}

/**
 * `changeAccount` ends what authority or reviewer confirmed of the former value: the account has to be verified again. While
 * a review is open, nothing that it is about changes (T-REV-04).
 */
async function detailStatements(
  ctx: Ctx,
  account: Account & { attested: Attested | null },
  { kind, before, after: value }: Correction & { kind: Exclude<DataCorrectionKind, ContactKind> },
) {
  const identity = await openIdentity(ctx, account);
  const profile = await openProfile(ctx, account);
  const change = corrected({ kind, value }, { identity, profile }, today(ctx));
  const isChecked = 'identity' in change || profileField(kind as ProfileField).isChecked === true;
  const verify = isChecked && account.attested !== null ? { verify: 'again' } : {};
  const shown =
    accountFields[kind].mask === undefined
      ? {}
      : { before: maskField(kind, before), after: maskField(kind, value) };
  return [
    guardNoOpenReview(ctx, account.id),
    ...(await changeAccount(ctx, account, change)),
    ...(await notify(ctx, account, 'details_corrected', { field: kind, ...shown, ...verify })),
  ];
}

/** As a change by the person: it can be taken back by the holder of the former contact. */
async function contactStatements(
  ctx: Ctx,
  account: Account,
  { id, kind, before, after }: Correction & { kind: ContactKind },
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

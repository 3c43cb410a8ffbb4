import { caseTable } from '@shiming/db';
import {
  type CaseChannel,
  type CaseState,
  groupCaseNumber,
  reviewMail,
  type ReviewNoticeKind,
} from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { type Account, openIdentity, openProfile } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { attest } from '../account/attestation.ts';
import { record } from '../audit/record.ts';
import type { Effect } from '../cases/effect.ts';
import { type Ctx, inPortal } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { enqueueMail, enqueueSms, newsValidMs } from '../outbox/outbox.ts';
import { placeOf, seal } from '../vault/vault.ts';
import { keepPhotos } from './photo-store.ts';
import type { CaseRow } from '../cases/state.ts';
import { openAnswers } from './answers.ts';

const noticeOf = {
  approved: 'review_approved',
  rejected: 'review_rejected',
  returned: 'review_returned',
  expired: 'review_expired',
} as const satisfies Partial<Record<CaseState['status'], ReviewNoticeKind>>;
const isOutcome = (status: CaseState['status']): status is keyof typeof noticeOf =>
  status in noticeOf;

/** What the outcome of a review does beside the case itself. One that only goes on to somebody else is nobody's news. */
export const reviewEffect: Effect = async (ctx, { row, account, state: { status } }) => {
  if (!isOutcome(status) || account === null) return [];
  const kind = noticeOf[status];
  const photos = keepPhotos(ctx, row);
  // A draft was nothing yet: no notice says that it is gone.
  if (row.caseNumber === null) return [photos];
  const caseNumber = groupCaseNumber(row.caseNumber);
  return [
    photos,
    record(ctx, `review.${status}`, account.id, { case: row.id }),
    ...(await newsStatements(ctx, row, account, kind, caseNumber)),
    ...(status === 'approved' ? await approval(ctx, row, account) : []),
  ];
};

/** T-CON-05: tells the person on the page 通知, and by the contact they chose, in the name of the portal of the case. */
export const newsStatements = async (
  anywhere: Ctx,
  { channel, portal }: Pick<CaseRow, 'channel' | 'portal'>,
  account: Account,
  kind: ReviewNoticeKind,
  caseNumber: string,
) => {
  const ctx = inPortal(anywhere, portal);
  return [
    ...notice(ctx, account.id, kind, { caseNumber }),
    ...(channel === 'inbox'
      ? []
      : await messageStatements(ctx, channel, account, kind, caseNumber)),
  ] as const;
};

async function messageStatements(
  ctx: Ctx,
  channel: Exclude<CaseChannel, 'inbox'>,
  account: Account,
  kind: ReviewNoticeKind,
  caseNumber: string,
) {
  const { email, mobile } = await contactsForMessages(ctx, account);
  const waits = {
    as: 'decision',
    accountId: account.id,
    expiresAtMs: ctx.now() + newsValidMs,
  } as const;
  if (channel === 'sms') return enqueueSms(ctx, { kind: 'review_news', mobile }, waits);
  const link = `${ctx.address}/account/review`;
  const mail = reviewMail({ portal: ctx.portal.name, kind, caseNumber, link });
  return enqueueMail(ctx, { to: email, ...mail }, waits);
}

/** T-REV-05: the level rises, and name and validity are what the reviewer saw. */
async function approval(ctx: Ctx, row: CaseRow, account: Account) {
  const [identity, stated, profile] = await Promise.all([
    openIdentity(ctx, account),
    openAnswers(ctx, row),
    openProfile(ctx, account),
  ]);
  if (stated === null) throw new Error('a request without answers was approved');
  const { name, validity } = stated;
  const { identityVersion } = account;
  const former = { name: identity.name, validity: identity.validity, identityVersion };
  return [
    ctx.db
      .update(caseTable)
      .set({
        formerIdentitySealed: await seal(
          ctx,
          placeOf(caseTable.formerIdentitySealed, row.id),
          former,
        ),
      })
      .where(eq(caseTable.id, row.id)),
    ...(await attest(ctx, account, identity, {
      kind: 'manual_review',
      sourceId: row.id,
      correction: { name, validity },
      travelPermitNumber: profile?.travelPermitNumber ?? null,
    })),
  ];
}

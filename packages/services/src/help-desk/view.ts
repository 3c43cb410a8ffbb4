import {
  accountTable,
  cancellationTable,
  commit,
  correctionTable,
  caseTable,
  faceCheckTable,
  verificationTable,
} from '@shiming/db';
import {
  type AccountField,
  accountFieldIds,
  maskField,
  provedOf,
  type CaseStatus,
  type FaceStatus,
  type VerificationStatus,
} from '@shiming/domain';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { identifierOf, levelOfAccount } from '../account/account.ts';
import { recordWhere } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { isReview } from '../cases/state.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { type CorrectionView, correctionRows, changeView } from './corrections.ts';
import { accountOf, accountQuery, openFields } from './load.ts';

/** More than there are of an account in years. */
const shown = 20;

/** An account as the help desk sees it: masked, with what came of verifications, comparisons of faces, reviews and corrections. */
export type AccountView = Awaited<ReturnType<typeof viewAccount>>;

/**
 * T-CON-08. That it was looked at is recorded in the transaction that reads it.
 *
 * @throws AppError request.not_found, help_desk.own_account
 */
export async function viewAccount(
  ctx: Ctx,
  staff: SignedInStaff,
  { accountId }: { accountId: string },
) {
  const { db } = ctx;
  const [found, verifications, faces, reviews, changes, [cancellation]] = await commit(db, [
    ...accountQuery(ctx, accountId),
    db
      .select({
        askedAtMs: verificationTable.askedAtMs,
        status: verificationTable.status,
        rawCode: verificationTable.rawCode,
        vendorRequestId: verificationTable.vendorRequestId,
      })
      .from(verificationTable)
      .where(eq(verificationTable.accountId, accountId))
      .orderBy(desc(verificationTable.askedAtMs))
      .limit(shown),
    db
      .select({
        purpose: faceCheckTable.purpose,
        askedAtMs: faceCheckTable.askedAtMs,
        status: faceCheckTable.status,
        rawCode: faceCheckTable.rawCode,
        vendorRequestId: faceCheckTable.vendorRequestId,
      })
      .from(faceCheckTable)
      .where(eq(faceCheckTable.accountId, accountId))
      .orderBy(desc(faceCheckTable.askedAtMs))
      .limit(shown),
    db
      .select({
        caseNumber: caseTable.caseNumber,
        status: caseTable.status,
        submittedAtMs: caseTable.submittedAtMs,
        dueAtMs: caseTable.dueAtMs,
        endedAtMs: caseTable.endedAtMs,
      })
      .from(caseTable)
      .where(and(eq(caseTable.accountId, accountId), isReview, isNotNull(caseTable.caseNumber)))
      .orderBy(desc(caseTable.createdAtMs))
      .limit(shown),
    correctionRows(ctx)
      .where(eq(correctionTable.accountId, accountId))
      .orderBy(desc(correctionTable.requestedAtMs))
      .limit(shown),
    db
      .select({ dueAtMs: cancellationTable.dueAtMs })
      .from(cancellationTable)
      .where(eq(cancellationTable.accountId, accountId)),
    recordWhere(ctx, 'help_desk.viewed', eq(accountTable.id, accountId), {
      role: staff.member.role,
    }),
  ]);
  const account = await accountOf(ctx, staff, found);
  const fields = await openFields(ctx, account);
  return {
    accountId,
    documentType: account.documentType,
    level: levelOfAccount(account, account.attested),
    proved: provedOf(account.attested),
    createdAtMs: account.createdAtMs,
    status: account.status,
    restorableUntilMs: account.restorableUntilMs,
    isProfileComplete: account.profileSealed !== null,
    masked: Object.fromEntries(
      accountFieldIds.map((field) => [field, fields[field] && maskField(field, fields[field])]),
    ) as Record<AccountField, string | null>,
    weChatBoundAtMs: identifierOf(account, 'wechat')?.provedAtMs ?? null,
    ministryLinkedAtMs: identifierOf(account, 'ministry')?.provedAtMs ?? null,
    cancellationDueAtMs: cancellation?.dueAtMs ?? null,
    verifications: verifications satisfies { status: VerificationStatus }[],
    faces: faces satisfies { status: FaceStatus }[],
    reviews: reviews satisfies { status: CaseStatus }[],
    changes: (await Promise.all(
      changes.map((each) => changeView(ctx, staff, each)),
    )) satisfies CorrectionView[],
  };
}

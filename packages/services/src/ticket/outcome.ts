import { foundFalse } from '../binding/vouch.ts';
import { recipientFor } from '../account/recipients.ts';
import { accountTable, guard } from '@shiming/db';
import { type CaseState, groupCaseNumber, ticketMail } from '@shiming/domain';
import { and, not, sql } from 'drizzle-orm';
import { accountRow } from '../account/account.ts';
import { closeAccount } from '../account/close.ts';
import { hasNumber } from '../account/identifiers.ts';
import { wasVerified } from '../account/taken-up.ts';
import { record } from '../audit/record.ts';
import type { Effect } from '../cases/effect.ts';
import { type Ctx, inPortal } from '../context.ts';
import { enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { endReviews } from '../review/pause.ts';
import { keepPhotos } from '../review/photo-store.ts';
import type { CaseRow } from '../cases/state.ts';
import { isKnownMeanwhile } from './organisation.ts';
import { openTicket } from './ticket.ts';

const ends = ['approved', 'rejected', 'returned', 'expired'] as const;
const isEnd = (status: CaseState['status']): status is (typeof ends)[number] =>
  (ends as readonly string[]).includes(status);

const freesNumber = ({ status, flags }: Pick<CaseState, 'status' | 'flags'>) =>
  status === 'approved' && flags.includes('frees_number');

/** What the outcome of a ticket does beside the case itself: a mail to the address that was confirmed, and a freed number. */
export const ticketEffect: Effect = async (ctx, { row, state: { status, flags } }) => {
  if (!isEnd(status)) return [];
  const photos = keepPhotos(ctx, row);
  // A draft was nothing yet.
  if (row.caseNumber === null) return [photos];
  return [
    photos,
    record(ctx, `ticket.${status}`, row.accountId, { case: row.id }),
    ...(status === 'expired' ? [] : await news(ctx, row, row.caseNumber, status)),
    ...(freesNumber({ status, flags }) ? await freed(ctx, row) : []),
  ];
};

async function news(
  anywhere: Ctx,
  row: CaseRow,
  caseNumber: string,
  status: 'approved' | 'rejected' | 'returned',
) {
  const { email, emailSecret, code } = await openTicket(anywhere, row);
  if (email === null || emailSecret !== null) return [];
  const ctx = inPortal(anywhere, row.portal);
  const mail = ticketMail({
    portal: ctx.portal.name,
    kind: status === 'returned' ? 'returned' : 'answered',
    caseNumber: groupCaseNumber(caseNumber),
    link: `${ctx.address}/tickets#${caseNumber}.${code}`,
  });
  const waits = {
    as: 'decision',
    accountId: row.accountId,
    expiresAtMs: ctx.now() + newsValidMs,
  } as const;
  return enqueueMail(ctx, { to: recipientFor(email, 'confirmed_in_ticket'), ...mail }, waits);
}

/** The query of the account that has the number of a ticket, if it can be freed: nothing of it was ever verified. */
export const squatted = (ctx: Pick<Ctx, 'db'>, { numberIndex }: Pick<CaseRow, 'numberIndex'>) =>
  ctx.db
    .select(accountRow)
    .from(accountTable)
    .where(and(hasNumber([numberIndex ?? '']), not(wasVerified)));

/** Whether an approval came too late: it is to free a number that nobody can be freed of any longer. */
export const isTooLate = async (ctx: Ctx, row: CaseRow, state: CaseState): Promise<boolean> =>
  (freesNumber(state) && (await squatted(ctx, row)).length === 0) ||
  (row.kind === 'organisation_letter' && (await isKnownMeanwhile(ctx, row, state)));

/** T-REG-16a: the number is free for its owner, and a mail tells the former holder in the name of the account's portal. */
async function freed(anywhere: Ctx, row: CaseRow) {
  const [account] = await squatted(anywhere, row);
  // Nothing is settled then: the next run finds that it came too late.
  if (account === undefined) return [guard(anywhere.db, sql`false`, { code: 'request.stale' })];
  return [
    ...endReviews(anywhere, account.id),
    ...foundFalse(anywhere, account.id),
    ...(await closeAccount(inPortal(anywhere, account.portal), account, 'owner', {
      case: row.id,
    })),
  ];
}

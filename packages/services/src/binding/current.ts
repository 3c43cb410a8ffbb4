import { vouchTable } from '@shiming/db';
import { maskMobile, maskName, type VouchStatus } from '@shiming/domain';
import { desc, eq } from 'drizzle-orm';
import { isProvedOf, openContact } from '../account/account.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { openVouch, studiesOf } from './vouch.ts';

/** Where a request stands: one that nobody answered in time has run out. */
export const statusOf = (
  { status, expiresAtMs }: { status: VouchStatus; expiresAtMs: number },
  nowMs: number,
): VouchStatus | 'expired' => (status === 'waiting' && expiresAtMs <= nowMs ? 'expired' : status);

/**
 * S-BND-01 to 04: whether real-name information is bound, by what it can be, and the newest request to a classmate. `needs`
 * says what is in the way of one.
 */
export async function currentBinding(ctx: Ctx, { account, isBound }: SignedIn) {
  const [[row], studies, contact] = await Promise.all([
    ctx.db
      .select()
      .from(vouchTable)
      .where(eq(vouchTable.askerId, account.id))
      .orderBy(desc(vouchTable.createdAtMs))
      .limit(1),
    studiesOf(ctx, [account]),
    openContact(ctx, account),
  ]);
  const typed = row && (await openVouch(ctx, row));
  const hasRecord = (studies.get(account.id) ?? []).length > 0;
  return {
    isBound,
    isProved: isProvedOf(account),
    hasEmail: contact.email !== '',
    classmates:
      ctx.portal.vouching === null
        ? null
        : {
            needs:
              account.documentType === null
                ? ('identity' as const)
                : hasRecord
                  ? null
                  : ('record' as const),
          },
    request:
      row === undefined || typed === undefined
        ? null
        : {
            vouchId: row.id,
            status: statusOf(row, ctx.now()),
            maskedName: maskName(typed.name),
            maskedMobile: maskMobile(typed.mobile),
            createdAtMs: row.createdAtMs,
            expiresAtMs: row.expiresAtMs,
          },
  };
}

import { handoverTable, noticeTable } from '@shiming/db';
import { contactKinds } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { type Account, provedAtMsOf } from '../account/account.ts';
import type { Ctx } from '../context.ts';

/**
 * The statement (in a list of one, or of none) that tells the holder of an account which agency has helped to it, if one has,
 * when they prove their first contact.
 */
export function tellOfAgency(ctx: Ctx, account: Pick<Account, 'id' | 'identifiers'>) {
  if (contactKinds.some((kind) => provedAtMsOf(account, kind) !== null)) return [];
  const { accountId, scope, usedAtMs } = handoverTable;
  const row = sql`${ctx.crypto.randomToken(12)}, ${account.id}, 'handed_over', json_object('agency', ${scope}), ${ctx.now()}, null`;
  return [
    ctx.db
      .insert(noticeTable)
      .select(
        sql`select ${row} from ${handoverTable} where ${accountId} = ${account.id} order by ${usedAtMs} desc limit 1`,
      ),
  ];
}

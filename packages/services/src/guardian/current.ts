import { guardianConsentTable } from '@shiming/db';
import { maskName, maskNumber, windowStart } from '@shiming/domain';
import { desc, eq } from 'drizzle-orm';
import { usedSince } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { openChild } from './child.ts';
import { isEntitled, perYear } from './give.ts';

/** The consents that a guardian has given, newest first, masked; and whether and how many more can be given. */
export async function currentGuardian(ctx: Ctx, signedIn: SignedIn) {
  const { db } = ctx;
  const limit = perYear(ctx);
  const accountId = signedIn.account.id;
  const [rows, [claims]] = await db.batch([
    db
      .select()
      .from(guardianConsentTable)
      .where(eq(guardianConsentTable.accountId, accountId))
      .orderBy(desc(guardianConsentTable.givenAtMs)),
    usedSince(db, 'guardian', accountId, windowStart(limit, ctx.now())),
  ]);
  return {
    isEntitled: await isEntitled(ctx, signedIn),
    remaining: Math.max(0, limit.limit - (claims?.used ?? 0)),
    consents: await Promise.all(
      rows.map(async (row) => {
        const { name, number } = await openChild(ctx, row);
        const { id: consentId, relation, version, givenAtMs, expiresAtMs, usedAtMs } = row;
        return {
          consentId,
          maskedName: maskName(name),
          maskedNumber: maskNumber(number),
          relation,
          version,
          givenAtMs,
          expiresAtMs,
          usedAtMs,
          endedAtMs: row.endedAtMs,
          ending: row.ending,
        };
      }),
    ),
  };
}

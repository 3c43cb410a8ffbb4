import { accountTable, recordTable } from '@shiming/db';
import { studentPortal } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { inPortal } from '../context.ts';
import { recordId, type StoredAnswer } from '../records/ask.ts';
import { currentKeyId, placeOf, seal } from '../vault/vault.ts';
import type { TestWorld } from './world.ts';

export const testStudies = { school: '沙箱师范大学', class: '2301', enrolledOn: '2023-09-01' };

/** Keeps a record of study of an account, as an answer of the authority. */
export async function giveStudies(
  world: TestWorld,
  accountId: string,
  fields: Record<string, string> = testStudies,
): Promise<void> {
  const ctx = inPortal(world.ctx(), studentPortal.id);
  const [account] = await ctx.db
    .select({ about: accountTable.identityVersion })
    .from(accountTable)
    .where(eq(accountTable.id, accountId));
  const id = recordId(ctx, accountId, 'enrolment');
  const answer: StoredAnswer = { records: [{ id: 'r', fields }], availableFrom: null };
  const row = {
    id,
    accountId,
    portal: ctx.portal.id,
    kind: 'enrolment',
    askedAtMs: ctx.now(),
    answerSealed: await seal(ctx, placeOf(recordTable.answerSealed, id), answer),
    about: account?.about ?? 0,
    keyId: currentKeyId(ctx),
  } as const;
  await ctx.db
    .insert(recordTable)
    .values(row)
    .onConflictDoUpdate({ target: recordTable.id, set: row });
}

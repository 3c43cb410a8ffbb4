import { accountTable, attestationTable } from '@shiming/db';
import { type CheckKind, checks } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { accountRow, levelOfAccount } from '../account/account.ts';
import { attestedNow, numberColumns } from '../account/attestation.ts';
import type { TestWorld } from './world.ts';

/** Attests the identity that an account has now. */
export async function attestFor(
  world: TestWorld,
  accountId: string,
  kind: CheckKind = 'four_factors',
  number?: string,
) {
  const ctx = world.ctx();
  const id = ctx.crypto.randomToken(12);
  await ctx.db.insert(attestationTable).values({
    id,
    accountId,
    kind,
    level: checks[kind].level,
    about: sql`(select ${accountTable.identityVersion} from ${accountTable} where ${accountTable.id} = ${accountId})`,
    sourceId: '',
    ...(number === undefined ? {} : await numberColumns(ctx, id, number)),
    atMs: world.nowMs(),
  });
}

/** What is attested of an account, and its level; of the only one where no account is named. */
export async function standingOfAccount(world: TestWorld, accountId?: string) {
  const ctx = world.ctx();
  const [found] = await ctx.db
    .select({ ...accountRow, attested: attestedNow(ctx) })
    .from(accountTable)
    .where(accountId === undefined ? undefined : eq(accountTable.id, accountId));
  const attested = found?.attested ?? null;
  return { attested, level: found === undefined ? 2 : levelOfAccount(found, attested) };
}

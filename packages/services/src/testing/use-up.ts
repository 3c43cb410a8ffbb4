import { allowanceTable } from '@shiming/db';
import { sql } from 'drizzle-orm';
import { subjectHash } from '../vault/vault.ts';
import type { TestWorld } from './world.ts';

/** Uses of a limit that are there already, now: of a network address, or of a subject as it stands in the ledger. */
export async function useUpOf(
  world: TestWorld,
  kind: string,
  of: { address: string } | { subject: string },
  uses: number,
): Promise<void> {
  const ctx = world.ctx();
  const subject = 'subject' in of ? of.subject : await subjectHash(ctx, 'address', of.address);
  await ctx.db.run(
    sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${uses})
      insert into ${allowanceTable} (id, kind, subject, at_ms, is_counted)
      select hex(randomblob(9)), ${kind}, ${subject}, ${world.nowMs()}, 1 from n`,
  );
}

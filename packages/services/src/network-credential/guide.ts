import { commit, isUniqueViolation, networkCredentialTable } from '@shiming/db';
import { AppError, type CredentialGuide, parseCredentialGuide } from '@shiming/domain';
import { desc } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { guardActing } from '../staff/guards.ts';
import type { SignedInStaff } from '../staff/session.ts';

/** The guide to 网证 as an administrator left it; `guide` is `null` where nobody has changed what the product says. */
export async function currentCredentialGuide({
  db,
}: Pick<Ctx, 'db'>): Promise<{ version: number; guide: CredentialGuide | null }> {
  const [row] = await db
    .select()
    .from(networkCredentialTable)
    .orderBy(desc(networkCredentialTable.version))
    .limit(1);
  return { version: row?.version ?? 0, guide: row?.guide ?? null };
}

/**
 * Replaces the guide by the version after the one that was read; of two who save at once, one does. Former versions stay.
 *
 * @throws AppError input.invalid, staff.forbidden, request.stale
 */
export async function saveCredentialGuide(
  ctx: Ctx,
  { member }: SignedInStaff,
  { version, ...typed }: CredentialGuide & { version: number },
): Promise<void> {
  const parsed = accepted(parseCredentialGuide(typed, today(ctx)));
  const { version: newest } = await currentCredentialGuide(ctx);
  if (newest !== version) throw new AppError({ code: 'request.stale' });
  try {
    await commit(ctx.db, [
      guardActing(ctx, { withoutNumber: true }),
      ctx.db.insert(networkCredentialTable).values({
        version: version + 1,
        guide: parsed,
        changedAtMs: ctx.now(),
        changedById: member.id,
      }),
      record(ctx, 'network_credential.changed', null, { version: version + 1 }),
    ]);
  } catch (error) {
    if (isUniqueViolation(error, 'network_credential.version')) {
      throw new AppError({ code: 'request.stale' });
    }
    throw error;
  }
}

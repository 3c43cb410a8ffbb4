import { createMinistry } from '@shiming/providers/ministry';
import { createTestMinistry, type MinistryUser } from '@shiming/providers/testing/ministry';
import type { Ctx } from '../context.ts';
import { beginVisit } from '../ministry/begin.ts';
import type { VisitPurpose } from '../ministry/visit.ts';

/** A provider of a test, and the real adapter before it. */
export async function ministryForTests() {
  const provider = await createTestMinistry();
  const ministry = createMinistry({
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    fetch: (request) => provider.fetch(request),
    now: () => Date.now(),
    timeoutMs: 5_000,
  });
  return { provider, ministry };
}

export type MinistryForTests = Awaited<ReturnType<typeof ministryForTests>>;

/** A browser goes to the ministry, signs in there and is about to come back: its cookie, and the query. */
export async function comeFrom(
  { provider }: MinistryForTests,
  ctx: Ctx,
  user: MinistryUser,
  purpose: VisitPurpose = 'sign_in',
): Promise<{ token: string; query: string }> {
  const { token, url } = await beginVisit(ctx, { purpose });
  return { token, query: provider.signIn(url, user) };
}

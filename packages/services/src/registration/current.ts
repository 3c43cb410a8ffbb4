import type { Ctx } from '../context.ts';
import { findRegistration } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/** Where the registration of a browser stands; `null` when none is on its way. */
export async function currentRegistration(
  ctx: Ctx,
  token: string | null,
): Promise<RegistrationView | null> {
  const registration = await findRegistration(ctx, token);
  if (registration === null) return null;
  const rows = await ctx.db.batch(await besideDraft(ctx, registration));
  return viewRegistration(ctx, registration, besideIn(ctx, registration, rows));
}

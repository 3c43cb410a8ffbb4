import { newOrganisationSession } from '@shiming/services/organisation/session';
import type { TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';

/** Signs this browser in as an organisation, past its letter; it has no password, and nobody to be reached. */
export async function signInOrganisation(
  { cookies }: Pick<TestBrowser, 'cookies'>,
  world: TestWorld,
): Promise<void> {
  const ctx = world.ctx();
  await ctx.db.run(
    "insert or ignore into organisation (id, portal, code, name, contact_sealed, created_at_ms, key_id) values ('o', 'student', '', '', '', 1, '')",
  );
  const { token, statement } = await newOrganisationSession(ctx, 'o');
  await statement;
  cookies.set('organisation', token);
}

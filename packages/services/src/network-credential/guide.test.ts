import { auditTable } from '@shiming/db';
import { type CredentialGuide, credentialTexts } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { staffNamed } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { currentCredentialGuide, saveCredentialGuide } from './guide.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const guideOf = (text: string) =>
  ({
    checkedOn: '2026-11-20',
    ...Object.fromEntries(
      credentialTexts.flatMap((each) => [
        [`${each}Zh`, text],
        [`${each}En`, text],
      ]),
    ),
  }) as CredentialGuide;

test('T-VER-05a: an administrator keeps names and steps of 网证 up to date; of ten who save at once, one does', async () => {
  expect(await currentCredentialGuide(world.ctx())).toEqual({ version: 0, guide: null });
  const { ctx, staff } = await staffNamed(world, 'administrator');
  const { done, refused } = await atOnce(10, (at) =>
    saveCredentialGuide(ctx, staff, { version: 0, ...guideOf(` 第${at}步 \n\n 第二步`) }),
  );
  expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 9 }]);
  const { version, guide } = await currentCredentialGuide(world.ctx());
  expect(version).toBe(1);
  // Lines are steps: what is empty is none.
  expect(guide?.firstStepsZh.split('\n')).toHaveLength(2);
  const recorded = await ctx.db
    .select()
    .from(auditTable)
    .where(eq(auditTable.action, 'network_credential.changed'));
  expect(recorded).toMatchObject([{ actor: `staff:${staff.member.id}`, facts: '{"version":1}' }]);
});

test('what is missing, too long, or was checked tomorrow is refused; the second way may be left out', async () => {
  const { ctx, staff } = await staffNamed(world, 'administrator');
  const save = (change: Partial<CredentialGuide>) =>
    saveCredentialGuide(ctx, staff, { version: 1, ...guideOf('x'), ...change });
  expect(await refusalOf(save({ notesEn: ' ', firstTitleZh: '字'.repeat(1_001) }))).toMatchObject({
    fields: { notesEn: 'credential_text.missing', firstTitleZh: 'credential_text.too_long' },
  });
  for (const checkedOn of ['2026-11-22', '2026-02-30', 'today']) {
    expect(await refusalOf(save({ checkedOn }))).toMatchObject({
      fields: { checkedOn: 'credential_text.checked_on' },
    });
  }
  await save({ secondTitleZh: '', secondTitleEn: '', secondStepsZh: '', secondStepsEn: '' });
  expect(await currentCredentialGuide(ctx)).toMatchObject({ version: 2 });
});

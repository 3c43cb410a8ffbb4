import { sessionTable } from '@shiming/db';
import { citizens } from '@shiming/sandbox';
import { eq, isNull, and } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { registerCompletely, signInAs } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword } from '../testing/world.ts';
import { changePassword } from './change-password.ts';

test('T-PWD-03: a password that is changed while it is looked at opens no session', async () => {
  const world = await createTestWorld();
  const [citizen] = citizens;
  if (citizen === undefined) throw new Error('no citizen');
  const { ctx, signedIn } = await registerCompletely(world, citizen);
  const password = 'Shan#Yue_47x';
  const slow = world.ctx();
  const outcome = refusalOf(
    signInAs(
      {
        ...slow,
        hasher: {
          ...slow.hasher,
          verify: async (typed, stored) => {
            const check = await slow.hasher.verify(typed, stored);
            const input = { current: testPassword, password, passwordAgain: password };
            await changePassword(ctx, signedIn, input);
            return check;
          },
        },
      },
      citizen.number,
      testPassword,
    ),
  );
  expect(await outcome).toMatchObject({ code: 'login.refused' });
  const live = await world
    .ctx()
    .db.$count(
      sessionTable,
      and(eq(sessionTable.accountId, signedIn.account.id), isNull(sessionTable.endedAtMs)),
    );
  expect(live).toBe(1);
  await world.close();
});

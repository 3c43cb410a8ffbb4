import { commit } from '@shiming/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authenticate } from '../session/session.ts';
import {
  applicantOf,
  citizenNamed,
  identifyAs,
  recoverUntilCode,
  register,
  signInAs,
} from '../testing/people.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { changeAccount } from './change.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(() => world.advance(24 * 3_600_000));

test.each([
  ['林知远', 'suspended', null, { code: 'account.suspended' }],
  ['周子涵', 'closed', 7, { code: 'account.closed', restorableUntilMs: 7 }],
] as const)(
  '%s: an account that is %s opens nothing, and its holder alone is told why',
  async (name, status, restorableUntilMs, refusal) => {
    const citizen = citizenNamed(name);
    const { ctx, signedIn, sessionToken } = await register(world, citizen);
    world.advance(60_000);
    const recovery = await recoverUntilCode(world, citizen);
    const set = { status: { status, restorableUntilMs } };
    await commit(ctx.db, await changeAccount(ctx, signedIn.account, set));

    expect(await authenticate(world.ctx(), sessionToken)).toBeNull();
    // The right password is no failure, however often it is given.
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const told = await refusalOf(signInAs(world.ctx(), citizen.number, testPassword));
      expect(told).toEqual(refusal);
    }
    const strange = await refusalOf(signInAs(world.ctx(), citizen.number, 'Falsch#31-hafen'));
    expect(strange).toMatchObject({ code: 'login.refused' });
    expect(await refusalOf(identifyAs(world.ctx(), citizen))).toEqual(refusal);
    const password = 'Yutou#31-harbour';
    const reset = resetPassword(world.ctx(), recovery.token, {
      code: recovery.code,
      password,
      passwordAgain: password,
    });
    expect(await refusalOf(reset)).toEqual(refusal);

    const account = { ...signedIn.account, version: signedIn.account.version + 1 };
    const active = { status: { status: 'active' as const, restorableUntilMs: null } };
    await commit(ctx.db, await changeAccount(ctx, account, active));
    const again = await signInAs(world.ctx(), citizen.number, testPassword);
    await applicantOf(world, again.sessionToken);
  },
);

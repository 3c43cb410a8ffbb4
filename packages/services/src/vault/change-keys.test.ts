import { webCrypto } from '@shiming/providers/crypto/gm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '../audit/chain.ts';
import type { Keys, NamedKey } from '../context.ts';
import { runJobs } from '../run-jobs.ts';
import { openIdentity } from '../account/account.ts';
import { authenticate } from '../session/session.ts';
import { staffOf, staffNamed } from '../testing/staff.ts';
import { citizenNamed, register, signInAs } from '../testing/people.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const ctxWith = (options: Parameters<TestWorld['ctx']>[0]) => ({
  ...world.ctx(options),
  crypto: webCrypto,
});

const kinds = ['vault', 'index', 'token', 'audit'] as const;
const newKey = (id: string): NamedKey => webCrypto.namedKey(id, webCrypto.randomBytes(32));
/** To another of its kind, and to one for 国密. */
const changes = [['vault', 'k9'], ...kinds.map((kind) => [kind, 'sm9'] as const)] as const;

test.each(changes)(
  'ARCHITECTURE 10: the %s key changes to %s while people work',
  async (kind, id) => {
    const citizen = citizenNamed('林知远');
    await register(world, citizen);
    const key = newKey(id);
    const during: Keys = { ...world.keys, [kind]: [key, ...world.keys[kind]] };
    // Sealed blocks are kept, so a retired key of the audit stays listed; the others are taken away.
    const after: Keys = kind === 'audit' ? during : { ...world.keys, [kind]: [key] };

    let places = 0;
    /** A person signs in under some keys, and goes on under others. */
    const visit = async (keys: Keys, later: Keys) => {
      places += 1;
      const visitor = { address: `198.51.100.${places}` };
      const ctx = ctxWith({ keys, visitor });
      const { sessionToken } = await signInAs(ctx, citizen.number, testPassword);
      const signedIn = await authenticate(ctxWith({ keys: later }), sessionToken);
      if (signedIn === null) throw new Error('the session is lost');
      const identity = await openIdentity(ctxWith({ keys: later }), signedIn.account);
      return [identity.name, sessionToken] as const;
    };
    const staff = await staffNamed(world, 'reviewer');

    // Of the instances that answer, some have the new settings already: what one gave out another takes.
    const visits = await Promise.all([
      visit(world.keys, world.keys),
      visit(world.keys, during),
      visit(during, during),
      ...[1, 2].map(() => runJobs(ctxWith({ keys: world.keys })).then(() => null)),
      ...[1, 2].map(() => visit(world.keys, during)),
    ]);
    expect(visits.filter((each) => each !== null).map(([name]) => name)).toEqual(
      Array.from({ length: 5 }, () => citizen.name),
    );
    const again = await authenticate(ctxWith({ keys: during }), visits[0]?.[1] ?? '');
    expect(again?.account.id).toBeDefined();
    expect((await staffOf(world, staff.sessionToken)).staff.member.id).toBe(staff.staff.member.id);

    world.advance(60_000);
    await Promise.all([
      runJobs(ctxWith({ keys: during })),
      visit(during, during),
      runJobs(ctxWith({ keys: during })),
      visit(during, during),
    ]);
    world.advance(60_000);
    while ((await runJobs(ctxWith({ keys: during }))).keys.done > 0);
    const last = await Promise.all([visit(after, after), visit(after, after)]);
    expect(last.map(([name]) => name)).toEqual([citizen.name, citizen.name]);
    world.advance(60_000);
    await runJobs(ctxWith({ keys: after }));
    expect(await verifyAudit(ctxWith({ keys: after }))).toMatchObject({
      unsealed: 0,
      broken: null,
    });
  },
);

import { accountTable, commit, identifierTable, outboxTable, registrationTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { webCrypto } from '@shiming/providers/crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginContactChange } from '../contact/begin.ts';
import { confirmContactChange } from '../contact/confirm.ts';
import { openUndo } from '../contact/undo.ts';
import type { Ctx, Keys, NamedKey } from '../context.ts';
import { accountRow, openProfile } from '../account/account.ts';
import { closeAccount, restoreAccount } from '../account/close.ts';
import { revealProfile } from '../profile/view.ts';
import { proveByPassword } from '../proof/by-password.ts';
import { saveProfile } from '../profile/save.ts';
import { currentRegistration } from '../registration/current.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { submitRegistration } from '../registration/submit.ts';
import { authenticate } from '../session/session.ts';
import {
  citizenNamed,
  profileAnswersOf,
  registerCompletely,
  registerUntilCode,
  registerUntilReview,
  signInAs,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from './rotate.ts';

let world: TestWorld;
let rotating: Keys;
let rotated: Keys;
beforeEach(async () => {
  world = await createTestWorld();
  const [vault, index] = [newKey('v2'), newKey('i2')];
  rotating = {
    ...world.keys,
    vault: [vault, ...world.keys.vault],
    index: [index, ...world.keys.index],
  };
  rotated = { ...world.keys, vault: [vault], index: [index] };
});
afterEach(() => world.close());

const newKey = (id: string): NamedKey => ({ id, key: webCrypto.randomBytes(32) });

const citizen = citizenNamed('何俊彦');

const everything = {
  number: '810000199606060019',
  name: '何俊彦',
  mobile: '19900000010',
  email: 'someone@example.com',
  localDocumentNumber: 'A123456(3)',
  travelPermitNumber: 'H00000019',
};

/** Signs in and reads everything with these keys. */
async function readEverything(keys: Keys) {
  const ctx = world.ctx({ keys });
  const { sessionToken } = await signInAs(ctx, citizen.number, testPassword);
  const signedIn = await authenticate(ctx, sessionToken);
  if (signedIn === null) return null;
  const proof = await proveByPassword(ctx, signedIn, { password: testPassword });
  const proved = await authenticate(ctx, proof.sessionToken);
  return proved && revealProfile(ctx, proved);
}

async function rotateAll(keys: Keys) {
  let moved = 0;
  for (;;) {
    const rows = await rotateKeys(world.ctx({ keys }));
    if (rows === 0) return moved;
    moved += rows;
  }
}

describe('keys are changed while people use the system', () => {
  test('before, during and after the rotation everything works; then the old keys can be taken away', async () => {
    await registerCompletely(world, citizen);
    const waiting = await registerUntilCode(world, citizenNamed('林知远'), world.ctx());
    expect(await readEverything(rotating)).toEqual(everything);

    // The account with its three identifiers, the registration on its way, and both messages.
    expect(await rotateAll(rotating)).toBe(7);
    expect(await readEverything(rotating)).toEqual(everything);
    expect(await readEverything(rotated)).toEqual(everything);

    // The registration that began under the old keys goes on under the new ones alone.
    const ctx = world.ctx({ keys: rotated });
    expect((await currentRegistration(ctx, waiting.token))?.identity?.name).toBe('林知远');
    await proveContact(ctx, waiting.token, { code: waiting.code });
    const { sessionToken } = await submitRegistration(ctx, waiting.token, { hasAgreed: true });
    expect(await authenticate(ctx, sessionToken)).not.toBeNull();
    expect(await rotateKeys(world.ctx({ keys: rotated }))).toBe(0);
  });

  test('afterwards no row names an old key, in no column', async () => {
    await registerCompletely(world, citizen);
    await registerUntilCode(world, citizenNamed('林知远'), world.ctx());
    await rotateAll(rotating);
    const { db } = world.ctx();
    const rows = JSON.stringify([
      await db.select().from(accountTable),
      await db.select().from(identifierTable),
      await db.select().from(registrationTable),
      await db.select().from(outboxTable),
    ]);
    expect(rows).toMatch(/"v2\./);
    expect(rows).toMatch(/"i2\./);
    expect(rows).not.toMatch(/"(?:v1|i1)[."]/);
  });

  test('an index key alone is rotated too', async () => {
    await registerCompletely(world, citizen);
    const keys: Keys = { ...rotating, vault: world.keys.vault };
    expect(await rotateAll(keys)).toBe(3);
    expect(await readEverything({ ...rotated, vault: world.keys.vault })).toEqual(everything);
  });

  test('T-REG-16: a number stays unique while keys rotate, and after', async () => {
    await registerCompletely(world, citizen);
    world.advance(60_000);
    const tryAgain = async (keys: Keys) => {
      const ctx = world.ctx({ keys });
      const { token, code } = await registerUntilCode(world, citizen, ctx);
      world.advance(60_000);
      const told = refusalOf(proveContact(ctx, token, { code }));
      expect(await told).toEqual({ code: 'registration.number_taken' });
      const refused = refusalOf(submitRegistration(ctx, token, { hasAgreed: true }));
      expect(await refused).toEqual({ code: 'registration.number_taken' });
    };
    await tryAgain(rotating);
    await rotateAll(rotating);
    await tryAgain(rotated);
  });

  test('an account that was closed under the old key is not restored while its number opens another under the new one', async () => {
    const { signedIn } = await registerCompletely(world, citizen);
    const { account } = signedIn;
    const { db } = world.ctx();
    await commit(db, await closeAccount(world.ctx(), account, 'owner'));
    world.advance(60_000);
    const ctx = world.ctx({ keys: rotating });
    const token = await registerUntilReview(world, citizen, ctx);
    await submitRegistration(ctx, token, { hasAgreed: true });
    const of = eq(accountTable.id, account.id);
    const [closed] = await db.select(accountRow).from(accountTable).where(of);
    const restored = restoreAccount(ctx, closed ?? account).then((statements) =>
      commit(db, statements),
    );
    expect(await refusalOf(restored)).toEqual({ code: 'account.number_taken' });
  });

  test('T-REG-16: of two with one number at once, one under each key, one gets the account', async () => {
    const under = (keys: Keys) => world.ctx({ keys });
    // A Worker of the version before knows both keys and still indexes with the old one.
    const index = rotating.index.toReversed() as unknown as Keys['index'];
    const before: Keys = { ...rotating, index };
    const tokens: [Ctx, string][] = [];
    for (const keys of [before, rotating]) {
      tokens.push([under(keys), await registerUntilReview(world, citizen, under(keys))]);
      world.advance(60_000);
    }
    const results = await Promise.allSettled(
      tokens.map(([ctx, token]) => submitRegistration(ctx, token, { hasAgreed: true })),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await world.ctx().db.$count(accountTable)).toBe(1);
  });

  test('what a person saves while the job is at the same row is not lost', async () => {
    const { signedIn, sessionToken } = await registerCompletely(world, citizen);
    const ctx = world.ctx({ keys: rotating });
    let hasSaved = false;
    const seal: Ctx['crypto']['seal'] = async (...of) => {
      if (!hasSaved) {
        hasSaved = true;
        await saveProfile(ctx, signedIn, { ...profileAnswersOf(citizen), ethnicity: '02' });
      }
      return webCrypto.seal(...of);
    };
    await rotateKeys({ ...ctx, crypto: { ...ctx.crypto, seal } });
    await rotateAll(rotating);
    expect(await readEverything(rotated)).toEqual(everything);
    const after = await authenticate(world.ctx({ keys: rotated }), sessionToken);
    const profile = after && (await openProfile(world.ctx({ keys: rotated }), after.account));
    expect(profile?.ethnicity).toBe('02');
  });

  test('T-PRO-05: a change of contact that was made under the old key can still be taken back', async () => {
    const person = await proved(world, await registerCompletely(world, citizen));
    const ticket = await giveTestTicket(person.ctx, 'contact');
    const input = { kind: 'mobile', value: '19900000077', ticket } as const;
    await beginContactChange(person.ctx, person.signedIn, input);
    const code = world.sandbox.phone.lastCode(input.value) ?? '';
    await confirmContactChange(person.ctx, person.signedIn, { code });
    await world.settle();
    await rotateAll(rotating);
    const secret = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    expect(await openUndo(world.ctx({ keys: rotated }), { secret })).toMatchObject({
      maskedAfter: '199*****77',
    });
  });

  test('two jobs at once: nothing is lost', async () => {
    await registerCompletely(world, citizen);
    const jobs = [1, 2].map(() => rotateKeys(world.ctx({ keys: rotating })));
    await Promise.all(jobs);
    await rotateAll(rotating);
    expect(await readEverything(rotated)).toEqual(everything);
  });

  test('a Worker of the version before, which still seals with the old key, cannot hide a value from the job', async () => {
    const { sessionToken } = await registerCompletely(world, citizen);
    await rotateAll(rotating);
    const vault = rotating.vault.toReversed() as unknown as Keys['vault'];
    const ctx = world.ctx({ keys: { ...rotating, vault } });
    const signedIn = await authenticate(ctx, sessionToken);
    if (signedIn !== null) await saveProfile(ctx, signedIn, profileAnswersOf(citizen));
    await rotateAll(rotating);
    expect(await readEverything(rotated)).toEqual(everything);
  });
});

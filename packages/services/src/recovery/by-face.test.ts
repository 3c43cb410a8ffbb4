import { businessPortal, type FaceOutcome } from '@shiming/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ctx, inPortal, type Visitor } from '../context.ts';
import { currentRecovery } from './current.ts';
import { authenticate } from '../session/session.ts';
import { registerAtBusiness } from '../testing/business.ts';
import { framesOf, greyFrames, withFaces } from '../testing/faces.ts';
import { citizenNamed, identifyAs, signInAs } from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { beginFaceRecovery, proveRecoveryByFace, resetByFace } from './by-face.ts';

const citizen = citizenNamed('林知远');
const day = 24 * 3_600_000;
let world: TestWorld;
let session: string;
let token: string;
beforeAll(async () => {
  world = await createTestWorld();
  await registerAtBusiness(world, citizen);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.advance(day);
  token = await identifyAs(here(), citizen);
});

const here = (visitor: Partial<Visitor> = {}) =>
  inPortal(world.ctx({ visitor }), businessPortal.id);
const says = (outcome: FaceOutcome) => withFaces(here(), outcome);
async function show(ctx: Ctx, frames = greyFrames(), of = token) {
  const { challenge } = await beginFaceRecovery(ctx, of, { hasAgreed: true });
  return proveRecoveryByFace(ctx, of, { challenge, frames });
}
const reset = (password: string, of = token) =>
  resetByFace(here(), of, { password, passwordAgain: password });

test('E-PWD-01: name, number and face set a new password, once, and end what was signed in', async () => {
  const { sessionToken } = await signInAs(here(), citizen.number, testPassword);
  session = sessionToken;
  const required = { code: 'proof.required' };
  expect(await refusalOf(reset('Zhuye-47*stone'))).toEqual(required);
  expect(await currentRecovery(here(), token)).toMatchObject({ isProvedByFace: false });
  const given = await beginFaceRecovery(here(), token, { hasAgreed: true });
  const frames = await framesOf('林知远', given);
  const shown = await proveRecoveryByFace(here(), token, { challenge: given.challenge, frames });
  expect(shown).toMatchObject({ outcome: 'matched' });
  expect(await currentRecovery(here(), token)).toMatchObject({ isProvedByFace: true });
  expect(await refusalOf(reset('short'))).toMatchObject({ code: 'input.invalid' });
  const { done } = await atOnce(5, () => reset('Zhuye-47*stone'));
  expect(done.length).toBe(1);
  expect(await authenticate(here(), session)).toBeNull();
  expect(await signInAs(here(), citizen.number, 'Zhuye-47*stone')).toHaveProperty('sessionToken');
  expect(await refusalOf(reset('Lanhua-83*river'))).toEqual({ code: 'recovery.not_started' });
});

test('X-03: without a face that matched, nothing is said of the person’s data or of earlier passwords', async () => {
  const required = { code: 'proof.required' };
  for (const password of [`Ab-${citizen.mobile}`, 'Zhuye-47*stone', testPassword]) {
    expect(await refusalOf(reset(password))).toEqual(required);
  }
  await show(says('matched').ctx);
  expect(await refusalOf(reset(`Ab-${citizen.mobile}`))).toMatchObject({ code: 'input.invalid' });
});

test('what was shown in the last minute of a recovery can be used for its ten minutes', async () => {
  const { ctx } = says('matched');
  world.advance(30 * 60_000 - 1_000);
  const { challenge } = await beginFaceRecovery(ctx, token, { hasAgreed: true });
  world.advance(2 * 60_000);
  const shown = await proveRecoveryByFace(ctx, token, { challenge, frames: greyFrames() });
  expect(shown).toMatchObject({ outcome: 'matched' });
  world.advance(9 * 60_000);
  expect(await currentRecovery(here(), token)).toMatchObject({ isProvedByFace: true });
  await reset('Yinxing-29*cloud');
});

test('a face that is not the holder’s sets nothing, and what was shown for one recovery is no other’s', async () => {
  expect(await show(says('not_same').ctx)).toMatchObject({ outcome: 'not_same', isCounted: true });
  const required = { code: 'proof.required' };
  expect(await refusalOf(reset('Zhuye-47*stone'))).toEqual(required);
  await show(says('matched').ctx);
  const other = await identifyAs(here(), citizen);
  expect(await refusalOf(reset('Zhuye-47*stone', other))).toEqual(required);
  world.advance(10 * 60_000);
  expect(await refusalOf(reset('Zhuye-47*stone'))).toEqual(required);
});

test('a challenge is one recovery’s, and without a recovery there is none', async () => {
  const { ctx, asked } = says('matched');
  const { challenge } = await beginFaceRecovery(ctx, token, { hasAgreed: true });
  const other = await identifyAs(here(), citizen);
  const frames = greyFrames();
  expect(await refusalOf(proveRecoveryByFace(ctx, other, { challenge, frames }))).toEqual({
    code: 'face.challenge_over',
  });
  const none = { code: 'recovery.not_started' };
  expect(await refusalOf(beginFaceRecovery(ctx, null, { hasAgreed: true }))).toEqual(none);
  expect(await refusalOf(proveRecoveryByFace(ctx, 'no.thing', { challenge, frames }))).toEqual(
    none,
  );
  expect(asked).toEqual([]);
});

test('somebody else’s tries at another place use up none of the holder’s', async () => {
  const { ctx } = says('not_same');
  for (let count = 0; count < 5; count += 1) await show(ctx);
  expect(await refusalOf(show(ctx))).toMatchObject({ code: 'face.day_limit', limit: 5 });
  const elsewhere = { ...ctx, visitor: { ...ctx.visitor, address: '198.51.100.4' } };
  const own = await identifyAs(elsewhere, citizen);
  expect(await show(elsewhere, greyFrames(), own)).toMatchObject({ remainingToday: 4 });
});

test('T-VER-07: with the authority down the try is given back', async () => {
  world.sandbox.authority.setMode('down');
  expect(await show(here())).toMatchObject({ outcome: 'unavailable', remainingToday: 5 });
  world.sandbox.reset();
});

import { accountTable, casePhotoTable, challengeTable } from '@shiming/db';
import type { AccountStatus } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endAllSessions } from '../login/end-sessions.ts';
import { type Applicant } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { completeDraft, mismatched } from '../testing/reviews.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { handOffPhoto, savePhotoByLink } from './hand-off.ts';
import { submitReview } from './submit.ts';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await mismatched(world);
});
afterEach(() => world.close());

const over = { code: 'photo.link_over' };
const handOff = () => handOffPhoto(person.ctx, person.signedIn, { side: 'a' });
/** The phone, which nobody has signed in on. */
const send = (link: string, content = 5) =>
  savePhotoByLink(world.ctx({ visitor: { deviceId: 'phone' } }), {
    link,
    file: jpegOf({ content }),
  });
const giveStatus = (status: AccountStatus) => world.ctx().db.update(accountTable).set({ status });
const linked = () => world.ctx().db.select().from(casePhotoTable);

test('a phone adds the photo of one side, once, and is told nothing that opens it', async () => {
  const { link, expiresAtMs } = await handOff();
  expect(expiresAtMs).toBe(world.nowMs() + 10 * 60_000);
  // A photo that is refused leaves the link good.
  expect(await refusalOf(send(link, 5).then(() => send(link, 6)))).toEqual(over);
  expect((await linked()).map(({ slot }) => slot)).toEqual(['a']);
});

test('refused, a photo does not spend the link', async () => {
  const { link } = await handOff();
  const refused = savePhotoByLink(world.ctx(), { link, file: new Uint8Array([1]) });
  expect((await refusalOf(refused)).code).toBe('photo.refused');
  expect(await send(link)).toEqual({ width: 1920, height: 1280, orientation: 1 });
});

test('of eight at once one arrives', async () => {
  const { link } = await handOff();
  const { done, refused } = await atOnce(8, (index) => send(link, index));
  expect(done).toHaveLength(1);
  expect(codesOf(refused)).toEqual({ 'photo.link_over': 7 });
  expect(await linked()).toHaveLength(1);
});

test.each<[string, () => unknown]>([
  ['ten minutes later', () => world.advance(10 * 60_000)],
  ['after a newer one for the same side', () => handOff()],
  ['after its session has ended', () => endAllSessions(person.ctx, person.signedIn)],
  ['after its account was suspended', () => giveStatus('suspended')],
  ['after its account was closed', () => giveStatus('closed')],
  [
    'once the request has been sent off',
    async () => {
      await completeDraft(person);
      await submitReview(person.ctx, person.signedIn);
    },
  ],
])('it is worth nothing %s', async (when, then) => {
  const { link } = await handOff();
  await then();
  const refused = await refusalOf(send(link));
  expect(refused).toEqual(when.startsWith('once') ? { code: 'review.open' } : over);
});

test.each<[string, () => unknown]>([
  ['session that ends', () => endAllSessions(person.ctx, person.signedIn)],
  ['account that is closed', () => giveStatus('closed')],
])('a %s while the photo is stored takes the link with it', async (_, then) => {
  const { link } = await handOff();
  const ctx = world.ctx();
  const photos = {
    ...ctx.photos,
    put: async (...stored: Parameters<typeof ctx.photos.put>) => {
      await then();
      return ctx.photos.put(...stored);
    },
  };
  const sent = savePhotoByLink({ ...ctx, photos }, { link, file: jpegOf({ content: 5 }) });
  expect(await refusalOf(sent)).toEqual(over);
  expect(await linked()).toEqual([]);
});

test('it opens no other side, request or session, and only its hash is stored', async () => {
  const { link } = await handOff();
  const [side = '', request = '', session = '', secret = ''] = link.split('.');
  for (const wrong of [
    `b.${request}.${session}.${secret}`,
    `${side}.other.${session}.${secret}`,
    `${side}.${request}.other.${secret}`,
    `${side}.${request}.${session}.other`,
    `c.${request}.${session}.${secret}`,
    '',
  ]) {
    expect(await refusalOf(send(wrong))).toEqual(over);
  }
  const stored = JSON.stringify(await world.ctx().db.select().from(challengeTable));
  expect(stored).not.toContain(secret);
});

import { photoTable, retentionReceiptTable, casePhotoTable, caseTable } from '@shiming/db';
import { photoSides, caseRule, caseSpecs } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { bytes, exif, jpegOf, paddedTo, textBytes } from '@shiming/domain/testing/jpeg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runJobs } from '../run-jobs.ts';
import { type Applicant, citizenNamed, registerCompletely } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { completeDraft, mismatched, settleAs, testPhotos } from '../testing/reviews.ts';
import { storedBytes } from '../testing/storage.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { correctReview } from './correct.ts';
import { currentReview } from './current.ts';
import { viewPhoto } from './photo.ts';
import { photoGraceMs } from './photo-store.ts';
import { removePhoto } from './remove-photo.ts';
import { rotatePhotos } from './rotate.ts';
import { savePhoto } from './save-photo.ts';
import { expireCases } from '../desk/settle.ts';
import { submitReview } from './submit.ts';
import { sweepPhotos } from './sweep-photos.ts';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await mismatched(world);
});
afterEach(() => world.close());

const save = (side: (typeof photoSides)[number], file: Uint8Array, who = person) =>
  savePhoto(who.ctx, who.signedIn, { side, file });
const sweep = () => sweepPhotos(world.ctx());
const view = (photoId: string, who = person) => viewPhoto(who.ctx, who.signedIn, { photoId });
const current = async () => (await currentReview(person.ctx, person.signedIn)).request;
const photosOf = async () => (await current())?.photos;

describe('T-REV-02: a photo that is kept', () => {
  test('comes back clean, upright or not, and to nobody else', async () => {
    const file = bytes(jpegOf({ inserted: exif(6) }), textBytes('PK\u0003\u0004evil'));
    const saved = await save('a', file);
    expect(saved).toMatchObject({ width: 1920, height: 1280, orientation: 6 });
    expect(await view(saved.photoId)).toEqual(jpegOf());
    expect(await photosOf()).toEqual({ a: saved, b: null, holding: null });

    const other = await registerCompletely(world, citizenNamed('林知远'));
    const missing = await refusalOf(view('not-a-photo', other));
    expect(missing).toEqual({ code: 'request.not_found' });
    expect(await refusalOf(view(saved.photoId, other))).toEqual(missing);
  });

  test('X-01: is in the store under a random name, sealed for its place, and nowhere else', async () => {
    const { photoId } = await save('a', jpegOf({ inserted: exif(1) }));
    const [[name, sealed] = ['', new Uint8Array()]] = world.bucket.objects;
    expect([world.bucket.objects.size, name]).toEqual([1, photoId]);
    expect(name).toMatch(/^[\w-]{32}$/);
    expect(Buffer.from(sealed).includes('JFIF')).toBe(false);
    expect((await storedBytes(world)).includes('JFIF')).toBe(false);
    // Moved under another name, it does not open.
    const { photoId: other } = await save('b', testPhotos.b);
    world.bucket.objects.set(other, sealed);
    await expect(view(other)).rejects.toThrow(/operation-specific/);
  });

  test('takes the place of the one before, which goes from the store', async () => {
    const before = await save('a', testPhotos.a);
    world.advance(photoGraceMs);
    const after = await save('a', testPhotos.b);
    expect(await refusalOf(view(before.photoId))).toEqual({ code: 'request.not_found' });
    expect(await sweepPhotos(world.ctx())).toBe(1);
    expect([...world.bucket.objects.keys()]).toEqual([after.photoId]);
    expect(await world.ctx().db.$count(photoTable)).toBe(1);
    expect(await world.ctx().db.select().from(retentionReceiptTable)).toMatchObject([
      { kind: 'photo', rows: 1 },
    ]);
  });

  test('removed, it goes from the store with the request', async () => {
    await save('a', testPhotos.a);
    await removePhoto(person.ctx, person.signedIn, { side: 'a' });
    await world.settle();
    expect(await photosOf()).toEqual({ a: null, b: null, holding: null });
    expect(world.bucket.objects.size).toBe(0);
    await removePhoto(person.ctx, person.signedIn, { side: 'a' });
  });
});

describe('T-REV-02: a photo that is refused', () => {
  test.each([
    ['exactly 194,560 bytes', paddedTo(194_560, jpegOf()), 'too_large'],
    ['no JPEG', textBytes('GIF89a'), 'not_jpeg'],
    ['cut off', jpegOf().subarray(0, 60), 'broken'],
    ['too small', jpegOf({ width: 299 }), 'too_small'],
    ['empty', bytes(), 'empty'],
  ])('%s: stores nothing', async (_, file, reason) => {
    expect(await refusalOf(save('a', file))).toEqual({ code: 'photo.refused', reason });
    expect(world.bucket.objects.size).toBe(0);
    expect(await current()).toBeNull();
  });

  test('one byte less than too large is taken', async () => {
    const { photoId } = await save('a', paddedTo(194_559, jpegOf()));
    expect(await view(photoId)).toEqual(jpegOf());
  });

  test('the same picture for another side is refused, whatever its wrapping; for the same side it is taken', async () => {
    await save('a', testPhotos.a);
    const wrapped = bytes(
      testPhotos.a.subarray(0, 2),
      exif(1),
      testPhotos.a.subarray(2),
      textBytes('x'),
    );
    for (const file of [testPhotos.a, wrapped]) {
      expect(await refusalOf(save('b', file))).toEqual({
        code: 'photo.refused',
        reason: 'duplicate',
      });
    }
    await save('a', testPhotos.a);
    await save('b', testPhotos.b);
  });

  test('X-02: the same picture for all three sides at once becomes one', async () => {
    const { done, refused } = await atOnce(3, (index) =>
      save(photoSides[index] ?? 'a', testPhotos.a),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'photo.refused': 2 }]);
    world.advance(photoGraceMs);
    await sweepPhotos(world.ctx());
    expect(world.bucket.objects.size).toBe(1);
  });

  test('X-02: no more than 60 an hour', async () => {
    for (let count = 0; count < 60; count += 1) await save('a', testPhotos.a);
    expect(await refusalOf(save('a', testPhotos.a))).toEqual({
      code: 'request.too_many',
      retryAtMs: world.nowMs() + 3_600_000,
    });
  });
});

describe('three photos at once', () => {
  test('come to one draft', async () => {
    await Promise.all(photoSides.map((side) => save(side, testPhotos[side])));
    expect((await current())?.missing).toEqual(['answers']);
    expect(await world.ctx().db.$count(caseTable)).toBe(1);
  });

  test('for one side: the last one stands, the others go', async () => {
    const files = [testPhotos.a, testPhotos.b, testPhotos.holding];
    await Promise.all(files.map((file) => save('a', file)));
    world.advance(photoGraceMs);
    expect(await sweepPhotos(world.ctx())).toBe(2);
    const kept = (await photosOf())?.a?.photoId;
    expect([...world.bucket.objects.keys()]).toEqual([kept]);
  });
});

describe('bad days: the store is down', () => {
  test('during an upload: service.unavailable, the draft as it was, and nothing is left behind', async () => {
    const before = await save('a', testPhotos.a);
    world.bucket.isDown = true;
    expect(await refusalOf(save('a', testPhotos.b))).toEqual({ code: 'service.unavailable' });
    expect(await refusalOf(save('b', testPhotos.b))).toEqual({ code: 'service.unavailable' });
    expect(await photosOf()).toEqual({ a: before, b: null, holding: null });
    world.advance(photoGraceMs);
    expect(await refusalOf(sweepPhotos(world.ctx()))).toEqual({ code: 'service.unavailable' });
    // Nothing else is held up by it.
    expect(await runJobs(world.ctx())).toMatchObject({
      photos: { outcome: 'service.unavailable' },
      audit: { outcome: 'ok', auditBlock: 1 },
    });
    world.bucket.isDown = false;
    expect(await sweepPhotos(world.ctx())).toBe(2);
    expect(await world.ctx().db.$count(photoTable)).toBe(1);
    expect(await view(before.photoId)).toEqual(testPhotos.a);
  });

  test('a photo that is removed while its key is changed does not come back without a row', async () => {
    const { photoId } = await save('a', testPhotos.a);
    const ctx = world.ctx();
    const vault = { id: 'v2', key: webCrypto.randomBytes(32) };
    const keys = { ...world.keys, vault: [vault, ...world.keys.vault] as const };
    const remove = async () => {
      await ctx.db.update(photoTable).set({ removeAfterMs: world.nowMs() });
      await sweepPhotos(world.ctx());
    };
    const photos: typeof ctx.photos = {
      ...ctx.photos,
      put: async (key, value) => {
        await remove();
        await ctx.photos.put(key, value);
      },
    };
    expect(await rotatePhotos({ ...ctx, keys, photos })).toBe(0);
    expect(await ctx.db.$count(photoTable)).toBe(0);
    expect(await ctx.photos.get(photoId)).toBeNull();
  });

  test('the database goes away after the photo came: the sweep takes the photo back', async () => {
    const ctx = { ...person.ctx };
    const put = ctx.photos.put.bind(ctx.photos);
    const photos = {
      ...ctx.photos,
      put: async (key: string, value: Uint8Array) => {
        await put(key, value);
        throw new Error('the isolate is gone');
      },
    };
    const work = savePhoto({ ...ctx, photos }, person.signedIn, { side: 'a', file: testPhotos.a });
    await expect(work).rejects.toThrow('the isolate is gone');
    expect(world.bucket.objects.size).toBe(1);
    expect(await sweepPhotos(world.ctx())).toBe(0);
    world.advance(photoGraceMs);
    expect(await sweepPhotos(world.ctx())).toBe(1);
    expect(world.bucket.objects.size).toBe(0);
  });
});

describe('X-08: how long photos are kept', () => {
  test('while the request is open, and ninety days after its end', async () => {
    await completeDraft(person);
    await submitReview(person.ctx, person.signedIn);
    world.advance(200 * 24 * 3_600_000);
    expect(await sweep()).toBe(0);
    await settleAs(world, world.ctx(), person, 'approve');
    world.advance(caseRule.photosAfterEndMs - 1);
    expect(await sweep()).toBe(0);
    world.advance(1);
    expect(await sweep()).toBe(3);
    expect(world.bucket.objects.size).toBe(0);
    expect(await world.ctx().db.$count(casePhotoTable)).toBe(0);
  });

  test('as long as the later one of two requests needs them', async () => {
    await completeDraft(person);
    await submitReview(person.ctx, person.signedIn);
    const reasons = [{ code: 'name_mismatch', item: 'name', mark: null, note: null }] as const;
    await settleAs(world, world.ctx(), person, 'reject', reasons);
    await correctReview(person.ctx, person.signedIn);
    world.advance(caseSpecs.manual_review.draftMs - 1);
    await removePhoto(person.ctx, person.signedIn, { side: 'b' });
    world.advance(caseRule.photosAfterEndMs - caseSpecs.manual_review.draftMs);
    expect(await sweep()).toBe(0);
    world.advance(1);
    // The draft has two of them still.
    expect(await sweep()).toBe(1);
    expect((await current())?.missing).toEqual(['b']);
  });

  test('a draft that nobody touches for thirty days goes with its photos, and nobody is told', async () => {
    await save('a', testPhotos.a);
    world.advance(caseSpecs.manual_review.draftMs - 1);
    expect(await expireCases(world.ctx())).toBe(0);
    world.advance(1);
    expect(await expireCases(world.ctx())).toBe(1);
    expect(await current()).toBeNull();
    world.advance(caseRule.photosAfterEndMs);
    expect(await sweep()).toBe(1);
  });
});

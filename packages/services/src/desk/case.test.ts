import { auditTable } from '@shiming/db';
import { caseRule } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listHistory } from '../data/history.ts';
import { settleCases } from './settle.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { type Applicant, citizenNamed } from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { blurred, fillQueue, testPhotos, waitingFor } from '../testing/reviews.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { viewCase } from './case.ts';
import { decideCase } from './decide.ts';
import { revealCase, viewCasePhoto } from './reveal.ts';
import { releaseCase } from './lease.ts';
import { takeCase } from './take.ts';
import { peekNext } from './take-next.ts';

const name = '周子涵';
const { number } = citizenNamed(name);
let world: TestWorld;
let anna: TestStaff;
let bo: TestStaff;
let senior: TestStaff;
let person: Applicant & { caseId: string };
beforeEach(async () => {
  world = await createTestWorld();
  anna = await staffNamed(world, 'reviewer', { name: '安娜' });
  bo = await staffNamed(world, 'reviewer', { name: '柏青' });
  senior = await staffNamed(world, 'senior', { name: '程远' });
  person = await waitingFor(world, name);
});
afterEach(() => world.close());

const take = ({ ctx, staff }: TestStaff) => takeCase(ctx, staff, { caseId: person.caseId });
const view = ({ ctx, staff }: TestStaff, caseId = person.caseId) =>
  viewCase(ctx, staff, { caseId });
const reveal = ({ ctx, staff }: TestStaff) => revealCase(ctx, staff, { caseId: person.caseId });
const photo = ({ ctx, staff }: TestStaff, caseId = person.caseId) =>
  viewCasePhoto(ctx, staff, { caseId, slot: 'b' });
/** What a browser makes of a sealed photo with a key that it was given. */
async function opened(sealed: Uint8Array, key: string | null): Promise<Uint8Array> {
  const bytes = Uint8Array.from(Buffer.from(key ?? '', 'base64url'));
  return world.ctx().crypto.openBytes(bytes, sealed, `${person.caseId}/b`);
}
const audited = (action: string) =>
  world
    .ctx()
    .db.select()
    .from(auditTable)
    .where(
      and(eq(auditTable.action, action), eq(auditTable.accountId, person.signedIn.account.id)),
    );

describe('T-CON-03: the screen of a case', () => {
  test('has what was typed, what follows from the number, the authority’s word and the photos; the number is masked', async () => {
    const { version } = await take(anna);
    const seen = await view(anna);
    expect(seen).toMatchObject({
      version,
      status: 'waiting',
      stage: 'first',
      lease: { isOwn: true, isReserved: false, endsAtMs: world.nowMs() + caseRule.leaseMs },
      stated: { name, validity: { start: '2020-09-01', end: '2040-09-01', term: 20 } },
      reason: '刚换了新证，核验说不一致。',
      account: { documentType: 'resident_identity_card', name, level: 2 },
      flags: ['authority_mismatched'],
      needsSecond: [],
      attempts: 1,
      photos: {
        a: { width: 1920, height: 1280, orientation: 1 },
        holding: { width: 1080, height: 1920 },
      },
      decisions: [],
      previous: [],
      authority: [{ status: 'mismatched', askedAtMs: expect.any(Number) }],
    });
    expect(seen.derived).toMatchObject({
      birthDate: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
      region: null,
      province: { zh: '北京' },
      usualTerms: [20],
    });
    expect(JSON.stringify(seen)).not.toContain(number);
  });

  test('is for the holder, for whoever has it loaded ahead, for whoever can still undo, and for a senior', async () => {
    expect(await refusalOf(view(anna))).toEqual({ code: 'desk.not_holder' });
    await peekNext(anna.ctx, anna.staff);
    expect((await view(anna)).lease).toMatchObject({ isOwn: true, isReserved: true });
    expect(await refusalOf(view(bo))).toMatchObject({ code: 'desk.held', byName: '安娜' });
    const { version } = await take(anna);
    const { ctx, staff } = anna;
    await reveal(anna);
    await decideCase(ctx, staff, {
      caseId: person.caseId,
      version,
      outcome: 'approve',
      reasons: [],
      isFaceDoubtful: false,
    });
    expect((await view(anna)).decisions).toMatchObject([{ outcome: 'approve', isOwn: true }]);
    expect((await view(senior)).decisions).toEqual([]);
    expect(await refusalOf(view(bo))).toEqual({ code: 'desk.closed' });
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    expect(await refusalOf(view(anna))).toEqual({ code: 'desk.closed' });
    expect((await view(senior)).decisions).toMatchObject([{ outcome: 'approve', byName: '安娜' }]);
    expect(await audited('desk.viewed')).toHaveLength(2);
  });

  test('is not for the person themselves, not for a case there is not, not for a draft', async () => {
    const own = await staffNamed(world, 'senior', { number });
    expect(await refusalOf(view(own))).toEqual({ code: 'desk.own_case' });
    expect(await refusalOf(view(anna, 'nothing'))).toEqual({ code: 'request.not_found' });
    const [draft = ''] = await fillQueue(world, 1, { status: 'draft' });
    expect(await refusalOf(view(senior, draft))).toEqual({ code: 'request.not_found' });
  });
});

/** What the audit says was looked at. */
const items = async () =>
  (await audited('desk.revealed')).map(({ facts }) => (JSON.parse(facts) as { item: string }).item);

describe('T-CON-06, X-01: nobody looks unseen', () => {
  test('number and photos are handed out once the look at each is on record', async () => {
    await take(anna);
    const sealed = await photo(anna);
    expect(await items()).toEqual([]);
    const { numbers, photoKeys, version } = await reveal(anna);
    expect(numbers).toEqual({ number, localDocumentNumber: null, travelPermitNumber: null });
    expect(await opened(sealed, photoKeys.b)).toEqual(testPhotos.b);
    expect((await items()).toSorted()).toEqual(['a', 'b', 'holding', 'number']);
    const [row] = await audited('desk.revealed');
    expect(row?.actor).toBe(`staff:${anna.staff.member.id}`);
    expect(JSON.parse(row?.facts ?? '')).toEqual({
      case: person.caseId,
      role: 'reviewer',
      item: 'number',
      version,
    });
    expect(await refusalOf(reveal(bo))).toMatchObject({ code: 'desk.held' });
    expect(await items()).toHaveLength(4);
  });

  test('looked at again, or ten times at once, each look is on record', async () => {
    await take(anna);
    const { done } = await atOnce(10, () => reveal(anna));
    expect(new Set(done.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await items()).toHaveLength(10 * 4);
    expect(await reveal(anna)).toEqual(done[0]);
    expect(await items()).toHaveLength(11 * 4);
  });

  test('not the person themselves, not who has given it back or decided it long since; nothing is on record', async () => {
    const own = await staffNamed(world, 'senior', { number });
    expect(await refusalOf(reveal(own))).toEqual({ code: 'desk.own_case' });
    await take(anna);
    world.advance(caseRule.leaseMs);
    expect(await refusalOf(reveal(anna))).toEqual({ code: 'desk.not_holder' });
    const { version } = await take(anna);
    await decideCase(anna.ctx, anna.staff, {
      caseId: person.caseId,
      version,
      outcome: 'reject',
      reasons: [blurred],
      isFaceDoubtful: false,
    });
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    expect(await refusalOf(reveal(anna))).toEqual({ code: 'desk.closed' });
    expect(await items()).toEqual([]);
  });

  test('when the look cannot be recorded there is nothing to see', async () => {
    await take(anna);
    await world.ctx().db.run('alter table audit rename to audit_away');
    await expect(reveal(anna)).rejects.toThrow('audit');
  });

  test('what is loaded ahead is sealed, is no look, and is not opened before the case is on the screen', async () => {
    await peekNext(anna.ctx, anna.staff);
    const sealed = await photo(anna);
    expect(sealed).toHaveLength(12 + testPhotos.b.length + 16);
    expect(Buffer.from(sealed).includes(Buffer.from(testPhotos.b.subarray(0, 64)))).toBe(false);
    expect(await refusalOf(reveal(anna))).toEqual({ code: 'desk.not_holder' });
    expect(await items()).toEqual([]);
    // Given back unseen: nobody is said to have looked, and nobody could.
    await releaseCase(anna.ctx, anna.staff, { caseId: person.caseId });
    expect(await refusalOf(reveal(anna))).toEqual({ code: 'desk.not_holder' });
    await take(anna);
    const { photoKeys } = await reveal(anna);
    expect(await opened(sealed, photoKeys.b)).toEqual(testPhotos.b);
  });

  test('a key opens one photo for one session: who has looked at a case lends nobody a look', async () => {
    await take(anna);
    const { photoKeys } = await reveal(anna);
    await expect(opened(await photo(anna), photoKeys.a)).rejects.toThrow('operation');
    await releaseCase(anna.ctx, anna.staff, { caseId: person.caseId });
    await peekNext(bo.ctx, bo.staff);
    await expect(opened(await photo(bo), photoKeys.b)).rejects.toThrow('operation');
  });

  test('the person sees when, in which role and at what somebody looked, not who; one sitting is one look', async () => {
    await take(anna);
    const firstMs = world.nowMs();
    await reveal(anna);
    world.advance(60_000);
    await reveal(anna);
    world.advance(caseRule.leaseMs + 1);
    await reveal(senior);
    const history = await listHistory(person.ctx, person.signedIn);
    const all = expect.arrayContaining(['number', 'a', 'b', 'holding']) as string[];
    expect(history.filter(({ event }) => event === 'desk.revealed')).toEqual([
      {
        atMs: world.nowMs(),
        event: 'desk.revealed',
        look: { role: 'senior', items: all, reason: null },
      },
      {
        atMs: firstMs,
        event: 'desk.revealed',
        look: { role: 'reviewer', items: all, reason: null },
      },
    ]);
    expect(JSON.stringify(history)).not.toContain(anna.staff.member.id);
  });
});

describe('T-CON-03: a photo of a case', () => {
  test('of somebody else’s case, of one’s own, of none: there is no such photo', async () => {
    const own = await staffNamed(world, 'senior', { number });
    await take(anna);
    const missing = { code: 'request.not_found' };
    expect(await refusalOf(photo(bo))).toEqual(missing);
    expect(await refusalOf(photo(own))).toEqual(missing);
    expect(await refusalOf(photo(bo, 'nothing'))).toEqual(missing);
    const [other = ''] = await fillQueue(world, 1);
    expect(await refusalOf(photo(senior, other))).toEqual(missing);
    world.advance(caseRule.leaseMs);
    expect(await refusalOf(photo(anna))).toEqual(missing);
    expect(await audited('desk.revealed')).toHaveLength(0);
  });

  test('while the store is down it is service.unavailable', async () => {
    await take(anna);
    world.bucket.isDown = true;
    expect(await refusalOf(photo(anna))).toEqual({ code: 'service.unavailable' });
  });

  test('without a database it is service.unavailable', async () => {
    const down = { ...anna, ctx: withoutDatabase(anna.ctx) };
    expect(await refusalOf(photo(down))).toEqual({ code: 'service.unavailable' });
    expect(await refusalOf(view(down))).toEqual({ code: 'service.unavailable' });
    expect(await refusalOf(reveal(down))).toEqual({ code: 'service.unavailable' });
  });
});

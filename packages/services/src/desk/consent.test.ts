import { standingOfAccount } from '../testing/attestations.ts';
import { auditTable, caseDecisionTable, caseTable } from '@shiming/db';
import { caseRule } from '@shiming/domain';
import { and, eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { currentReview } from '../review/current.ts';
import { settleCases } from './settle.ts';
import { withdrawReview } from '../review/withdraw.ts';
import { type Applicant } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { waitingFor } from '../testing/reviews.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { viewCase } from './case.ts';
import { decideCase } from './decide.ts';
import { reopenCase } from './reopen.ts';
import { revealCase, viewCasePhoto } from './reveal.ts';
import { takeCase } from './take.ts';
import { peekNext, takeNext } from './take-next.ts';

let world: TestWorld;
let anna: TestStaff;
let senior: TestStaff;
let person: Applicant & { caseId: string };
beforeEach(async () => {
  world = await createTestWorld();
  anna = await staffNamed(world, 'reviewer', { name: '安娜' });
  senior = await staffNamed(world, 'senior', { name: '程远' });
  person = await waitingFor(world);
});
afterEach(() => world.close());

const kind = 'document_number' as const;
const withdrawn = { code: 'desk.consent_withdrawn' };
const take = ({ ctx, staff }: TestStaff) => takeCase(ctx, staff, { caseId: person.caseId });
const view = ({ ctx, staff }: TestStaff) => viewCase(ctx, staff, { caseId: person.caseId });
const reveal = ({ ctx, staff }: TestStaff) => revealCase(ctx, staff, { caseId: person.caseId });
const approve = ({ ctx, staff }: TestStaff, version: number, isFaceDoubtful = false) =>
  decideCase(ctx, staff, {
    caseId: person.caseId,
    version,
    outcome: 'approve',
    reasons: [],
    isFaceDoubtful,
  });
const takeBack = () => withdrawConsent(person.ctx, person.signedIn, { kind });
const giveAgain = () => giveConsent(person.ctx, person.signedIn, { kind, hasAgreed: true });
const current = () => currentReview(person.ctx, person.signedIn);
const rowOf = async () => {
  const { db } = world.ctx();
  const [row] = await db.select().from(caseTable).where(eq(caseTable.id, person.caseId));
  return row;
};
const levelOf = async () => (await standingOfAccount(world)).level;
const looks = () => world.ctx().db.$count(auditTable, eq(auditTable.action, 'desk.revealed'));
const standing = () =>
  world.ctx().db.$count(caseDecisionTable, and(isNull(caseDecisionTable.undoneAtMs)));

describe('X-06a: the consent withdrawn', () => {
  test('takes the case out of the hands it is in; nobody sees, takes or decides it', async () => {
    const { version } = await take(anna);
    await reveal(anna);
    const seen = await looks();
    await takeBack();
    expect(await rowOf()).toMatchObject({ status: 'waiting', holderId: null });
    for (const who of [anna, senior]) {
      expect(await refusalOf(take(who))).toEqual(withdrawn);
      expect(await refusalOf(view(who))).toEqual(withdrawn);
      expect(await refusalOf(reveal(who))).toEqual(withdrawn);
      expect(await takeNext(who.ctx, who.staff)).toBeNull();
      expect(await peekNext(who.ctx, who.staff)).toBeNull();
    }
    expect(await refusalOf(approve(anna, version))).toEqual(withdrawn);
    const photo = { caseId: person.caseId, slot: 'a' } as const;
    expect(await refusalOf(viewCasePhoto(anna.ctx, anna.staff, photo))).toEqual({
      code: 'request.not_found',
    });
    expect(await looks()).toBe(seen);
  });

  test('a decision that has not taken effect is undone, and takes none', async () => {
    const { version } = await take(anna);
    await reveal(anna);
    await approve(anna, version);
    await takeBack();
    expect(await standing()).toBe(0);
    world.advance(caseRule.undoMs);
    expect(await settleCases(world.ctx())).toBe(0);
    expect(await rowOf()).toMatchObject({ status: 'waiting', stage: 'first', settlesAtMs: null });
    expect(await levelOf()).toBe(2);
  });

  test('does not undo the doubt of whoever had decided: another one does not approve alone', async () => {
    const { version } = await take(anna);
    await reveal(anna);
    await approve(anna, version, true);
    await takeBack();
    expect((await rowOf())?.flags).toEqual(['authority_mismatched', 'face_doubted_before']);
    await giveAgain();
    const bo = await staffNamed(world, 'reviewer', { name: '柏林' });
    const again = await take(bo);
    await reveal(bo);
    await approve(bo, again.version);
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    expect(await rowOf()).toMatchObject({ status: 'waiting', stage: 'second' });
    expect(await levelOf()).toBe(2);
  });

  test('nothing of a case that has ended is looked at', async () => {
    const { version } = await take(anna);
    await reveal(anna);
    await approve(anna, version);
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    await takeBack();
    expect(await refusalOf(view(senior))).toEqual(withdrawn);
    expect(await refusalOf(reveal(senior))).toEqual(withdrawn);
    // It can be opened again, and waits for the consent then.
    const { caseId } = person;
    await reopenCase(senior.ctx, senior.staff, { caseId, reason: 'complaint' });
    expect(await refusalOf(take(senior))).toEqual(withdrawn);
  });

  test('its person reads that it is paused, and goes on by consenting again', async () => {
    await take(anna);
    expect(await current()).toMatchObject({ isPaused: false, canWithdraw: false });
    await takeBack();
    expect(await current()).toMatchObject({ isPaused: true, canWithdraw: true });
    await giveAgain();
    expect(await current()).toMatchObject({ isPaused: false, canWithdraw: false });
    expect(await takeNext(anna.ctx, anna.staff)).toMatchObject({ caseId: person.caseId });
  });

  test('or takes the request back, although it was opened', async () => {
    await take(anna);
    await takeBack();
    await withdrawReview(person.ctx, person.signedIn);
    expect(await current()).toMatchObject({ request: null, last: { status: 'withdrawn' } });
  });

  test('at the same moment as a look, a decision and its effect: what comes after it does not happen', async () => {
    const { version } = await take(anna);
    await reveal(anna);
    await atOnce<unknown>(
      6,
      (at) => [takeBack, () => approve(anna, version)][at % 2]?.() ?? takeBack(),
    );
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    expect(await rowOf()).toMatchObject({ status: 'waiting', holderId: null });
    expect([await standing(), await levelOf()]).toEqual([0, 2]);

    await giveAgain();
    const again = await take(anna);
    await reveal(anna);
    await approve(anna, again.version);
    world.advance(caseRule.undoMs);
    const { refused } = await atOnce<unknown>(4, (at) =>
      at === 0 ? takeBack() : settleCases(world.ctx()),
    );
    expect(codesOf(refused)).toEqual({});
    const row = await rowOf();
    expect([row?.status, await levelOf()]).toEqual(
      row?.status === 'approved' ? ['approved', 3] : ['waiting', 2],
    );
    expect(await refusalOf(view(senior))).toEqual(withdrawn);
  });
});

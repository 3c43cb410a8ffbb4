import {
  accountTable,
  allowanceTable,
  identifierTable,
  numberClaimTable,
  vouchTable,
} from '@shiming/db';
import { caseRule, studentPortal } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isIdentifier } from '../account/identifiers.ts';
import { confirmVouch, takeBackVouch } from '../binding/answer.ts';
import { askClassmate, withdrawVouch } from '../binding/ask.ts';
import { currentBinding } from '../binding/current.ts';
import { viewInbox } from '../binding/inbox.ts';
import { foundFalse } from '../binding/vouch.ts';
import { inPortal } from '../context.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { exportData } from '../data/export.ts';
import { decideClaimCase, revealClaimCase, viewClaimCase } from '../desk/claim.ts';
import { settleCases } from '../desk/settle.ts';
import { takeCase } from '../desk/take.ts';
import { giveIdentity } from '../identity/give.ts';
import { viewRecords } from '../records/view.ts';
import { runJobs } from '../run-jobs.ts';
import { newSession } from '../session/session.ts';
import { attestFor } from '../testing/attestations.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
  registerWithoutIdentity,
} from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { giveStudies } from '../testing/studies.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { objectToClaim } from './object.ts';
import { settleNumberClaims } from './settle.ts';
import { submitNumberClaim, withdrawNumberClaim } from './submit.ts';

const day = 24 * 3_600_000;
/** The authority of records knows this person's studies. */
const citizen = citizenNamed('林知远');
const helperCitizen = citizenNamed('温以恒');
const sameClass = { school: '沙箱师范大学', class: '2016升1', enrolledOn: '2016-09-01' };

let world: TestWorld;
let holder: Applicant;
let helper: Applicant;
let claimant: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  holder = await registerCompletely(world, citizen);
  helper = await registerCompletely(world, helperCitizen);
  await giveStudies(world, idOf(helper), sameClass);
  world.advance(31 * day);
  claimant = await claims('19900000031');
  [holder, helper] = [await again(holder), await again(helper)];
});
afterEach(() => world.close());

const idOf = ({ signedIn }: Applicant) => signedIn.account.id;

/** The same person at the student portal, in a session that has just been proved. */
async function again(person: Applicant): Promise<Applicant> {
  const session = await newSession(world.ctx(), idOf(person), { isProved: true });
  await session.statement;
  const there = await applicantOf(world, session.token);
  return { ...there, ctx: inPortal(there.ctx, studentPortal.id) };
}

/** Somebody at the student portal who gives the number of the holder, and claims it. */
async function claims(mobile: string, consents = true): Promise<Applicant> {
  const { ctx, signedIn } = await again(
    await registerWithoutIdentity(world, { mobile }, studentPortal.id),
  );
  await giveIdentity(ctx, signedIn, { ...documentAnswersOf(citizen), claimsNumber: true });
  const person = await again({ ctx, signedIn } as Applicant);
  if (consents) {
    await giveConsent(person.ctx, person.signedIn, { kind: 'records', hasAgreed: true });
  }
  return person;
}

const typed = {
  name: helperCitizen.name,
  mobile: helperCitizen.mobile,
  ownMobile: '19900000031',
};
const ask = ({ ctx, signedIn }: Applicant = claimant) => askClassmate(ctx, signedIn, typed);
const lastVouch = async () => (await world.ctx().db.select().from(vouchTable)).at(-1)?.id ?? '';
const confirm = async ({ ctx, signedIn }: Applicant = helper) =>
  confirmVouch(ctx, signedIn, { vouchId: await lastVouch(), name: citizen.name });
const takeBack = async ({ ctx, signedIn }: Applicant = helper) =>
  takeBackVouch(ctx, signedIn, { vouchId: await lastVouch() });
const settle = () => settleNumberClaims(world.ctx());
const allClaims = () => world.ctx().db.select().from(numberClaimTable);
const statuses = async () => (await allClaims()).map(({ status }) => status);
const owners = async () => {
  const rows = await world
    .ctx()
    .db.select({ id: identifierTable.accountId })
    .from(identifierTable)
    .innerJoin(accountTable, eq(accountTable.id, identifierTable.accountId))
    .where(
      and(
        eq(identifierTable.kind, 'document_number'),
        eq(identifierTable.signsIn, true),
        eq(identifierTable.index, (await indexOf(claimant)) ?? ''),
      ),
    );
  return rows.map(({ id }) => id);
};
const indexOf = async (person: Applicant) => {
  const [row] = await world
    .ctx()
    .db.select({ index: identifierTable.index })
    .from(identifierTable)
    .where(isIdentifier(idOf(person), 'document_number'));
  return row?.index;
};
const bindingOf = async (person: Applicant) => {
  const { ctx, signedIn } = await again(person);
  return currentBinding(ctx, signedIn);
};
const object = ({ ctx, signedIn }: Applicant) => objectToClaim(ctx, signedIn);
const sendOff = ({ ctx, signedIn }: Applicant) =>
  submitNumberClaim(ctx, signedIn, { file: jpegOf(), agrees: true });

/** Takes the claim's case, looks, approves, and lets it take effect. */
async function approve({ ctx, staff }: TestStaff): Promise<void> {
  const [row] = await ctx.db.all<{ id: string }>(
    `select id from "case" order by created_at_ms desc`,
  );
  const caseId = row?.id ?? '';
  const { version } = await takeCase(ctx, staff, { caseId });
  await revealClaimCase(ctx, staff, { caseId });
  await decideClaimCase(ctx, staff, {
    caseId,
    version,
    outcome: 'approve',
    text: '已核对照片和资料',
  });
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
}

describe('S-DUP-05, 05a: a classmate vouches for somebody who claims a number', () => {
  test('confirmed by a classmate, the holder is told; after five working days of silence the number moves, and nothing is bound by it', async () => {
    expect((await bindingOf(claimant)).classmates).toEqual({ needs: null });
    await ask();
    const [request] = (await viewInbox(helper.ctx, helper.signedIn)).requests;
    expect(request).toMatchObject({
      subject: 'number_claim',
      maskedName: '林*远',
      school: sameClass.school,
    });
    await confirm();
    expect(await bindingOf(claimant)).toMatchObject({
      isBound: false,
      claim: { status: 'open', isVouched: true },
      request: { status: 'confirmed' },
    });
    expect(await owners()).toEqual([idOf(holder)]);
    expect(await settle()).toBe(1);
    expect(await statuses()).toEqual(['noticed']);
    world.advance(4 * day);
    expect(await settle()).toBe(0);
    world.advance(4 * day);
    expect(await settle()).toBe(1);
    expect(await owners()).toEqual([idOf(claimant)]);
    expect(await world.ctx().db.$count(vouchTable)).toBe(1);
    expect((await bindingOf(claimant)).claim).toBeNull();
  });

  test('never alone: a holder who objects, is verified or suspended keeps the number whatever a classmate says', async () => {
    await ask();
    await confirm();
    await settle();
    await object(await again(holder));
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await statuses()).toEqual(['open']);
    expect(await owners()).toEqual([idOf(holder)]);
  });

  test('a holder who was verified is not told, and loses nothing by silence', async () => {
    await attestFor(world, idOf(holder));
    await ask();
    await confirm();
    expect(await settle()).toBe(0);
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await owners()).toEqual([idOf(holder)]);
  });

  test('beside a photo it is one thing more that the reviewers see; still two of them decide', async () => {
    await ask();
    await confirm();
    await sendOff(await again(claimant));
    await object(await again(holder));
    const [first, second] = [
      await staffNamed(world, 'reviewer'),
      await staffNamed(world, 'senior'),
    ];
    const [row] = await first.ctx.db.all<{ id: string }>(`select id from "case"`);
    const caseId = row?.id ?? '';
    await takeCase(first.ctx, first.staff, { caseId });
    const view = () => viewClaimCase(first.ctx, first.staff, { caseId });
    expect((await view()).vouchedAtMs).toBeTypeOf('number');
    await approve(first);
    expect(await owners()).toEqual([idOf(holder)]);
    await approve(second);
    expect(await owners()).toEqual([idOf(claimant)]);
  });

  test('taken back while the holder has time, it speaks for the claimant no longer', async () => {
    await ask();
    await confirm();
    await settle();
    await takeBack();
    expect(await settle()).toBe(1);
    expect(await statuses()).toEqual(['open']);
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await owners()).toEqual([idOf(holder)]);
  });

  test('one whose other word was false has spoken for nobody', async () => {
    await ask();
    await confirm();
    await settle();
    const other = await registerCompletely(world, citizenNamed('周子涵'));
    await world
      .ctx()
      .db.insert(vouchTable)
      .values({
        id: 'before',
        askerId: idOf(other),
        helperId: idOf(helper),
        portal: studentPortal.id,
        answersSealed: '',
        status: 'confirmed',
        createdAtMs: 1,
        expiresAtMs: 1,
        keyId: '',
      });
    await world.ctx().db.batch([...foundFalse(world.ctx(), idOf(other))]);
    expect(await settle()).toBe(1);
    expect(await statuses()).toEqual(['open']);
  });
});

describe('S-DUP-05: who asks and who may help', () => {
  test('the authority is asked about the claimant with their consent alone, and they read nothing of the answer', async () => {
    const other = await claims('19900000032', false);
    expect((await bindingOf(other)).classmates).toEqual({ needs: 'consent' });
    expect(await refusalOf(ask(other))).toEqual({ code: 'consent.required' });
    await ask();
    const { ctx, signedIn } = await again(claimant);
    const read = {
      records: await viewRecords(ctx, signedIn),
      export: await exportData(ctx, signedIn),
    };
    expect(JSON.stringify(read)).not.toContain(sameClass.class);
    await withdrawConsent(ctx, signedIn, { kind: 'records' });
    expect(await world.ctx().db.select().from(vouchTable)).toMatchObject([
      { status: 'withdrawn', studiesSealed: null },
    ]);
  });

  test('S-DUP-01: while a claim is decided nobody gives the number with another one', async () => {
    await ask();
    await confirm();
    await settle();
    expect(await statuses()).toEqual(['noticed']);
    expect(await refusalOf(claims('19900000032'))).toEqual({
      code: 'registration.number_taken',
      isInReview: true,
    });
    expect(await statuses()).toEqual(['noticed']);
  });

  test('X-08: of a request that nobody has answered in time, the studies are deleted, and not before', async () => {
    await ask();
    const kept = async () =>
      (await world.ctx().db.select().from(vouchTable)).map(({ studiesSealed }) => studiesSealed);
    world.advance(3 * day - 1);
    await runJobs(world.ctx());
    expect(await kept()).toEqual([expect.any(String)]);
    world.advance(1);
    await runJobs(world.ctx());
    expect(await kept()).toEqual([null]);
  });

  test('nobody who is not of the class by the records, and such a helper reads no school', async () => {
    await giveStudies(world, idOf(helper), { ...sameClass, school: '沙箱理工学院' });
    await ask();
    const [request] = (await viewInbox(helper.ctx, helper.signedIn)).requests;
    expect(request).toMatchObject({ school: '', enrolledOn: '' });
    expect(await refusalOf(confirm())).toMatchObject({
      code: 'vouch.not_entitled',
      why: 'not_classmate',
    });
  });

  test('not the holder, nor anybody with the number, nor somebody who claims another', async () => {
    await ask();
    const vouchId = await lastVouch();
    const { db } = world.ctx();
    const asHelper = async (person: Applicant) => {
      await giveStudies(world, idOf(person), sameClass);
      await db
        .update(vouchTable)
        .set({ helperId: idOf(person) })
        .where(eq(vouchTable.id, vouchId));
      await db
        .update(identifierTable)
        .set({ provedAtMs: world.nowMs() - 31 * day })
        .where(isIdentifier(idOf(person), 'mobile'));
      return refusalOf(confirm(await again(person)));
    };
    expect(await asHelper(holder)).toMatchObject({ why: 'same_person' });
    expect(await asHelper(await claims('19900000032'))).toMatchObject({ why: 'same_person' });
    await db
      .update(identifierTable)
      .set({ signsIn: false })
      .where(isIdentifier(idOf(helper), 'document_number'));
    expect(await asHelper(helper)).toMatchObject({ why: 'record' });
  });

  test('once confirmed nobody else is asked; with the claim ends what waits', async () => {
    await ask();
    await withdrawNumberClaim(claimant.ctx, claimant.signedIn);
    expect(await world.ctx().db.select().from(vouchTable)).toMatchObject([{ status: 'withdrawn' }]);
    expect(await refusalOf(confirm())).toEqual({ code: 'vouch.over' });
    expect(await refusalOf(ask(await again(claimant)))).toEqual({ code: 'request.stale' });
    const other = await claims('19900000032');
    await ask(other);
    await confirm();
    expect(await refusalOf(ask(await again(other)))).toEqual({ code: 'request.stale' });
  });
});

describe('many at once', () => {
  test('the helper confirms while the claimant withdraws the claim: the claim ends, and no request waits', async () => {
    await ask();
    const { refused } = await atOnce(2, (index) =>
      index === 0 ? confirm() : withdrawNumberClaim(claimant.ctx, claimant.signedIn),
    );
    expect(refused.every(({ code }) => ['vouch.over', 'request.stale'].includes(code))).toBe(true);
    await settle();
    expect(await statuses()).toEqual(['withdrawn']);
    const [vouch] = await world.ctx().db.select().from(vouchTable);
    expect(vouch?.status).not.toBe('waiting');
    expect(await owners()).toEqual([idOf(holder)]);
  });

  test('the time is over when the helper takes it back and the holder objects: the number has one owner', async () => {
    await ask();
    await confirm();
    await settle();
    // Within the days in which it can be taken back.
    await world.ctx().db.update(numberClaimTable).set({ objectUntilMs: world.nowMs() });
    const owner = await again(holder);
    await atOnce(6, async (index) => {
      if (index === 0) await takeBack();
      else if (index === 1) await object(owner);
      else await settle();
    });
    await settle();
    const [opened, ...others] = await owners();
    expect(others).toEqual([]);
    const [vouch] = await world.ctx().db.select().from(vouchTable);
    const isTheirs = opened === idOf(claimant) ? vouch?.status === 'confirmed' : true;
    expect([isTheirs, [idOf(claimant), idOf(holder)]]).toEqual([
      true,
      expect.arrayContaining([opened]),
    ]);
  });
});

/** A generator of the same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % below;
  };
}

test.each([
  [1, 'everybody', 'reviewers'],
  [3, 'everybody', 'nobody'],
  [1, 'a silent holder', 'silence'],
  [2, 'a silent holder', 'nobody'],
] as const)(
  'a walk over the claim (%i) with %s ends by %s: by two reviewers, or by silence and a classmate, and never by one person alone',
  async (seed, who, end) => {
    const next = numbers(seed);
    const staff = [await staffNamed(world, 'reviewer'), await staffNamed(world, 'senior')];
    const did = { approvals: new Set<number>(), vouched: false, objected: false };
    const reviewed: readonly (() => Promise<unknown>)[] = [
      async () => {
        await object(await again(holder));
        did.objected = true;
      },
      async () => sendOff(await again(claimant)),
      async () => {
        const reviewer = next(2);
        await approve(staff[reviewer] as TestStaff);
        did.approvals.add(reviewer);
      },
    ];
    const helped: readonly (() => Promise<unknown>)[] = [
      () => ask(),
      async () => {
        await confirm();
        did.vouched = true;
      },
    ];
    const steps: readonly (() => Promise<unknown>)[] = [
      ...helped,
      ...helped,
      async () => {
        await takeBack();
        did.vouched = false;
      },
      async () => withdrawVouch(claimant.ctx, claimant.signedIn, { vouchId: await lastVouch() }),
      settle,
      async () => world.advance(9 * day),
      ...(who === 'everybody' ? reviewed : []),
    ];
    const endOf = () => {
      if (did.approvals.size === 2) return 'reviewers';
      return opened[0] === idOf(claimant) && did.vouched && !did.objected ? 'silence' : 'nobody';
    };
    let opened: string[] = [];
    for (let taken = 0; taken < 40; taken += 1) {
      const step = steps[next(steps.length)];
      [claimant, helper] = [await again(claimant), await again(helper)];
      // What a state does not allow is refused.
      await Promise.allSettled([step?.()]);
      opened = await owners();
      if (opened[0] === idOf(claimant)) break;
      await world.ctx().db.delete(allowanceTable);
    }
    expect(opened).toHaveLength(1);
    expect([opened[0] === idOf(claimant), endOf()]).toEqual([end !== 'nobody', end]);
    // Nobody has to wait for anybody: the claimant ends it.
    const { ctx, signedIn } = await again(claimant);
    await Promise.allSettled([withdrawNumberClaim(ctx, signedIn)]);
    expect(await statuses()).toEqual([end === 'nobody' ? 'withdrawn' : 'moved']);
  },
);

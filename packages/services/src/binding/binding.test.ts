import {
  accountTable,
  attestationTable,
  commit,
  identifierTable,
  recordTable,
  vouchTable,
} from '@shiming/db';
import { shanghaiDate, studentPortal, teacherPortal, vouchRule } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountRow, identifierOf, openIdentity } from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { closeAccount } from '../account/close.ts';
import { isIdentifier } from '../account/identifiers.ts';
import { inPortal } from '../context.ts';
import { enterService } from '../entry/services.ts';
import { listNotices } from '../notice/list.ts';
import { runJobs } from '../run-jobs.ts';
import { newSession } from '../session/session.ts';
import { describeSession } from '../standing/describe.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
} from '../testing/people.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveStudies, testStudies } from '../testing/studies.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { confirmVouch, declineVouch, takeBackVouch } from './answer.ts';
import { askClassmate, withdrawVouch } from './ask.ts';
import { currentBinding } from './current.ts';
import { viewInbox } from './inbox.ts';
import { foundFalse } from './vouch.ts';

const hour = 3_600_000;
const day = 24 * hour;
const [askerCitizen, helperCitizen] = [citizenNamed('温以恒'), citizenNamed('林知远')];
const classOf2023 = testStudies;

let world: TestWorld;
let asker: Applicant;
let helper: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  asker = await registerCompletely(world, askerCitizen);
  helper = await registerCompletely(world, helperCitizen);
  await setMobileProved(asker, null);
  await studies(asker, classOf2023);
  await studies(helper, classOf2023);
  world.advance(31 * day);
  [asker, helper] = [await again(asker), await again(helper)];
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
async function setMobileProved(person: Applicant, provedAtMs: number | null) {
  const { db } = world.ctx();
  await db
    .update(identifierTable)
    .set({ provedAtMs })
    .where(isIdentifier(idOf(person), 'mobile'));
}
const studies = (person: Applicant, fields: Record<string, string>) =>
  giveStudies(world, idOf(person), fields);
const typed = {
  name: helperCitizen.name,
  mobile: helperCitizen.mobile,
  ownMobile: askerCitizen.mobile,
};
const ask = ({ ctx, signedIn }: Applicant, answers = typed) => askClassmate(ctx, signedIn, answers);
const inboxOf = async ({ ctx, signedIn }: Applicant) => (await viewInbox(ctx, signedIn)).requests;
const vouchId = async () => (await world.ctx().db.select().from(vouchTable)).at(-1)?.id ?? '';
const confirm = async ({ ctx, signedIn }: Applicant, name = askerCitizen.name) =>
  confirmVouch(ctx, signedIn, { vouchId: await vouchId(), name });
const standing = async (person: Applicant) => {
  const { ctx, signedIn } = await again(person);
  return currentBinding(ctx, signedIn);
};
/** Whether the page says that the mailbox of an account binds another one. */
const isElsewhere = async (person: Applicant) => (await standing(person)).isMailBoundElsewhere;
const kinds = async ({ ctx, signedIn }: Applicant) =>
  (await listNotices(ctx, signedIn)).notices.map(({ kind }) => kind);

describe('S-BND-02: a classmate confirms who somebody is', () => {
  test('asked, seen in the inbox, confirmed by typing the full name; the services are open then, and no contact is proved', async () => {
    const service = studentPortal.services[0]?.id ?? '';
    expect(await standing(asker)).toMatchObject({ isBound: false, classmates: { needs: null } });
    const enter = async () => {
      const { ctx, signedIn } = await again(asker);
      return refusalOf(
        Promise.resolve().then(() => enterService(ctx, signedIn, { serviceId: service })),
      );
    };
    expect((await enter()).code).toBe('binding.required');
    expect(await ask(asker)).toEqual({ expiresAtMs: world.nowMs() + 72 * hour });
    expect((await describeSession(helper.ctx, helper.sessionToken))?.session.unseen).toBe(1);
    const [request] = await inboxOf(helper);
    expect(request).toMatchObject({
      status: 'waiting',
      maskedName: '温*恒',
      maskedMobile: expect.stringMatching(/^\d{3}\*{5}\d{2}$/),
      school: '沙箱师范大学',
    });
    expect(JSON.stringify(request)).not.toContain(askerCitizen.name);
    expect((await describeSession(helper.ctx, helper.sessionToken))?.session.unseen).toBe(0);
    await confirm(helper);
    expect(await standing(asker)).toMatchObject({
      isBound: true,
      isProved: { mobile: false },
      request: { status: 'confirmed' },
    });
    expect((await enter()).code).not.toBe('binding.required');
    expect(await kinds(asker)).toContain('vouch_received');
    expect(await kinds(helper)).toEqual(expect.arrayContaining(['vouch_asked', 'vouch_given']));
    expect(await refusalOf(confirm(helper))).toEqual({ code: 'vouch.over' });
    expect(await refusalOf(ask(await again(asker)))).toEqual({ code: 'request.stale' });
  });

  test('whoever is asked, the answer is the same, and only the right name and number reach somebody', async () => {
    for (const wrong of [
      { ...typed, name: '林知近' },
      { ...typed, mobile: '19900000098' },
      { ...typed, name: askerCitizen.name, mobile: askerCitizen.mobile },
    ]) {
      expect(await ask(asker, wrong)).toEqual({ expiresAtMs: world.nowMs() + 72 * hour });
      expect(await inboxOf(helper)).toEqual([]);
      await withdrawVouch(asker.ctx, asker.signedIn, { vouchId: await vouchId() });
    }
    expect(await refusalOf(ask(asker))).toMatchObject({ code: 'request.too_many' });
  });

  test('withdrawn, declined and run out: nothing can be confirmed after it', async () => {
    await ask(asker);
    await withdrawVouch(asker.ctx, asker.signedIn, { vouchId: await vouchId() });
    expect(await refusalOf(confirm(helper))).toEqual({ code: 'vouch.over' });
    world.advance(1);
    await ask(asker);
    await declineVouch(helper.ctx, helper.signedIn, { vouchId: await vouchId() });
    expect(await kinds(asker)).toContain('vouch_declined');
    expect(await refusalOf(confirm(helper))).toEqual({ code: 'vouch.over' });
    world.advance(1);
    await ask(asker);
    world.advance(vouchRule.validMs);
    expect(await refusalOf(confirm(await again(helper)))).toEqual({ code: 'vouch.over' });
    expect((await standing(asker)).request?.status).toBe('expired');
    expect((await inboxOf(await again(helper)))[0]?.status).toBe('expired');
  });

  test('a request whose asker is bound otherwise by now waits for nobody', async () => {
    await ask(asker);
    await setMobileProved(asker, world.nowMs());
    expect((await describeSession(helper.ctx, helper.sessionToken))?.session.unseen).toBe(0);
    expect((await inboxOf(helper))[0]?.status).toBe('needless');
    expect(await refusalOf(confirm(helper))).toEqual({ code: 'vouch.over' });
    const id = await vouchId();
    const decline = declineVouch(helper.ctx, helper.signedIn, { vouchId: id });
    expect(await refusalOf(decline)).toEqual({ code: 'vouch.over' });
  });

  test('the helper confirms while the asker withdraws: one of both takes effect', async () => {
    await ask(asker);
    const id = await vouchId();
    const { done, refused } = await atOnce(2, (each) =>
      each === 0 ? confirm(helper) : withdrawVouch(asker.ctx, asker.signedIn, { vouchId: id }),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'vouch.over': 1 }]);
    const status = (await standing(asker)).request?.status;
    expect((await standing(asker)).isBound).toBe(status === 'confirmed');
  });

  test('nobody answers for another, and the name has to be typed right, five times a day', async () => {
    await ask(asker);
    expect(await refusalOf(confirm(asker))).toEqual({ code: 'request.not_found' });
    const stranger = await again(await registerCompletely(world, citizenNamed('周子涵')));
    expect(await refusalOf(confirm(stranger))).toEqual({ code: 'request.not_found' });
    const id = await vouchId();
    const take = takeBackVouch(stranger.ctx, stranger.signedIn, { vouchId: id });
    expect(await refusalOf(take)).toEqual({ code: 'request.not_found' });
    const withdraw = withdrawVouch(stranger.ctx, stranger.signedIn, { vouchId: id });
    expect(await refusalOf(withdraw)).toEqual({ code: 'vouch.over' });
    for (let i = 0; i < vouchRule.namesPerDay; i++) {
      expect(await refusalOf(confirm(helper, '温以衡'))).toEqual({
        code: 'input.invalid',
        fields: { name: 'classmate.name' },
      });
    }
    expect(await refusalOf(confirm(helper, '温以衡'))).toMatchObject({ code: 'request.too_many' });
    const tired = { ...helper, signedIn: { ...helper.signedIn, provedAtMs: null } };
    expect(await refusalOf(confirm(tired))).toEqual({ code: 'proof.required' });
  });
});

describe('DOMAIN 14.7: who may help', () => {
  test('not whose mobile is unproved or new, who is no classmate by the records, or has none', async () => {
    await ask(asker);
    const why = async () => {
      const refusal = await refusalOf(confirm(await again(helper)));
      return refusal.code === 'vouch.not_entitled' ? refusal.why : refusal.code;
    };
    await setMobileProved(helper, world.nowMs() - 30 * day + 1);
    expect(await why()).toBe('mobile');
    await setMobileProved(helper, null);
    expect(await why()).toBe('mobile');
    await setMobileProved(helper, world.nowMs() - 30 * day);
    await studies(helper, { ...classOf2023, school: '沙箱理工大学' });
    expect(await why()).toBe('not_classmate');
    await studies(helper, { ...classOf2023, class: '2402', enrolledOn: '2024-09-01' });
    expect(await why()).toBe('not_classmate');
    await world
      .ctx()
      .db.delete(recordTable)
      .where(eq(recordTable.accountId, idOf(helper)));
    expect(await why()).toBe('record');
    // Of one class, though the records name different years.
    await studies(helper, { ...classOf2023, enrolledOn: '2022-09-01' });
    await confirm(await again(helper));
  });

  test('a child under 14 neither helps nor is helped', async () => {
    const setAge = async (person: Applicant, years: number) => {
      const { ctx, signedIn } = await again(person);
      const birthDate = shanghaiDate(world.nowMs() - years * 365.25 * day);
      const identity = { ...(await openIdentity(ctx, signedIn.account)), birthDate };
      await commit(ctx.db, await changeAccount(ctx, signedIn.account, { identity }));
      await studies(person, classOf2023);
    };
    const child = { code: 'vouch.not_entitled', why: 'child' };
    await setAge(asker, 13);
    expect(await refusalOf(ask(await again(asker)))).toEqual({ code: 'request.not_found' });
    expect((await standing(asker)).classmates).toEqual({ needs: 'age' });
    await setAge(asker, 15);
    await ask(await again(asker));
    await setAge(helper, 13);
    expect(await refusalOf(confirm(await again(helper)))).toMatchObject(child);
    await setAge(helper, 15);
    await setAge(asker, 13);
    expect(await refusalOf(confirm(await again(helper)))).toMatchObject(child);
  });

  test('without a record of study of one’s own there is nobody to ask', async () => {
    await world.ctx().db.delete(recordTable);
    expect(await refusalOf(ask(asker))).toEqual({ code: 'vouch.needs_record' });
    expect((await standing(asker)).classmates).toEqual({ needs: 'record' });
    const elsewhere = { ...asker, ctx: world.ctx() };
    expect(await refusalOf(ask(elsewhere))).toEqual({ code: 'request.not_found' });
  });

  test('no chains: who was helped lately helps nobody, and never the one who helped', async () => {
    await ask(asker);
    await confirm(helper);
    // The one who was helped has a mobile by now, and the helper lost theirs.
    await setMobileProved(asker, world.nowMs());
    await setMobileProved(helper, null);
    world.advance(31 * day);
    const back = {
      name: askerCitizen.name,
      mobile: askerCitizen.mobile,
      ownMobile: helperCitizen.mobile,
    };
    await ask(await again(helper), back);
    const confirmBack = async () => confirm(await again(asker), helperCitizen.name);
    expect(await refusalOf(confirmBack())).toMatchObject({
      code: 'vouch.not_entitled',
      why: 'helped_lately',
    });
    world.advance(150 * day);
    await ask(await again(helper), back);
    expect(await refusalOf(confirmBack())).toMatchObject({
      code: 'vouch.not_entitled',
      why: 'helped_by_asker',
    });
  });

  test('three a year and one a day, by person, of many at once too', async () => {
    const people = await Promise.all(
      ['周子涵', '沈秀兰', '罗建民'].map(async (name) => {
        const person = await registerCompletely(world, citizenNamed(name));
        await setMobileProved(person, null);
        await studies(person, classOf2023);
        return again(person);
      }),
    );
    for (const person of people) await ask(person);
    const waiting = await inboxOf(helper);
    const names = new Map(
      (await world.ctx().db.select().from(vouchTable)).map(({ id, askerId }) => {
        const person = people.findIndex((each) => idOf(each) === askerId);
        return [id, ['周子涵', '沈秀兰', '罗建民'][person] ?? ''];
      }),
    );
    const confirmAt = (index: number) => {
      const id = waiting[index]?.vouchId ?? '';
      return confirmVouch(helper.ctx, helper.signedIn, { vouchId: id, name: names.get(id) ?? '' });
    };
    const { done, refused } = await atOnce(3, confirmAt);
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.too_many': 2 }]);
    await useUpOf(
      world,
      'vouch',
      { subject: identifierOf(helper.signedIn.account, 'document_number')?.index ?? '' },
      2,
    );
    await world
      .ctx()
      .db.run(`update allowance set at_ms = at_ms - ${2 * day} where kind = 'vouch'`);
    const late = await atOnce(3, confirmAt);
    expect(late.done).toEqual([]);
    expect(
      await world.ctx().db.$count(attestationTable, eq(attestationTable.kind, 'binding')),
    ).toBe(1);
  });

  test('three a year also where the keys change between them', async () => {
    const subject = identifierOf(helper.signedIn.account, 'document_number')?.index ?? '';
    await useUpOf(world, 'vouch', { subject }, vouchRule.perYear);
    await world
      .ctx()
      .db.run(`update allowance set at_ms = at_ms - ${2 * day} where kind = 'vouch'`);
    const key = { id: 'i9', key: webCrypto.randomBytes(32) };
    const keys = { ...world.keys, index: [key, ...world.keys.index] } as const;
    await rotateKeys(world.ctx({ keys }));
    const later = { ...world.keys, index: [key] } as const;
    const [askerThen, helperThen] = [await again(asker), await again(helper)].map((person) => ({
      ...person,
      ctx: inPortal(world.ctx({ keys: later }), studentPortal.id),
    }));
    if (askerThen === undefined || helperThen === undefined) throw new Error('nobody');
    expect(identifierOf(helperThen.signedIn.account, 'document_number')?.index).not.toBe(subject);
    await ask(askerThen);
    expect(await refusalOf(confirm(helperThen))).toMatchObject({ code: 'request.too_many' });
  });

  test('whoever was found to vouch falsely does not help from another account either, nor whoever was helped lately', async () => {
    await ask(asker);
    await confirm(helper);
    await setMobileProved(asker, world.nowMs() - 31 * day);
    const { ctx } = asker;
    /** A second account of a person whose first one is closed. */
    const another = async (person: Applicant, citizen: typeof askerCitizen) => {
      const { account } = (await again(person)).signedIn;
      await commit(ctx.db, await closeAccount(ctx, account, 'owner', {}));
      const next = await registerCompletely(world, citizen);
      await studies(next, classOf2023);
      await setMobileProved(next, world.nowMs() - 31 * day);
      return again(next);
    };
    const third = await registerCompletely(world, citizenNamed('周子涵'));
    await setMobileProved(third, null);
    await studies(third, classOf2023);
    const helpless = async (helping: Applicant, { name, mobile }: typeof askerCitizen) => {
      world.advance(2 * day);
      const person = await again(third);
      await ask(person, { ...typed, name, mobile });
      const refusal = await refusalOf(confirm(await again(helping), '周子涵'));
      await withdrawVouch(person.ctx, person.signedIn, { vouchId: await vouchId() });
      return refusal;
    };
    const helped = await another(asker, askerCitizen);
    expect(await helpless(helped, askerCitizen)).toMatchObject({ why: 'helped_lately' });
    const falsely = await another(helper, helperCitizen);
    await commit(ctx.db, foundFalse(world.ctx(), idOf(helper)));
    expect(await helpless(falsely, helperCitizen)).toMatchObject({ why: 'barred' });
  });

  test('taken back within a week the binding no longer stands; after that it stays', async () => {
    await ask(asker);
    await confirm(helper);
    const id = await vouchId();
    const takeBack = async () => {
      const { ctx, signedIn } = await again(helper);
      return takeBackVouch(ctx, signedIn, { vouchId: id });
    };
    expect((await inboxOf(helper))[0]?.takeBackUntilMs).toBe(world.nowMs() + 7 * day);
    await takeBack();
    expect((await standing(asker)).isBound).toBe(false);
    expect(await kinds(asker)).toContain('vouch_taken_back');
    expect(await refusalOf(takeBack())).toEqual({ code: 'vouch.over' });
    await world.ctx().db.run(`update vouch set status = 'confirmed'`);
    world.advance(7 * day);
    expect(await refusalOf(takeBack())).toEqual({ code: 'vouch.over' });
  });

  test('an account that was somebody else’s: its helper helps nobody any longer, and all that they gave is revoked', async () => {
    await ask(asker);
    await confirm(helper);
    const other = await registerCompletely(world, citizenNamed('周子涵'));
    await setMobileProved(other, null);
    await studies(other, classOf2023);
    world.advance(day);
    await ask(await again(other));
    await confirm(await again(helper), '周子涵');
    expect((await standing(other)).isBound).toBe(true);
    await commit(world.ctx().db, foundFalse(world.ctx(), idOf(asker)));
    expect((await standing(other)).isBound).toBe(false);
    expect(await kinds(other)).toContain('vouch_found_false');
    expect(await kinds(asker)).not.toContain('vouch_found_false');
    world.advance(day);
    await ask(await again(other));
    expect(await refusalOf(confirm(await again(helper), '周子涵'))).toMatchObject({
      code: 'vouch.not_entitled',
      why: 'barred',
    });
  });
});

test('an account that was somebody else’s: what its holder vouched for is revoked, and they help nobody any longer', async () => {
  await ask(asker);
  await confirm(helper);
  await commit(world.ctx().db, foundFalse(world.ctx(), idOf(helper)));
  expect((await standing(asker)).isBound).toBe(false);
  expect(await kinds(asker)).toContain('vouch_found_false');
  world.advance(2 * day);
  await ask(await again(asker));
  expect(await refusalOf(confirm(await again(helper)))).toMatchObject({ why: 'barred' });
});

test('without a database: service.unavailable, and what waits is there as it was', async () => {
  await ask(asker);
  const [theirs, mine] = [helper, asker].map((person) => ({
    ...person,
    ctx: withoutDatabase(person.ctx),
  }));
  if (theirs === undefined || mine === undefined) throw new Error('nobody');
  const request = { vouchId: await vouchId() };
  for (const work of [
    () => ask(mine),
    () => withdrawVouch(mine.ctx, mine.signedIn, request),
    () => currentBinding(mine.ctx, mine.signedIn),
    () => inboxOf(theirs),
    () => confirm(theirs),
    () => declineVouch(theirs.ctx, theirs.signedIn, request),
    () => takeBackVouch(theirs.ctx, theirs.signedIn, request),
  ]) {
    expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
  }
  expect((await inboxOf(helper))[0]?.status).toBe('waiting');
  await confirm(helper);
});

describe('S-BND-01, S-BND-04: one binding is enough', () => {
  test('an education mail that is proved binds, for as long as the account has it; other addresses do not', async () => {
    const set = async (value: string, provedAtMs: number | null) => {
      const { ctx, signedIn } = await again(asker);
      const [account] = await ctx.db
        .select(accountRow)
        .from(accountTable)
        .where(eq(accountTable.id, idOf(asker)));
      await commit(
        ctx.db,
        await changeAccount(ctx, account ?? signedIn.account, {
          contact: { email: { value, provedAtMs } },
        }),
      );
      return (await standing(asker)).isBound;
    };
    expect(await set('a@stu.pdy.edu.cn', null)).toBe(false);
    expect(await set('a@stu.pdy.edu.cn', world.nowMs())).toBe(true);
    expect(await set('a@alumni.pdy.edu.cn', world.nowMs())).toBe(false);
    expect(await set('a@example.com', world.nowMs())).toBe(false);
    expect(await set('b@pdy.edu.cn', world.nowMs())).toBe(true);
    const { level, proved } = (await describeSession(asker.ctx, (await again(asker)).sessionToken))
      ?.session ?? { level: null, proved: undefined };
    expect([level, proved]).toEqual([2, null]);
    await runJobs(world.ctx());
    expect((await standing(asker)).isBound).toBe(true);
  });

  test('S-BND-03: one education mailbox binds one account, of two that prove it at once too', async () => {
    const value = 'a@stu.pdy.edu.cn';
    const other = await registerCompletely(world, citizenNamed('周子涵'));
    await setMobileProved(other, null);
    const prove = async (person: Applicant, to: string, keys = world.keys) => {
      const { signedIn } = await again(person);
      // As at a portal at which an address is shared and opens nothing.
      const ctx = inPortal(world.ctx({ keys }), teacherPortal.id);
      const contact = { email: { value: to, provedAtMs: world.nowMs() } };
      await commit(ctx.db, await changeAccount(ctx, signedIn.account, { contact }));
    };
    const bound = async () => [(await standing(asker)).isBound, (await standing(other)).isBound];
    const { done } = await atOnce(2, (each) => prove(each === 0 ? asker : other, value));
    expect([done.length, (await bound()).filter(Boolean).length]).toEqual([2, 1]);
    const told = [await isElsewhere(asker), await isElsewhere(other)];
    expect(told).toEqual((await bound()).map((isBound) => !isBound));
    await prove(asker, 'b@pdy.edu.cn');
    expect(await isElsewhere(asker)).toBe(false);
    await prove(other, 'A@stu.pdy.edu.cn');
    expect(await bound()).toEqual([true, true]);
    // The same mailbox under another key, before the job has come to the account that it binds.
    const index = [{ id: 'i2', key: webCrypto.randomBytes(32) }, ...world.keys.index] as const;
    await prove(asker, 'a@stu.pdy.edu.cn', { ...world.keys, index });
    expect(await bound()).toEqual([false, true]);
  });

  test('a mobile that is proved binds', async () => {
    await setMobileProved(asker, world.nowMs());
    expect((await standing(asker)).isBound).toBe(true);
  });
});

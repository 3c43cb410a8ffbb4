import { accountTable, allowanceTable, verificationTable } from '@shiming/db';
import type { IdentityAuthority } from '@shiming/providers';
import type { AuthorityMode } from '@shiming/sandbox';
import { runsOutAtMs } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { runJobs } from '../run-jobs.ts';
import { openIdentity } from '../account/account.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  registerCompletely,
} from '../testing/people.ts';
import { withPermits } from '../testing/permits.ts';
import { atOnce, codesOf, moment, refusalOf } from '../testing/refusals.ts';
import { newSession } from '../session/session.ts';
import { createTestWorld, documentAnswersOf, noonMs, type TestWorld } from '../testing/world.ts';
import { settleVerifications } from './ask.ts';
import { verify } from './verify.ts';
import { viewVerification } from './view.ts';

const dayMs = 24 * 3_600_000;
let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld({ vendorTimeoutMs: 200 });
});
afterAll(() => world.close());
// Noon of a day of which nothing was used, with everything working.
beforeEach(() => {
  world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs));
  world.sandbox.reset();
});

const made = new Map<string, string>();

/** A citizen with a complete profile, registered once for this file and signed in anew. */
async function personNamed(name: string): Promise<Applicant> {
  let accountId = made.get(name);
  if (accountId === undefined) {
    accountId = (await registerCompletely(world, citizenNamed(name))).signedIn.account.id;
    made.set(name, accountId);
  }
  const session = await newSession(world.ctx(), accountId);
  await session.statement;
  return applicantOf(world, session.token);
}

function answersOf(name: string) {
  const answers = documentAnswersOf(citizenNamed(name));
  return {
    name: answers.name,
    validityStart: answers.validityStart,
    validityTerm: answers.validityTerm,
  };
}

const ask = ({ ctx, signedIn }: Applicant, answers = answersOf('林知远')) =>
  verify(ctx, signedIn, answers);
const askAs = async (name: string, answers = answersOf(name)) =>
  ask(await personNamed(name), answers);
const view = async (name: string) => {
  const { ctx, signedIn } = await personNamed(name);
  return viewVerification(ctx, signedIn);
};
const identity = async (name: string) => {
  const { ctx, signedIn } = await personNamed(name);
  return openIdentity(ctx, signedIn.account);
};
const asked = (number: string) => world.sandbox.authority.queries.get(number) ?? 0;
const midnightMs = () => world.nowMs() + dayMs / 2;
const ledger = async (name: string) =>
  (await view(name)).attempts.map(({ status, isCounted }) => ({ status, isCounted }));

/** Asks, and dies before the answer. */
async function abandon() {
  const person = await personNamed('林知远');
  const authority: IdentityAuthority = {
    ...world.ctx().authority,
    checkIdentity: () => Promise.reject(new Error('the isolate is gone')),
  };
  const work = verify({ ...person.ctx, authority }, person.signedIn, answersOf('林知远'));
  await expect(work).rejects.toThrow('the isolate is gone');
}

test('X-06a: withdrawn while the authority is asked, the consent does not cover the answer', async () => {
  const name = '沈秀兰';
  const person = await personNamed(name);
  const kind = 'document_number' as const;
  const authority: IdentityAuthority = {
    ...world.ctx().authority,
    checkIdentity: async (query) => {
      await withdrawConsent(person.ctx, person.signedIn, { kind });
      return person.ctx.authority.checkIdentity(query);
    },
  };
  const work = verify({ ...person.ctx, authority }, person.signedIn, answersOf(name));
  expect(await refusalOf(work)).toEqual({ code: 'consent.required' });
  expect((await view(name)).level).toBe(2);
  // The job ends the question, as where the asker is gone.
  world.advance(60_001);
  expect(await settleVerifications(world.ctx())).toBe(1);
  await giveConsent(person.ctx, person.signedIn, { kind, hasAgreed: true });
});

describe('T-VER-06: the authority says they match', () => {
  test.for(['林知远', '沈秀兰'])('%s is at level 3, the try counts', async (name) => {
    const result = await askAs(name);
    expect(result).toMatchObject({ outcome: 'matched', isCounted: true });
    expect(result.sessionToken).not.toBeNull();
    expect(await view(name)).toMatchObject({
      level: 3,
      proved: {
        by: 'authority',
        atMs: world.nowMs(),
        untilMs: runsOutAtMs(citizenNamed(name).validity.end),
      },
      remainingToday: 2,
      resumesAtMs: midnightMs(),
    });
  });

  test('T-VER-03: where the authority has a product for 通行证, the holder of a 居住证 is asked about by its number', async () => {
    const { ctx, signedIn } = await personNamed('何俊彦');
    const asked: unknown[] = [];
    const permits = withPermits(ctx.authority);
    const authority: IdentityAuthority = {
      ...permits,
      checkIdentity: (query) => (asked.push(query), permits.checkIdentity(query)),
    };
    const at = { ...ctx, authority };
    expect(await viewVerification(at, signedIn)).toMatchObject({ checks: 'travel_permit' });
    expect(await verify(at, signedIn, answersOf('何俊彦'))).toMatchObject({ outcome: 'matched' });
    expect(asked).toEqual([{ check: 'travel_permit', name: '何俊彦', number: 'H00000019' }]);
    expect(await view('何俊彦')).toMatchObject({ level: 3, remainingToday: 2 });
  });

  test('T-VER-04: a corrected name and new dates are kept then, and only then', async () => {
    const wrong = answersOf('周子涵');
    expect(await askAs('周子涵', wrong)).toMatchObject({ outcome: 'mismatched' });
    const alsoWrong = { ...wrong, name: '周梓涵', validityTerm: '10' };
    expect(await askAs('周子涵', alsoWrong)).toMatchObject({ outcome: 'mismatched' });
    const before = {
      name: '周子涵',
      validity: { start: '2020-09-01', end: '2040-09-01', term: 20 },
    };
    expect(await identity('周子涵')).toMatchObject(before);
    expect((await view('周子涵')).level).toBe(2);
    const right = { ...wrong, name: ' 周子函 ' };
    expect(await askAs('周子涵', right)).toMatchObject({ outcome: 'matched' });
    expect(await identity('周子涵')).toMatchObject({ ...before, name: '周子函' });
  });

  test('T-VER-06: once verified, a check that fails changes neither level nor name', async () => {
    await askAs('林知远');
    const result = await askAs('林知远', { ...answersOf('林知远'), name: '林志远' });
    expect(result).toEqual({ outcome: 'mismatched', isCounted: true, sessionToken: null });
    expect(await view('林知远')).toMatchObject({ level: 3, name: '林知远', remainingToday: 1 });
  });
});

describe('T-VER-05: the authority says they do not', () => {
  test('no record counts', async () => {
    expect(await askAs('方念之')).toEqual({
      outcome: 'no_record',
      isCounted: true,
      sessionToken: null,
    });
    expect(await ledger('方念之')).toEqual([{ status: 'no_record', isCounted: true }]);
    expect(await view('方念之')).toMatchObject({ level: 2, proved: null, remainingToday: 2 });
  });

  test('a card just renewed is a mismatch until the person opens a 网证, then it matches', async () => {
    expect(await askAs('罗建民')).toMatchObject({ outcome: 'mismatched', isCounted: true });
    expect(world.sandbox.authority.openCtid('110199197001010038')).toBe(true);
    expect(await askAs('罗建民')).toMatchObject({ outcome: 'matched', isCounted: true });
    expect(await ledger('罗建民')).toEqual(
      expect.arrayContaining([
        { status: 'matched', isCounted: true },
        { status: 'mismatched', isCounted: true },
      ]),
    );
  });
});

const wrong = { ...answersOf('林知远'), name: '林志远' };

describe('T-VER-02: three a day', () => {
  test('the fourth is refused until midnight in Shanghai, and the authority is not asked', async () => {
    for (let count = 0; count < 3; count += 1) await askAs('林知远', wrong);
    expect(await refusalOf(askAs('林知远'))).toEqual({
      code: 'verification.day_limit',
      limit: 3,
      resumesAtMs: midnightMs(),
    });
    expect(asked('110199199508150119')).toBe(3);
    expect(await view('林知远')).toMatchObject({ remainingToday: 0 });
    world.advance(dayMs / 2 - 1);
    expect((await refusalOf(askAs('林知远'))).code).toBe('verification.day_limit');
    world.advance(1);
    expect(await view('林知远')).toMatchObject({ remainingToday: 3, attempts: [] });
    expect(await askAs('林知远')).toMatchObject({ outcome: 'matched' });
  });

  test('somebody else’s tries are their own', async () => {
    for (let count = 0; count < 3; count += 1) await askAs('林知远', wrong);
    expect(await view('方念之')).toMatchObject({ remainingToday: 3 });
  });

  test('X-02: of 8 at once one asks the authority, the others are told that it is being asked', async () => {
    const person = await personNamed('林知远');
    const allRefused = moment();
    let questions = 0;
    let refusals = 0;
    const authority: IdentityAuthority = {
      ...world.ctx().authority,
      checkIdentity: async (query) => {
        questions += 1;
        await allRefused.wait;
        return person.ctx.authority.checkIdentity(query);
      },
    };
    const { done, refused } = await atOnce(8, async () => {
      const ctx = { ...world.ctx({ actor: person.ctx.actor }), authority };
      try {
        return await verify(ctx, person.signedIn, wrong);
      } catch (error) {
        refusals += 1;
        if (refusals === 7) allRefused.come();
        throw error;
      }
    });
    expect(done).toEqual([{ outcome: 'mismatched', isCounted: true, sessionToken: null }]);
    expect(codesOf(refused)).toEqual({ 'verification.in_progress': 7 });
    expect(questions).toBe(1);
    expect(await view('林知远')).toMatchObject({ remainingToday: 2 });
  });

  test('X-02: 50 one after another and at once are never more than three questions', async () => {
    const person = await personNamed('林知远');
    for (let round = 0; round < 5; round += 1) await atOnce(10, () => ask(person, wrong));
    expect(asked('110199199508150119')).toBe(3);
  });
});

describe('T-VER-07: what is not the person’s fault costs nothing', () => {
  test.for([['down'], ['slow'], ['quota']] as const satisfies readonly [AuthorityMode][])(
    'an authority that is %s: unavailable, not counted, three are left',
    async ([mode]) => {
      world.sandbox.authority.setMode(mode);
      for (let count = 0; count < 4; count += 1) {
        expect(await askAs('林知远')).toEqual({
          outcome: 'unavailable',
          isCounted: false,
          sessionToken: null,
        });
      }
      expect(await view('林知远')).toMatchObject({ remainingToday: 3 });
      expect((await view('林知远')).attempts[0]).toMatchObject({
        status: 'unavailable',
        isCounted: false,
      });
      world.sandbox.authority.setMode('working');
      expect(await askAs('林知远')).toMatchObject({ outcome: 'matched' });
    },
  );

  test('an authority that breaks over one person is unavailable for that person', async () => {
    expect(await askAs('许静姝')).toMatchObject({ outcome: 'unavailable', isCounted: false });
    expect(await askAs('方念之')).toMatchObject({ outcome: 'no_record' });
  });

  test('a slow answer in time is an answer', async () => {
    expect(await askAs('杜若溪')).toMatchObject({ outcome: 'matched', isCounted: true });
  });

  test('what the authority will not look at is not counted', async () => {
    const person = await personNamed('方念之');
    const authority: IdentityAuthority = {
      ...world.ctx().authority,
      checkIdentity: () =>
        Promise.resolve({
          result: 'invalid_input',
          provider: 'tencent',
          rawCode: '-3',
          requestId: 'r-1',
          isBilled: false,
        }),
    };
    const result = await verify({ ...person.ctx, authority }, person.signedIn, answersOf('方念之'));
    expect(result).toMatchObject({ outcome: 'refused_input', isCounted: false });
    expect(await view('方念之')).toMatchObject({ remainingToday: 3 });
  });

  test('the ledger keeps the vendor’s code for the help desk and the reason for the person', async () => {
    world.sandbox.authority.setMode('quota');
    await askAs('林知远');
    const { db } = world.ctx();
    const [attempt] = await db
      .select()
      .from(verificationTable)
      .where(eq(verificationTable.askedAtMs, world.nowMs()));
    expect(attempt).toMatchObject({ provider: 'tencent', rawCode: '-8', status: 'unavailable' });
    const [claim] = await db
      .select()
      .from(allowanceTable)
      .where(eq(allowanceTable.id, attempt?.id ?? ''));
    expect(claim).toMatchObject({ isCounted: false, reason: 'unavailable' });
  });

  test('without a database the authority is not asked', async () => {
    const person = await personNamed('林知远');
    const ctx = withoutDatabase(person.ctx);
    const refused = refusalOf(verify(ctx, person.signedIn, answersOf('林知远')));
    expect(await refused).toEqual({ code: 'service.unavailable' });
    expect(asked('110199199508150119')).toBe(0);
  });
});

describe('an attempt whose asker died', () => {
  test('stands in the way for a minute, then the job ends it and gives the try back', async () => {
    await abandon();
    world.advance(59_999);
    expect(await refusalOf(askAs('林知远'))).toEqual({ code: 'verification.in_progress' });
    expect(await settleVerifications(world.ctx())).toBe(0);
    world.advance(2);
    expect(await view('林知远')).toMatchObject({ remainingToday: 2 });
    const reports = [await runJobs(world.ctx()), await runJobs(world.ctx())];
    expect(reports.map(({ verifications }) => verifications.done)).toEqual([1, 0]);
    expect(await ledger('林知远')).toEqual([{ status: 'unavailable', isCounted: false }]);
    expect(await view('林知远')).toMatchObject({ remainingToday: 3 });
  });

  test('by a clock that was ahead is ended, too, when the clock is right again', async () => {
    await abandon();
    world.advance(-2 * 3_600_000);
    expect(await settleVerifications(world.ctx())).toBe(1);
    expect(await ledger('林知远')).toEqual([{ status: 'unavailable', isCounted: false }]);
  });

  test('was a question all the same: of twenty whose askers died ten were asked, the day’s most', async () => {
    const person = await personNamed('林知远');
    let questions = 0;
    const authority: IdentityAuthority = {
      ...world.ctx().authority,
      checkIdentity: async () => {
        questions += 1;
        throw new Error('the asker died');
      },
    };
    const ctx = { ...person.ctx, authority };
    for (let count = 0; count < 20; count += 1) {
      await verify(ctx, person.signedIn, wrong).catch(() => {});
      world.advance(60_001);
      await settleVerifications(world.ctx());
    }
    expect(questions).toBe(10);
    expect(await view('林知远')).toMatchObject({ remainingToday: 3 });
    expect(await refusalOf(ask(person))).toMatchObject({ code: 'request.too_many' });
  });

  test('does not keep the person from asking again after a minute, job or no job', async () => {
    await abandon();
    world.advance(60_000);
    expect(await askAs('林知远')).toMatchObject({ outcome: 'matched' });
  });

  test('that is answered at the moment the job comes keeps its answer, and its cost', async () => {
    await abandon();
    world.advance(60_001);
    const ctx = world.ctx();
    const batch = ctx.db.batch.bind(ctx.db);
    const interrupted: typeof batch = async (statements) => {
      await world.ctx().db.update(verificationTable).set({ status: 'no_record' });
      return batch(statements);
    };
    const db: typeof ctx.db = Object.assign(Object.create(ctx.db), { batch: interrupted });
    expect(await settleVerifications({ ...ctx, db })).toBe(0);
    expect(await ledger('林知远')).toEqual([{ status: 'no_record', isCounted: true }]);
  });

  test('an attempt that has ended is not touched by the job', async () => {
    await askAs('方念之');
    world.advance(120_000);
    await settleVerifications(world.ctx());
    expect(await ledger('方念之')).toEqual([{ status: 'no_record', isCounted: true }]);
  });
});

describe('who may not ask', () => {
  test('T-LOG-03: somebody whose profile is incomplete', async () => {
    const person = await register(world, citizenNamed('古丽·买买提'));
    expect(await refusalOf(ask(person))).toEqual({ code: 'profile.incomplete' });
  });

  test.for(['温以恒', '范语桐', '简柏言'])(
    'T-VER-03, T-VER-03a: %s, whose document the authority cannot check; it costs no attempt',
    async (name) => {
      expect(await view(name)).toMatchObject({ checks: 'none', remainingToday: 3 });
      expect(await refusalOf(askAs(name))).toEqual({ code: 'verification.no_authority' });
      expect(await view(name)).toMatchObject({ remainingToday: 3, attempts: [] });
      expect(world.sandbox.authority.queries.size).toBe(0);
    },
  );

  test('somebody who types what cannot be: every field is told, nothing is claimed', async () => {
    const bad = { name: 'X', validityStart: { year: '', month: '', day: '' }, validityTerm: '' };
    expect(await refusalOf(askAs('林知远', bad))).toEqual({
      code: 'input.invalid',
      fields: {
        name: 'name.characters',
        validityStart: 'validity_start.missing',
        validityTerm: 'validity_term.missing',
      },
    });
    expect(await view('林知远')).toMatchObject({ remainingToday: 3, attempts: [] });
  });
});

test('T-VER-01: the page shows the identity that will be sent, numbers masked, the name in full', async () => {
  expect(await view('欧阳若澄')).toMatchObject({
    isProfileComplete: true,
    documentType: 'hmt_residence_permit',
    maskedNumber: '82**************23',
    maskedTravelPermitNumber: 'M8*****21',
    name: '欧阳若澄',
    checks: 'none',
    perDay: 3,
    remainingToday: 3,
    attempts: [],
  });
});

test('a change of the profile while the authority is asked is not overwritten: the result is stale', async () => {
  const person = await personNamed('方念之');
  const { db } = world.ctx();
  const authority: IdentityAuthority = {
    ...world.ctx().authority,
    checkIdentity: async () => {
      await db
        .update(accountTable)
        .set({ version: 99 })
        .where(eq(accountTable.id, person.signedIn.account.id));
      return {
        result: 'match',
        provider: 'tencent',
        rawCode: '0',
        requestId: null,
        isBilled: true,
      };
    },
  };
  const work = verify({ ...person.ctx, authority }, person.signedIn, answersOf('方念之'));
  expect(await refusalOf(work)).toEqual({ code: 'request.stale' });
  expect(await view('方念之')).toMatchObject({ level: 2 });
});

import { accountTable, attestationTable, commit, noticeTable, outboxTable } from '@shiming/db';
import { runsOutAtMs } from '@shiming/domain';
import { eq, isNotNull, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterService } from '../entry/services.ts';
import { runJobs } from '../run-jobs.ts';
import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  registerCompletely,
} from '../testing/people.ts';
import { withPermits } from '../testing/permits.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { newSession } from '../session/session.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { openIdentity } from './account.ts';
import { tellOfEnds } from '../verification/attestation-ends.ts';
import {
  attest,
  attestNew,
  guardNumberFree,
  identitySource,
  restoreIdentity,
  revoke,
  revokeAll,
  standingAttestations,
} from './attestation.ts';
import { changeAccount } from './change.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const dayMs = 24 * 3_600_000;

/** The person in a new session, as a request reads the account now. */
async function again({ signedIn }: Applicant): Promise<Applicant> {
  const session = await newSession(world.ctx(), signedIn.account.id);
  await session.statement;
  return applicantOf(world, session.token);
}

const levelOf = async (person: Applicant) =>
  (await standingOfAccount(world, person.signedIn.account.id)).level;

/** Attests name and validity as they are, or with another name. */
async function attested(person: Applicant, sourceId: string, name?: string) {
  const { ctx, signedIn } = await again(person);
  const identity = await openIdentity(ctx, signedIn.account);
  const correction = { name: name ?? identity.name, validity: identity.validity };
  await commit(ctx.db, [
    ...(await attest(ctx, signedIn.account, identity, {
      kind: 'manual_review',
      sourceId,
      correction,
      travelPermitNumber: null,
    })),
  ]);
  return { identity, identityVersion: signedIn.account.identityVersion };
}

test('no path gives level 3 without an attestation that stands', async () => {
  const person = await register(world, citizenNamed('林知远'));
  const { db } = world.ctx();
  expect(await levelOf(person)).toBe(2);
  await attested(person, 'one');
  expect(await levelOf(person)).toBe(3);
  const only = async (change: object) => {
    await db.update(attestationTable).set(change);
    const level = await levelOf(person);
    await db.update(attestationTable).set({ revokedAtMs: null, untilMs: null, about: 1 });
    expect(await levelOf(person)).toBe(3);
    return level;
  };
  expect(await only({ revokedAtMs: world.nowMs() })).toBe(2);
  expect(await only({ untilMs: world.nowMs() })).toBe(2);
  expect(await only({ untilMs: world.nowMs() + 1 })).toBe(3);
  expect(await only({ about: 2 })).toBe(2);
  expect(await only({ about: null })).toBe(3);
  // A change of name takes away what was said of the former one, and leaves what is about the person.
  const { ctx, signedIn } = await again(person);
  const identity = { ...(await openIdentity(ctx, signedIn.account)), name: '林知遥' };
  await commit(db, await changeAccount(ctx, signedIn.account, { identity }));
  expect(await levelOf(person)).toBe(2);
  await attestFor(world, signedIn.account.id, 'face');
  expect(await levelOf(person)).toBe(4);
});

test('the same check again replaces its answer, so what is read of an account does not grow', async () => {
  const person = await register(world, citizenNamed('林知远'));
  // That of another check stands beside it.
  await attestFor(world, person.signedIn.account.id, 'four_factors');
  world.advance(1);
  for (const source of ['one', 'two', 'three']) await attested(person, source);
  const { db } = world.ctx();
  expect(await db.$count(attestationTable, isNull(attestationTable.revokedAtMs))).toBe(2);
  expect((await again(person)).signedIn.attested?.sourceId).toBe('three');
});

test('what was checked before there was an account is attested of it as it is created', async () => {
  const person = await register(world, citizenNamed('林知远'));
  const { ctx, signedIn } = person;
  const { name, validity } = await openIdentity(ctx, signedIn.account);
  await commit(ctx.db, [
    ...(await attestNew(ctx, signedIn.account.id, {
      kind: 'four_factors',
      sourceId: 'before',
      correction: { name, validity },
      travelPermitNumber: null,
    })),
  ]);
  expect((await again(person)).signedIn).toMatchObject({
    level: 3,
    attested: { sourceId: 'before' },
  });
});

test('what is revoked gives back the name and validity of before, with what was attested of them', async () => {
  const person = await register(world, citizenNamed('林知远'));
  await attested(person, 'first');
  const former = await attested(person, 'second', '林知遥');
  const { ctx, signedIn } = await again(person);
  expect(signedIn.attested).toMatchObject({ sourceId: 'second' });
  const now = await openIdentity(ctx, signedIn.account);
  expect(now.name).toBe('林知遥');
  const { name, validity } = former.identity;
  const { identityVersion } = former;
  const restored = { name, validity, identityVersion };
  await commit(ctx.db, [
    ...revoke(ctx, 'second'),
    ...(await restoreIdentity(ctx, signedIn.account, now, restored)),
  ]);
  const after = await again(person);
  expect((await openIdentity(ctx, after.signedIn.account)).name).toBe('林知远');
  expect(after.signedIn).toMatchObject({ level: 3, attested: { sourceId: 'first' } });
});

/** What is attested: of whom, from which source, and when it was revoked. */
const revocations = async () => {
  const rows = await world.ctx().db.select().from(attestationTable).orderBy(attestationTable.atMs);
  return rows.map(({ sourceId, revokedAtMs }) => [sourceId, revokedAtMs] as const);
};

test('what is attested, revoked or given back of one account leaves every other, and what was revoked its time', async () => {
  const [mine, other] = [
    await register(world, citizenNamed('林知远')),
    await register(world, citizenNamed('罗建民')),
  ];
  const startMs = world.nowMs();
  const { id: otherId } = other.signedIn.account;
  await attested(other, 'theirs');
  world.advance(1);
  await attested(mine, 'first');
  world.advance(1);
  await attested(mine, 'second');
  world.advance(1);
  await attested(mine, 'third');
  world.advance(1);
  const { ctx, signedIn } = await again(mine);
  const { id } = signedIn.account;
  await commit(ctx.db, [...revoke(ctx, 'first'), ...revoke(ctx, 'nothing')]);
  // Each ended when the same check replaced it.
  const ended = [
    ['theirs', null],
    ['first', startMs + 2],
    ['second', startMs + 3],
  ];
  expect(await revocations()).toEqual([...ended, ['third', null]]);
  await commit(ctx.db, [...revokeAll(ctx, id)]);
  expect(await revocations()).toEqual([...ended, ['third', world.nowMs()]]);
  expect([await levelOf(mine), await levelOf(other)]).toEqual([2, 3]);
  // What is given back is that of the version that is named, of this account; without a version nothing is.
  for (const [identityVersion, level] of [
    [undefined, 2],
    [signedIn.account.identityVersion, 3],
  ] as const) {
    await ctx.db.update(attestationTable).set({ revokedAtMs: null, about: 1 });
    const { ctx: now, signedIn: me } = await again(mine);
    const identity = await openIdentity(now, me.account);
    const former = { name: `${identity.name}远`, validity: identity.validity };
    await commit(now.db, [
      ...(await restoreIdentity(now, me.account, identity, {
        ...former,
        ...(identityVersion === undefined ? {} : { identityVersion }),
      })),
    ]);
    expect([await levelOf(mine), await levelOf(other)]).toEqual([level, 3]);
  }
  const about = ctx.db
    .select({ about: attestationTable.about })
    .from(attestationTable)
    .where(eq(attestationTable.accountId, otherId));
  expect(await about).toEqual([{ about: 1 }]);
});

test('of several that stand the highest is told, of one height the newest; name and validity rest on theirs', async () => {
  const person = await register(world, citizenNamed('林知远'));
  const stranger = await register(world, citizenNamed('罗建民'));
  const { db } = world.ctx();
  const { id } = person.signedIn.account;
  await attestFor(world, stranger.signedIn.account.id, 'face');
  await attestFor(world, id, 'face');
  for (const sourceId of ['a', 'b', 'c']) {
    world.advance(1);
    await attestFor(world, id, 'four_factors');
    await db.update(attestationTable).set({ sourceId }).where(eq(attestationTable.sourceId, ''));
  }
  await db.update(attestationTable).set({ sourceId: 'face' }).where(eq(attestationTable.level, 4));
  world.advance(1);
  await attestFor(world, stranger.signedIn.account.id, 'four_factors');
  const standing = async () => {
    const [rows] = await db.batch([standingAttestations(world.ctx(), id)[0]]);
    const [found] = await db
      .select({ source: identitySource() })
      .from(accountTable)
      .where(eq(accountTable.id, id));
    const { attested: told } = (await again(person)).signedIn;
    return [told?.sourceId, rows.map(({ sourceId }) => sourceId), found?.source];
  };
  expect(await standing()).toEqual(['face', ['face', 'c', 'b', 'a'], 'face']);
  // Of the face nothing is said about name and validity.
  await db.update(attestationTable).set({ about: null }).where(eq(attestationTable.level, 4));
  expect(await standing()).toEqual(['face', ['face', 'c', 'b', 'a'], 'c']);
  await commit(db, [...revoke(world.ctx(), 'c'), ...revoke(world.ctx(), 'face')]);
  expect(await standing()).toEqual(['b', ['b', 'a'], 'b']);
  // A document that has run out says nothing any more, but name and validity still rest on it.
  await db.update(attestationTable).set({ untilMs: world.nowMs() });
  expect(await standing()).toEqual([undefined, [], 'b']);
  await db.update(attestationTable).set({ untilMs: null, about: 2 });
  expect(await standing()).toEqual([undefined, [], null]);
  // A binding says nothing of what a document says.
  await db.update(attestationTable).set({ about: 1, kind: 'binding' });
  expect(await standing()).toEqual([undefined, [], 'b']);
});

test('T-VER-03a: a number that identifies is free for its own account, for others once it is revoked, and another always', async () => {
  const [mine, other] = [
    await register(world, citizenNamed('林知远')),
    await register(world, citizenNamed('罗建民')),
  ];
  const isFree = async ({ signedIn }: Applicant, number: string) => {
    const ctx = world.ctx();
    const guards = await guardNumberFree(ctx, signedIn.account.id, number);
    return (await atOnce(1, () => commit(ctx.db, [...guards]))).done.length === 1;
  };
  await attestFor(world, mine.signedIn.account.id, 'travel_permit', 'H12345678');
  expect(await isFree(mine, 'H12345678')).toBe(true);
  expect(await isFree(other, 'H12345678')).toBe(false);
  expect(await isFree(other, 'H87654321')).toBe(true);
  const ctx = world.ctx();
  await commit(ctx.db, [...revokeAll(ctx, mine.signedIn.account.id)]);
  expect(await isFree(other, 'H12345678')).toBe(true);
});

test('of two checks that match at once one is attested; what is revoked at once is not used', async () => {
  const person = await register(world, citizenNamed('林知远'));
  const { ctx, signedIn } = person;
  const identity = await openIdentity(ctx, signedIn.account);
  const { name, validity } = identity;
  const { done, refused } = await atOnce(5, async (at) =>
    commit(world.ctx().db, [
      ...(await attest(world.ctx(), signedIn.account, identity, {
        kind: at % 2 === 0 ? 'four_factors' : 'manual_review',
        sourceId: `check-${at}`,
        correction: { name: at === 0 ? '林知遥' : name, validity },
        travelPermitNumber: null,
      })),
    ]),
  );
  expect(done).toHaveLength(1);
  expect(codesOf(refused)).toEqual({ 'request.stale': 4 });
  expect(await ctx.db.$count(attestationTable)).toBe(1);
  const [row] = await ctx.db.select().from(attestationTable);
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      const at = world.ctx();
      return commit(at.db, revoke(at, row?.sourceId ?? ''));
    }),
  );
  expect(await levelOf(person)).toBe(2);
});

test('T-VER-03a: one 通行证 number verifies one account, of five at once too', async () => {
  const permit = citizenNamed('何俊彦');
  const people: Applicant[] = [];
  // Residence numbers that nobody has, with the 通行证 of one person.
  for (const number of [
    '810000199606060019',
    '810000199001010019',
    '810000199001010035',
    '810000199001010051',
  ]) {
    const citizen = { ...permit, number, mobile: `1990000${1000 + people.length}` };
    people.push(await registerCompletely(world, citizen));
  }
  const { name, validityStart, validityTerm } = documentAnswersOf(permit);
  const ask = ({ ctx, signedIn }: Applicant) =>
    verify({ ...ctx, authority: withPermits(ctx.authority) }, signedIn, {
      name,
      validityStart,
      validityTerm,
    });
  const { done, refused } = await atOnce(people.length, (at) => ask(people[at] as Applicant));
  expect(done).toHaveLength(1);
  expect(codesOf(refused)).toEqual({ 'verification.permit_taken': people.length - 1 });
  const verified = isNotNull(attestationTable.numberIndex);
  expect(await world.ctx().db.$count(attestationTable, verified)).toBe(1);
  // The one who has verified by it verifies again by it; the others are refused before anything is asked, at no cost.
  world.advance(61_000);
  await runJobs(world.ctx());
  for (const person of people) {
    const level = await levelOf(person);
    const { done: matched, refused: not } = await atOnce(1, async () => ask(await again(person)));
    expect([level, matched.length, codesOf(not)]).toEqual(
      level === 3 ? [3, 1, {}] : [2, 0, { 'verification.permit_taken': 1 }],
    );
  }
});

test('a document that has run out opens nothing; its holder is told 30 days before and on its last day, once', async () => {
  const citizen = citizenNamed('罗建民');
  const person = await registerCompletely(world, {
    ...citizen,
    validity: { start: '2016-12-24', end: '2026-12-24' },
  });
  await attested(person, 'case');
  const untilMs = runsOutAtMs('2026-12-24') ?? 0;
  const open = async () => {
    const { ctx, signedIn } = await again(person);
    return enterService(ctx, signedIn, { serviceId: 'certification' }).isOpen;
  };
  const { db } = world.ctx();
  const told = async () => {
    for (let run = 0; run < 2; run += 1) await tellOfEnds(world.ctx());
    const notices = await db
      .select({ kind: noticeTable.kind, facts: noticeTable.facts })
      .from(noticeTable);
    expect(await db.$count(outboxTable, eq(outboxTable.channel, 'mail'))).toBe(notices.length);
    return notices.map(({ kind, facts }) => `${kind} ${facts['date']}`);
  };
  const waitUntil = (ms: number) => world.advance(ms - world.nowMs());
  expect(await told()).toEqual([]);
  waitUntil(untilMs - 30 * dayMs - 1);
  expect(await told()).toEqual([]);
  world.advance(1);
  expect(await told()).toEqual(['document_ends_soon 2026-12-24']);
  waitUntil(untilMs - dayMs);
  expect(await told()).toEqual(['document_ends_soon 2026-12-24', 'document_ends 2026-12-24']);
  waitUntil(untilMs - 1);
  // Verified, and not asked about this service yet.
  expect(await refusalOf(open())).toEqual({ code: 'consent.required' });
  world.advance(1);
  expect(await refusalOf(open())).toEqual({ code: 'service.not_verified' });
  world.advance(400 * dayMs);
  expect(await told()).toHaveLength(2);
});

test('of a document that was renewed in time nobody is told', async () => {
  const person = await registerCompletely(world, citizenNamed('林知远'));
  await attested(person, 'old');
  const { db } = world.ctx();
  await db.update(attestationTable).set({ untilMs: world.nowMs() + 10 * dayMs, lookAtMs: 1 });
  const { ctx, signedIn } = await again(person);
  const identity = await openIdentity(ctx, signedIn.account);
  await commit(db, [
    ...(await attest(ctx, signedIn.account, identity, {
      kind: 'four_factors',
      sourceId: 'new',
      correction: {
        name: identity.name,
        validity: { start: '2026-11-01', end: '2046-11-01', term: 20 },
      },
      travelPermitNumber: null,
    })),
  ]);
  await tellOfEnds(world.ctx());
  expect(await db.$count(noticeTable)).toBe(0);
});

test('what an earlier release attested gets its end, and its number, from the job', async () => {
  const person = await registerCompletely(world, citizenNamed('何俊彦'));
  const { id } = person.signedIn.account;
  await attestFor(world, id, 'travel_permit');
  const { db } = world.ctx();
  await db.update(attestationTable).set({ lookAtMs: 0 });
  await tellOfEnds(world.ctx());
  const [row] = await db.select().from(attestationTable);
  const untilMs = runsOutAtMs('2029-05-20') ?? 0;
  expect(row).toMatchObject({ untilMs, lookAtMs: untilMs - 30 * dayMs });
  expect(row?.numberIndex).toMatch(/^i1\./);
  expect(await db.$count(noticeTable)).toBe(0);
});

import { accountTable, allowanceTable, auditTable, recoveryTable } from '@shiming/db';
import { checkCharacter } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed, identifyAs, register, signInAs } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket, giveTestTickets, giveTestWork, useUpTickets } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, noonMs, testPassword, type TestWorld } from '../testing/world.ts';
import { currentRecovery } from './current.ts';
import { identify } from './identify.ts';

const minute = 60_000;
const dayMs = 24 * 60 * minute;
let world: TestWorld;
let accountId: string;
beforeAll(async () => {
  world = await createTestWorld();
  accountId = (await register(world, citizen)).signedIn.account.id;
});
afterAll(() => world.close());
// Noon of a day of which nothing was used.
beforeEach(() => world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs)));

const citizen = citizenNamed('林知远');
const { documentType, number, name } = citizen;
const facts = { documentType, number, name };
const noMatch = { code: 'recovery.no_match' };
const recoveries = () =>
  world.ctx().db.$count(recoveryTable, eq(recoveryTable.createdAtMs, world.nowMs()));
const tries = () =>
  world
    .ctx()
    .db.$count(
      allowanceTable,
      and(eq(allowanceTable.kind, 'recovery'), eq(allowanceTable.atMs, world.nowMs())),
    );
const audited = () =>
  world
    .ctx()
    .db.select({
      action: auditTable.action,
      accountId: auditTable.accountId,
      facts: auditTable.facts,
    })
    .from(auditTable)
    .where(eq(auditTable.atMs, world.nowMs()));

/** A made-up number over a county code that does not exist, which nobody here has. */
function unknownNumber(index: number): string {
  const seventeen = `11019919700101${String(100 + index)}`;
  return `${seventeen}${checkCharacter(seventeen)}`;
}

/** Everything that can be told apart when somebody says whose password it is, and is refused. */
async function observe(change: Partial<typeof facts>) {
  const ctx = world.ctx();
  const ticket = await giveTestTicket(ctx, 'recover');
  const before = ctx.db.meter.roundTrips;
  const refused = await refusalOf(identify(ctx, { ...facts, ...change, ticket }));
  return { refused, roundTrips: ctx.db.meter.roundTrips - before };
}

/** Browsers, each behind the address of its index. */
const crowd = (count: number, addressOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) =>
    world.ctx({ visitor: { deviceId: `crowd-${index}`, address: addressOf(index) } }),
  );
const allAtOnce = async (visitors: readonly Ctx[], asIf: (index: number) => typeof facts) => {
  const tickets = await giveTestTickets(visitors, 'recover');
  return atOnce(visitors.length, (index) =>
    identify(visitors[index] ?? world.ctx(), { ...asIf(index), ticket: tickets[index] ?? '' }),
  );
};

describe('T-PWD-01: who says document type, number and name', () => {
  test('begins a recovery of that account, and it is recorded', async () => {
    const token = await identifyAs(world.ctx(), citizen);
    const { db } = world.ctx();
    const [row] = await db
      .select()
      .from(recoveryTable)
      .where(eq(recoveryTable.id, token.split('.')[0] ?? ''));
    expect(row).toMatchObject({ accountId, expiresAtMs: world.nowMs() + 30 * minute });
    expect(await audited()).toEqual([{ action: 'recovery.begun', accountId, facts: '{}' }]);
  });

  test('may type the number with spaces and in full-width', async () => {
    const token = await identifyAs(world.ctx(), { ...facts, number: '１１０１９９ 19950815 0119' });
    expect(await currentRecovery(world.ctx(), token)).not.toBeNull();
  });

  test.for([
    [
      { number: '110199199508150118', name: '' },
      { number: 'document_number.check_digit', name: 'name.missing' },
    ],
    [{ documentType: 'passport' }, { documentType: 'document_type.not_taken' }],
    [{ documentType: 'hmt_residence_permit' }, { number: 'document_number.wrong_type' }],
  ] as const)(
    '%j is refused at its field; no ticket and no try is spent',
    async ([bad, fields]) => {
      const ctx = world.ctx();
      const ticket = await giveTestTicket(ctx, 'recover');
      const refused = refusalOf(identify(ctx, { ...facts, ...bad, ticket }));
      expect(await refused).toEqual({ code: 'input.invalid', fields });
      expect(await tries()).toBe(0);
      await identify(ctx, { ...facts, ticket });
    },
  );

  test.for(['none', 'spent', 'of another purpose', 'of another browser'])(
    'T-REG-11: with a ticket that is %s nothing is looked at and no try counted',
    async (kind) => {
      const ctx = world.ctx();
      const from = kind === 'of another browser' ? world.ctx({ visitor: { deviceId: 'b' } }) : ctx;
      const purpose = kind === 'of another purpose' ? 'login' : 'recover';
      const ticket = kind === 'none' ? '' : await giveTestTicket(from, purpose);
      if (kind === 'spent') await useUpTickets(ctx);
      const before = await tries();
      for (let count = 0; count < 6; count += 1) {
        expect(await refusalOf(identify(ctx, { ...facts, ticket }))).toEqual({
          code: 'puzzle.ticket_refused',
        });
      }
      expect(await tries()).toBe(before);
      await identifyAs(ctx, citizen);
    },
  );

  test('one ticket looks five times, however often it is handed in at once', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'recover');
    const { done, refused } = await atOnce(8, () => identify(world.ctx(), { ...facts, ticket }));
    expect(done).toHaveLength(5);
    expect(refused).toHaveLength(3);
    expect(await recoveries()).toBe(5);
  });

  test('without a database it is service.unavailable, and the ticket is good afterwards', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'recover');
    const down = identify(withoutDatabase(world.ctx()), { ...facts, ticket });
    expect(await refusalOf(down)).toEqual({ code: 'service.unavailable' });
    await identify(world.ctx(), { ...facts, ticket });
  });
});

describe('X-03: which of the three was wrong is not told', () => {
  test('a wrong name, another type and an unknown number: one answer for the same work and the same trace', async () => {
    const wrongName = await observe({ name: '林知近' });
    expect(wrongName).toEqual({ refused: noMatch, roundTrips: 2 });
    expect(await observe({ number: unknownNumber(1) })).toEqual(wrongName);
    const { db } = world.ctx();
    // Numbers tell their type, so only what is stored can differ from a type that was typed.
    const typeIs = (type: typeof documentType) =>
      db.update(accountTable).set({ documentType: type }).where(eq(accountTable.id, accountId));
    await typeIs('hk_macao_travel_permit');
    const wrongType = await observe({});
    await typeIs(documentType);
    expect(wrongType).toEqual(wrongName);
    const trace = { action: 'recovery.not_matched', accountId: null, facts: '{}' };
    expect(await audited()).toEqual([trace, trace, trace]);
    expect(await recoveries()).toBe(0);
  });

  test('a number with an account and one without are used up alike', async () => {
    const answers = [];
    for (const as of [number, unknownNumber(2)]) {
      const seen = [];
      for (let count = 0; count < 7; count += 1) {
        seen.push(await observe({ number: as, name: '林知近' }));
      }
      answers.push(seen);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.map(({ refused }) => refused.code)).toEqual([
      ...Array<string>(5).fill('recovery.no_match'),
      ...Array<string>(2).fill('recovery.day_limit'),
    ]);
  });
});

describe('X-02: tries are limited', () => {
  test('of 50 at once for one number, from one address, 5 are looked at', async () => {
    const { refused } = await allAtOnce(
      crowd(50, () => '198.51.100.1'),
      () => ({ ...facts, name: '林知近' }),
    );
    expect(codesOf(refused)).toEqual({ 'recovery.no_match': 5, 'recovery.day_limit': 45 });
    expect(await tries()).toBe(5);
  });

  test('of 50 at once for one number, from 50 addresses, 10 are looked at for a puzzle; then it takes heavy work', async () => {
    const { refused } = await allAtOnce(
      crowd(50, (index) => `198.51.100.${index}`),
      () => ({ ...facts, name: '林知近' }),
    );
    expect(codesOf(refused)).toEqual({ 'recovery.no_match': 10, 'puzzle.work_required': 40 });
    expect(await tries()).toBe(10);
  });

  test('whatever strangers have tried, the holder begins on a known device, and on a new one by heavy work', async () => {
    const { deviceMark } = await signInAs(world.ctx(), number, testPassword);
    await allAtOnce(
      crowd(50, (index) => `198.51.100.${index}`),
      () => ({ ...facts, name: '林知近' }),
    );
    await identifyAs(world.ctx({ visitor: { deviceMarks: [deviceMark] } }), citizen);
    const newDevice = world.ctx({ visitor: { address: '192.0.2.77', deviceId: 'device-new' } });
    const light = identifyAs(newDevice, citizen);
    expect(await refusalOf(light)).toEqual({ code: 'puzzle.work_required' });
    const ticket = await giveTestWork(newDevice, 'recover', true);
    expect((await identify(newDevice, { ...facts, ticket })).token).not.toBe('');
  });

  test('after five the right answers are not looked at either, until midnight in Shanghai', async () => {
    const resumesAtMs = world.nowMs() + dayMs / 2;
    for (let count = 0; count < 5; count += 1) await observe({ name: '林知近' });
    const limited = { code: 'recovery.day_limit', limit: 5, resumesAtMs };
    expect(await refusalOf(identifyAs(world.ctx(), citizen))).toEqual(limited);
    world.advance(resumesAtMs - 1 - world.nowMs());
    expect(await refusalOf(identifyAs(world.ctx(), citizen))).toEqual(limited);
    world.advance(1);
    await identifyAs(world.ctx(), citizen);
  });

  test('from one address 300 an hour, over all numbers: of 40 at once, with 280 used, 20', async () => {
    const startMs = world.nowMs();
    await useUpOf(world, 'recovery.address', { address: '192.0.2.30' }, 280);
    const { refused } = await allAtOnce(
      crowd(40, () => '192.0.2.30'),
      (index) => ({ ...facts, number: unknownNumber(100 + index) }),
    );
    expect(codesOf(refused)).toEqual({ 'recovery.no_match': 20, 'request.too_many': 20 });
    expect(refused.find(({ code }) => code === 'request.too_many')).toEqual({
      code: 'request.too_many',
      retryAtMs: startMs + 60 * minute,
    });
    const ctx = world.ctx({ visitor: { address: '192.0.2.30' } });
    expect((await refusalOf(identifyAs(ctx, citizen))).code).toBe('request.too_many');
    world.advance(60 * minute);
    await identifyAs(ctx, citizen);
  });
});

import { AppError, type AppErrorData } from '@shiming/domain';
import { createTestWorld, documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Answer,
  citizenWith,
  createBrowser,
  passwordAnswers,
  recoveryAnswersOf,
  register,
  signIn,
  ticketFor,
} from './testing/index.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const errorOf = (answer: Answer) => JSON.parse(answer.text).error;

describe('ARCHITECTURE 7: what a refusal tells', () => {
  test('is its code, its status and its parameters: no stack, no path, no sentence', async () => {
    const { call } = createBrowser(world, 'device-1');
    const answer = await call('registration.submit', { hasAgreed: true });
    expect(errorOf(answer)).toEqual({
      code: -32004,
      message: 'registration.not_started',
      data: { code: 'NOT_FOUND', httpStatus: 404, app: { code: 'registration.not_started' } },
    });
    expect(answer.status).toBe(404);
  });

  test('of a wrong shape names each field with a code, and never what was sent', async () => {
    const { call } = createBrowser(world, 'device-1');
    const answer = await call('login.signIn', {
      number: 'x'.repeat(201),
      password: 8_200_113,
      surplus: 'Lanhua-82',
    });
    expect(errorOf(answer).data.app).toEqual({
      code: 'input.invalid',
      fields: {
        number: 'text.too_long',
        password: 'input.shape',
        ticket: 'input.shape',
        '': 'input.shape',
      },
    });
    expect(answer.text).not.toMatch(/xxx|8200113|surplus|Lanhua|Invalid|Unrecognized/);
  });

  test('for a fault is a request id; the note for the log has neither its message nor its values', async () => {
    const secret = '110199199508150119';
    const faults: readonly unknown[] = [
      new Error(`Failed query: insert … params: ${secret}`, { cause: new RangeError(secret) }),
      new Error(`two lines\n    at ${secret}`),
      Object.assign(new Error(secret), { stack: undefined }),
      { message: secret },
      secret,
    ];
    for (const fault of faults) {
      const browser = createBrowser(world, 'device-1', (ctx) => ({
        ...ctx,
        requestId: 'request-1',
        proofOfWork: { ...ctx.proofOfWork, create: () => Promise.reject(fault) },
      }));
      const answer = await browser.call('puzzle.drawProofOfWork');
      expect(answer.status).toBe(500);
      expect(answer.app).toEqual({ code: 'internal.unexpected', requestId: 'request-1' });
      expect(errorOf(answer).message).toBe('internal.unexpected');
      expect(answer.text).not.toContain(secret);
      expect(browser.told).toHaveLength(1);
      expect(browser.told[0]?.outcome).toBe('internal.unexpected');
      expect(browser.told[0]?.note).not.toContain(secret);
      expect(browser.told[0]?.note).toBeDefined();
    }
  });

  test('keeps the note of a refusal for the log', async () => {
    const down: AppErrorData = { code: 'service.unavailable' };
    const browser = createBrowser(world, 'device-1', (ctx) => ({
      ...ctx,
      proofOfWork: {
        ...ctx.proofOfWork,
        // Libraries wrap what passes through them.
        create: () => Promise.reject(new Error('wrapped', { cause: new AppError(down, 'sqld') })),
      },
    }));
    const answer = await browser.call('puzzle.drawProofOfWork');
    expect([answer.status, answer.app]).toEqual([503, down]);
    expect(answer.text).not.toContain('sqld');
    expect(browser.told[0]).toMatchObject({ outcome: 'service.unavailable', note: 'sqld' });
  });
});

/** Signs in with a wrong password and answers everything that could be told apart. */
async function traceOf(number: string, deviceId: string) {
  let hashes = 0;
  const browser = createBrowser(world, deviceId, (ctx) => ({
    ...ctx,
    hasher: {
      ...ctx.hasher,
      verify: (password, stored) => {
        hashes += 1;
        return ctx.hasher.verify(password, stored);
      },
      hash: (password) => {
        hashes += 1;
        return ctx.hasher.hash(password);
      },
    },
  }));
  const { status, headers, text } = await signIn(browser.call, world, number, 'wrong-1!');
  const told = browser.told.at(-1);
  return { status, headers: [...headers], text, told, hashes, cookies: [...browser.cookies] };
}

describe('X-03, T-LOG-01: whether there is an account is not told', () => {
  test('a wrong password and an unknown number: same status, bytes, headers, round trips and hashes', async () => {
    const citizen = citizenWith(world, { outcome: 'match' });
    await register(createBrowser(world, 'device-1').call, world, citizen);
    const known = await traceOf(citizen.number, 'device-2');
    const unknown = await traceOf(citizenWith(world, { outcome: 'mismatch' }).number, 'device-3');
    expect(known.text).toContain('login.refused');
    expect(known.hashes).toBe(1);
    expect(unknown).toEqual(known);
  });

  test('a taken number and a new one: same answers until the phone is proved', async () => {
    const citizen = citizenWith(world, { outcome: 'match' });
    await register(createBrowser(world, 'device-1').call, world, citizen);
    const traces = [];
    for (const [index, { number }] of [
      citizen,
      citizenWith(world, { outcome: 'mismatch' }),
    ].entries()) {
      const { call, told } = createBrowser(world, `device-${index + 2}`);
      const document = { ...documentAnswersOf(citizen), number };
      const answers = [
        await call('registration.saveDocument', document),
        await call('registration.savePassword', passwordAnswers),
        await call('registration.sendCode', {
          email: 'someone@example.com',
          mobile: `1990000008${index}`,
          ticket: await ticketFor(call, world, 'register'),
        }),
        await call('registration.proveContact', { code: '12345' }),
      ];
      traces.push({
        answers: answers.map(({ status, text }) => ({ status, text })),
        roundTrips: told.map(({ roundTrips }) => roundTrips),
      });
    }
    expect(traces[1]).toEqual(traces[0]);
  });

  test('T-PWD-01: a wrong name and an unknown number: same status, bytes, headers and round trips', async () => {
    const citizen = citizenWith(world, { outcome: 'match' });
    await register(createBrowser(world, 'device-1').call, world, citizen);
    const wrongName = { ...citizen, name: '林知近' };
    const traces = [];
    for (const [index, typed] of [
      wrongName,
      citizenWith(world, { outcome: 'mismatch' }),
    ].entries()) {
      const { call, told, cookies } = createBrowser(world, `device-${index + 2}`);
      const input = await recoveryAnswersOf(call, world, typed);
      const { status, headers, text } = await call('recovery.identify', input);
      traces.push({
        status,
        headers: [...headers],
        text,
        told: told.at(-1),
        cookies: [...cookies],
      });
    }
    expect(traces[0]?.text).toContain('recovery.no_match');
    expect(traces[1]).toEqual(traces[0]);
  });
});

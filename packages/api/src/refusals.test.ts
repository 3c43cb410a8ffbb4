import { AppError, type AppErrorData } from '@shiming/domain';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, createBrowser } from './testing/index.ts';

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
      name: 'x'.repeat(321),
      password: 8_200_113,
      surplus: 'Lanhua-82',
    });
    expect(errorOf(answer).data.app).toEqual({
      code: 'input.invalid',
      fields: {
        name: 'text.too_long',
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
      const answer = await browser.call('puzzle.drawProofOfWork', { isHeavy: false });
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
    const answer = await browser.call('puzzle.drawProofOfWork', { isHeavy: false });
    expect([answer.status, answer.app]).toEqual([503, down]);
    expect(answer.text).not.toContain('sqld');
    expect(browser.told[0]).toMatchObject({ outcome: 'service.unavailable', note: 'sqld' });
  });
});

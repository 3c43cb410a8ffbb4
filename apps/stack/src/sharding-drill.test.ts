import { expect, test } from 'vitest';
import { simulate } from './sharding-drill.ts';

test('over three servers, one of which goes away, and with a process that dies between steps, one number and one contact open one account', async () => {
  const { accounts, outcomes, violations } = await simulate(1, 75);
  expect(accounts.every((count) => count > 0)).toBe(true);
  // There was something to get wrong.
  for (const kind of ['register', 'change', 'move']) {
    expect(outcomes[kind]?.['done']).toBeGreaterThan(3);
  }
  expect(outcomes['register']?.['refused']).toBeGreaterThan(0);
  expect(outcomes['register']?.['unanswered']).toBeGreaterThan(0);
  expect(outcomes['register']?.['died']).toBeGreaterThan(0);
  expect(Object.entries(violations).filter(([, count]) => count > 0)).toEqual([]);
});

import { dueAfterWorkingDays } from '@shiming/domain';
import { expect, it } from 'vitest';
import { workingDaysLeft } from './due.ts';

/** Friday, 20 November 2026, at this hour in Shanghai. */
const fridayAt = (hour: number) => Date.UTC(2026, 10, 20, hour - 8);

it('T-REV-04: counts the working days that are left, weekends left out', () => {
  const { endMs } = dueAfterWorkingDays(fridayAt(9), 7);
  expect(workingDaysLeft(endMs, fridayAt(9))).toBe(7);
  expect(workingDaysLeft(endMs, fridayAt(9 + 24))).toBe(7);
  expect(workingDaysLeft(endMs, fridayAt(9 + 72))).toBe(6);
  expect(workingDaysLeft(endMs, endMs - 1)).toBe(0);
  expect(workingDaysLeft(endMs, endMs)).toBe(-1);
});

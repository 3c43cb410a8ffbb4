import { isWorkingDay, shanghaiDate } from '@shiming/domain';

/** Working days that are left after today until the day in which `dueAtMs` is the last instant; `-1` once it is over. */
export function workingDaysLeft(dueAtMs: number, nowMs: number): number {
  if (nowMs >= dueAtMs) return -1;
  const last = shanghaiDate(dueAtMs - 1);
  let count = 0;
  for (let ms = nowMs + 86_400_000; shanghaiDate(ms) <= last; ms += 86_400_000) {
    if (isWorkingDay(shanghaiDate(ms))) count += 1;
  }
  return count;
}

const dayMs = 86_400_000;
// China has one time zone, UTC+8, and no summer time since 1991.
export const shanghaiOffsetMs = 8 * 3_600_000;

/** The civil date in Shanghai of an instant in integer milliseconds, as `YYYY-MM-DD`. */
export function shanghaiDate(ms: number): string {
  return new Date(ms + shanghaiOffsetMs).toISOString().slice(0, 10);
}

/** The instant, in ms, at which the Shanghai day of `ms` began. */
export function startOfShanghaiDay(ms: number): number {
  return Math.floor((ms + shanghaiOffsetMs) / dayMs) * dayMs - shanghaiOffsetMs;
}

/** The instant, in ms, at which the Shanghai day after that of `ms` begins. */
export function startOfNextShanghaiDay(ms: number): number {
  return startOfShanghaiDay(ms) + dayMs;
}

/** The time of day in Shanghai of an instant in ms, as `HH:mm`. */
export function shanghaiTime(ms: number): string {
  return new Date(ms + shanghaiOffsetMs).toISOString().slice(11, 16);
}

/** The date before a real `YYYY-MM-DD`. */
export function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
}

/** Whether the day exists in the Gregorian calendar, years 1 to 9999. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (![year, month, day].every(Number.isInteger)) return false;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  if (month === 2) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return day <= (isLeap ? 29 : 28);
  }
  return day <= ([4, 6, 9, 11].includes(month) ? 30 : 31);
}

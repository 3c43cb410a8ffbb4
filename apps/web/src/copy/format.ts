import { language, locales } from './language.ts';

const zone = 'Asia/Shanghai';

/** Chinese typography sets a space between figures and characters. */
const spaced = (text: string): string =>
  text.replace(/(\d)(?=\p{Script=Han})|(\p{Script=Han})(?=\d)/gu, '$1$2 ');

function format(instantMs: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locales[language()], {
    ...options,
    timeZone,
    hourCycle: 'h23',
  }).format(instantMs);
  return language() === 'zh' ? spaced(text) : text;
}

const day = { year: 'numeric', month: 'long', day: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit' } as const;

/** A date on a document, `YYYY-MM-DD`: 「2026 年 11 月 21 日」. */
export function formatDate(date: string): string {
  return format(Date.parse(`${date}T00:00:00Z`), 'UTC', day);
}

/** The day of an instant in Shanghai. */
export function formatDay(instantMs: number): string {
  return format(instantMs, zone, day);
}

/** Day and time of an instant in Shanghai: 「2026 年 11 月 21 日 19:42」. */
export function formatInstant(instantMs: number): string {
  return `${format(instantMs, zone, day)} ${format(instantMs, zone, clock)}`;
}

/** The same to the second, as a record has it. */
export function formatSecond(instantMs: number): string {
  return `${format(instantMs, zone, day)} ${format(instantMs, zone, { ...clock, second: '2-digit' })}`;
}

/** The time of day in Shanghai: 「19:42」. */
export function formatTime(instantMs: number): string {
  return format(instantMs, zone, clock);
}

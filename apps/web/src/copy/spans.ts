import { language } from './language.ts';

/** A length of time: 「4 分 12 秒」, `4 min 12 s`. Parts of a second count as one. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const minutes = Math.floor(total / 60);
  const seconds = total % 60;
  const [minute, second] = language() === 'zh' ? ['分', '秒'] : ['min', 's'];
  if (minutes === 0) return `${seconds} ${second}`;
  const unit = language() === 'zh' && seconds === 0 ? '分钟' : minute;
  return seconds === 0 ? `${minutes} ${unit}` : `${minutes} ${minute} ${seconds} ${second}`;
}

/** How long something is good for, in the largest unit that people say it in: 「5 分钟」, 「24 小时」, 「7 天」. */
export function formatSpan(ms: number): string {
  const hours = ms / 3_600_000;
  const [count, zh, en] =
    hours < 1
      ? [ms / 60_000, '分钟', 'minute']
      : hours <= 72
        ? [hours, '小时', 'hour']
        : [hours / 24, '天', 'day'];
  return language() === 'zh' ? `${count} ${zh}` : `${count} ${en}${count === 1 ? '' : 's'}`;
}

import { language } from './language.ts';

/** A length of time in its two largest units: 「23 小时 59 分」, 「4 分 12 秒」, `4 min 12 s`. Parts of the smaller one count as one. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const isLong = seconds >= 3600;
  const total = isLong ? Math.ceil(seconds / 60) : seconds;
  const many = Math.floor(total / 60);
  const few = total % 60;
  const isZh = language() === 'zh';
  const [large, small] = isLong
    ? isZh
      ? ['小时', '分']
      : ['h', 'min']
    : isZh
      ? ['分', '秒']
      : ['min', 's'];
  if (many === 0) return `${few} ${small}`;
  if (few > 0) return `${many} ${large} ${few} ${small}`;
  return `${many} ${large === '分' ? '分钟' : large}`;
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

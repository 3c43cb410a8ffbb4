#!/usr/bin/env bash
# Chinese calendars at the end of the last year that they know
#
# One would guess: a calendar that is right about every day of 2026 knows in December that 1 January is a holiday, as it has been
#   each year; or it says that it has no decree (放假安排) for the year asked about.
# What happens: the newest chinese-days 1.5.7, tyme4ts 1.5.2 and lunar-javascript 1.7.7 end with 2026 and do not say so. chinese-days
#   calls 1 January 2027 a working day ("Friday"); the other two answer null, as they do for any ordinary day. So it is with the
#   seven weekdays of 2027 that the regulation of 2024 makes holidays without any decree, though tyme4ts can name six of them by
#   their festival. date-holidays 3.37.0, which is wrong about 2026, has six of the seven.
# Whom it hurts: the person who gets a decision on 25 December 2026 and has five working days to object. chinese-days ends them on
#   1 January, when the office is closed; an objection of Monday the 4th, in time by the regulation, is refused as late. So it goes
#   each December, and through the whole next year where nobody updates. A test with dates of the current year passes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  chinese-days@1.5.7 tyme4ts@1.5.2 lunar-javascript@1.7.7 date-holidays@3.37.0
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import chinese from 'chinese-days';
import Holidays from 'date-holidays';
import lunar from 'lunar-javascript';
import { LegalHoliday, SolarDay } from 'tyme4ts';

const byList = new Set([2026, 2027].flatMap((year) =>
  new Holidays('CN').getHolidays(year).filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10))));
const numbers = (date) => date.split('-').map(Number);
const libraries = {
  'chinese-days': (date) => (chinese.isWorkday(date) ? 'works' : 'holiday'),
  tyme4ts: (date) => {
    const day = LegalHoliday.fromYmd(...numbers(date));
    return day === null ? 'null' : day.isWork() ? 'works' : 'holiday';
  },
  'lunar-javascript': (date) => {
    const day = lunar.HolidayUtil.getHoliday(date);
    return day === null ? 'null' : day.isWork() ? 'works' : 'holiday';
  },
  'date-holidays': (date) => (byList.has(date) ? 'holiday' : 'works'),
};
const festival = (date) => {
  const day = SolarDay.fromYmd(...numbers(date));
  return day.getLunarDay().getFestival()?.getName() ?? day.getFestival()?.getName() ?? day.getTerm().getName();
};
// Holidays of the regulation that fall on weekdays; of the Spring Festival the eve and the third day.
const fixed = {
  2026: ['2026-01-01', '2026-02-16', '2026-02-19', '2026-05-01', '2026-06-19', '2026-09-25', '2026-10-01'],
  2027: ['2027-01-01', '2027-02-05', '2027-02-08', '2027-04-05', '2027-06-09', '2027-09-15', '2027-10-01'],
};
const see = (date) => Object.fromEntries(Object.entries(libraries).map(([name, says]) => [name, says(date)]));
const seen = Object.fromEntries(Object.values(fixed).flat().map((date) => [date, { ...see(date), 'festival by tyme4ts': festival(date) }]));
console.log('node', process.version);
console.table(seen);
console.log('an ordinary Tuesday:', see('2026-03-10'));
const ends = { from: '2026-12-25', to: chinese.findWorkday(5, '2026-12-25') };
console.log('five working days by chinese-days:', ends, chinese.getDayDetail('2027-01-01'));
for (const date of fixed[2026]) {
  const { 'chinese-days': one, tyme4ts: two, 'lunar-javascript': three } = seen[date];
  assert.deepStrictEqual([one, two, three], ['holiday', 'holiday', 'holiday'], date);
}
for (const date of fixed[2027]) {
  assert.ok(![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()), date);
  const { 'chinese-days': one, tyme4ts: two, 'lunar-javascript': three } = seen[date];
  assert.deepStrictEqual([one, two, three], ['works', 'null', 'null'], date);
}
assert.deepStrictEqual(see('2026-03-10'), { 'chinese-days': 'works', tyme4ts: 'null', 'lunar-javascript': 'null', 'date-holidays': 'works' });
assert.deepStrictEqual(fixed[2027].filter((date) => !byList.has(date)), ['2027-02-08']);
assert.deepStrictEqual(fixed[2027].map(festival), ['元旦', '除夕', '立春', '清明节', '端午节', '中秋节', '国庆节']);
assert.strictEqual(ends.to, '2027-01-01');
console.log('as described');
EOF
TZ=Asia/Shanghai node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

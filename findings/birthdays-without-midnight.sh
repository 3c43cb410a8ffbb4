#!/usr/bin/env bash
# date-fns-tz and the birthdays that have no midnight in Shanghai
#
# One would guess: midnight of a birthday, read as a time in Asia/Shanghai and written again in Asia/Shanghai,
#   is the same day.
# What happens: summer time began at midnight on eight days between 1919 and 1949, so 00:00 did not exist there.
#   date-fns-tz 3.2.0 answers 23:00 of the day before; luxon 3.7.2, moment-timezone 0.6.6 and @date-fns/tz 1.5.0
#   answer 01:00 of the day itself. The summer times of 1986 to 1991 began at 02:00 and are harmless, so that a
#   test with those years, the ones people remember, passes.
# Whom it hurts: those born on 15 May 1946, 15 April 1947, 1 May 1948 or 1 May 1949 (77 to 80 years old in 2026):
#   the stored birthday is a day off, no longer agrees with the identity number, and the check against the
#   authority refuses them. A birthday is a civil date: keep it as text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  date-fns@4.4.0 date-fns-tz@3.2.0 @date-fns/tz@1.5.0 luxon@3.7.2 moment-timezone@0.6.6
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { format } from 'date-fns';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import { TZDate } from '@date-fns/tz';
import { DateTime } from 'luxon';
import moment from 'moment-timezone';

const ZONE = 'Asia/Shanghai';
const libraries = {
  'date-fns-tz': (day) => formatInTimeZone(fromZonedTime(`${day} 00:00`, ZONE), ZONE, 'yyyy-MM-dd HH:mm'),
  '@date-fns/tz': (day) => {
    const [year, month, date] = day.split('-').map(Number);
    return format(new TZDate(year, month - 1, date, ZONE), 'yyyy-MM-dd HH:mm');
  },
  luxon: (day) => DateTime.fromISO(day, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm'),
  'moment-timezone': (day) => moment.tz(day, ZONE).format('YYYY-MM-DD HH:mm'),
};
const eve = (day) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
const see = (day) => Object.fromEntries(Object.entries(libraries).map(([name, read]) => [name, read(day)]));

console.log('node', process.version, 'time zones', process.versions.tz);
const gaps = ['1919-04-13', '1940-06-01', '1941-03-15', '1942-01-31', '1946-05-15', '1947-04-15', '1948-05-01', '1949-05-01'];
const remembered = ['1986-05-04', '1988-04-17', '1991-04-14'];
console.table(Object.fromEntries([...gaps, ...remembered].map((day) => [day, see(day)])));
for (const day of gaps) {
  const { 'date-fns-tz': other, ...rest } = see(day);
  assert.strictEqual(other, `${eve(day)} 23:00`);
  assert.deepStrictEqual(Object.values(rest), Array(3).fill(`${day} 01:00`));
}
for (const day of remembered) assert.deepStrictEqual(Object.values(see(day)), Array(4).fill(`${day} 00:00`));
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# date-holidays and the days on which a Chinese office works
#
# One would guess: a library that lists the public holidays of a country by type tells on which days its offices are closed, so
#   "five working days" can be counted with it; at worst it lacks the make-up days (调休), which are decreed each year.
# What happens (date-holidays 3.37.0, country CN): besides the make-up days and the bridges between, it lacks two of the
#   thirteen days that the regulation of 2024 fixes for every year (the third day of the Spring Festival, 2 May), and gives the
#   type `public` to four days that are holidays for some: 8 March and 4 May (half a day for women, for young people), 1 June
#   (children) and 1 August (soldiers). For 16 days of 2026 it disagrees with the decree; chinese-days 1.5.7 and tyme4ts
#   1.5.2 agree with it on all 365.
# Whom it hurts: the person who has five working days to object. Counted from 11 February 2026 they end on 25 February; the
#   library says the 23rd, which is still a day of the holiday, so that an objection of the 24th is refused as late.
#   From 28 May it says 5 June for 4 June, since for it Children's Day is no working day. From 10 March all agree.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  date-holidays@3.37.0 chinese-days@1.5.7 tyme4ts@1.5.2
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import Holidays from 'date-holidays';
import chinese from 'chinese-days';
import { LegalHoliday } from 'tyme4ts';

const dates = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const isWeekend = (date) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const listed = new Holidays('CN').getHolidays(2026).filter(({ type }) => type === 'public');
const byList = new Map(listed.map(({ date, name }) => [date.slice(0, 10), name]));
const works = {
  'date-holidays': (date) => !isWeekend(date) && !byList.has(date),
  'chinese-days': (date) => chinese.isWorkday(date),
  tyme4ts: (date) => LegalHoliday.fromYmd(...date.split('-').map(Number))?.isWork() ?? !isWeekend(date),
};
const after = (library, date, count) => {
  const rest = dates.slice(dates.indexOf(date) + 1).filter(works[library]);
  return rest[count - 1];
};
const differing = dates.filter((date) => works['date-holidays'](date) !== works['chinese-days'](date));
console.log('node', process.version);
console.log('public holidays listed:', Object.fromEntries(byList));
console.log(`${differing.length} days differ:`, differing.join(' '));
const ends = Object.fromEntries(Object.keys(works).map((library) =>
  [library, Object.fromEntries(['2026-02-11', '2026-03-10', '2026-05-28'].map((date) => [date, after(library, date, 5)]))]));
console.log('the fifth working day after');
console.table(ends);

assert.deepStrictEqual(dates.filter((date) => works.tyme4ts(date) !== works['chinese-days'](date)), []);
assert.strictEqual(differing.length, 16);
assert.deepStrictEqual(Object.values(ends['date-holidays']), ['2026-02-23', '2026-03-17', '2026-06-05']);
assert.deepStrictEqual(Object.values(ends['chinese-days']), ['2026-02-25', '2026-03-17', '2026-06-04']);
for (const date of ['2026-02-19', '2026-05-02']) assert.strictEqual(byList.has(date), false);
for (const date of ['2026-03-08', '2026-05-04', '2026-06-01', '2026-08-01']) assert.ok(byList.has(date));
console.log('as described');
EOF
TZ=Asia/Shanghai node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

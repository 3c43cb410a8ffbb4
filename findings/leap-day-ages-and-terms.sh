#!/usr/bin/env bash
# Calendar libraries and people born, or cards issued, on 29 February
#
# One would guess: how many years lie between two civil dates is one number, and ten years after 29 February 2024
#   is what the card says.
# What happens: on 28 February of an ordinary year dayjs 1.11.23, luxon 3.7.2 and moment 2.30.1 say that a person
#   born on 29 February has had the birthday; date-fns 4.4.0, @js-temporal/polyfill 0.5.1 and @js-joda/core 6.3.2
#   say not yet. And date-fns contradicts itself: birth plus 18 years is 28 February, yet on that day the
#   difference is 17. For the end of a card issued on 29 February all six give 28 February; a resident identity
#   card (GA 214.8) says 1 March. Only the overflow of the bare Date object says that.
# Whom it hurts: a limit of 14, 16 or 18 years opens a day early for the first three; a term chosen by age
#   (10 or 20 years at 26) is refused though right; and a valid card reads as "expiry does not match", or as
#   expired on its last day. Two services that share an account disagree for a day in each ordinary year.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  dayjs@1.11.23 luxon@3.7.2 moment@2.30.1 date-fns@4.4.0 @js-temporal/polyfill@0.5.1 @js-joda/core@6.3.2
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import dayjs from 'dayjs';
import { DateTime } from 'luxon';
import moment from 'moment';
import { addYears, differenceInYears, formatISO } from 'date-fns';
import { Temporal } from '@js-temporal/polyfill';
import { ChronoUnit, LocalDate } from '@js-joda/core';

const at = (day) => new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
const iso = (date) => formatISO(date, { representation: 'date' });
const libraries = {
  dayjs: {
    age: (birth, day) => dayjs(day).diff(dayjs(birth), 'year'),
    end: (start, years) => dayjs(start).add(years, 'year').format('YYYY-MM-DD'),
  },
  luxon: {
    age: (birth, day) => Math.floor(DateTime.fromISO(day).diff(DateTime.fromISO(birth), 'years').years),
    end: (start, years) => DateTime.fromISO(start).plus({ years }).toISODate(),
  },
  moment: {
    age: (birth, day) => moment(day).diff(moment(birth), 'years'),
    end: (start, years) => moment(start).add(years, 'years').format('YYYY-MM-DD'),
  },
  'date-fns': {
    age: (birth, day) => differenceInYears(at(day), at(birth)),
    end: (start, years) => iso(addYears(at(start), years)),
  },
  temporal: {
    age: (birth, day) => Temporal.PlainDate.from(birth).until(day, { largestUnit: 'year' }).years,
    end: (start, years) => Temporal.PlainDate.from(start).add({ years }).toString(),
  },
  'js-joda': {
    age: (birth, day) => ChronoUnit.YEARS.between(LocalDate.parse(birth), LocalDate.parse(day)),
    end: (start, years) => LocalDate.parse(start).plusYears(years).toString(),
  },
};
const seen = Object.fromEntries(Object.entries(libraries).map(([name, { age, end }]) => [name, {
  '18 on 2026-02-28': age('2008-02-29', '2026-02-28'),
  '18 on 2026-03-01': age('2008-02-29', '2026-03-01'),
  'born + 18': end('2008-02-29', 18),
  'card of 2024 + 10': end('2024-02-29', 10),
}]));
console.log('node', process.version);
console.table(seen);
const column = (title) => Object.values(seen).map((row) => row[title]);
assert.deepStrictEqual(column('18 on 2026-02-28'), [18, 18, 18, 17, 17, 17]);
assert.deepStrictEqual(column('18 on 2026-03-01'), Array(6).fill(18));
assert.deepStrictEqual(column('born + 18'), Array(6).fill('2026-02-28'));
assert.deepStrictEqual(column('card of 2024 + 10'), Array(6).fill('2034-02-28'));
assert.strictEqual(iso(new Date(2024 + 10, 1, 29)), '2034-03-01');
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

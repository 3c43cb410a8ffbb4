#!/usr/bin/env bash
# Converters to simplified characters and names that are simplified already
#
# One would guess: text in simplified characters stays as it is when it is converted to simplified characters, so a
#   service may convert every name before it compares it, for those who type it in traditional characters.
# What happens: opencc-js 1.4.2 (from `t`, `hk`, `tw` and `twp`), chinese-conv 4.0.0, chinese-simple2traditional 2.3.2 and
#   cnchar-trad 3.2.6 all turn 昇 into 升, and 乾 alone into 干. The national table of standard characters of 2013 has both as they
#   are: 昇 among the 45 variants that became standard again, 乾 where it is read qián. Only
#   opencc-js knows 乾坤 as a word, so 张乾坤 stays there and 李乾 does not; chinese-simple2traditional also turns 喆, another
#   of the 45, into 哲. 王伟, 欧阳娜 and 張偉 come out as expected.
# Whom it hurts: 王昇, whose card says 昇, becomes 王升: the check against the authority says that name and number do not
#   belong together, and the person, who typed the name as on the card, can do nothing about it. 王昇 and 王升 also
#   compare as one name. A trial with common names shows none of this.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  opencc-js@1.4.2 chinese-conv@4.0.0 chinese-simple2traditional@2.3.2 cnchar@3.2.6 cnchar-trad@3.2.6
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import * as OpenCC from 'opencc-js';
import * as conv from 'chinese-conv';
import * as both from 'chinese-simple2traditional';
import cnchar from 'cnchar';
import trad from 'cnchar-trad';
cnchar.use(trad);
const openCC = Object.fromEntries(
  ['t', 'hk', 'tw', 'twp'].map((from) => [`opencc-js ${from}`, OpenCC.Converter({ from, to: 'cn' })]));
const libraries = {
  ...openCC,
  'chinese-conv': (name) => conv.sify(name),
  'chinese-simple2traditional': (name) => both.toSimplified(name),
  'cnchar-trad': (name) => cnchar.convert.tradToSimple(name),
};
const names = ['王伟', '欧阳娜', '張偉', '王昇', '李乾', '张乾坤', '赵喆'];
const seen = Object.fromEntries(names.map((name) =>
  [name, Object.fromEntries(Object.entries(libraries).map(([library, convert]) => [library, convert(name)]))]));
console.log('node', process.version);
console.table(seen);

const all = (name, expected) => assert.deepStrictEqual([...new Set(Object.values(seen[name]))], [expected]);
all('王伟', '王伟');
all('欧阳娜', '欧阳娜');
all('張偉', '张伟');
all('王昇', '王升');
all('李乾', '李干');
for (const [library, simplified] of Object.entries(seen['张乾坤'])) {
  assert.strictEqual(simplified, library.startsWith('opencc-js') ? '张乾坤' : '张干坤');
}
for (const [library, simplified] of Object.entries(seen['赵喆'])) {
  assert.strictEqual(simplified, library === 'chinese-simple2traditional' ? '赵哲' : '赵喆');
}
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

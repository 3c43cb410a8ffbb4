#!/usr/bin/env bash
# Residence permits and permanent residence cards among libraries that check Chinese identity numbers
#
# One would guess: the permits for residents of Hong Kong, Macao and Taiwan (港澳台居民居住证, since 2018) and the card for
#   permanent residents of other countries (外国人永久居留身份证, since 1 December 2023) were given 18 digits with the check
#   character of the identity card so that whatever checks the one takes the other; at least, a library takes all or none.
# What happens: validator 13.15.35 (isIdentityCard, zh-CN) takes permits of Hong Kong and Macao and refuses those of Taiwan;
#   it takes a permanent residence card from Beijing and refuses one from Shanghai: it reads the first two digits as a
#   province, but the card has a 9 before the province. idcard 4.2.0 takes the three permits and refuses the cards;
#   id-validator 1.3.0 with the table that it ships refuses all five, and without its table, as its README shows, takes
#   all; stdnum 1.12.0 (CN.ric) takes all.
# Whom it hurts: people from Taiwan with a valid permit are told that their number is mistyped where those from Hong Kong get
#   through; so are foreigners whose card comes from Shanghai. A test with a permit and a card passes if they are the
#   right ones.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  validator@13.15.35 id-validator@1.3.0 idcard@4.2.0 stdnum@1.12.0
cat > "$dir/see.cjs" <<'EOF'
const assert = require('node:assert');
const validator = require('validator');
const IdValidator = require('id-validator');
const idcard = require('idcard');
const { stdnum } = require('stdnum');

// Made up. The arithmetic of GB 11643, so that nobody need take our word for the check characters.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checked = (number) =>
  '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0) % 11] === number[17];
const numbers = {
  'identity card': '110199199001010002',
  'permit, Hong Kong': '810000199606060019',
  'permit, Macao': '820000199707070023',
  'permit, Taiwan': '830000199808080038',
  'card, Beijing': '91184019850101001X',
  'card, Shanghai': '931392199202290020',
};
const bare = new IdValidator();
const withTable = new IdValidator(require('id-validator/src/GB2260'));
const libraries = {
  'validator 13.15.35': (number) => validator.isIdentityCard(number, 'zh-CN'),
  'id-validator 1.3.0': (number) => bare.isValid(number) !== false,
  'id-validator 1.3.0, with table': (number) => withTable.isValid(number) !== false,
  'idcard 4.2.0': (number) => idcard.verify(number) === true,
  'stdnum 1.12.0': (number) => stdnum.CN.ric.validate(number).isValid,
};
const seen = {};
for (const [kind, number] of Object.entries(numbers)) {
  assert.ok(checked(number), kind);
  seen[kind] = Object.fromEntries(Object.entries(libraries).map(([name, takes]) => [name, takes(number)]));
}
console.log('node', process.version);
console.table(seen);
const taken = (name) => Object.keys(seen).filter((kind) => seen[kind][name]);
const all = Object.keys(numbers);
assert.deepStrictEqual(taken('validator 13.15.35'), all.filter((kind) => !['permit, Taiwan', 'card, Shanghai'].includes(kind)));
assert.deepStrictEqual(taken('id-validator 1.3.0'), all);
assert.deepStrictEqual(taken('id-validator 1.3.0, with table'), ['identity card']);
assert.deepStrictEqual(taken('idcard 4.2.0'), all.filter((kind) => !kind.startsWith('card,')));
assert.deepStrictEqual(taken('stdnum 1.12.0'), all);
console.log('as described');
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# stdnum and the unified social credit code (统一社会信用代码, GB 32100-2015)
#
# One would guess: a library of standard numbers accepts every code whose check character agrees with the
#   standard: weights are powers of 3 modulo 31, the check is 31 minus the remainder, and 31 is written 0.
# What happens (stdnum 1.12.0): a code whose check character is 0 is refused as InvalidChecksum, one in 31 of
#   all codes. Codes whose department is a letter (A, N agriculture, Y others) are refused as InvalidFormat.
#   CN.ric of the same library accepts valid identity numbers of every kind, so a trial with those finds nothing.
# Whom it hurts: the institution that signs up with a true code: it is told that its number is mistyped, types it
#   again from the certificate, and is refused for ever. A check with a handful of real codes passes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" stdnum@1.12.0
cat > "$dir/see.cjs" <<'EOF'
const { stdnum } = require('stdnum');
const assert = require('node:assert');
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const checkCharacter = (seventeen) => {
  let weight = 1, sum = 0;
  for (const c of seventeen) { sum += CHARACTERS.indexOf(c) * weight; weight = (weight * 3) % 31; }
  return CHARACTERS[(31 - (sum % 31)) % 31];
};
// Positions 9 to 17 are an organisation code of its own (GB 11714): eight characters and their check.
const organisation = (eight) => {
  const values = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const sum = [...eight].reduce((t, c, i) => t + values.indexOf(c) * [3, 7, 9, 10, 5, 8, 4, 2][i], 0);
  return eight + '0123456789X0'[11 - (sum % 11)];
};
const make = (head, i) => {
  // Region 110199 belongs to no county: the codes are made up.
  const seventeen = `${head}110199${organisation(`MA${String(100000 + i * 7)}`)}`;
  return seventeen + checkCharacter(seventeen);
};
const judge = (code) => {
  const { isValid, error } = stdnum.CN.uscc.validate(code);
  return isValid ? 'accepted' : error.name;
};

// The example that GB 32100 itself prints shows that the arithmetic above is the standard's.
assert.strictEqual(checkCharacter('91350100M000100Y4'), '3');

const seen = {};
for (const head of ['12', '52', '91', 'A1', 'N2', 'Y1']) {
  for (let i = 0; i < 2000; i += 1) {
    const code = make(head, i);
    const kind = `${/^\d/.test(head) ? 'digit' : 'letter'} first, check ${code.endsWith('0') ? '0' : 'other'}`;
    seen[kind] ??= {};
    const verdict = judge(code);
    seen[kind][verdict] = (seen[kind][verdict] ?? 0) + 1;
  }
}
console.log('node', process.version, 'stdnum 1.12.0');
console.table(seen);
const only = (kind, verdict) => assert.deepStrictEqual(Object.keys(seen[kind]), [verdict], kind);
only('digit first, check other', 'accepted');
only('digit first, check 0', 'InvalidChecksum');
only('letter first, check other', 'InvalidFormat');
only('letter first, check 0', 'InvalidFormat');
// Made up: a child, one born on a leap day, an X, sequence 000, residence permits of Hong Kong and Taiwan.
for (const number of ['110199201506100011', '11019920080229002X', '110199199001010002', '810000199606060019', '830000199808080038']) {
  assert.ok(stdnum.CN.ric.validate(number).isValid, number);
}
console.log('as described');
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# sm-crypto-v2: verifyPublicKey and a public key that is none
#
# One would guess: verifyPublicKey(publicKey) says whether a public key is a point of the curve (「验证公钥是否为椭圆曲线上的点」; its type is
#   (publicKey: string) => boolean), as in sm-crypto, which sm-crypto-v2 is to be put in the place of.
# What happens: sm-crypto-v2 1.15.1 returns true for a point, in either form, and never returns false: a key with one digit wrong, one that
#   was cut off and an empty one throw ("bad point: is not on curve"). It reads the point before its own try block, and reading looks at the curve
#   already. sm-crypto 0.5.8 returns false for each.
# Whom it hurts: an institution whose form for a partner's key was moved from the one library to the other: who pastes a key with a slip in it is
#   not told so, but meets a fault of the service (a 500 where nothing catches), and nothing shows before somebody makes a mistake.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" sm-crypto@0.5.8 sm-crypto-v2@1.15.1
cat > "$dir/see.cjs" <<'EOF'
const assert = require('node:assert');

// The example of GB/T 32918.5, A.2.
const x = '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020';
const y = 'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
const right = { whole: `04${x}${y}`, compressed: `03${x}` };
const wrong = { 'one digit wrong': `04${x}${y.slice(0, -1)}4`, 'cut off': `04${x}${y}`.slice(0, -2), empty: '' };

const said = (name, key) => {
  try {
    return require(name).sm2.verifyPublicKey(key);
  } catch (error) {
    return `throws: ${error.message}`;
  }
};
for (const [what, key] of Object.entries({ ...right, ...wrong })) {
  const [former, later] = ['sm-crypto', 'sm-crypto-v2'].map((name) => said(name, key));
  console.log(`${what}: sm-crypto ${former}, sm-crypto-v2 ${later}`);
  assert.strictEqual(former, what in right, what);
  if (what in right) assert.strictEqual(later, true, what);
  else assert.match(String(later), /^throws: bad point/, what);
}
console.log('as described');
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# SM2 signatures of a mini program and Node's own crypto
#
# One would guess: a signature by SM2 with SM3 is one thing, so Node, which knows the curve SM2 and the hash sm3, verifies what a
#   WeChat mini program has signed; and a key pair made by Node signs the same way before and after it was stored.
# What happens: SM2 hashes an ID of the signer with the message; GM/T 0009-2012 has 1234567812345678 where nothing else is agreed.
#   miniprogram-sm-crypto 0.3.13, sm-crypto 0.5.8 and sm-crypto-v2 1.15.1 put it there and verify each other's. Node (20.20.2 and
#   24.22.3) takes an empty ID, has no option for another, and returns false without an error. A key fresh from
#   generateKeyPairSync signs plain ECDSA instead; the same key read back from its PEM signs SM2 with the empty ID, and the two
#   refuse each other's. With the ID empty on both sides all agree.
# Whom it hurts: the institution that has to use the national algorithms: each signature of its mini program or of its partners is refused
#   as if forged. A trial with a fresh key that signs and verifies in one process passes, and what it signed is worth nothing after
#   the restart that reads the key from a file.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  miniprogram-sm-crypto@0.3.13 sm-crypto@0.5.8 sm-crypto-v2@1.15.1
cat > "$dir/see.cjs" <<'EOF'
const assert = require('node:assert');
const { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } = require('node:crypto');

const message = '同意用于教师资格认定';
const fresh = generateKeyPairSync('ec', { namedCurve: 'SM2' });
const stored = {
  privateKey: createPrivateKey(fresh.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  publicKey: createPublicKey(fresh.publicKey.export({ type: 'spki', format: 'pem' })),
};
// The same key as the other libraries want it: the bare number, and the bare point.
const point = fresh.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65).toString('hex');
const { data } = /BEGIN EC PRIVATE KEY-----(?<data>[^-]+)/.exec(fresh.privateKey.export({ type: 'sec1', format: 'pem' })).groups;
// ECPrivateKey: a sequence, the version 1, then 32 bytes.
const scalar = Buffer.from(data, 'base64').subarray(7, 39).toString('hex');

const byNode = ({ privateKey, publicKey }) => ({
  sign: () => sign('sm3', Buffer.from(message), privateKey),
  verify: (signature) => verify('sm3', Buffer.from(message), publicKey, signature),
});
const byLibrary = (name, id) => {
  const { sm2 } = require(name);
  const options = { hash: true, der: true, userId: id };
  return {
    sign: () => Buffer.from(sm2.doSignature(message, scalar, { ...options, publicKey: point }), 'hex'),
    verify: (signature) => sm2.doVerifySignature(message, signature.toString('hex'), point, options),
  };
};
const names = ['miniprogram-sm-crypto', 'sm-crypto', 'sm-crypto-v2'];
const sides = {
  ...Object.fromEntries(names.map((name) => [name, byLibrary(name)])),
  ...Object.fromEntries(names.map((name) => [`${name}, empty ID`, byLibrary(name, '')])),
  'node, fresh key': byNode(fresh),
  'node, stored key': byNode(stored),
};
const seen = {};
for (const [signer, side] of Object.entries(sides)) {
  const signature = side.sign();
  seen[signer] = Object.keys(sides).filter((verifier) => sides[verifier].verify(signature));
}
console.log('node', process.version, 'openssl', process.versions.openssl);
for (const [signer, verifiers] of Object.entries(seen)) console.log(`signed by ${signer}: verified by`, verifiers);

const empty = [...names.map((name) => `${name}, empty ID`), 'node, stored key'];
for (const name of names) assert.deepStrictEqual(seen[name], names, name);
for (const signer of empty) assert.deepStrictEqual(seen[signer], empty, signer);
assert.deepStrictEqual(seen['node, fresh key'], ['node, fresh key']);
console.log('as described');
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }

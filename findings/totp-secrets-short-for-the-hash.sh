#!/usr/bin/env bash
# One-time codes of a secret that is shorter than its hash
#
# One would guess: RFC 6238 makes the code of secret, time and hash (SHA-1, SHA-256, SHA-512), so the same QR code gives the
#   same codes in every library, and a library that checked somebody's codes yesterday checks them after its next version.
# What happens: otplib 12.0.1 repeats a secret of 10 bytes under SHA-256, and one of 10 or 20 bytes under SHA-512, until it
#   has the length of the hash; otpauth 9.4.1 and speakeasy 2.0.0 take it as it is, as the RFC does. Under SHA-1 all
#   agree, and so does a trial with 20 bytes and SHA-256. otplib 13.5.0 no longer repeats: 20 bytes with SHA-512 give the
#   others' codes, and a secret of 10 bytes raises SecretTooShortError under every hash.
# Whom it hurts: people whose authenticator counts as the RFC does, at a service that chose SHA-512 with otplib 12: each
#   code is refused. After the upgrade to 13, everyone with a secret of 10 bytes (the 16 letters of many a QR code), to
#   whom no code can be right any longer until they enrol again.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  otplib-12@npm:otplib@12.0.1 otplib-13@npm:otplib@13.5.0 otpauth@9.4.1 speakeasy@2.0.0
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { generateSync } from 'otplib-13';
const require = createRequire(import.meta.url);
const { authenticator } = require('otplib-12');
const { Secret, TOTP } = require('otpauth');
const speakeasy = require('speakeasy');

const seconds = 1_700_000_000;
// By the letters of RFC 4226 and RFC 6238, with the keyed hash of Node.
function byTheRfc(bytes, algorithm) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const mac = createHmac(algorithm, bytes).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
function tried(code) {
  try {
    return code();
  } catch (error) {
    return error.name;
  }
}
// The secret of RFC 6238's appendix, whole and halved.
const secrets = { 10: 'GEZDGNBVGY3TQOJQ', 20: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
const seen = {};
for (const algorithm of ['sha1', 'sha256', 'sha512']) {
  for (const [bytes, secret] of Object.entries(secrets)) {
    seen[`${algorithm}, ${bytes} bytes`] = {
      'RFC': byTheRfc(Buffer.from('1234567890'.repeat(bytes / 10)), algorithm),
      'otplib 12.0.1': authenticator.clone({ algorithm, epoch: seconds * 1000 }).generate(secret),
      'otplib 13.5.0': tried(() => generateSync({ secret, algorithm, epoch: seconds })),
      'otpauth 9.4.1': new TOTP({ secret: Secret.fromBase32(secret), algorithm }).generate({ timestamp: seconds * 1000 }),
      'speakeasy 2.0.0': speakeasy.totp({ secret, encoding: 'base32', algorithm, time: seconds }),
    };
  }
}
console.log('node', process.version);
console.table(seen);
for (const [what, row] of Object.entries(seen)) {
  for (const library of ['otpauth 9.4.1', 'speakeasy 2.0.0']) assert.strictEqual(row[library], row.RFC, what);
  const isShort = what.endsWith('10 bytes');
  assert.strictEqual(row['otplib 13.5.0'], isShort ? 'SecretTooShortError' : row.RFC, what);
}
const repeats = Object.keys(seen).filter((what) => seen[what]['otplib 12.0.1'] !== seen[what].RFC);
assert.deepStrictEqual(repeats, ['sha256, 10 bytes', 'sha512, 10 bytes', 'sha512, 20 bytes']);
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# HTTP Message Signatures by RSA-PSS and the length of the salt
#
# One would guess: a library that knows rsa-pss-sha512 by the name that RFC 9421 gives it makes signatures that every
#   verifier of that name takes, as it does for ecdsa-p256-sha256 and ed25519.
# What happens: the RFC fixes the salt at 64 bytes (3.3.1). http-message-signatures 1.0.6 signs with the longest salt that fits,
#   190 bytes for a key of 2048 bits, and verifies whatever length it finds, so it agrees with itself and takes the signatures of
#   others. WebCrypto wants the length stated: with 64 it refuses each of these signatures. The signatures of the same library by
#   ecdsa-p256-sha256, rsa-v1_5-sha256 and ed25519 are taken.
# Whom it hurts: the office with an RSA key whose client is built on it. Its requests to a service on Workers, or anywhere with
#   WebCrypto, are all refused as if forged; a trial between two of its own programs passes, and so does every request in the other
#   direction.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  http-message-signatures@1.0.6 http-message-sig@0.3.0
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { generateKeyPairSync, verify, webcrypto } from 'node:crypto';
import { verifySignature } from 'http-message-sig';
import signatures from 'http-message-signatures';

const { createSigner, createVerifier, httpbis } = signatures;
const { subtle } = webcrypto;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pss = { name: 'RSA-PSS', hash: 'SHA-512' };
const algorithms = {
  'rsa-pss-sha512': { pair: rsa, importAs: pss, verifyAs: { name: 'RSA-PSS', saltLength: 64 } },
  'rsa-v1_5-sha256': { pair: rsa, importAs: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, verifyAs: { name: 'RSASSA-PKCS1-v1_5' } },
  'ecdsa-p256-sha256': {
    pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    importAs: { name: 'ECDSA', namedCurve: 'P-256' }, verifyAs: { name: 'ECDSA', hash: 'SHA-256' },
  },
  ed25519: { pair: generateKeyPairSync('ed25519'), importAs: { name: 'Ed25519' }, verifyAs: { name: 'Ed25519' } },
};
const created = 1795968000;
const request = {
  method: 'POST', url: 'https://id.example.gov.cn/office/v1/authorisation.check',
  headers: { 'content-digest': 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:' },
};
const components = ['@method', '@target-uri', 'content-digest'];
const signedBy = (key) => httpbis.signMessage(
  { key, name: 'sig1', fields: components, params: ['created', 'keyid', 'alg'], paramValues: { created: new Date(created * 1000) } }, request);

/** Verifies with http-message-sig, and with WebCrypto where the RFC says how. */
async function byWebCrypto(message, alg, { pair, importAs, verifyAs }) {
  const key = await subtle.importKey('spki', pair.publicKey.export({ type: 'spki', format: 'der' }), importAs, false, ['verify']);
  const fields = Object.entries(message.headers).map(([name, value]) => ({ name, value }));
  return verifySignature({ kind: 'request', method: 'POST', targetUri: request.url, fields }, {
    policy: { algorithms: [alg], requiredComponents: components, requiredParameters: ['created'], now: created },
    resolveVerifier: () => ({ algorithm: alg, verify: (data, value) => subtle.verify(verifyAs, key, value, data) }),
  }).then(() => 'verified', (error) => error.code);
}
const byItself = async (message, alg, { pair }) => await httpbis.verifyMessage(
  { keyLookup: async () => ({ id: 'office-1', algs: [alg], verify: createVerifier(pair.publicKey, alg) }) }, message) ? 'verified' : 'refused';
/** The length of the salt that the signature has, found by trying each. */
function saltOf(base, signature) {
  return Array.from({ length: 191 }, (_, saltLength) => saltLength)
    .filter((saltLength) => verify('sha512', base, { key: rsa.publicKey, padding: 6, saltLength }, signature));
}

const seen = {};
for (const [alg, side] of Object.entries(algorithms)) {
  const message = await signedBy(createSigner(side.pair.privateKey, alg, 'office-1'));
  seen[alg] = { 'http-message-signatures': await byItself(message, alg, side), WebCrypto: await byWebCrypto(message, alg, side) };
}
// The other direction: a signature as the RFC has it, by WebCrypto, for the same request.
const key = await subtle.importKey('pkcs8', rsa.privateKey.export({ type: 'pkcs8', format: 'der' }), pss, false, ['sign']);
const sign = async (data) => Buffer.from(await subtle.sign({ name: 'RSA-PSS', saltLength: 64 }, key, data));
const message = await signedBy({ id: 'office-1', alg: 'rsa-pss-sha512', sign });
const side = algorithms['rsa-pss-sha512'];
seen['rsa-pss-sha512, by WebCrypto'] = {
  'http-message-signatures': await byItself(message, 'rsa-pss-sha512', side), WebCrypto: await byWebCrypto(message, 'rsa-pss-sha512', side),
};
const data = Buffer.from('any');
const salts = {
  'http-message-signatures': saltOf(data, await createSigner(rsa.privateKey, 'rsa-pss-sha512', 'office-1').sign(data)),
  WebCrypto: saltOf(data, await sign(data)),
};
console.log('node', process.version, 'bytes of salt', salts);
console.table(seen);
assert.deepStrictEqual(salts, { 'http-message-signatures': [190], WebCrypto: [64] });
for (const [what, row] of Object.entries(seen)) {
  assert.strictEqual(row['http-message-signatures'], 'verified', what);
  assert.strictEqual(row.WebCrypto, what === 'rsa-pss-sha512' ? 'VerificationFailed' : 'verified', what);
}
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

#!/usr/bin/env bash
# Three libraries of HTTP Message Signatures (RFC 9421) and a request without a query
#
# One would guess: the signature base is fixed byte by byte by the standard, so a request signed with one library is
#   verified by every other, whichever components the two sides agreed to cover.
# What happens: the RFC says that an address without a query has the query `?` (2.2.7) and that the request target is
#   the path with its query (2.2.5). http-message-sig 0.3.0 and http-message-signatures 1.0.6 do so.
#   @misskey-dev/node-http-message-signatures 0.0.10 writes nothing for the absent query, and `post /path` for the
#   request target: with the method, as earlier drafts had it, and without the query. Its signatures over "@query"
#   are verified by the two as long as the address has a query, and refused when it has none.
# Whom it hurts: the office whose client is built on it. Its trial, with a parameter in the address, works; its
#   questions by POST, which have none, are refused as if they were forged, and the answer rightly says no
#   more than that.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  http-message-sig@0.3.0 http-message-signatures@1.0.6 @misskey-dev/node-http-message-signatures@0.0.10
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { createSignature, verifySignature } from 'http-message-sig';
import signatures from 'http-message-signatures';
import { RFC9421SignatureBaseFactory } from '@misskey-dev/node-http-message-signatures';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const created = 1795968000;
const digest = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:';
const components = (last) => ['@method', '@authority', '@path', 'content-digest', last];
const inputOf = (last) =>
  `sig1=(${components(last).map((name) => `"${name}"`).join(' ')});created=${created};keyid="office-1";alg="ed25519"`;
const headersOf = (last) =>
  ({ host: 'id.example.gov.cn', 'content-digest': digest, 'signature-input': inputOf(last) });
const fieldsOf = (last) => Object.entries(headersOf(last)).map(([name, value]) => ({ name, value }));

const bases = {
  'http-message-sig': async (url, last) => {
    let base;
    const signer = { algorithm: 'ed25519', sign: (data) => ((base = Buffer.from(data).toString()), sign(null, data, privateKey)) };
    await createSignature(
      { kind: 'request', method: 'POST', targetUri: url, requestTarget: new URL(url).pathname + new URL(url).search,
        fields: fieldsOf(last) },
      { label: 'sig1', components: components(last), parameters: { created, keyid: 'office-1', alg: 'ed25519' }, signer });
    return base;
  },
  'http-message-signatures': async (url, last) => {
    let base;
    const key = { id: 'office-1', alg: 'ed25519', sign: async (data) => ((base = data.toString()), sign(null, data, privateKey)) };
    await signatures.httpbis.signMessage(
      { key, name: 'sig1', fields: components(last), params: ['created', 'keyid', 'alg'], paramValues: { created: new Date(created * 1000) } },
      { method: 'POST', url, headers: { host: 'id.example.gov.cn', 'content-digest': digest } });
    return base;
  },
  'node-http-message-signatures': async (url, last) =>
    new RFC9421SignatureBaseFactory({ method: 'POST', url, headers: headersOf(last) }).generate('sig1'),
};
const lastLine = (base, last) =>
  base.split('\n').find((line) => line.startsWith(`"${last}": `)).slice(last.length + 4);

const without = 'https://id.example.gov.cn/office/v1/authorisation.check';
const withOne = `${without}?trial=1`;
const seen = {};
for (const [library, base] of Object.entries(bases)) {
  seen[library] = {};
  for (const last of ['@query', '@request-target']) {
    seen[library][`${last}, none`] = lastLine(await base(without, last), last);
    seen[library][`${last}, ?trial=1`] = lastLine(await base(withOne, last), last);
  }
}
console.log('node', process.version);
console.table(seen);

const path = '/office/v1/authorisation.check';
for (const library of ['http-message-sig', 'http-message-signatures']) {
  assert.deepStrictEqual(Object.values(seen[library]), ['?', '?trial=1', path, `${path}?trial=1`]);
}
assert.deepStrictEqual(Object.values(seen['node-http-message-signatures']), ['', '?trial=1', `post ${path}`, `post ${path}`]);

const verdictOf = async (url) => {
  const base = await bases['node-http-message-signatures'](url, '@query');
  const signature = `sig1=:${sign(null, Buffer.from(base), privateKey).toString('base64')}:`;
  const message = { kind: 'request', method: 'POST', targetUri: url, fields: [...fieldsOf('@query'), { name: 'signature', value: signature }] };
  const first = await verifySignature(message, {
    policy: { algorithms: ['ed25519'], requiredComponents: ['@query'], requiredParameters: ['created'], now: created },
    resolveVerifier: () => ({ algorithm: 'ed25519', verify: (data, value) => verify(null, data, publicKey, value) }),
  }).then(() => 'verified', (error) => error.code);
  const second = await signatures.httpbis.verifyMessage(
    { keyLookup: async () => ({ id: 'office-1', algs: ['ed25519'], verify: async (data, value) => verify(null, data, publicKey, value) }) },
    { method: 'POST', url, headers: { ...headersOf('@query'), signature } });
  return [first, second];
};
console.log('signed by node-http-message-signatures:', { withOne: await verdictOf(withOne), without: await verdictOf(without) });
assert.deepStrictEqual(await verdictOf(withOne), ['verified', true]);
assert.deepStrictEqual(await verdictOf(without), ['VerificationFailed', false]);
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

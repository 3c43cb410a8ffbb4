#!/usr/bin/env bash
# One passkey signature in 128 and @passwordless-id/webauthn
#
# One would guess: a library that has verified a person's passkey once verifies it every time, as key, device and page stay the same.
# What happens: an ES256 signature is a DER sequence of two numbers, each in as few bytes as it needs (33 or 32; fewer when the number
#   happens to be small). @passwordless-id/webauthn 2.4.0 cuts out 32 bytes for the first number and takes the rest for the
#   second. If either has 31 bytes or fewer, which is so for one signature in 128, it throws "Invalid signature".
#   @simplewebauthn/server 14.0.3 and fido2-lib 3.5.9 verify all of them.
# Whom it hurts: everybody who signs in with a passkey, about once in 128 times. The next attempt works, so it looks like a slip of the
#   person or the device and is never reproduced; where a service counts failures or then asks for another way, the person pays for
#   it. With a hundred thousand sign-ins a day that is nearly eight hundred refusals.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  @passwordless-id/webauthn@2.4.0 @simplewebauthn/server@14.0.3 fido2-lib@3.5.9
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { server } from '@passwordless-id/webauthn';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { Fido2Lib } from 'fido2-lib';

const host = 'id.example.gov.cn';
const origin = `https://${host}`;
const challenge = Buffer.alloc(32, 7).toString('base64url');
const id = Buffer.alloc(16, 1).toString('base64url');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const bytes = (text) => Buffer.from(text, 'base64url');
const alone = (buffer) => new Uint8Array(buffer).buffer;

// What an authenticator answers: the person is present and verified, and it keeps no counter.
const authenticatorData = Buffer.concat([createHash('sha256').update(host).digest(), Buffer.from([0x05, 0, 0, 0, 0])]);
const clientDataJSON = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }));
const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()]);
const { x, y } = publicKey.export({ format: 'jwk' });
const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), bytes(x), Buffer.from('225820', 'hex'), bytes(y)]);
const answer = (signature) => ({
  id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {},
  response: {
    authenticatorData: authenticatorData.toString('base64url'),
    clientDataJSON: clientDataJSON.toString('base64url'),
    signature: signature.toString('base64url'),
  },
});
const fido2 = new Fido2Lib({ rpId: host });
const libraries = {
  '@passwordless-id/webauthn': (signature) => server.verifyAuthentication(answer(signature),
    { id, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'), algorithm: 'ES256', transports: [] },
    { challenge, origin, userVerified: true, counter: 0 }),
  '@simplewebauthn/server': async (signature) => assert.ok((await verifyAuthenticationResponse({
    response: answer(signature), expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host,
    credential: { id, publicKey: new Uint8Array(cose), counter: 0 },
  })).verified),
  'fido2-lib': (signature) => fido2.assertionResult({
    id: alone(bytes(id)), rawId: alone(bytes(id)),
    response: { authenticatorData: alone(authenticatorData), clientDataJSON: alone(clientDataJSON), signature: alone(signature) },
  }, { challenge, origin, factor: 'either', rpId: host, publicKey: publicKey.export({ type: 'spki', format: 'pem' }), prevCounter: 0, userHandle: null }),
};

// Signs until there are a few of each kind; the kind is told by the lengths that the sequence itself states.
const kinds = { 'both full': [], 'first short': [], 'second short': [] };
let count = 0;
while (Object.values(kinds).some((list) => list.length < 3)) {
  const signature = sign('sha256', signed, privateKey);
  count += 1;
  const first = signature[3];
  const second = signature[4 + first + 1];
  // A number that begins with a high bit has a zero byte before it.
  const significant = (at, length) => length - (signature[at] === 0 ? 1 : 0);
  const isShort = [significant(4, first) < 32, significant(4 + first + 2, second) < 32];
  const kind = isShort[0] ? (isShort[1] ? undefined : 'first short') : isShort[1] ? 'second short' : 'both full';
  if (kind && kinds[kind].length < (kind === 'both full' ? 100 : 3)) kinds[kind].push(signature);
}
const seen = {};
for (const [kind, signatures] of Object.entries(kinds)) {
  seen[kind] = {};
  for (const [library, check] of Object.entries(libraries)) {
    const verdicts = await Promise.all(signatures.map((signature) => check(signature).then(() => 'verified', ({ message }) => message.split(':')[0])));
    seen[kind][library] = [...new Set(verdicts)].join(', ');
  }
  assert.ok(signatures.every((signature) => verify('sha256', signed, publicKey, signature)), kind);
}
console.log('node', process.version, `signed ${count} times`);
console.table(seen);
for (const [kind, row] of Object.entries(seen)) {
  const { '@passwordless-id/webauthn': other, ...rest } = row;
  assert.deepStrictEqual(Object.values(rest), ['verified', 'verified'], kind);
  assert.strictEqual(other, kind === 'both full' ? 'verified' : 'Invalid signature', kind);
}
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

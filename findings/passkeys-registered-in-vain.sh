#!/usr/bin/env bash
# Passkeys that two libraries register and never let sign in
#
# One would guess: a library that has verified the registration of a passkey can verify its signatures; an algorithm that it
#   cannot check is refused when the passkey is made, while the person still has another way.
# What happens: fido2-lib 3.5.9 verifies the registration of a key by ES384 or ES512 and gives it out as PEM; with that same
#   PEM each sign-in throws "Unsupported key format". @passwordless-id/webauthn 2.4.0 verifies the registration of an EdDSA key and
#   names it EdDSA; each sign-in throws that only RS256 and ES256 are supported. fido2-lib refuses EdDSA and
#   @passwordless-id/webauthn refuses ES384 and ES512 at registration. @simplewebauthn/server 14.0.3 takes all five at both.
# Whom it hurts: people with a security key that takes one of these because the service offers it. The page says that the passkey was
#   added; from the next sign-in on it is refused as if something were wrong with it, and a person who has removed the password
#   by then is locked out. A trial with a phone or a laptop (ES256, RS256) shows nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  @passwordless-id/webauthn@2.4.0 @simplewebauthn/server@14.0.3 fido2-lib@3.5.9 @levischuck/tiny-cbor@0.3.6
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { encodeCBOR } from '@levischuck/tiny-cbor';
import { server } from '@passwordless-id/webauthn';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { Fido2Lib } from 'fido2-lib';

const host = 'id.example.gov.cn';
const origin = `https://${host}`;
const challenge = Buffer.alloc(32, 7).toString('base64url');
const id = Buffer.alloc(16, 1);
const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64url'));
const alone = (buffer) => new Uint8Array(buffer).buffer;
const text = (buffer) => buffer.toString('base64url');
const sha256 = (data) => createHash('sha256').update(data).digest();
const ec = (namedCurve, alg, crv, hash) => {
  const pair = generateKeyPairSync('ec', { namedCurve });
  const { x, y } = pair.publicKey.export({ format: 'jwk' });
  return { ...pair, alg, hash, cose: new Map([[1, 2], [3, alg], [-1, crv], [-2, bytes(x)], [-3, bytes(y)]]) };
};
const algorithms = {
  ES256: () => ec('P-256', -7, 1, 'sha256'),
  RS256: () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n, e } = pair.publicKey.export({ format: 'jwk' });
    return { ...pair, alg: -257, hash: 'sha256', cose: new Map([[1, 3], [3, -257], [-1, bytes(n)], [-2, bytes(e)]]) };
  },
  ES384: () => ec('P-384', -35, 2, 'sha384'),
  ES512: () => ec('P-521', -36, 3, 'sha512'),
  EdDSA: () => {
    const pair = generateKeyPairSync('ed25519');
    const { x } = pair.publicKey.export({ format: 'jwk' });
    return { ...pair, alg: -8, hash: null, cose: new Map([[1, 1], [3, -8], [-1, 6], [-2, bytes(x)]]) };
  },
};
const offered = [-7, -257, -35, -36, -8];
const fido2 = new Fido2Lib({ rpId: host, cryptoParams: offered });

// Each library registers what an authenticator makes, and checks a sign-in with what the registration gave it to keep.
const libraries = {
  '@simplewebauthn/server': {
    register: async ({ answer }) => (await verifyRegistrationResponse({
      response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, supportedAlgorithmIDs: offered,
    })).registrationInfo.credential,
    signIn: async (credential, { answer }) => assert.ok((await verifyAuthenticationResponse({
      response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, credential,
    })).verified),
  },
  'fido2-lib': {
    register: async ({ parts }) => (await fido2.attestationResult(parts, { challenge, origin, factor: 'either', rpId: host }))
      .authnrData.get('credentialPublicKeyPem'),
    signIn: (publicKey, { parts }) =>
      fido2.assertionResult(parts, { challenge, origin, factor: 'either', rpId: host, publicKey, prevCounter: 0, userHandle: null }),
  },
  '@passwordless-id/webauthn': {
    register: async ({ answer }) =>
      (await server.verifyRegistration(answer, { challenge, origin, userVerified: true })).credential,
    signIn: (credential, { answer }) => server.verifyAuthentication(answer, credential, { challenge, origin, userVerified: true, counter: 0 }),
  },
};
/** What the page sends (base64url) and what fido2-lib wants (buffers). */
function sent(response, rest = {}) {
  const asText = Object.fromEntries(Object.entries(response).map(([name, value]) => [name, text(value)]));
  return {
    answer: { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {}, response: { ...asText, ...rest }, user: { name: '张三' } },
    parts: { id: alone(id), rawId: alone(id), response: Object.fromEntries(Object.entries(response).map(([name, value]) => [name, alone(value)])) },
  };
}
const clientDataOf = (type) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
const tried = (promise) => promise.then((value) => ({ value, said: 'verified' }), ({ message }) => ({ said: message }));

/** Signs again while a number of an ES256 signature is shorter than usual, which @passwordless-id/webauthn does not read. */
function usual(signOnce, name) {
  const signature = signOnce();
  const isFull = (at) => signature[at + 1] - (signature[at + 2] === 0 ? 1 : 0) === 32;
  return name === 'ES256' && !(isFull(2) && isFull(4 + signature[3])) ? usual(signOnce, name) : signature;
}

const seen = {};
for (const [name, make] of Object.entries(algorithms)) {
  const { privateKey, publicKey, alg, hash, cose } = make();
  // Present and verified, with a key attested: no model named (16 zeros), the length of the id, the id, the key.
  const madeData = Buffer.concat([sha256(host), Buffer.from([0x45, 0, 0, 0, 0]), Buffer.alloc(16), Buffer.from([0, 16]), id, encodeCBOR(cose)]);
  const attestationObject = Buffer.from(encodeCBOR(new Map([['fmt', 'none'], ['attStmt', new Map()], ['authData', new Uint8Array(madeData)]])));
  const made = sent({ clientDataJSON: clientDataOf('webauthn.create'), attestationObject, authenticatorData: madeData }, {
    publicKey: text(publicKey.export({ type: 'spki', format: 'der' })), publicKeyAlgorithm: alg, transports: ['usb'],
  });
  const authenticatorData = Buffer.concat([sha256(host), Buffer.from([0x05, 0, 0, 0, 0])]);
  const clientDataJSON = clientDataOf('webauthn.get');
  const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
  const used = sent({ clientDataJSON, authenticatorData, signature: usual(() => sign(hash, signed, privateKey), name) });
  for (const [library, { register, signIn }] of Object.entries(libraries)) {
    const registered = await tried(register(made));
    const signedIn = registered.value ? await tried(signIn(registered.value, used)) : undefined;
    (seen[library] ??= {})[name] = signedIn ? `registered, then: ${signedIn.said}` : `not registered: ${registered.said}`;
  }
}
console.log('node', process.version);
for (const [library, row] of Object.entries(seen)) console.log(library, row);
const fits = (library, patterns) =>
  Object.keys(algorithms).forEach((name, i) => assert.match(seen[library][name], patterns[i], `${library}, ${name}`));
const taken = /^registered, then: verified$/;
const refused = /^not registered: /;
const vain = /^registered, then: Unsupported key format$/;
fits('@simplewebauthn/server', [taken, taken, taken, taken, taken]);
fits('fido2-lib', [taken, taken, vain, vain, refused]);
fits('@passwordless-id/webauthn',
  [taken, taken, refused, refused, /^registered, then: Unknown or unsupported crypto algorithm: EdDSA/]);
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }

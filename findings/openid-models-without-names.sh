#!/usr/bin/env bash
# An OpenID provider in one minified file gives its adapter no names
#
# One would guess: oidc-provider names what it stores (AccessToken, Session, Grant and so on) by words of its own, which an adapter can
#   choose a table or a prefix by, however the program was built.
# What happens: the name is that of the class, read while the program runs. In oidc-provider 9.13.3 built by esbuild 0.28.2 with
#   --minify, ten of eleven kinds come to the adapter under the name "", and only Client keeps its own. Nothing is reported, and the
#   discovery document is the same. With --minify --keep-names, or not minified, all eleven have their names.
# Whom it hurts: those who run the provider on Workers or as a function, where one minified file is usual. An adapter with a table for
#   each kind finds none, one with prefixes keeps ten kinds under one, and what a build with names has stored is not found by the
#   next without: everybody is signed out, and each service has to be allowed again. Tests of the sources see none of it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" oidc-provider@9.13.3 esbuild@0.28.2
cat > "$dir/provider.mjs" <<'EOF'
import Provider from 'oidc-provider';

export async function namesGiven() {
  const names = new Set();
  class Adapter {
    constructor(name) { names.add(name); }
    async find() {}
  }
  const features = { devInteractions: { enabled: false } };
  const provider = new Provider('http://localhost:3000', { adapter: Adapter, features });
  const kinds = ['AccessToken', 'AuthorizationCode', 'ClientCredentials', 'DeviceCode', 'Grant', 'Interaction',
    'PushedAuthorizationRequest', 'RefreshToken', 'ReplayDetection', 'Session', 'Client'];
  for (const kind of kinds) await provider[kind].find('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG');
  return { kinds: kinds.toSorted(), names: [...names].toSorted() };
}
EOF
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { build, version } from 'esbuild';

const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
async function built(name, options) {
  const outfile = new URL(`${name}.mjs`, import.meta.url).pathname;
  await build({
    entryPoints: [new URL('provider.mjs', import.meta.url).pathname],
    bundle: true, platform: 'node', format: 'esm', logLevel: 'error', banner: { js: require }, outfile, ...options,
  });
  return (await import(outfile)).namesGiven();
}

console.log('node', process.version, 'esbuild', version);
const plain = await built('plain', {});
const kept = await built('kept', { minify: true, keepNames: true });
const minified = await built('minified', { minify: true });
for (const [name, { names }] of Object.entries({ plain, kept, minified })) console.log(name, JSON.stringify(names));
assert.deepStrictEqual(plain.names, plain.kinds);
assert.deepStrictEqual(kept.names, kept.kinds);
assert.deepStrictEqual(minified.names, ['', 'Client']);
console.log('as described');
EOF
node "$dir/see.mjs" 2> "$dir/said" || { cat "$dir/said"; echo 'not as described any more'; exit 1; }

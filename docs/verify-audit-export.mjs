// Checks a file that `pnpm audit:export` made, with Node.js 20 or later and nothing else:
//
//   node verify-audit-export.mjs audit.jsonl <public key> [k1:<audit key> …]
//
// The public key is the one that the operator gave you beforehand: of Ed25519 (43 characters) or of SM2 (130). It shows that the file is as it was made: no line was
// altered, added or taken out. With the audit keys, which the operator may show to an inspector, each block's place in the
// chain is recomputed: then the file is what the service recorded at the time. Compare the hash of a block with
// the one in the operator's log of that day (`auditBlock`, `auditHead`), which is kept elsewhere.
// oxlint-disable no-console -- what it finds is what it prints
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, givenKey, ...keyTexts] = process.argv.slice(2);
// Hexadecimal digits may be typed as capitals.
const publicKey = /^04[\da-f]{128}$/i.test(givenKey ?? '') ? givenKey.toLowerCase() : givenKey;
const keys = new Map(
  keyTexts
    .map((text) => text.split(':'))
    .map(([id, key]) => [id, Buffer.from(key ?? '', 'base64url')]),
);
const fail = (why) => {
  console.log(`FAULT: ${why}`);
  process.exit(1);
};
if (file === undefined || publicKey === undefined) fail('give the file and the public key');
const algorithm = /^04[\da-f]{128}$/.test(publicKey) ? 'sm2-sm3' : 'ed25519';
const digestOf = (text) =>
  createHash(algorithm === 'sm2-sm3' ? 'sm3' : 'sha256')
    .update(text)
    .digest('base64url');
// A key whose id begins with `sm` is one for SM3 (GB/T 32905).
const hmac = (id, text) =>
  createHmac(id.startsWith('sm') ? 'sm3' : 'sha256', keys.get(id))
    .update(text)
    .digest('base64url');

// SM2 (GB/T 32918): Node.js verifies it for signers without an ID alone, and GM/T 0009 has one. So the curve of GB/T 32918.5 is
// here: y² = x³ + ax + b modulo p, and a base point of order n.
const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const a = p - 3n;
const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const base = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const mod = (number) => ((number % p) + p) % p;
function inverse(number) {
  let [above, below, lost, found] = [p, mod(number), 0n, 1n];
  while (below > 1n) {
    const times = above / below;
    [above, below, lost, found] = [below, above - times * below, found, lost - times * found];
  }
  return mod(found);
}
// `null` is the point at infinity.
function sum(one, other) {
  if (one === null || other === null) return one ?? other;
  const isSameX = one.x === other.x;
  if (isSameX && mod(one.y + other.y) === 0n) return null;
  const slope = isSameX
    ? (3n * one.x * one.x + a) * inverse(2n * one.y)
    : (other.y - one.y) * inverse(other.x - one.x);
  const x = mod(slope * slope - one.x - other.x);
  return { x, y: mod(slope * (one.x - x) - one.y) };
}
function multiple(times, point) {
  let found = null;
  for (let [left, doubled] = [times, point]; left > 0n; left >>= 1n) {
    if (left & 1n) found = sum(found, doubled);
    doubled = sum(doubled, doubled);
  }
  return found;
}
const numberAt = (hex, at) => BigInt(`0x${hex.slice(at, at + 64)}`);
const hexOf = (number) => number.toString(16).padStart(64, '0');

// GB/T 32918.2, 7.1, with r and s as 64 bytes.
function isSignedBySm2(text, signature) {
  const hex = signature.toString('hex');
  const point = { x: numberAt(publicKey, 2), y: numberAt(publicKey, 66) };
  const { x, y } = point;
  if (x >= p || y >= p || mod(y * y) !== mod(x * x * x + a * x + b))
    fail('the public key is no point of SM2');
  if (hex.length !== 128) return false;
  const [r, s] = [numberAt(hex, 0), numberAt(hex, 64)];
  const t = (r + s) % n;
  if ([r, s].some((number) => number === 0n || number >= n) || t === 0n) return false;
  const signer = createHash('sm3')
    .update('0080', 'hex')
    .update('1234567812345678')
    .update([a, b, base.x, base.y, x, y].map(hexOf).join(''), 'hex')
    .digest();
  const hash = createHash('sm3').update(signer).update(text).digest('hex');
  const found = sum(multiple(s, base), multiple(t, point));
  return found !== null && (numberAt(hash, 0) + found.x) % n === r;
}

let digest = null;
let previous;
let last = null;
let end = null;
let blocks = 0;
let rows = 0;
let recomputed = 0;
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  if (end !== null) fail('there are lines behind the end');
  const said = JSON.parse(line);
  if (digest === null) {
    if (said.title !== 'shiming audit export' || ![1, 2].includes(said.version))
      fail('this is no export of version 1 or 2');
    // Those of version 1 are signed by Ed25519.
    const signedBy = said.algorithm ?? 'ed25519';
    if (signedBy !== algorithm)
      fail(`it is signed by ${signedBy}, and the key that you gave is one of ${algorithm}`);
    previous = said.previousHash;
    digest = digestOf(line);
    continue;
  }
  if (said.end !== undefined) {
    end = said.end;
    continue;
  }
  digest = digestOf(`${digest}\n${line}`);
  if (last !== null && said.block !== last + 1) fail(`block ${last + 1} is missing`);
  const isCleared = said.hash.includes('.');
  const hash = said.hash.split('.')[0];
  if (!isCleared && said.handOver === null && keys.has(said.keyId)) {
    const text = [
      said.block,
      previous ?? 'shiming',
      ...said.rows.map((row) => JSON.stringify(row)),
    ];
    if (hmac(said.keyId, text.join('\n')) !== hash)
      fail(`block ${said.block} is not what was sealed`);
    recomputed += 1;
  }
  if (said.handOver !== null && keys.has(said.keyId)) {
    const [from, word] = said.handOver.split('.');
    const text = ['hand over', said.block, previous, from, said.keyId].join('\n');
    if (hmac(said.keyId, text) !== hash) fail(`block ${said.block} hands over by another word`);
    if (keys.has(from) && hmac(from, text) !== word)
      fail(`block ${said.block} was not handed over by ${from}`);
    recomputed += 1;
  }
  previous = hash;
  last = said.block;
  blocks += 1;
  rows += said.rows.length;
}
if (end === null) fail('the end is missing');
if (end.digest !== digest || end.blocks !== blocks || end.rows !== rows)
  fail('the file is not as it was signed');
const text = Buffer.from(`shiming audit export\n${digest}`);
const signature = Buffer.from(end.signature, 'base64');
const isSignedByEd25519 = () => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: publicKey };
  return verify(null, text, createPublicKey({ key, format: 'jwk' }), signature);
};
if (!(algorithm === 'sm2-sm3' ? isSignedBySm2(text, signature) : isSignedByEd25519()))
  fail('it is not signed by this key');
console.log(
  `OK: ${blocks} blocks, ${rows} rows, as they were exported; ${recomputed} blocks recomputed with the audit keys; the last hash is ${previous ?? 'none'}`,
);

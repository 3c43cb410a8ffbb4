// Checks a file that `pnpm audit:export` made, with Node.js 20 or later and nothing else:
//
//   node verify-audit-export.mjs audit.jsonl <public key> [k1:<audit key> …]
//
// The public key is the one that the operator gave you beforehand. It shows that the file is as it was made: no line was
// altered, added or taken out. With the audit keys, which the operator may show to an inspector, each block's place in the
// chain is recomputed: then the file is what the service recorded at the time. Compare the hash of a block with
// the one in the operator's log of that day (`auditBlock`, `auditHead`), which is kept elsewhere.
// oxlint-disable no-console -- what it finds is what it prints
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, publicKey, ...keyTexts] = process.argv.slice(2);
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
const sha256 = (text) => createHash('sha256').update(text).digest('base64url');
// A key whose id begins with `sm` is one for SM3 (GB/T 32905).
const hmac = (id, text) =>
  createHmac(id.startsWith('sm') ? 'sm3' : 'sha256', keys.get(id))
    .update(text)
    .digest('base64url');

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
    if (said.title !== 'shiming audit export' || said.version !== 1)
      fail('this is no export of version 1');
    previous = said.previousHash;
    digest = sha256(line);
    continue;
  }
  if (said.end !== undefined) {
    end = said.end;
    continue;
  }
  digest = sha256(`${digest}\n${line}`);
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
const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
const text = Buffer.from(`shiming audit export\n${digest}`);
if (!verify(null, text, key, Buffer.from(end.signature, 'base64')))
  fail('it is not signed by this key');
console.log(
  `OK: ${blocks} blocks, ${rows} rows, as they were exported; ${recomputed} blocks recomputed with the audit keys; the last hash is ${previous ?? 'none'}`,
);

import { describe, expect, test } from 'vitest';
import {
  answerBase,
  contentDigest,
  isTimely,
  readSignature,
  type SignableRequest,
} from './http-signature.ts';

const params =
  '("@method" "@authority" "@path" "@query" "content-digest" "content-type");created=1795968000;expires=1795968300;nonce="bm9uY2UtMDAwMDAwMDAwMQ";alg="ed25519";keyid="office-1.2026-11";tag="authorisation-check"';
const request: SignableRequest = {
  method: 'POST',
  authority: 'id.example.gov.cn',
  path: '/office/v1/authorisation.check',
  query: '?',
  contentDigest: 'sha-256=:tEiSIANA6hY6WGrktLC5zmXhk6mW5DC1gLH/v/BSkC0=:',
  contentType: 'application/json',
  signatureInput: `sig1=${params}`,
  signature:
    'sig1=:vACqdYmEMDDpH29TcRzt150TWM8rFX1F0RIXX3+5ABbdM5pkwmYN5/MPjAUXgS0l6fuN+pYJC7T2INwbY5wbCg==:',
};
const withInput = (signatureInput: string) => readSignature({ ...request, signatureInput });

describe('RFC 9421: what an office signs', () => {
  test('the lines in the order of the signature, and its parameters as they came', () => {
    expect(readSignature(request)).toMatchObject({
      keyId: 'office-1.2026-11',
      nonce: 'bm9uY2UtMDAwMDAwMDAwMQ',
      createdMs: 1_795_968_000_000,
      expiresMs: 1_795_968_300_000,
      base: [
        '"@method": POST',
        '"@authority": id.example.gov.cn',
        '"@path": /office/v1/authorisation.check',
        '"@query": ?',
        '"content-digest": sha-256=:tEiSIANA6hY6WGrktLC5zmXhk6mW5DC1gLH/v/BSkC0=:',
        '"content-type": application/json',
        `"@signature-params": ${params}`,
      ].join('\n'),
    });
  });

  test.each([
    ['none', ''],
    ['another label', `sig2=${params}`],
    ['two signatures', `sig1=${params}, sig2=${params}`],
    ['the body not covered', `sig1=${params.replace(' "content-digest"', '')}`],
    ['something besides', `sig1=${params.replace('"@method"', '"@method" "date"')}`],
    ['one twice', `sig1=${params.replace('"@path"', '"@method"')}`],
    ['a component with a parameter', `sig1=${params.replace('"@path"', '"@path";req')}`],
    ['another algorithm', `sig1=${params.replace('ed25519', 'rsa-pss-sha512')}`],
    ['no algorithm', `sig1=${params.replace(';alg="ed25519"', '')}`],
    ['a parameter twice', `sig1=${params};alg="ed25519"`],
    ['another purpose', `sig1=${params.replace('authorisation-check', 'web-bot-auth')}`],
    ['no nonce', `sig1=${params.replace('bm9uY2UtMDAwMDAwMDAwMQ', '')}`],
    ['a time that is a text', `sig1=${params.replace('=1795968000', '="1795968000"')}`],
    [
      'a nonce that is a number',
      `sig1=${params.replace('"bm9uY2UtMDAwMDAwMDAwMQ"', '12345678901234')}`,
    ],
    ['a line within', `sig1=${params.replace('office-1', 'office\n1')}`],
    ['spaces', `sig1=${params.replaceAll(';', '; ')}`],
    ['something before it', `x sig1=${params}`],
    ['a key of no name', `sig1=${params.replace('office-1.2026-11', '')}`],
    ['a key of 65 letters', `sig1=${params.replace('office-1.2026-11', 'k'.repeat(65))}`],
    ['a key with a space', `sig1=${params.replace('office-1.2026-11', 'office 1')}`],
    ['a key that begins with one', `sig1=${params.replace('office-1', ' office-1')}`],
    ['a short nonce', `sig1=${params.replace('bm9uY2UtMDAwMDAwMDAwMQ', 'a'.repeat(15))}`],
    ['a long nonce', `sig1=${params.replace('bm9uY2UtMDAwMDAwMDAwMQ', 'a'.repeat(65))}`],
    ['a nonce with a space', `sig1=${params.replace('bm9uY2Ut', 'bm9u Y2Ut')}`],
    ['a nonce that ends with one', `sig1=${params.replace('MDAwMQ', 'MDAwMQ ')}`],
    ['a time of 16 digits', `sig1=${params.replace('=1795968000', '=1795968000000000')}`],
  ])('%s is no signature', (_, input) => expect(withInput(input)).toBeNull());

  test('in whichever order they stand, with a key and a nonce at the ends of their lengths', () => {
    const keyId = 'k'.repeat(64);
    const nonces = ['a'.repeat(16), 'a'.repeat(64)];
    for (const nonce of nonces) {
      const turned = params
        .replace('"@method" "@authority"', '"@authority" "@method"')
        .replace('office-1.2026-11', keyId)
        .replace('bm9uY2UtMDAwMDAwMDAwMQ', nonce)
        .replace('created=1795968000;expires=1795968300', 'expires=300;created=0');
      const read = withInput(`sig1=${turned}`);
      expect(read).toMatchObject({ keyId, nonce, createdMs: 0, expiresMs: 300_000 });
      expect(read?.base).toMatch(/^"@authority": id\.example\.gov\.cn\n"@method": POST\n"@path"/);
    }
  });

  test('one signature, of 64 bytes, or of 32 with a shared secret', () => {
    const of = (signature: string) => readSignature({ ...request, signature });
    expect(of('')).toBeNull();
    expect(of(`${request.signature}, ${request.signature}`)).toBeNull();
    expect(of('sig1=:AAAA:')).toBeNull();
    expect(of(`x${request.signature}`)).toBeNull();
    const shared = readSignature({
      ...request,
      signatureInput: `sig1=${params.replace('ed25519', 'hmac-sha256')}`,
      signature: 'sig1=:qy3+sGxygriXJAbVGOQvPXQk1LfmIfhhPhxSwb2ax5E=:',
    });
    expect(shared).toMatchObject({ algorithm: 'hmac-sha256' });
  });

  test('is of now', () => {
    const nowMs = 1_795_968_000_000;
    const at = (createdMs: number, validMs = 300_000) =>
      isTimely({ createdMs: nowMs + createdMs, expiresMs: nowMs + createdMs + validMs }, nowMs);
    expect([at(0), at(-300_000), at(30_000)]).toEqual([true, true, true]);
    expect([at(-300_001), at(30_001), at(0, 300_001), at(-60_000, 59_999)]).toEqual(
      Array.from({ length: 4 }, () => false),
    );
  });
});

test('RFC 9530: a digest is named and in colons', () => {
  expect(contentDigest('x')).toBe('sha-256=:x:');
});

test('an answer is bound to the signature of its request', () => {
  const { input, base } = answerBase({
    algorithm: 'ed25519',
    status: 200,
    contentDigest: 'sha-256=:x:',
    requestSignature: 'sig1=:y:',
    keyId: 'answer-k1',
    createdMs: 1_795_968_000_999,
  });
  expect(input).toBe(
    'sig1=("@status" "content-digest" "signature";req);created=1795968000;alg="ed25519";keyid="answer-k1";tag="authorisation-answer"',
  );
  expect(base).toBe(
    `"@status": 200\n"content-digest": sha-256=:x:\n"signature";req: sig1=:y:\n"@signature-params": ${input.slice(5)}`,
  );
});

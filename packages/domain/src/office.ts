import { type Answers, collect } from './answers.ts';
import type { OfficeAlgorithm, SignatureAlgorithm } from './http-signature.ts';
import { accept, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

const nameMaxLength = 60;

export type OfficeKeyAnswers = { office: string; algorithm: OfficeAlgorithm; publicKey: string };

/**
 * The forms of public keys, and what is refused that has another. Of the last character of 32 bytes in base64url two bits stand for
 * nothing. SM2: a point as `04`, x and y.
 */
const publicKeys = {
  ed25519: { form: /^[\w-]{42}[AEIMQUYcgkosw048]$/, refusal: 'office_key.format' },
  'sm2-sm3': { form: /^04[\da-f]{128}$/, refusal: 'office_key.sm2' },
} as const;

/** How it is refused that a text is no public key of this algorithm. */
export const noPublicKey = (algorithm: SignatureAlgorithm) => refuse(publicKeys[algorithm].refusal);

/**
 * The name of an office, and its public key: Ed25519 in base64url, SM2 in hexadecimal. With a shared secret it has none (`''`). Whether
 * SM2's is a point of the curve is for the server to say.
 */
export function parseOfficeKey(typed: OfficeKeyAnswers): Answers<OfficeKeyAnswers> {
  const { algorithm } = typed;
  const office = cleanText(typed.office);
  const written = typed.publicKey.trim();
  const publicKey = {
    ed25519: written.replace(/=$/, ''),
    'sm2-sm3': written.toLowerCase(),
    'hmac-sha256': '',
  }[algorithm];
  return collect({
    office:
      office === '' || office.length > nameMaxLength
        ? refuse('office_name.missing')
        : accept(office),
    algorithm: accept(algorithm),
    publicKey:
      algorithm === 'hmac-sha256' || publicKeys[algorithm].form.test(publicKey)
        ? accept(publicKey)
        : noPublicKey(algorithm),
  });
}

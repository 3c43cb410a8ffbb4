import { type Answers, collect } from './answers.ts';
import type { OfficeAlgorithm } from './http-signature.ts';
import { accept, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

const nameMaxLength = 60;

export type OfficeKeyAnswers = { office: string; algorithm: OfficeAlgorithm; publicKey: string };

/** The name of an office, and its public key: Ed25519, 32 bytes in base64url. With a shared secret it has none (`''`). */
export function parseOfficeKey(typed: OfficeKeyAnswers): Answers<OfficeKeyAnswers> {
  const { algorithm } = typed;
  const office = cleanText(typed.office);
  const publicKey = algorithm === 'ed25519' ? typed.publicKey.trim().replace(/=$/, '') : '';
  return collect({
    office:
      office === '' || office.length > nameMaxLength
        ? refuse('office_name.missing')
        : accept(office),
    algorithm: accept(algorithm),
    // Of the last character two bits stand for nothing.
    publicKey:
      algorithm !== 'ed25519' || /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(publicKey)
        ? accept(publicKey)
        : refuse('office_key.format'),
  });
}

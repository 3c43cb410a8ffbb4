import { type Answers, collect } from './answers.ts';
import { accept, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

const nameMaxLength = 60;

/** The name of an office, and its public key: Ed25519, 32 bytes in base64url. */
export function parseOfficeKey(typed: {
  office: string;
  publicKey: string;
}): Answers<{ office: string; publicKey: string }> {
  const office = cleanText(typed.office);
  const publicKey = typed.publicKey.trim().replace(/=$/, '');
  return collect({
    office:
      office === '' || office.length > nameMaxLength
        ? refuse('office_name.missing')
        : accept(office),
    // Of the last character two bits stand for nothing.
    publicKey: /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(publicKey)
      ? accept(publicKey)
      : refuse('office_key.format'),
  });
}

import * as z from 'zod/mini';
import { type Answers, collect } from './answers.ts';
import { authorisationPurposes } from './authorisation.ts';
import { accept, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

/** What a registration office asks (E-AUT-02). */
const OfficeQuestion = z.strictObject({
  idNumber: z.string().check(z.minLength(1), z.maxLength(32)),
  purpose: z.enum(authorisationPurposes),
  /** The office's own name of the question. */
  requestId: z.string().check(z.regex(/^[\w.-]{1,64}$/)),
});
export type OfficeQuestion = z.infer<typeof OfficeQuestion>;

/** Reads the body of a question; `null` where it is none. */
export function readOfficeQuestion(body: string): OfficeQuestion | null {
  try {
    const parsed = OfficeQuestion.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

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

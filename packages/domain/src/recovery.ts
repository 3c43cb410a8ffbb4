import { type Answers, collect } from './answers.ts';
import { parseCaseNumber } from './cases/number.ts';
import {
  documentOf,
  type DocumentNumber,
  type DocumentType,
  parseDocumentNumber,
  parseDocumentType,
  parseName,
} from './documents/index.ts';
import type { ContactKind } from './notices.ts';
import type { Portal } from './portals/index.ts';
import { parseUserName } from './user-name.ts';

/** T-PWD-01: the three facts that say whose password it is, as typed. */
export type RecoveryAnswers = { documentType: string; number: string; name: string };

/**
 * Whose password it is, by the document; or of somebody who claims a number, by that of the claim, where people sign in with a
 * document number. Whether there is such a person is for the verb to find.
 */
export type RecoveryIdentity =
  | { document: DocumentNumber; name: string }
  | { claim: { type: DocumentType; number: string }; name: string };

/** Parses the first page of the recovery. `today` is the date in Shanghai. */
export function parseRecoveryAnswers(
  typed: RecoveryAnswers,
  portal: Portal,
  today: string,
): Answers<RecoveryIdentity> {
  const documentType = parseDocumentType(typed.documentType, portal);
  const name = parseName(
    typed.name,
    documentType.ok ? documentOf(documentType.value).name : undefined,
  );
  if (!documentType.ok) return collect({ documentType, name }) as Answers<never>;
  const claimNumber = portal.signInWith.includes('document_number')
    ? parseCaseNumber(typed.number)
    : null;
  if (claimNumber !== null) {
    const claimed = collect({ name });
    const claim = { type: documentType.value, number: claimNumber };
    return claimed.ok ? { ok: true, value: { claim, name: claimed.value.name } } : claimed;
  }
  const number = parseDocumentNumber(documentType.value, typed.number, today, portal);
  const fields = collect({ number, name });
  return fields.ok
    ? { ok: true, value: { document: fields.value.number, name: fields.value.name } }
    : fields;
}

/** A user name that is a contact. */
export type UserNameContact = { kind: ContactKind; value: string };

/** Parses the first page of a recovery that begins with the user name. `today` is the date in Shanghai. */
export function parseUserNameAnswers(
  typed: { name: string },
  portal: Portal,
  today: string,
): Answers<UserNameContact> {
  const name = parseUserName(typed.name, today, portal);
  if (!name.ok) return { ok: false, fields: { name: name.code } };
  const { kind, value } = name.value;
  return kind === 'mobile' || kind === 'email'
    ? { ok: true, value: { kind, value } }
    : { ok: false, fields: { name: 'user_name.format' } };
}

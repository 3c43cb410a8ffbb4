import { type Answers, collect } from './answers.ts';
import {
  documentOf,
  type DocumentNumber,
  parseDocumentNumber,
  parseDocumentType,
  parseName,
} from './documents/index.ts';
import type { Portal } from './portals/index.ts';

/** T-PWD-01: the three facts that say whose password it is, as typed. */
export type RecoveryAnswers = { documentType: string; number: string; name: string };

/** Whose password it is, by the document. Whether there is such a person is for the verb to find. */
export type RecoveryIdentity = { document: DocumentNumber; name: string };

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
  const number = parseDocumentNumber(documentType.value, typed.number, today, portal);
  const fields = collect({ number, name });
  return fields.ok
    ? { ok: true, value: { document: fields.value.number, name: fields.value.name } }
    : fields;
}

import { type Answers, collect } from './answers.ts';
import { documentTypes, type DocumentNumber, parseDocumentNumber } from './document.ts';
import { parseName } from './name.ts';
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
  const type = documentTypes.find(
    (known) => known === typed.documentType && portal.documentTypes.includes(known),
  );
  const name = parseName(typed.name);
  if (type === undefined) {
    const rest = collect({ name });
    return {
      ok: false,
      fields: { documentType: 'document_type.missing', ...(rest.ok ? {} : rest.fields) },
    };
  }
  const fields = collect({ number: parseDocumentNumber(type, typed.number, today), name });
  return fields.ok
    ? { ok: true, value: { document: fields.value.number, name: fields.value.name } }
    : fields;
}

/** T-PWD-05: an account registered before the portal's day has no reset; its number may register anew. */
export const canBeReset = ({ recovery }: Portal, registeredAtMs: number): boolean =>
  registeredAtMs >= recovery.registeredSinceMs;

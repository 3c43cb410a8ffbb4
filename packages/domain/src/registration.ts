import { type Answers, collect } from './answers.ts';
import { documentTypes, type DocumentNumber, parseDocumentNumber } from './document.ts';
import { type CorrectionAnswers, type Identity, parseCorrection } from './identity.ts';
import { parseName } from './name.ts';
import type { Parsed } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/** 身份证件: what the first page asks, as typed. `hasConsented` is the separate consent for the document number (PIPL 29). */
export type DocumentAnswers = CorrectionAnswers & {
  documentType: string;
  number: string;
  hasConsented: boolean;
};

const done = { ok: true, value: true, notices: [] } as const;

/** T-REG-01 to 07: the whole first page. `today` is the date in Shanghai. */
export function parseDocumentAnswers(
  typed: DocumentAnswers,
  portal: Portal,
  today: string,
): Answers<Identity> {
  const type = documentTypes.find(
    (known) => known === typed.documentType && portal.documentTypes.includes(known),
  );
  const consent: Parsed<true> = typed.hasConsented ? done : { ok: false, code: 'consent.missing' };
  if (type === undefined) {
    const rest = collect({ name: parseName(typed.name), hasConsented: consent });
    return {
      ok: false,
      fields: { documentType: 'document_type.missing', ...(rest.ok ? {} : rest.fields) },
    };
  }
  const number = parseDocumentNumber(type, typed.number, today);
  const document: DocumentNumber = number.ok
    ? number.value
    : { type, number: '', birthDate: null, sex: null, region: null };
  const correction = parseCorrection(typed, document, today);
  const page = collect({ number, hasConsented: consent });
  if (number.ok && page.ok && correction.ok) {
    return { ok: true, value: { ...number.value, ...correction.value } };
  }
  return {
    ok: false,
    fields: { ...(page.ok ? {} : page.fields), ...(correction.ok ? {} : correction.fields) },
  };
}

/** The states of a registration between its first page and the account. */
export const registrationStatuses = ['collecting', 'code_sent', 'contact_proved'] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];

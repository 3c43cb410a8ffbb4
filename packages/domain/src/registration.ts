import { type Answers, collect } from './answers.ts';
import {
  type DocumentNumber,
  parseDocumentNumber,
  parseDocumentType,
  parseName,
} from './documents/index.ts';
import { type CorrectionAnswers, type Identity, parseCorrection } from './identity.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/** 身份证件: what the first page asks, as typed. `hasConsented` is the separate consent for the document number (PIPL 29). */
export type DocumentAnswers = CorrectionAnswers & {
  documentType: string;
  number: string;
  hasConsented: boolean;
};

/** T-REG-01 to 07: the whole first page. `today` is the date in Shanghai. */
export function parseDocumentAnswers(
  typed: DocumentAnswers,
  portal: Portal,
  today: string,
): Answers<Identity> {
  const documentType = parseDocumentType(typed.documentType, portal);
  const consent: Parsed<true> = typed.hasConsented ? accept(true) : refuse('consent.missing');
  if (!documentType.ok) {
    const fields = { documentType, name: parseName(typed.name), hasConsented: consent };
    return collect(fields) as Answers<never>;
  }
  const type = documentType.value;
  const number = parseDocumentNumber(type, typed.number, today, portal);
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
export type RegistrationStatus = 'collecting' | 'code_sent' | 'contact_proved';

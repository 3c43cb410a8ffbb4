import { type Answers, collect } from './answers.ts';
import { documentTypes, type DocumentNumber, parseDocumentNumber } from './document.ts';
import type { RegistrationStepName } from './errors.ts';
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
export type RegistrationEvent =
  | 'save_document'
  | 'change_number'
  | 'save_password'
  | 'send_code'
  | 'prove_contact'
  | 'submit';

/**
 * Another number begins anew: one proved phone may be told of one number whether it is taken, and not of many
 * (X-03).
 */
const edges: Record<
  RegistrationStatus,
  Partial<Record<RegistrationEvent, RegistrationStatus | 'finished'>>
> = {
  collecting: {
    save_document: 'collecting',
    change_number: 'collecting',
    save_password: 'collecting',
    send_code: 'code_sent',
  },
  code_sent: {
    save_document: 'code_sent',
    change_number: 'collecting',
    save_password: 'code_sent',
    send_code: 'code_sent',
    prove_contact: 'contact_proved',
  },
  contact_proved: {
    save_document: 'contact_proved',
    change_number: 'collecting',
    save_password: 'contact_proved',
    send_code: 'code_sent',
    submit: 'finished',
  },
};

/** The state after an event, or `null` where the table has no such edge. */
export function registrationAfter(
  status: RegistrationStatus,
  event: RegistrationEvent,
): RegistrationStatus | 'finished' | null {
  return edges[status][event] ?? null;
}

/** The first step that is not done yet: where a person who comes back goes on. */
export function registrationStep(draft: {
  hasDocument: boolean;
  hasPassword: boolean;
  status: RegistrationStatus;
}): RegistrationStepName {
  if (!draft.hasDocument) return 'document';
  if (!draft.hasPassword) return 'password';
  if (draft.status === 'collecting') return 'contact';
  return draft.status === 'code_sent' ? 'code' : 'review';
}

import { documentTypes, type DocumentNumber, parseDocumentNumber } from './document.ts';
import { parseEmail } from './email.ts';
import type { FieldRefusals, RegistrationStepName } from './errors.ts';
import type { FieldCode } from './field-codes.ts';
import { parseMobile } from './mobile.ts';
import { parseName } from './name.ts';
import type { Parsed } from './parsed.ts';
import { isPersonalPassword, parsePassword } from './password.ts';
import type { CodeRule, Portal } from './portals.ts';
import { compactNumber } from './text.ts';
import { checkValidity, parseDateParts, type ValidityTerm, validityTerms } from './validity.ts';

/** A date as it is typed: three texts, each of which may be empty. */
export type DateAnswers = { year: string; month: string; day: string };

/** 身份证件: what the first page asks, as typed. `hasConsented` is the separate consent for the document number (PIPL 29). */
export type DocumentAnswers = {
  documentType: string;
  number: string;
  name: string;
  validityStart: DateAnswers;
  validityTerm: string;
  hasConsented: boolean;
};

/** An identity document with everything on it that an account is made of. `end: null` is 长期. */
export type IdentityDocument = {
  document: DocumentNumber;
  name: string;
  validity: { start: string; end: string | null; term: ValidityTerm };
};

export type PasswordAnswers = { password: string; passwordAgain: string };
export type ContactAnswers = { email: string; mobile: string };
export type Contact = { email: string; mobile: string };

/** Either the parsed answers, or for each refused field its code. */
export type Answers<T> = { ok: true; value: T } | { ok: false; fields: FieldRefusals };

type Values<F extends Record<string, Parsed<unknown, string>>> = {
  [K in keyof F]: Extract<F[K], { ok: true }>['value'];
};

/** All fields together: every refusal is told at once, not one after the other. */
export function collect<F extends Record<string, Parsed<unknown, string>>>(
  fields: F,
): Answers<Values<F>> {
  const refusals: Record<string, FieldCode> = {};
  const values: Record<string, unknown> = {};
  for (const [name, parsed] of Object.entries(fields)) {
    if (parsed.ok) values[name] = parsed.value;
    else refusals[name] = parsed.code;
  }
  return Object.keys(refusals).length === 0
    ? { ok: true, value: values as Values<F> }
    : { ok: false, fields: refusals };
}

const done = { ok: true, value: true, notices: [] } as const;

function parseTerm(typed: string): Parsed<ValidityTerm> {
  const term = validityTerms.find((known) => String(known) === typed);
  return term === undefined
    ? { ok: false, code: 'validity_term.missing' }
    : { ok: true, value: term, notices: [] };
}

/** T-VER-04: the part of an identity that may be corrected at the verification page: name and validity. */
export type CorrectionAnswers = Pick<DocumentAnswers, 'name' | 'validityStart' | 'validityTerm'>;

/** Name and validity of a document whose number is known already. `today` is the date in Shanghai. */
export function parseCorrection(
  typed: CorrectionAnswers,
  document: DocumentNumber,
  today: string,
): Answers<Omit<IdentityDocument, 'document'>> {
  const start = parseDateParts(typed.validityStart);
  const term = parseTerm(typed.validityTerm);
  const fields = collect({
    name: parseName(typed.name),
    validityStart: start,
    validityTerm: term,
  });
  if (!start.ok || !term.ok) return fields as Answers<never>;
  const validity = checkValidity({
    type: document.type,
    birthDate: document.birthDate,
    start: start.value,
    term: term.value,
    today,
  });
  if (!validity.ok) {
    const field = validity.code.startsWith('validity_term.') ? 'validityTerm' : 'validityStart';
    return { ok: false, fields: { ...(fields.ok ? {} : fields.fields), [field]: validity.code } };
  }
  return fields.ok
    ? { ok: true, value: { name: fields.value.name, validity: validity.value } }
    : fields;
}

/** T-REG-01 to 07: the whole first page. `today` is the date in Shanghai. */
export function parseDocumentAnswers(
  typed: DocumentAnswers,
  portal: Portal,
  today: string,
): Answers<IdentityDocument> {
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
    return { ok: true, value: { document: number.value, ...correction.value } };
  }
  return {
    ok: false,
    fields: { ...(page.ok ? {} : page.fields), ...(correction.ok ? {} : correction.fields) },
  };
}

/** T-REG-08, and refused when made from what is known of the person. Common passwords are the server's to know. */
export function parsePasswordAnswers(
  typed: PasswordAnswers,
  person: Parameters<typeof isPersonalPassword>[1],
): Answers<{ password: string }> {
  const password = parsePassword(typed.password);
  if (!password.ok) return { ok: false, fields: { password: password.code } };
  if (isPersonalPassword(password.value, person)) {
    return { ok: false, fields: { password: 'password.personal' } };
  }
  if (typed.passwordAgain !== typed.password) {
    return { ok: false, fields: { passwordAgain: 'password.mismatch' } };
  }
  return { ok: true, value: { password: password.value } };
}

/** T-REG-09, T-REG-10. */
export function parseContactAnswers(typed: ContactAnswers): Answers<Contact> {
  return collect({ email: parseEmail(typed.email), mobile: parseMobile(typed.mobile) });
}

/** T-REG-12: a code as typed or pasted; spaces, hyphens and full-width digits are taken. */
export function parseCodeAnswers(
  typed: { code: string },
  { digits }: Pick<CodeRule, 'digits'>,
): Answers<{ code: string }> {
  const code = compactNumber(typed.code);
  if (code === '') return { ok: false, fields: { code: 'code.missing' } };
  return /^\d+$/.test(code) && code.length === digits
    ? { ok: true, value: { code } }
    : { ok: false, fields: { code: 'code.format' } };
}

/** The states of a registration between its first page and the account. */
export const registrationStatuses = ['collecting', 'code_sent', 'contact_proved'] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];
export type RegistrationEvent =
  | 'save_document'
  | 'save_password'
  | 'send_code'
  | 'prove_contact'
  | 'submit';

const edges: Record<
  RegistrationStatus,
  Partial<Record<RegistrationEvent, RegistrationStatus | 'finished'>>
> = {
  collecting: {
    save_document: 'collecting',
    save_password: 'collecting',
    send_code: 'code_sent',
  },
  code_sent: {
    save_document: 'code_sent',
    save_password: 'code_sent',
    send_code: 'code_sent',
    prove_contact: 'contact_proved',
  },
  contact_proved: {
    save_document: 'contact_proved',
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

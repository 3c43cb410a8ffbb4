import type { DataCorrectionKind } from '../account-fields.ts';
import { type Answers, collect } from '../answers.ts';
import { documentTypeOf, parseDocumentNumber } from '../documents/index.ts';
import { parseName } from '../documents/name.ts';
import { parseEmail } from '../email.ts';
import { accept, type Parsed, refuse } from '../parsed.ts';
import { parseTicketText } from './ticket-text.ts';

/** What a question to the help desk is about (T-ENT-07). */
export const ticketTopics = [
  'wrong_name',
  'wrong_details',
  'lost_contacts',
  'name_change',
  'number_taken',
  'child',
  'other',
] as const;
export type TicketTopic = (typeof ticketTopics)[number];

/** What a ticket asks to put right. */
export type AskedCorrection = { field: DataCorrectionKind; value: string };

/**
 * A ticket as typed. Name, number and address may be empty; `agreesToPhotos` is asked for files. `correction` is the right
 * value of `wrongField`, where the topic asks for it.
 */
export type TicketAnswers = {
  topic: string;
  text: string;
  name: string;
  number: string;
  email: string;
  agreesToPhotos: boolean;
  wrongField?: string | undefined;
  correction?: string | undefined;
};

export type TicketStatement = {
  topic: TicketTopic;
  text: string;
  name: string | null;
  number: string | null;
  email: string | null;
  agreesToPhotos: boolean;
  /** Tickets of before ask for none. */
  correction?: AskedCorrection | null;
};

const orNull = <T>(
  typed: string,
  parse: (typed: string) => Parsed<T, string>,
): Parsed<T | null, string> => (typed.trim() === '' ? accept(null) : parse(typed));

function parseAnyNumber(typed: string, today: string): Parsed<string> {
  const type = documentTypeOf(typed);
  const number = type && parseDocumentNumber(type, typed, today);
  if (!number) return refuse('document_number.format');
  return number.ok ? accept(number.value.number) : number;
}

/** The answers of the form. Somebody else’s number cannot be freed without saying which. */
export function parseTicket(typed: TicketAnswers, today: string): Answers<TicketStatement> {
  const topic = ticketTopics.find((known) => known === typed.topic);
  const isNumberAsked = topic === 'number_taken' && typed.number.trim() === '';
  return collect({
    topic: topic === undefined ? refuse('ticket_topic.missing') : accept(topic),
    text: parseTicketText(typed.text),
    name: orNull(typed.name, parseName),
    number: isNumberAsked
      ? refuse('document_number.missing')
      : orNull(typed.number, (number) => parseAnyNumber(number, today)),
    email: orNull(typed.email, parseEmail),
    agreesToPhotos: accept(typed.agreesToPhotos),
  });
}

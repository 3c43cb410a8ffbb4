import { type DataCorrectionKind, dataCorrectionKinds } from '../account-fields.ts';
import { accept, type Parsed, refuse } from '../parsed.ts';
import { cleanText } from '../text.ts';
import type { AskedCorrection, TicketAnswers, TicketTopic } from './ticket.ts';

/**
 * The fields of an account that a question of a topic is about: its form asks which of them is wrong, and for the right value,
 * with which the correction at the help desk begins (T-CON-08a).
 */
export const fieldsOfTopic: Readonly<Partial<Record<TicketTopic, readonly DataCorrectionKind[]>>> =
  {
    wrong_name: ['name'],
    wrong_details: dataCorrectionKinds.filter(
      (kind) => !['name', 'mobile', 'email'].includes(kind),
    ),
    lost_contacts: ['mobile', 'email'],
    name_change: ['name'],
  };

/** What a ticket asks to put right. Where the topic has one field, that one is meant; without a value there is nothing to correct. */
export function parseAskedCorrection(
  topic: TicketTopic,
  { wrongField, correction = '' }: Pick<TicketAnswers, 'wrongField' | 'correction'>,
): Parsed<AskedCorrection | null> {
  const fields = fieldsOfTopic[topic] ?? [];
  const field = fields.length === 1 ? fields[0] : fields.find((known) => known === wrongField);
  const value = cleanText(correction);
  if (field === undefined || value === '') return accept(null);
  return Array.from(value).length > 200 ? refuse('text.too_long') : accept({ field, value });
}

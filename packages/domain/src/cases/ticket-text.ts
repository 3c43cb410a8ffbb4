import { accept, type Parsed, refuse } from '../parsed.ts';
import { cleanText } from '../text.ts';

/** Longest question, reply and answer, in code points. */
export const ticketTextMaxLength = 1_000;

/** A text of the ticket, or of its answer. */
export function parseTicketText(typed: string): Parsed<string> {
  const text = cleanText(typed);
  if (Array.from(text).length < 4) return refuse('ticket_text.missing');
  return Array.from(text).length > ticketTextMaxLength ? refuse('text.too_long') : accept(text);
}

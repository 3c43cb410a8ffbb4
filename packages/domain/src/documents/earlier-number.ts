import { accept, type Parsed, refuse } from '../parsed.ts';
import { compactNumber } from '../text.ts';
import type { DocumentNumber } from './document.ts';
import { printsEarlierNumber } from './number.ts';
import { numberRules } from './number-rules.ts';

/**
 * Reads the number of an earlier card, as the present one prints it; `null` where none is typed or the card prints none. Refuses
 * with `earlier_number.*` and `document_number.*`.
 */
export function parseEarlierNumber(
  typed: string,
  { type, number }: Pick<DocumentNumber, 'type' | 'number'>,
  today: string,
): Parsed<string | null> {
  const { earlier, read } = numberRules[type];
  const compact = compactNumber(typed);
  if (compact === '' || earlier === undefined || !printsEarlierNumber({ type, number })) {
    return accept(null);
  }
  if (!earlier.form.test(compact)) return refuse('earlier_number.format');
  const parsed = read(compact, today);
  if (!parsed.ok) return parsed;
  return earlier.agrees(compact, number) ? accept(compact) : refuse('earlier_number.differs');
}

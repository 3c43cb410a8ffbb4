import { checkValidity, validityEnd } from '@shiming/domain';

/**
 * The dates that should stand on the document, as soon as they follow from start and term, with what is odd
 * about them; `null` before. Dates are `YYYY-MM-DD`, `end: null` is 长期.
 */
export function printedValidity(
  typed: Parameters<typeof checkValidity>[0],
): { start: string; end: string | null; oddity: 'unusual_term' | 'expired' | null } | null {
  const checked = checkValidity(typed);
  if (checked.ok) {
    const { start, end } = checked.value;
    return { start, end, oddity: checked.notices.includes('unusual_term') ? 'unusual_term' : null };
  }
  const { start, term } = typed;
  if (checked.code !== 'validity_end.expired' || start === null || term === null) return null;
  return { start, end: validityEnd(start, term), oddity: 'expired' };
}

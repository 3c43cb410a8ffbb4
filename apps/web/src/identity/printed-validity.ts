import { checkValidity, validityEnds } from '@shiming/domain';

/**
 * The dates that should stand on the document, as soon as they follow from start and term, with what is odd
 * about them; `null` before. Dates are `YYYY-MM-DD`, `end: null` is 长期. `bookletEnd` is the last day that an older
 * document of the type prints instead.
 */
export function printedValidity(typed: Parameters<typeof checkValidity>[0]): {
  start: string;
  end: string | null;
  bookletEnd: string | null;
  oddity: 'unusual_term' | 'expired' | null;
} | null {
  const checked = checkValidity(typed);
  const { type, start, term } = typed;
  const isExpired = !checked.ok && checked.code === 'validity_end.expired';
  if ((!checked.ok && !isExpired) || start === null || term === null) return null;
  const [end, bookletEnd = null] = validityEnds(type, start, term);
  if (isExpired) return { start, end, bookletEnd, oddity: 'expired' };
  const isUnusual = checked.ok && checked.notices.includes('unusual_term');
  return { start, end, bookletEnd, oddity: isUnusual ? 'unusual_term' : null };
}

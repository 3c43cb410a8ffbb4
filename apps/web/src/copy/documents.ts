import { defineCopy } from './define-copy.ts';
import { zh } from './documents.zh.ts';

/** The words for what stands on an identity document. */
export const documents = defineCopy(zh, () => import('./documents.en.ts'));

/** A date as cards print it: `2019.12.24`. */
export const dotted = (date: string): string => date.replaceAll('-', '.');

/** Both dates as the card prints them, `2019.12.24–2029.12.24`, `2016.05.18–长期`; in words where it has none. */
export function validityLine(validity: { start: string; end: string | null } | null): string {
  if (validity === null) return documents().noValidity;
  const { start, end } = validity;
  return `${dotted(start)}–${end === null ? documents().longTerm : dotted(end)}`;
}

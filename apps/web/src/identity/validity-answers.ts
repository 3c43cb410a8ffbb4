import { type DateAnswers, type DocumentType, termsOffered } from '@shiming/domain';

/** The term that stays chosen when the type changes: the only one there is, or the same where it exists. */
export function termAfterTypeChange(type: DocumentType, chosen: string): string {
  const terms = termsOffered(type, null, null).map(({ term }) => String(term));
  const [only, ...others] = terms;
  if (only !== undefined && others.length === 0) return only;
  return terms.includes(chosen) ? chosen : '';
}

/** A date as three texts. */
export function dateAnswers(date: string): DateAnswers {
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month, day };
}

import { type DateAnswers, type DocumentType, termsOffered } from '@shiming/domain';

/** What is chosen when another type has been: its term where there is one only. The term of the other type says nothing. */
export function onlyTermOf(type: DocumentType): string {
  const [only, ...others] = termsOffered(type, null, null);
  return only !== undefined && others.length === 0 ? String(only.term) : '';
}

/** A date as three texts. */
export function dateAnswers(date: string): DateAnswers {
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month, day };
}

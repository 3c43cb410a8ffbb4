import { optionsOf, profileField, type ProfileField } from '@shiming/domain';
import { formatDate } from '../copy/format.ts';
import { bilingual } from '../portal.ts';

/** A value of the profile in words: a choice by its name, a date written out. */
export function fieldText(field: ProfileField, value: string): string {
  const chosen = optionsOf(field)?.find(({ code }) => code === value);
  if (chosen !== undefined) return bilingual(chosen);
  return profileField(field).asked === 'date' ? formatDate(value) : value;
}

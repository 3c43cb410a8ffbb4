import { optionsOf, profileField, type ProfileField } from '@shiming/domain';
import { formatDate } from '../copy/format.ts';
import { bilingual } from '../portal.ts';
import { countyName } from './county-name.ts';

/** A value of the profile in words: a choice by its name, a date written out. */
export function fieldText(field: ProfileField, value: string): string {
  const chosen = optionsOf(field)?.find(({ code }) => code === value);
  if (chosen !== undefined) return bilingual(chosen);
  const { asked } = profileField(field);
  if (asked === 'county') return countyName(value);
  return asked === 'date' ? formatDate(value) : value;
}

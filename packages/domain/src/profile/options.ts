import type { Bilingual } from '../portals/index.ts';
import { ethnicities } from './ethnicity.ts';
import type { FieldAsked, ProfileField } from './fields.ts';

export type Option = Bilingual & { code: string };

const options: Record<FieldAsked<'choice'>, readonly Option[]> = {
  sex: [
    { code: 'female', zh: '女', en: 'Female' },
    { code: 'male', zh: '男', en: 'Male' },
  ],
  ethnicity: ethnicities,
};

/** What a field of the profile is chosen from; `undefined` where it is typed. */
export const optionsOf = (field: ProfileField): readonly Option[] | undefined =>
  (options as Partial<Record<ProfileField, readonly Option[]>>)[field];

import { profileField, type ProfileField } from '@shiming/domain';
import type { ProfileView } from '../shared/identity-rows.ts';

/** What the portal asks for and the profile does not say yet. Apart from the form, whose rules are 9 KB. */
export const missingFields = ({ fields, profile }: ProfileView): readonly ProfileField[] =>
  fields.filter(
    (field) => profileField(field).isOptional !== true && (profile?.[field] ?? null) === null,
  );

import {
  byProfileField,
  isVerified,
  type parseProfileAnswers,
  type ProfileAnswers,
  profileField,
  type ProfileField,
  unmasked,
} from '@shiming/domain';
import type { ProfileView, Revealed } from '../shared/identity-rows.ts';
import type { Known } from '../session/with-identity.tsx';

export type KnownProfile = Known<ProfileView>;

type DocumentOfForm = Parameters<typeof parseProfileAnswers>[1];

/** Which fields are asked for: what the document needs, and once the person is verified only what may still change. */
export function askedFields(view: ProfileView): readonly ProfileField[] {
  if (view.profile === null || !isVerified(view)) return view.fields;
  return view.fields.filter((field) => !profileField(field).isChecked);
}

/** Whether the form has numbers from before, which come masked and are shown in full only on request. */
export function hasMaskedNumbers(view: ProfileView): boolean {
  return view.profile !== null && Object.values(unmasked(view.profile)).some(Boolean);
}

/** What the form begins with, in the order of the page. */
export function profileAnswers(view: ProfileView, revealed: Revealed | undefined): ProfileAnswers {
  const known: Partial<Record<ProfileField, string | null>> = {
    ...view.profile,
    ...(view.profile && unmasked(null)),
    ...revealed,
  };
  return byProfileField((field) => {
    const value = known[field] ?? '';
    if (profileField(field).asked !== 'date') return value;
    const [year = '', month = '', day = ''] = value.split('-');
    return { year, month, day };
  }) as ProfileAnswers;
}

/**
 * The document for the rules of the form. Its number stays on the server; the rules look at how it begins, which
 * the masked number tells.
 */
export function documentOfForm(view: KnownProfile): DocumentOfForm {
  const { documentType: type, maskedNumber: number, birthDate, sex, region } = view;
  return { type, number, birthDate, sex, region };
}

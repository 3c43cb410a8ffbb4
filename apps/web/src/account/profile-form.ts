import {
  fixedOnceVerified,
  isVerified,
  type parseProfileAnswers,
  type ProfileAnswers,
  type ProfileField,
} from '@shiming/domain';
import type { ProfileView, Revealed } from '../shared/identity-rows.ts';
import type { Known } from '../session/with-identity.tsx';

export type KnownProfile = Known<ProfileView>;

type DocumentOfForm = Parameters<typeof parseProfileAnswers>[1];

/** Which fields are asked for: what the document needs, and once the person is verified only what may still change. */
export function askedFields(view: ProfileView): readonly ProfileField[] {
  if (view.profile === null || !isVerified(view)) return view.fields;
  return view.fields.filter((field) => !fixedOnceVerified.includes(field));
}

/** Whether the form has numbers from before, which come masked and are shown in full only on request. */
export function hasMaskedNumbers(view: ProfileView): boolean {
  const { profile } = view;
  return Boolean(profile?.maskedLocalDocumentNumber ?? profile?.maskedTravelPermitNumber);
}

/** What the form begins with, in the order of the page. */
export function profileAnswers(view: ProfileView, revealed: Revealed | undefined): ProfileAnswers {
  const { profile } = view;
  const [year = '', month = '', day = ''] = (profile?.birthDate ?? '').split('-');
  return {
    sex: profile?.sex ?? '',
    birthDate: { year, month, day },
    ethnicity: profile?.ethnicity ?? '',
    travelPermitNumber: revealed?.travelPermitNumber ?? '',
    localDocumentNumber: revealed?.localDocumentNumber ?? '',
  };
}

/**
 * The document for the rules of the form. Its number stays on the server; the rules look at how it begins, which
 * the masked number tells.
 */
export function documentOfForm(view: KnownProfile): DocumentOfForm {
  const { documentType: type, maskedNumber: number, birthDate, sex, region } = view;
  return { type, number, birthDate, sex, region };
}

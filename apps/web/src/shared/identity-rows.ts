import { byProfileField, profileField, type ProfileField, profileFieldIds } from '@shiming/domain';
import type { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents, validityLine } from '../copy/documents.ts';
import { bilingual } from '../portal.ts';
import { fieldText } from './field-text.ts';
import { zh } from './identity-rows.zh.ts';

export const rowsCopy = defineCopy(zh, () => import('./identity-rows.en.ts'));

/** 个人身份信息 as `profile.view` tells it, and in full as `profile.reveal` does. */
export type ProfileView = Awaited<ReturnType<typeof api.profile.view.query>>;
export type Revealed = Awaited<ReturnType<typeof api.profile.reveal.mutate>>;

export type IdentityRow = { key: string; term: string; value: string };

/**
 * What is known of the person, masked as in the seed (T-PRO-04) unless it has been revealed. Rows that a document
 * does not have are left out.
 */
export function identityRows(view: ProfileView, revealed?: Revealed): IdentityRow[] {
  const copy = rowsCopy();
  const profile: Partial<Record<ProfileField, string | null>> = {
    sex: view.sex,
    birthDate: view.birthDate,
    ...view.profile,
    ...revealed,
  };
  const shown = profileFieldIds.map((field) => {
    const value = profile[field];
    return [field, value && fieldText(field, value)] as const;
  });
  const values: Record<string, string | null | undefined> = {
    name: revealed?.name ?? view.maskedName,
    documentType: view.documentType && documents().types[view.documentType],
    number: revealed?.number ?? view.maskedNumber,
    validity: view.documentType && validityLine(view.validity),
    region: view.region && copy.regions[view.region],
    ...Object.fromEntries(shown),
    mobile: revealed?.mobile ?? view.maskedMobile,
    email: revealed?.email ?? view.maskedEmail,
  };
  const terms: Record<string, string> = {
    ...copy.terms,
    ...byProfileField((field) => bilingual(profileField(field).label)),
  };
  return Object.entries(values).flatMap(([key, value]) =>
    value ? [{ key, term: terms[key] ?? key, value }] : [],
  );
}

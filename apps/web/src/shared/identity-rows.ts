import { ethnicities } from '@shiming/domain';
import type { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents, validityLine } from '../copy/documents.ts';
import { formatDate } from '../copy/format.ts';
import { language } from '../copy/language.ts';
import { zh } from './identity-rows.zh.ts';

export const rowsCopy = defineCopy(zh, () => import('./identity-rows.en.ts'));

/** 个人身份信息 as `profile.view` tells it, and in full as `profile.reveal` does. */
export type ProfileView = Awaited<ReturnType<typeof api.profile.view.query>>;
export type Revealed = Awaited<ReturnType<typeof api.profile.reveal.mutate>>;

/** A people's name in the language that the person reads; the code itself where it is not known. */
export function ethnicityName(code: string): string {
  return ethnicities.find((each) => each.code === code)?.[language()] ?? code;
}

export type IdentityRow = { key: string; term: string; value: string };

/**
 * What is known of the person, masked as in the seed (T-PRO-04) unless it has been revealed. Rows that a document
 * does not have are left out.
 */
export function identityRows(view: ProfileView, revealed?: Revealed): IdentityRow[] {
  const copy = rowsCopy();
  const { profile } = view;
  const sex = profile?.sex ?? view.sex;
  const birthDate = profile?.birthDate ?? view.birthDate;
  const values: Record<string, string | null | undefined> = {
    name: revealed?.name ?? view.maskedName,
    documentType: view.documentType && documents().types[view.documentType],
    number: revealed?.number ?? view.maskedNumber,
    validity: validityLine(view.validity),
    region: view.region && copy.regions[view.region],
    travelPermitNumber: revealed?.travelPermitNumber ?? profile?.maskedTravelPermitNumber,
    localDocumentNumber: revealed?.localDocumentNumber ?? profile?.maskedLocalDocumentNumber,
    sex: sex && documents().sexes[sex],
    birthDate: birthDate && formatDate(birthDate),
    ethnicity: profile?.ethnicity && ethnicityName(profile.ethnicity),
    mobile: revealed?.mobile ?? view.maskedMobile,
    email: revealed?.email ?? view.maskedEmail,
  };
  const terms: Record<string, string> = copy.terms;
  return Object.entries(values).flatMap(([key, value]) =>
    value ? [{ key, term: terms[key] ?? key, value }] : [],
  );
}

import {
  citizenRule,
  isOfProvince,
  residencePermitHeads,
  withOldNumbers,
} from './citizen-number.ts';
import type { NumberRule } from './document.ts';
import type { DocumentType } from './documents.ts';
import { passportRule } from './passport.ts';
import { permanentResidenceRule } from './permanent-residence.ts';
import { militaryRule, policeRule } from './service-certificate.ts';
import { permitRule } from './travel-permit.ts';

/** The rule of the number of each document. */
export const numberRules: Readonly<Record<DocumentType, NumberRule>> = {
  resident_identity_card: withOldNumbers(
    citizenRule(/^(?!8[123]|9)\d{17}[\dX]$/, (number) => (isOfProvince(number) ? null : undefined)),
  ),
  hmt_residence_permit: citizenRule(/^8[123]\d{15}[\dX]$/, (number) =>
    residencePermitHeads.get(number.slice(0, 6)),
  ),
  hk_macao_travel_permit: permitRule(/^[HM]\d{8}(?:\d{2})?$/, ['hong_kong', 'macao']),
  taiwan_travel_permit: permitRule(/^\d{8}(?:\d{2})?$/, ['taiwan']),
  permanent_residence_card: permanentResidenceRule,
  passport: passportRule,
  military_officer_certificate: militaryRule((unit) => !/[士兵]/u.test(unit)),
  soldier_certificate: militaryRule((unit) => !/[军文]/u.test(unit)),
  police_certificate: policeRule,
};

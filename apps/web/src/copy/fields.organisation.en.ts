import type { OrganisationFieldCode } from './failures.ts';

export const en: Record<OrganisationFieldCode, string> = {
  'organisation_name.missing': 'Enter the name of the organisation, as registered',
  'organisation_person.missing': 'Enter the name of the contact person, as on the document',
  'organisation_person.unasked': 'Confirm that the contact person knows and agrees',
  'organisation_code.missing': 'Enter the unified social credit code',
  'organisation_code.format': 'The code has 18 digits or capitals, without I, O, S, V and Z',
  'organisation_code.check': 'The code is not right; compare it with the certificate',
};

import type { ServiceField } from './service-client.ts';

/**
 * What a person agrees to: each for one purpose and one receiver, and asked one by one (PIPL 14, 17, 23, 29). The
 * receiver of a consent to enter a service is that service, by its id.
 */
export const consents = {
  agreement: { purpose: 'use_account', receiver: 'operator' },
  document_number: { purpose: 'real_name_check', receiver: 'identity_authority' },
  photos: { purpose: 'manual_review', receiver: 'reviewers' },
  records: { purpose: 'show_records', receiver: 'record_authorities' },
  own_photo: { purpose: 'replace_photo', receiver: 'schools' },
  face: { purpose: 'compare_face', receiver: 'identity_authority' },
  service: { purpose: 'enter_service', receiver: null },
} as const;
export const consentKinds = Object.keys(consents) as readonly ConsentKind[];
export type ConsentKind = keyof typeof consents;
export type ConsentPurpose = (typeof consents)[ConsentKind]['purpose'];

/**
 * Those that can be withdrawn while the account goes on (PIPL 15). The agreement is the account: somebody who no longer
 * wants it closes that.
 */
export const withdrawableConsents = [
  'document_number',
  'photos',
  'records',
  'own_photo',
  'face',
  'service',
] as const;
export type WithdrawableConsent = (typeof withdrawableConsents)[number];

/** The consents that a portal asks for, in the order in which pages list them. */
export const consentsAt = ({
  face,
  records,
  services,
}: {
  face: object | null;
  records: { photoCheck: object | null } | null;
  services: readonly unknown[];
}): ConsentKind[] =>
  consentKinds.filter((kind) => {
    if (kind === 'face') return face !== null;
    if (kind === 'records') return records !== null;
    if (kind === 'own_photo') return records !== null && records.photoCheck !== null;
    return kind !== 'service' || services.length > 0;
  });

/** A consent that a page asks for: `serviceId` where it is to enter a service. */
export type ConsentChoice = { kind: WithdrawableConsent; serviceId?: string | undefined };

/** What somebody lets a service be told, of what its portal lists for it. */
export const fieldsGiven = (
  { asks = [] }: { asks?: readonly ServiceField[] },
  fields: readonly ServiceField[],
): ServiceField[] => asks.filter((field) => fields.includes(field));

/** Which consent is meant at a portal; `null` where it has no such service. */
export function consentOf(
  { services }: { services: readonly { id: string }[] },
  { kind, serviceId }: { kind: ConsentKind; serviceId?: string | undefined },
): { kind: ConsentKind; purpose: ConsentPurpose; receiver: string } | null {
  const { purpose, receiver } = consents[kind];
  if (receiver !== null) return { kind, purpose, receiver };
  const service = services.find(({ id }) => id === serviceId);
  return service === undefined ? null : { kind, purpose, receiver: service.id };
}

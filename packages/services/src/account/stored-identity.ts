import type { DocumentNumber, Identity } from '@shiming/domain';

/** An identity as it is kept; up to migration 0012 the number stood one level deeper. */
export type StoredIdentity =
  | Identity
  | (Pick<Identity, 'name' | 'validity'> & { document: DocumentNumber });

/** Reads both forms in which an identity is kept. */
export function identityFrom(stored: StoredIdentity): Identity {
  if (!('document' in stored)) return stored;
  const { document, ...rest } = stored;
  return { ...document, ...rest };
}

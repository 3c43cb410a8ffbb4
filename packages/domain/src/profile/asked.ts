import { type Document, documentOf, type DocumentType } from '../documents/index.ts';
import type { Portal } from '../portals/index.ts';
import { profileField, type ProfileField, profileFieldIds } from './fields.ts';

/** The fields that a portal asks of the holder of a document, in the order of the pages. */
export function fieldsAsked(
  { profileFields: asked }: Pick<Portal, 'profileFields'>,
  type: DocumentType,
): readonly ProfileField[] {
  const document = documentOf(type);
  return profileFieldIds.filter((field) => asked.includes(field) && appliesTo(field, document));
}

/** Whether a field is asked of the holders of a document, where a portal asks for it. */
export function appliesTo(field: ProfileField, document: Document): boolean {
  const { of: whom } = profileField(field);
  if (whom === undefined) return document.profileFields.includes(field);
  return whom === 'everybody' || document.hasHousehold;
}

/** What a profile lacks of what a portal asks of the holder of a document. */
export const fieldsLacking = (
  portal: Pick<Portal, 'profileFields'>,
  type: DocumentType,
  known: readonly ProfileField[],
): readonly ProfileField[] =>
  fieldsAsked(portal, type).filter(
    (field) => profileField(field).isOptional !== true && !known.includes(field),
  );

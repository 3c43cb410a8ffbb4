import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './reason-names.zh.ts';

export const en: Translated<typeof zh> = {
  photo_unclear: 'Photo not sharp',
  photo_glare: 'Glare on a photo',
  photo_rotated: 'Photo not upright',
  photo_mirrored: 'Photo mirrored',
  photo_cropped: 'Photo cropped',
  photo_covered: 'Parts covered',
  photo_wrong_side: 'Wrong side',
  photo_wrong_document: 'Another document',
  photo_copy: 'Copy or photo of a screen',
  photo_edited: 'Signs of editing',
  document_expired: 'Document expired',
  holding_face_unclear: 'In hand: face unclear',
  holding_text_unclear: 'In hand: text unclear',
  holding_other_person: 'In hand: another person',
  name_mismatch: 'Name differs',
  validity_mismatch: 'Validity differs',
  ethnicity_mismatch: 'Ethnicity differs',
  sex_mismatch: 'Sex differs',
  birth_date_mismatch: 'Date of birth differs',
  travel_permit_number_mismatch: 'Travel permit number differs',
  local_number_mismatch: 'Local number differs',
  number_mismatch: 'Number differs',
};

import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './doors.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'One account for several sites',
  text: 'Signing in to one signs you in to all, and signing out signs you out of all. Each site uses only what you agreed to there.',
  here: 'You are here',
  open: 'Open',
  openLabel: (name) => `Open ${name}`,
  needs: {
    identity: 'name and document',
    profile: 'profile',
    binding: 'mobile number bound to you',
  },
  has: (list) => `Uses: ${list}`,
  asks: (list) => `Still asks for: ${list}`,
  nothing: 'You have agreed to nothing there yet',
  agreed: (list) => `Agreed to: ${list}`,
  consents: {
    agreement: 'registration agreement',
    document_number: 'use of the document number',
    photos: 'use of photos',
    records: 'looking up your records',
    own_photo: 'passing your own photo to your school',
    face: 'comparing your face',
    service: 'entering a service',
  },
  service: (name) => `entering ${name}`,
  on: (consent, day) => `${consent} (${day})`,
  between: ', ',
};

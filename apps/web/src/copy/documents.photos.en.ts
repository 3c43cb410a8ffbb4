import type { Translated } from './define-copy.ts';
import type { zh } from './documents.photos.zh.ts';

const certificate = {
  a: 'The page of the certificate with the photo and the name.',
  b: 'The page of the certificate with the number and the issuing authority.',
  holding: 'You yourself holding the certificate, the page with the photo towards the camera.',
};

const permit = {
  a: 'The side of the permit with the portrait, the name and the validity.',
  b: 'The back of the permit.',
  holding: 'You yourself holding the permit, the side with the portrait towards the camera.',
};

export const en: Translated<typeof zh> = {
  sides: {
    resident_identity_card: { a: 'with the portrait', b: 'with the national emblem' },
    hmt_residence_permit: { a: 'with the portrait', b: 'with the issuing authority' },
    hk_macao_travel_permit: { a: 'with the portrait', b: 'the back' },
    taiwan_travel_permit: { a: 'with the portrait', b: 'the back' },
    permanent_residence_card: { a: 'with the portrait', b: 'the back' },
    passport: { a: 'the page with the photo', b: 'the page with your signature' },
    military_officer_certificate: { a: 'the page with the photo', b: 'the page with the number' },
    soldier_certificate: { a: 'the page with the photo', b: 'the page with the number' },
    police_certificate: { a: 'the side with the photo', b: 'the side with the number' },
  },
  leads: {
    resident_identity_card: {
      a: 'The side of the card with the portrait, the name and the number.',
      b: 'The side of the card with the national emblem, the issuing authority and the validity.',
      holding: 'You yourself holding the card, the side with the portrait towards the camera.',
    },
    hmt_residence_permit: {
      a: 'The side of the permit with the portrait, the name and the number.',
      b: 'The side of the permit with the issuing authority and the validity.',
      holding: 'You yourself holding the permit, the side with the portrait towards the camera.',
    },
    hk_macao_travel_permit: permit,
    taiwan_travel_permit: permit,
    permanent_residence_card: {
      a: 'The side of the card with the portrait, the name and the number.',
      b: 'The back of the card.',
      holding: 'You yourself holding the card, the side with the portrait towards the camera.',
    },
    passport: {
      a: 'The page of the passport with the photo, including the two lines at the bottom.',
      b: 'The page of the passport with your signature.',
      holding: 'You yourself holding the passport open at the photo, towards the camera.',
    },
    military_officer_certificate: certificate,
    soldier_certificate: certificate,
    police_certificate: certificate,
  },
};

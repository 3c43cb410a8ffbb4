import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './ticket.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'At a registration window',
  text: 'Bring your own identity card to a registration window, where a clerk compares you with it. If you pass, it counts like the check online.',
  take: 'Take a ticket',
  takeAgain: 'Take another ticket',
  bring: 'Show this QR code at the window, or read the code out.',
  code: 'Code of the ticket',
  qr: (code) => `QR code of ticket ${code}`,
  until: 'Valid until',
  seeResult: 'I have been there: see the result',
  expired: 'The ticket has expired; you can take another one.',
  passed: (time) => `You passed at the registration window, ${time}.`,
  refused: (time) => `You did not pass at the registration window, ${time}.`,
  revoked: (time) => `On ${time} your pass at the registration window was revoked.`,
  revocations: {
    wrong_person: 'The person who came was not the holder of the card',
    false_document: 'The card was not genuine',
    mistaken: 'It was recorded by mistake',
  },
  reasons: {
    register_outdated: 'The card is new, and the records are not up to date',
    not_in_register: 'The records have nobody with this name and number',
    not_online: 'A check online is not possible',
    not_the_person: 'The person was not the one on the card',
    document_invalid: 'The card had expired, was reported lost or was no original',
    details_differ: 'What you entered differs from the card; correct it, then take another ticket',
  },
};
